"""A cohort's title, and putting it away when it is over. Opening one and filling it is `enrolling`."""

from datetime import datetime

from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.people import people


def cohort_title(written: str, undone: str) -> str:
    """It is printed like a name, so what may stand in one may stand here. `undone` is what a refusal says was not done."""
    title = as_written(written)
    trouble = trouble_with(title, "tulis namanya")
    if trouble:
        raise Refused(f"{undone}: {trouble}.")
    return title


def rename_cohort(store: Store, cohort_id: str, title: str, reason: str, actor: str, now: datetime) -> Cohort:
    """Give a cohort another title; its code and what was issued keep theirs. Refused where it has that title."""
    named = cohort_title(title, "Nama angkatan belum diganti")
    with store.transaction() as tx:
        if people.get_cohort(tx, cohort_id).title == named:
            raise Refused(f'Nama angkatan {cohort_id} sudah "{named}". Tidak ada yang berubah.')
        why = reason_about(tx, reason, cohort=cohort_id)
        people.set_title(tx, cohort_id, named)
        audit.note(tx, actor, "cohort renamed", cohort_id, now, reason=why)
        return people.get_cohort(tx, cohort_id)


def archive_cohort(store: Store, cohort_id: str, reason: str, actor: str, now: datetime) -> None:
    """Put a cohort away: it is on no list, and takes in nobody, no marks and no answers (those are held). Nothing is lost."""
    _put(store, cohort_id, now, reason, actor, now)


def reopen_cohort(store: Store, cohort_id: str, reason: str, actor: str, now: datetime) -> None:
    """Work with a cohort again that was put away."""
    _put(store, cohort_id, None, reason, actor, now)


def _put(store: Store, cohort_id: str, archived_at: datetime | None, reason: str, actor: str, now: datetime) -> None:
    with store.transaction() as tx:
        is_archived = people.get_cohort(tx, cohort_id).archived_at is not None
        if is_archived == (archived_at is not None):
            raise Refused(
                f"Angkatan {cohort_id} {'sudah diarsipkan' if is_archived else 'tidak sedang diarsipkan'}. Tidak ada yang berubah."
            )
        why = reason_about(tx, reason, cohort=cohort_id)
        people.set_archived(tx, cohort_id, archived_at)
        audit.note(tx, actor, "cohort archived" if archived_at else "cohort reopened", cohort_id, now, reason=why)
