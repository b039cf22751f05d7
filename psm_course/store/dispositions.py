"""What the office ruled about faulty items: appended, the latest ruling of an item counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Connection, insert, select

from psm_course.grading.dispositions import Ruling
from psm_course.store.engine import to_utc
from psm_course.store.schema import disposition

# "none" takes an earlier ruling back.
Ruled = Ruling | Literal["none"]


def add_dispositions(tx: Connection, quiz: str, rulings: Mapping[str, Ruled], reason: str, actor: str, at: datetime) -> None:
    written = {"quiz": quiz, "reason": reason, "actor": actor, "ruled_at": to_utc(at)}
    if rulings:
        tx.execute(insert(disposition), [written | {"item": item, "ruling": ruling} for item, ruling in rulings.items()])


def dispositions_of(tx: Connection, quiz: str) -> dict[str, Ruling]:
    """The rulings in force for a quiz, by item."""
    query = select(disposition.c.item, disposition.c.ruling).where(disposition.c.quiz == quiz).order_by(disposition.c.id)
    latest = {row.item: row.ruling for row in tx.execute(query)}
    return {item: cast("Ruling", ruling) for item, ruling in latest.items() if ruling != "none"}
