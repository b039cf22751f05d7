"""The graders of a course under the rulings in force: what an officer rules while we run counts from the next hand-in on."""

from __future__ import annotations

from collections.abc import Mapping

from psm_course.content.quiz import Quiz
from psm_course.grading.dispositions import Dispositions
from psm_course.grading.grade import Grader
from psm_course.store.answers.dispositions import all_dispositions
from psm_course.store.engine import Connection


class Graders:
    """One grader a quiz. A grader is made anew only when the rulings on its quiz have changed."""

    def __init__(self, quizzes: Mapping[str, Quiz]) -> None:
        self._quizzes = quizzes
        self._rulings: Mapping[str, Dispositions] = {}
        self._graders = {name: Grader(quiz) for name, quiz in quizzes.items()}

    def __getitem__(self, quiz: str) -> Grader:
        return self._graders[quiz]

    def follow(self, tx: Connection) -> None:
        """Take up the rulings as this transaction sees them."""
        rulings = all_dispositions(tx)
        for name, quiz in self._quizzes.items():
            if rulings.get(name) != self._rulings.get(name):
                self._graders[name] = Grader(quiz, rulings.get(name, {}))
        self._rulings = rulings
