"""One line per deed, written in the deed's own transaction."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, insert

from psm_course.store.engine import to_utc
from psm_course.store.schema import audit_event


def note(tx: Connection, actor: str, verb: str, subject: str, at: datetime, **detail: str | int | None) -> None:
    """`subject` and `detail` hold ids, numbers and counts, never a name."""
    tx.execute(
        insert(audit_event).values(at=to_utc(at), actor=actor, verb=verb, subject=subject, detail=json.dumps(detail, sort_keys=True))
    )
