"""What made-up people answer: right with a given chance, otherwise some other possible response."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from psm_course.content.items.base import Scoring
from psm_course.content.items.case import END
from psm_course.content.quiz import Quiz
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import compile_scoring
from psm_course.grading.submission import FORMAT

Respond = Callable[[Scoring, Random, bool], Any]


class Phone:
    """What phones make of one quiz, ready for any number of made-up people."""

    def __init__(self, quiz: Quiz) -> None:
        self.quiz = quiz
        self.draw = Draw(quiz)
        self.scorings = compile_scoring(quiz)

    def document(self, participant: str, skill: float, random: Random, started: datetime, attempt: int = 1) -> dict[str, Any]:
        """A submission as a phone would hand it in; `skill` is the chance of knowing an item."""
        shown = self.draw.items(Sitting(participant, self.quiz.id, attempt))
        return {
            "format": FORMAT,
            "quiz": self.quiz.id,
            "digest": self.quiz.digest,
            "participant": participant,
            "attempt": attempt,
            "id": str(uuid.UUID(int=random.getrandbits(128), version=4)),
            "started_at": started.isoformat(),
            "finished_at": (started + timedelta(minutes=random.randint(8, 20))).isoformat(),
            "responses": {
                name: respond(self.scorings[name], random, knows=random.random() < skill) for name in shown if random.random() < 0.98
            },
        }


def submission_document(quiz: Quiz, participant: str, skill: float, random: Random, started: datetime, attempt: int = 1) -> str:
    """One submission as it travels. For many of one quiz, keep a `Phone`."""
    return json.dumps(Phone(quiz).document(participant, skill, random, started, attempt), ensure_ascii=False)


def respond(scoring: Scoring, random: Random, knows: bool) -> Any:
    """A response to one item."""
    return _RESPOND[scoring["type"]](scoring, random, knows)


def _choice(scoring: Scoring, random: Random, knows: bool) -> str:
    best = max(scoring["credit"], key=lambda option: float(scoring["credit"][option]))
    return str(best if knows else random.choice(list(scoring["credit"])))


def _choices(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    return list(scoring["correct"]) if knows else random.sample(scoring["choices"], random.randint(1, len(scoring["choices"])))


def _order(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    return list(scoring["sequence"]) if knows else random.sample(scoring["sequence"], len(scoring["sequence"]))


def _match(scoring: Scoring, random: Random, knows: bool) -> dict[str, str]:
    pairs = list(scoring["pairs"])
    return dict(zip(pairs, pairs if knows else random.sample(pairs, len(pairs)), strict=True))


def _number(scoring: Scoring, random: Random, knows: bool) -> str:
    return str(scoring["answer"]) if knows else str(random.randint(0, 99))


def _text(scoring: Scoring, random: Random, knows: bool) -> str:
    return str(scoring["accept"][0]) if knows else random.choice(("tidak tahu", "posyandu", "kelurahan"))


def _case(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    path, step = [], scoring["start"]
    while step != END:
        choices = scoring["steps"][step]
        chosen = max(choices, key=lambda name: float(choices[name]["credit"])) if knows else random.choice(list(choices))
        path.append(f"{step}:{chosen}")
        step = choices[chosen]["next"]
    return path


def _rating(scoring: Scoring, random: Random, knows: bool) -> str:  # noqa: ARG001 - an opinion is not known
    return str(random.randint(1, scoring["scale"]))


_RESPOND: dict[str, Respond] = {
    "choice": _choice,
    "choices": _choices,
    "order": _order,
    "match": _match,
    "number": _number,
    "text": _text,
    "case": _case,
    "rating": _rating,
}
