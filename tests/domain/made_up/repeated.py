"""`kind: repeated`: each quiz handed in several times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from psm_course.authoring.fields import Count
from psm_course.authoring.problems import Finding
from psm_course.domain.requirement import (
    AskedQuiz,
    Facts,
    Programme,
    Requirement,
    RequirementResult,
)


class Repeated(Requirement):
    """Setiap kuis diserahkan sedikitnya `times` kali."""

    times: Count = Field(title="banyaknya", description="Berapa kali.")

    word = "kuis diulang"
    needs, may = ("quizzes",), ()
    by_passing_one = False

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        sat = [attempt.quiz for attempt in facts.attempts]
        lacking = [quiz for quiz in self.quizzes if sat.count(quiz) < self.times]
        evidence = ", ".join(
            f"{programme.titles([quiz])} {sat.count(quiz)} kali" for quiz in self.quizzes
        )
        step = f"Kerjakan lagi {programme.titles(lacking)}." if lacking else None
        return RequirementResult(not lacking, evidence, f"masing-masing {self.times} kali", step)

    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterator[Finding]:
        for quiz in quizzes:
            if quiz.attempts is not None and quiz.attempts < self.times:
                yield Finding(
                    ("times",),
                    f'"{quiz.id}" hanya dapat dikerjakan {quiz.attempts} kali',
                    "kurangi times",
                )
