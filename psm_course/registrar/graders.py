"""The graders of a course under the rulings in force: what an officer rules while we run counts from the next hand-in on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from psm_course.content.quiz import Quiz
from psm_course.grading.dispositions import Dispositions
from psm_course.grading.grade import Grader
from psm_course.store.dispositions import dispositions_of


class Graders:
    """Makes each grader when it is first asked for, and anew when the rulings on its quiz have changed."""

    def __init__(self, quizzes: Mapping[str, Quiz]) -> None:
        self._quizzes = quizzes
        self._made: dict[str, tuple[Dispositions, Grader]] = {}

    def current(self, tx: Connection, quiz: str) -> Grader:
        rulings = dispositions_of(tx, quiz)
        known = self._made.get(quiz)
        if known is None or known[0] != rulings:
            known = self._made[quiz] = (rulings, Grader(self._quizzes[quiz], rulings))
        return known[1]
