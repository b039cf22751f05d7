"""Issuing completion records: numbered once, frozen, and printed from what was frozen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psm_course.content.course import Course
from psm_course.credentials.numbering import record_number
from psm_course.errors import Refused
from psm_course.grading.marks import print_points
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.typesetting import Unprintable
from psm_course.records.register import Cohort, CompletionRecord
from psm_course.registrar.judging import Standing, standings_within
from psm_course.settings import Settings
from psm_course.store import audit, people, records
from psm_course.store.engine import Store


@dataclass(frozen=True, slots=True)
class Issue:
    """What was issued now (or would be, in a dry run), and what had been issued before."""

    new: tuple[CompletionRecord, ...]
    before: tuple[CompletionRecord, ...]


def issue_records(store: Store, course: Course, settings: Settings, cohort_id: str, actor: str, now: datetime, dry_run: bool) -> Issue:
    """A record for everybody who has completed and has none, in order of participant number. All or none."""
    record_number(settings.record_number, 1, now)  # a wrong pattern is said even when nobody is ready yet
    with store.transaction() as tx:
        cohort = people.get_cohort(tx, cohort_id)
        before = records.records_of_cohort(tx, cohort_id)
        had = {record.participant for record in before if record.kind == "passed"}
        everybody = standings_within(tx, course, cohort_id, now)
        ready = [s for s in everybody if s.completion.met and s.enrolment.name and s.enrolment.number not in had]
        last = records.last_sequence(tx, now.year)
        new = [_record(settings, course, cohort, standing, sequence, now) for sequence, standing in enumerate(ready, last + 1)]
        if not dry_run:
            for sequence, (standing, record) in enumerate(zip(ready, new, strict=True), last + 1):
                records.add_record(tx, record, standing.enrolment.kelurahan, now.year, sequence)
                audit.note(tx, actor, "record issued", record.participant, now, record=record.number)
    return Issue(tuple(new), before)


def _record(settings: Settings, course: Course, cohort: Cohort, standing: Standing, sequence: int, now: datetime) -> CompletionRecord:
    number = record_number(settings.record_number, sequence, now)
    content = _content(settings, course, cohort, standing, number, now)
    return CompletionRecord(number, standing.enrolment.number, "passed", now, content)


def _content(settings: Settings, course: Course, cohort: Cohort, standing: Standing, number: str, now: datetime) -> dict[str, Any]:
    """Every fact that is printed. Frozen here: later changes of name, course or configuration never reach it."""
    final = {quiz for requirement in course.file.completion if requirement.kind == "passed" for quiz in requirement.quizzes}
    passed = [attempt for attempt in standing.attempts if attempt.passed and attempt.quiz in final]
    return {
        "number": number,
        "participant": standing.enrolment.number,
        "name": standing.enrolment.name,
        "kelurahan": standing.kelurahan,
        "course": course.file.title,
        "organiser": course.file.organiser,
        "hours": course.file.hours,
        "minutes_per_hour": course.file.minutes_per_hour,
        "cohort": cohort.title,
        "starts_on": cohort.starts_on.isoformat(),
        "issued_on": now.date().isoformat(),
        "place": settings.place,
        "signatory_title": settings.signatory_title,
        "signatory_name": settings.signatory_name,
        "score": print_points(max(attempt.percent for attempt in passed)) if passed else None,
        "sessions": [{"title": session.title, "hours": session.hours} for session in course.file.sessions],
    }


def print_certificates(store: Store, settings: Settings, cohort_id: str) -> Iterator[Path]:
    """Print the PDF of every record of a cohort that has none yet, from its frozen content; yields each path once it is whole.

    Refused at the end, when all others are printed, naming those that hold letters no typeface of ours has.
    """
    with store.transaction() as tx:
        people.get_cohort(tx, cohort_id)
        issued = records.records_of_cohort(tx, cohort_id)
    folder = settings.records / cohort_id
    folder.mkdir(parents=True, exist_ok=True)
    printer = CertificatePrinter()
    unprinted = []
    for record in issued:
        path = folder / file_name(record.number)
        if path.exists():
            continue
        try:
            pdf = printer.render(record.content)
        except Unprintable:
            unprinted.append(record.number)
            continue
        _write_whole(path, pdf)
        yield path
    if unprinted:
        numbers = ", ".join(unprinted)
        raise Refused(f"Sertifikat {numbers} tidak dapat dicetak: ada huruf yang tidak dikenal di dalamnya. Kabari pengelola.")


def file_name(number: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", number) + ".pdf"


def _write_whole(path: Path, content: bytes) -> None:
    """Nobody ever sees half a file."""
    half = path.with_suffix(".part")
    with half.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(path)
