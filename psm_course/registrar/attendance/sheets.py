"""Read attendance from a sheet that was filled in.

Marks by card or at the desk are in `presence`; empty sheets are made in `handouts`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from psm_course.content.course import Course
from psm_course.domain.register import AttendanceMark, Cohort, Presence
from psm_course.domain.requirement import Session
from psm_course.errors import Refused
from psm_course.interchange.attendance_sheet import SheetMark, read_attendance_sheet
from psm_course.interchange.register_sheet import PRESENCE_WORDS
from psm_course.interchange.sheets.reading import Note
from psm_course.interchange.sheets.sheets import CellProblem, SheetFile
from psm_course.local_time import day
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.completion.days import days_to_come
from psm_course.registrar.completion.judging import sessions_within
from psm_course.registrar.people.enrolling import refuse_cells
from psm_course.registrar.reasons import make_reason
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people

BY_HAND = {"scan": "lewat kartu", "desk": "di meja"}
IF_RIGHT = (
    'Bila lembar ini yang benar, kirim lagi dengan centang di "Ganti juga tanda dari kartu dan dari'
    ' meja" (perintah: --replace).'
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A mark that replaces an earlier mark (`before`); the register keeps both.

    `cell` is the place of the new mark in the sheet, such as `C7`.
    """

    before: Presence
    mark: AttendanceMark
    cell: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Result of reading an attendance sheet: new marks, corrected marks, and notes to the officer.

    Marks that the register has already are left out.
    """

    new: tuple[AttendanceMark, ...]
    corrected: tuple[Correction, ...]
    notes: tuple[Note, ...] = ()

    @property
    def count(self) -> int:
        """The number of marks that were written."""
        return len(self.new) + len(self.corrected)


def mark_attendance(
    store: Store,
    course: Course,
    cohort_id: str,
    sheet: Path | SheetFile,
    actor: str,
    now: datetime,
    replace_all: bool = False,
) -> Marked:
    """Record the marks of a filled sheet, all or none.

    A mark that the register has already is skipped. A sheet may correct the marks of an earlier
    sheet. Marks made by a card or at the desk are usually newer than the sheet, so they are
    replaced only if `replace_all` is True.

    Raises:
        Refused: a cell cannot be read, has a mark for a day to come, or contradicts a mark made by
            a card or at the desk; the sheet has no mark; the cohort is archived.
    """
    file = sheet if isinstance(sheet, SheetFile) else SheetFile.at(sheet)
    with store.transaction() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        refuse_archived(cohort)
        known = {enrolment.number for enrolment in people.list_enrolments(tx, cohort_id)}
        sessions = sessions_within(tx, course, cohort_id)
        read = read_attendance_sheet(file, sessions, known)
        # Reading problems and wrong days together, so the sheet is corrected once.
        refuse_cells(file, [*read.problems, *_of_days_to_come(cohort, sessions, read.marks, now)])
        if not read.marks:
            raise Refused(f"{file.name}: belum ada satu pun tanda hadir di lembar ini.")
        marked = _changed_marks(
            attendance.presence_of_cohort(tx, cohort_id), read.marks, read.notes
        )
        if not replace_all:
            refuse_cells(
                file,
                _by_hand(attendance.sources_of_cohort(tx, cohort_id), marked.corrected),
                IF_RIGHT,
            )
        attendance.add_marks(
            tx, [*marked.new, *(each.mark for each in marked.corrected)], actor, now
        )
        audit.note(
            tx,
            actor,
            "attendance marked",
            cohort_id,
            now,
            marks=marked.count,
            corrected=len(marked.corrected),
        )
    return marked


def _of_days_to_come(
    cohort: Cohort, sessions: Sequence[Session], marks: Iterable[SheetMark], now: datetime
) -> Iterator[CellProblem]:
    """Yield one problem for each session that has marks although its day has not come.

    The problem says the first cell with such a mark and how many other cells have one too.
    """
    titles = {session.id: session.title for session in sessions}
    ahead = days_to_come(cohort, sessions, now)
    cells: dict[str, list[str]] = {}
    for each in marks:
        if each.mark.session in ahead:
            cells.setdefault(each.mark.session, []).append(each.cell)
    for session, places in cells.items():
        more = (
            f" (juga di {len(places) - 1} sel lain, sampai {places[-1]})" if len(places) > 1 else ""
        )
        yield CellProblem(
            places[0],
            f"sesi {titles[session]} baru berlangsung {day(ahead[session])}; kosongkan"
            f" tandanya{more}, dan kirim lagi mulai hari itu",
        )


def _changed_marks(
    before: Mapping[str, Mapping[str, Presence]],
    marks: tuple[SheetMark, ...],
    notes: tuple[Note, ...],
) -> Marked:
    new, corrected = list[AttendanceMark](), list[Correction]()
    for each in marks:
        was = before.get(each.mark.number, {}).get(each.mark.session)
        if was is None:
            new.append(each.mark)
        elif was != each.mark.presence:
            # Without the name of the cell's sheet, which may be somebody's.
            reason = make_reason(f"lembar hadir, sel {each.cell.rpartition('!')[2]}", (), ())
            corrected.append(Correction(was, replace(each.mark, reason=reason), each.cell))
    return Marked(tuple(new), tuple(corrected), notes)


def _by_hand(
    sources: Mapping[tuple[str, str], str | None], corrected: Sequence[Correction]
) -> list[CellProblem]:
    """List a problem for each corrected mark whose earlier mark was made by card or at the desk.

    `sources` says how each mark in the register was made, by participant number and session id.
    """
    found = [(each, sources[each.mark.number, each.mark.session]) for each in corrected]
    return [
        CellProblem(each.cell, _said_otherwise(each, BY_HAND[source]))
        for each, source in found
        if source in BY_HAND
    ]


def _said_otherwise(correction: Correction, source: str) -> str:
    was, now = PRESENCE_WORDS[correction.before], PRESENCE_WORDS[correction.mark.presence]
    return f"{correction.mark.number} sudah dicatat {was} {source}; di lembar ini {now}"
