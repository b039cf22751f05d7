"""What made-up people hand in, as it travels; and the order of an item's choices on a phone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import mmh3

from psm_course.content.quiz import Quiz
from psm_course.domain.register import Enrolment
from psm_course.grading.draw import Sitting
from psm_course.simulate.answers import Phone


def submission_document(
    quiz: Quiz, participant: str, skill: float, random: Random, started: datetime, attempt: int = 1
) -> str:
    """One submission as it travels."""
    return json.dumps(
        Phone(quiz).document(participant, skill, random, started, attempt), ensure_ascii=False
    )


def write_answers(
    path: Path,
    quiz: Quiz,
    enrolled: tuple[Enrolment, ...],
    skill: tuple[float, float],
    share: float,
    seed: int,
    started: datetime,
) -> int:
    """JSON lines, one submission a line, from about `share` of the people, with skills spread over
    a range; returns how many.
    """
    # As above; the ids of two quizzes must differ.
    random = Random(f"{seed}|{quiz.id}")  # noqa: S311
    phone = Phone(quiz)
    written = 0
    with path.open("w", encoding="utf-8") as stream:
        for person in enrolled:
            able = random.uniform(*skill)
            if random.random() < share:
                stream.write(
                    json.dumps(
                        phone.document(person.number, able, random, started), ensure_ascii=False
                    )
                    + "\n"
                )
                written += 1
    return written


def seeded_order(sitting: Sitting, ids: Sequence[str], inside: str = "") -> list[str]:
    """`ids` in this sitting's order; `inside` names the item when these are its choices."""
    prefix = (
        f"{sitting.participant}|{sitting.quiz}|{sitting.attempt}|{inside + '|' if inside else ''}"
    )
    return [
        name for _, name in sorted((mmh3.hash(prefix + name, signed=False), name) for name in ids)
    ]
