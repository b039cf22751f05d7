"""When a cohort closes: what is handed in later is held for an officer."""

from __future__ import annotations

from datetime import datetime

from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.people import overview, people


def set_closing(store: Store, cohort_id: str, closes_at: datetime | None, actor: str, now: datetime) -> None:
    """None: the cohort never closes."""
    with store.transaction() as tx:
        people.get_cohort(tx, cohort_id)
        overview.set_closing(tx, cohort_id, closes_at)
        audit.note(tx, actor, "closing set", cohort_id, now, closes_at=closes_at.isoformat() if closes_at else None)
