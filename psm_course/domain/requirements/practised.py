"""`kind: practised`: the learner must hand in some or all of the practice quizzes.

`share` is the percentage to hand in; the learner chooses which quizzes.
"""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from psm_course.authoring.problems import Finding
from psm_course.domain.requirement import (
    AskedQuiz,
    Facts,
    Programme,
    Requirement,
    RequirementResult,
    hand_in_step,
    not_taken,
)


class Practised(Requirement):
    """Sedikitnya `share` persen latihan diserahkan; tanpa `share`: semua."""

    word = "latihan diserahkan"
    needs, may = ("quizzes",), ("share",)
    by_passing_one = False

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        asked = len(self.quizzes)
        share = Decimal(100) if self.share is None else self.share
        needed = math.ceil(asked * share / 100)
        missing = not_taken(self.quizzes, facts)
        done = asked - len(missing)
        missing.sort(key=lambda quiz: quiz not in facts.waiting)
        return RequirementResult(
            done >= needed,
            f"{done} dari {asked} latihan diserahkan",
            f"sedikitnya {needed} latihan",
            hand_in_step(programme, facts, missing[: max(needed - done, 0)]),
        )

    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterator[Finding]:
        """Report each quiz that is a test; warn if all quizzes are practice quizzes.

        Phones do not hand in practice quizzes. An author who requires practice quizzes must arrange
        another way to hand them in.
        """
        tests = [quiz.id for quiz in quizzes if quiz.is_test]
        for quiz in tests:
            yield Finding(
                ("quizzes",),
                f'kuis "{quiz}" bukan latihan',
                "pakai kind: taken untuk tes, atau tulis kuis dengan use: practice",
            )
        if not tests:
            yield Finding(
                ("quizzes",),
                "latihan di situs tidak diserahkan dari ponsel; yang hanya berlatih di ponsel tidak"
                " tercatat",
                "pastikan latihan ini diserahkan dengan cara lain, atau pakai kind: observed",
                severity="warning",
            )
