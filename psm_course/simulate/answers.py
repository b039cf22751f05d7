"""Invents responses: with a given probability a right one, otherwise a guess."""

import uuid
from datetime import datetime, timedelta
from random import Random
from typing import Any

from psm_course.content.quiz import Quiz
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import compile_scoring
from psm_course.grading.submission import FORMAT
from psm_course.items import TYPES
from psm_course.items.base import Scoring


class Phone:
    """Writes submissions for one quiz, as the phones of invented people would."""

    def __init__(self, quiz: Quiz) -> None:
        self.quiz = quiz
        self.draw = Draw(quiz)
        self.scorings = compile_scoring(quiz)

    def document(
        self, participant: str, skill: float, random: Random, started: datetime, attempt: int = 1
    ) -> dict[str, Any]:
        """Return a submission as the phone of a participant writes it, not signed by a card.

        Args:
            skill: probability (0 to 1) of knowing an item.
            random: source of all random choices; the same state gives the same submission.
            started: when the participant began, an aware time.
            attempt: number of the attempt, counted from 1.
        """
        return {
            "format": FORMAT,
            "quiz": self.quiz.id,
            "digest": self.quiz.digest,
            "participant": participant,
            "attempt": attempt,
            # Not `uuid4()`: the same seed must give the same id.
            "id": str(uuid.UUID(int=random.getrandbits(128), version=4)),
            "started_at": started.isoformat(),
            "finished_at": (started + timedelta(minutes=random.randint(8, 20))).isoformat(),
            "responses": {
                name: respond(self.scorings[name], random, knows=random.random() < skill)
                for name in self.draw.items(Sitting(participant, self.quiz.id, attempt))
                if random.random() < 0.98
            },
        }


def respond(scoring: Scoring, random: Random, knows: bool) -> Any:
    """Return a response to one item: a right one if the person `knows` the item, else a guess.

    A guess is seldom a dangerous answer.

    Args:
        scoring: the scoring data of the item.
        random: source of the random choices.
    """
    return TYPES[scoring["type"]].respond(scoring, random, knows)
