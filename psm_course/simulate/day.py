"""A made-up course day as a file: the attendance sheet that a real office receives."""

from __future__ import annotations

from pathlib import Path
from random import Random

from psm_course.content.region import Region
from psm_course.domain.register import Enrolment
from psm_course.domain.requirement import Session
from psm_course.interchange.attendance_sheet import write_attendance_sheet

PRESENT, ABSENT = "x", "-"


def write_attendance(region: Region, path: Path, enrolled: tuple[Enrolment, ...], sessions: tuple[Session, ...], seed: int) -> None:
    """A filled attendance sheet: most come to all, some miss a session, a few miss a day."""
    random = Random(seed)  # noqa: S311 - made-up days need no secret dice
    marks = []
    for _ in enrolled:
        missed_day = random.choice([1, 2]) if random.random() < 0.05 else None
        marks.append([ABSENT if s.day == missed_day or random.random() < 0.03 else PRESENT for s in sessions])
    write_attendance_sheet(region, path, enrolled, sessions, marks)
