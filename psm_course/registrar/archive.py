"""Archived cohorts: nobody is enrolled or marked in one until `people.cohorts` reopens it.

No certificate is issued in an archived cohort either, except one that supersedes another. Facts of
its people can still be corrected.
"""

from psm_course.domain.register import Cohort
from psm_course.errors import Refused


def refuse_archived(cohort: Cohort) -> None:
    """Refuse to change an archived cohort.

    Raises:
        Refused: the cohort is archived.
    """
    if cohort.archived_at is not None:
        raise Refused(archived_sentence(cohort.id))


def archived_sentence(cohort_id: str) -> str:
    """Write the sentence that refuses a change to an archived cohort and says how to reopen it."""
    return (
        f"Angkatan {cohort_id} sudah diarsipkan. Buka lagi dulu: psm cohort reopen {cohort_id} (di"
        " meja: Angkatan, Arsip)."
    )
