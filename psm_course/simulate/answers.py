"""What made-up people answer: right with a given chance, otherwise some other possible response."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Container, Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from psm_course.content.quiz import Quiz
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import compile_scoring
from psm_course.grading.submission import FORMAT
from psm_course.items.base import Scoring
from psm_course.items.case.fields import END

# A course warns of dangerous answers again and again: of those who do not know an item, so few still consider them.
TEMPTED = 0.05

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


def respond(scoring: Scoring, random: Random, knows: bool) -> Any:
    """A response to one item. Whoever does not know it guesses, and is seldom tempted by what would be dangerous."""
    return _RESPOND[scoring["type"]](scoring, random, knows)


def _tempting(options: Iterable[str], critical: Container[str], random: Random) -> list[str]:
    """What somebody who does not know the answer chooses from."""
    everything = list(options)
    harmless = [option for option in everything if option not in critical]
    return everything if not harmless or random.random() < TEMPTED else harmless


def _choice(scoring: Scoring, random: Random, knows: bool) -> str:
    best = max(scoring["credit"], key=lambda option: float(scoring["credit"][option]))
    return str(best if knows else random.choice(_tempting(scoring["credit"], scoring["critical"], random)))


def _choices(scoring: Scoring, random: Random, knows: bool) -> list[str]:
    if knows:
        return list(scoring["correct"])
    options = _tempting(scoring["choices"], scoring["critical"], random)
    return random.sample(options, random.randint(1, len(options)))


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
        critical = {name for name in choices if choices[name]["critical"]}
        best = max(choices, key=lambda name: float(choices[name]["credit"]))
        chosen = best if knows else random.choice(_tempting(choices, critical, random))
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
