"""Marking attendance from a filled sheet, and making the sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.interchange.attendance_sheet import read_attendance_sheet, write_attendance_sheet
from psm_course.registrar.enrolling import refuse_cells
from psm_course.store import attendance, audit, people
from psm_course.store.engine import Store


def make_attendance_sheet(store: Store, course: Course, cohort_id: str, path: Path) -> int:
    """Write an empty sheet for a cohort; returns how many people are on it. Refused where a file stands: it may be a filled one."""
    if path.suffix.lower() != ".xlsx":
        raise Refused(f"{path}: nama lembar hadir harus berakhiran .xlsx.")
    if path.exists():
        raise Refused(f"{path} sudah ada, mungkin sudah diisi. Pilih nama lain.")
    with store.transaction() as tx:
        people.get_cohort(tx, cohort_id)
        enrolled = people.list_enrolments(tx, cohort_id)
    blank = [[""] * len(course.file.sessions) for _ in enrolled]
    write_attendance_sheet(path, enrolled, course.file.sessions, blank)
    return len(enrolled)


def mark_attendance(store: Store, course: Course, cohort_id: str, sheet: Path, actor: str, now: datetime) -> int:
    """Record every mark of a filled sheet that is news; returns how many. All or nothing."""
    with store.transaction() as tx:
        people.get_cohort(tx, cohort_id)
        known = {enrolment.number for enrolment in people.list_enrolments(tx, cohort_id)}
        read = read_attendance_sheet(sheet, course.file.sessions, known)
        refuse_cells(sheet, list(read.problems))
        marks = [each.mark for each in read.marks]
        if not marks:
            raise Refused(f"{sheet.name}: belum ada satu pun tanda hadir di lembar ini.")
        before = attendance.presence_of_cohort(tx, cohort_id)
        news = [mark for mark in marks if before.get(mark.number, {}).get(mark.session) != mark.presence]
        attendance.add_marks(tx, news, actor, now)
        audit.note(tx, actor, "attendance marked", cohort_id, now, marks=len(news))
    return len(news)
