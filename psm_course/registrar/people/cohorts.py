"""A cohort's title, and archiving a cohort that is over.

Opening one and filling it is `enrolling`.
"""

from datetime import datetime

from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.people import cohorts


def cohort_title(written: str, undone: str) -> str:
    """Check a title and tidy it. It is printed, so the rules for names apply.

    `undone` begins the sentence of a refusal: it says what was not done.

    Raises:
        Refused: it is no possible title.
    """
    title = as_written(written)
    trouble = trouble_with(title, "tulis namanya")
    if trouble:
        raise Refused(f"{undone}: {trouble}.")
    return title


def rename_cohort(
    store: Store, cohort_id: str, title: str, reason: str, actor: str, now: datetime
) -> Cohort:
    """Give a cohort another title. Its code, and certificates issued before, stay the same.

    Raises:
        Refused: the title is invalid or is the present one, the reason is invalid, or there is no
            such cohort.
    """
    named = cohort_title(title, "Nama angkatan belum diganti")
    with store.transaction() as tx:
        if cohorts.get_cohort(tx, cohort_id).title == named:
            raise Refused(f'Nama angkatan {cohort_id} sudah "{named}". Tidak ada yang berubah.')
        why = reason_about(tx, reason, cohort=cohort_id)
        cohorts.set_title(tx, cohort_id, named)
        audit.note(tx, actor, "cohort renamed", cohort_id, now, reason=why)
        return cohorts.get_cohort(tx, cohort_id)


def archive_cohort(store: Store, cohort_id: str, reason: str, actor: str, now: datetime) -> None:
    """Archive a cohort: it leaves the lists and takes no people or marks; hand-ins are held.

    Nothing is lost.

    Raises:
        Refused: it is archived already, the reason is invalid, or there is no such cohort.
    """
    _put(store, cohort_id, now, reason, actor, now)


def reopen_cohort(store: Store, cohort_id: str, reason: str, actor: str, now: datetime) -> None:
    """Take a cohort out of the archive.

    Raises:
        Refused: it is not archived, the reason is invalid, or there is no such cohort.
    """
    _put(store, cohort_id, None, reason, actor, now)


def _put(
    store: Store,
    cohort_id: str,
    archived_at: datetime | None,
    reason: str,
    actor: str,
    now: datetime,
) -> None:
    with store.transaction() as tx:
        is_archived = cohorts.get_cohort(tx, cohort_id).archived_at is not None
        if is_archived == (archived_at is not None):
            raise Refused(
                f"Angkatan {cohort_id}"
                f" {'sudah diarsipkan' if is_archived else 'tidak sedang diarsipkan'}. Tidak ada"
                " yang berubah."
            )
        why = reason_about(tx, reason, cohort=cohort_id)
        cohorts.set_archived(tx, cohort_id, archived_at)
        audit.note(
            tx,
            actor,
            "cohort archived" if archived_at else "cohort reopened",
            cohort_id,
            now,
            reason=why,
        )
