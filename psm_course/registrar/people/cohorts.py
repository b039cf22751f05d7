"""A cohort as a whole: open it, set its closing moment and title, archive and reopen it.

The functions that enrol people in a cohort are in `enrolling`.
"""

import re
from datetime import date, datetime

from psm_course.content.course import Course
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.completion.adopting import version_for
from psm_course.registrar.completion.cohort_rules import adopt_version
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.people import cohorts

_COHORT_ID = re.compile(r"[A-Za-z0-9]{1,12}")


def open_cohort(
    store: Store,
    cohort_id: str,
    title: str,
    starts_on: date,
    actor: str,
    now: datetime,
    course: Course | str = "",
    place: str = "",
) -> Cohort:
    """Open a cohort, which adopts the newest version of its course.

    The cohort's sessions get dates as the course file plans them. The id is written in capital
    letters, because phones write participant numbers in capitals.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        cohort_id: letters and digits, at most 12.
        title: the title as it is printed.
        starts_on: the first day.
        course: a course or its id; empty: the only course that the office adopted.
        place: the place where the cohort meets; empty: not known.

    Raises:
        Refused: the id is taken, or has other characters than letters and digits; a text cannot be
            printed; or it is not clear which course is meant.
    """
    if not _COHORT_ID.fullmatch(cohort_id):
        raise Refused(
            f'"{cohort_id}" tidak dapat menjadi kode angkatan. Pakai huruf dan angka saja, paling'
            " banyak 12, misalnya D26."
        )
    title, place = cohort_title(title, "Angkatan belum dibuka"), _meeting_place(place)
    with store.transaction() as tx:
        if cohorts.find_cohort(tx, cohort_id.upper()):
            raise Refused(f'Angkatan "{cohort_id.upper()}" sudah ada. Pilih kode lain.')
        version = version_for(tx, course, actor, now)
        new = Cohort(
            cohort_id.upper(), title, starts_on, course=version.course.file.id, place=place
        )
        cohorts.add_cohort(tx, new)
        adopt_version(tx, new, version, make_reason("angkatan dibuka", (), ()), actor, now)
        audit.note(tx, actor, "cohort opened", new.id, now, course=new.course, rules=version.name)
    return new


def set_closing(
    store: Store, cohort_id: str, closes_at: datetime | None, actor: str, now: datetime
) -> None:
    """Set the moment after which hand-ins are held for an officer; None: never.

    Raises:
        Refused: there is no such cohort, or it is archived.
    """
    with store.transaction() as tx:
        refuse_archived(cohorts.get_cohort(tx, cohort_id))
        cohorts.set_closing(tx, cohort_id, closes_at)
        audit.note(
            tx,
            actor,
            "closing set",
            cohort_id,
            now,
            closes_at=closes_at.isoformat() if closes_at else None,
        )


def _meeting_place(written: str) -> str:
    place = as_written(written)
    trouble = trouble_with(f"tempat {place}")
    if trouble:
        raise Refused(f"Angkatan belum dibuka: {trouble}.")
    return place


def cohort_title(written: str, undone: str) -> str:
    """Check and tidy the title of a cohort. It is printed, so the rules for names apply.

    `undone` is how the sentence of a refusal begins, such as "Angkatan belum dibuka": it says that
    nothing was done.

    Raises:
        Refused: the title is empty, too long, or cannot be printed.
    """
    title = as_written(written)
    trouble = trouble_with(title, "tulis namanya")
    if trouble:
        raise Refused(f"{undone}: {trouble}.")
    return title


def rename_cohort(
    store: Store, cohort_id: str, title: str, reason: str, actor: str, now: datetime
) -> Cohort:
    """Give a cohort another title. Its id, and certificates that were issued, do not change.

    Raises:
        Refused: the title is invalid or the same as before, the reason is invalid, or there is no
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
    """Archive a cohort: nobody can be enrolled or marked in it any more.

    Lists of cohorts show it only if archived cohorts are asked for. Nothing is deleted. Hand-ins of
    its people are held from now on.

    Raises:
        Refused: the cohort is archived already, the reason is invalid, or there is no such cohort.
    """
    _put(store, cohort_id, now, reason, actor, now)


def reopen_cohort(store: Store, cohort_id: str, reason: str, actor: str, now: datetime) -> None:
    """Reopen an archived cohort.

    Raises:
        Refused: the cohort is not archived, the reason is invalid, or there is no such cohort.
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
            already = "sudah diarsipkan" if is_archived else "tidak sedang diarsipkan"
            raise Refused(f"Angkatan {cohort_id} {already}. Tidak ada yang berubah.")
        why = reason_about(tx, reason, cohort=cohort_id)
        cohorts.set_archived(tx, cohort_id, archived_at)
        verb = "cohort archived" if archived_at else "cohort reopened"
        audit.note(tx, actor, verb, cohort_id, now, reason=why)
