"""A made-up day as files of the usual, tidy kind; the messes of real days are `psm_course.simulate`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from random import Random

from psm_course.content.quiz import Quiz
from psm_course.domain.register import Enrolment
from psm_course.interchange.sheets.writing import write_sheet
from psm_course.simulate.answers import Phone
from psm_course.simulate.people import Person


def write_roster(path: Path, people: list[Person]) -> None:
    """An Excel roster as a kecamatan sends it."""
    header = ["No", "Nama Lengkap", "Kecamatan", "Kelurahan"]
    rows = [[str(number), p.name, p.kelurahan.kecamatan, p.kelurahan.name] for number, p in enumerate(people, 1)]
    write_sheet(path, "Peserta", header, rows, [5, 32, 20, 26])


def submission_document(quiz: Quiz, participant: str, skill: float, random: Random, started: datetime, attempt: int = 1) -> str:
    """One submission as it travels. For many of one quiz, keep a `Phone`."""
    return json.dumps(Phone(quiz).document(participant, skill, random, started, attempt), ensure_ascii=False)


def write_answers(
    path: Path, quiz: Quiz, enrolled: tuple[Enrolment, ...], skill: tuple[float, float], share: float, seed: int, started: datetime
) -> int:
    """JSON lines, one submission a line, from about `share` of the people, with skills spread over a range; returns how many."""
    random = Random(f"{seed}|{quiz.id}")  # noqa: S311 - as above; the ids of two quizzes must differ
    phone = Phone(quiz)
    written = 0
    with path.open("w", encoding="utf-8") as stream:
        for person in enrolled:
            able = random.uniform(*skill)
            if random.random() < share:
                stream.write(json.dumps(phone.document(person.number, able, random, started), ensure_ascii=False) + "\n")
                written += 1
    return written
