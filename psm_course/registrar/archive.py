"""A cohort that was put away: nothing is written into it until it is opened again (`people.cohorts` does both)."""

from psm_course.domain.register import Cohort
from psm_course.errors import Refused


def refuse_archived(cohort: Cohort) -> None:
    """Whatever would be written into a cohort that was put away is refused."""
    if cohort.archived_at is not None:
        raise Refused(put_away_sentence(cohort.id))


def put_away_sentence(cohort_id: str) -> str:
    """What is said of a cohort that was put away, with the way to work with it again."""
    return f"Angkatan {cohort_id} sudah diarsipkan. Buka lagi dulu: psm cohort reopen {cohort_id} (di meja: Angkatan, Arsip)."
