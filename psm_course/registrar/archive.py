"""Archived cohorts: nobody can be enrolled in them, and no attendance can be marked.

No certificate is issued either, except a certificate that supersedes another one. Facts of the
cohort's people can still be corrected. `people.cohorts` archives and reopens a cohort.
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
