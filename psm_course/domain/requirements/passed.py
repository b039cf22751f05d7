"""`kind: passed`: the learner must pass one of the quizzes.

A later attempt with fewer points changes nothing.
"""

from collections.abc import Iterator, Sequence

from psm_course.authoring.problems import Finding
from psm_course.domain.register import Attempt
from psm_course.domain.requirement import (
    AskedQuiz,
    Facts,
    LearnerResult,
    Programme,
    Requirement,
    RequirementResult,
    retake_step,
    waiting_sentence,
)
from psm_course.items.marks import print_points


class Passed(Requirement):
    """Salah satu kuis lulus."""

    word = "kuis lulus"
    needs, may = ("quizzes",), ()
    by_passing_one = True

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        attempts = [attempt for attempt in facts.attempts if attempt.quiz in self.quizzes]
        best = max(
            attempts, key=lambda attempt: (bool(attempt.passed), attempt.percent), default=None
        )
        met = best is not None and bool(best.passed)
        return RequirementResult(
            met,
            _best_so_far(best),
            "nilai mencapai batas lulus, tanpa kesalahan berbahaya",
            None if met else self._next_step(programme, facts, best),
        )

    def for_learner(
        self, programme: Programme, facts: Facts, found: RequirementResult
    ) -> LearnerResult:
        if found.met:
            return LearnerResult("lulus", None)
        if any(quiz in facts.waiting for quiz in self.quizzes):
            return LearnerResult("belum lulus", found.next_step)
        is_sat = any(attempt.quiz in self.quizzes for attempt in facts.attempts)
        return (
            LearnerResult("belum lulus", retake_step(programme, self.quizzes[:1]))
            if is_sat
            else LearnerResult("belum mengerjakan", found.next_step)
        )

    def _next_step(self, programme: Programme, facts: Facts, best: Attempt | None) -> str:
        waiting = [quiz for quiz in self.quizzes if quiz in facts.waiting]
        if waiting:
            return waiting_sentence(programme, waiting)
        title = programme.titles(self.quizzes[:1])
        if best is None:
            return f"Kerjakan dan serahkan {title}."
        if best.critical:
            return f"Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi {title}."
        return f"Baca lagi bagian yang belum tepat, lalu kerjakan lagi {title}."

    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterator[Finding]:
        at = ("quizzes",)
        without = [quiz.id for quiz in quizzes if quiz.pass_mark is None]
        for quiz in without:
            yield Finding(
                at,
                f'syarat ini meminta lulus "{quiz}", tetapi kuis itu tanpa batas lulus',
                f"tambahkan pass_mark di kuis {quiz}",
            )
        for name in [quiz.id for quiz in quizzes if quiz.without_card]:
            yield Finding(
                at,
                (
                    f'"{name}" dihitung juga tanpa kartu, jadi orang lain dapat lulus atas nama'
                    " peserta"
                ),
                f"hapus without_card: counted di kuis {name}",
                severity="warning",
            )
        if quizzes and not without and all(quiz.attempts for quiz in quizzes):
            limits = ", ".join(f'"{quiz.id}" hanya {quiz.attempts} kali' for quiz in quizzes)
            yield Finding(
                at,
                f"peserta yang kehabisan kesempatan ({limits}) tidak pernah bisa selesai",
                "hapus attempts, atau tambahkan kuis pengganti tanpa batas kesempatan di"
                " daftar ini",
            )


def _best_so_far(best: Attempt | None) -> str:
    if best is None:
        return "belum mengerjakan"
    critical = f", {len(best.critical)} kesalahan berbahaya" if best.critical else ""
    return f"nilai terbaik {print_points(best.percent).replace('.', ',')} %{critical}"
