"""Where the log first tells of a hand-in: the leaf that its receipt names."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from psm_course.store.ledger import key_of
from psm_course.store.rows import ours
from psm_course.store.schema import log_entry, log_epoch, submission


@dataclass(frozen=True, slots=True)
class Place:
    """A leaf: the name of its log in checkpoints, and its index there."""

    origin: str
    index: int


def places_of_hand_ins(tx: Connection, ids: Collection[str]) -> dict[str, Place]:
    """By the hand-ins' ids, in two statements for any number; what is not in the register, or not noted yet, is left out."""
    keys = {key_of(submission, {"id": each}): each for each in ids}
    first = select(log_entry.c.key, func.min(log_entry.c.event)).where(log_entry.c.table == submission.name, log_entry.c.key.in_(keys))
    found = tx.execute(ours(tx, first.group_by(log_entry.c.key))).all()
    if not found:
        return {}
    epochs = tx.execute(ours(tx, select(log_epoch.c.origin, log_epoch.c.first_event).order_by(log_epoch.c.epoch.desc()))).all()
    return {keys[key]: next(Place(origin, event - begun) for origin, begun in epochs if event >= begun) for key, event in found}
