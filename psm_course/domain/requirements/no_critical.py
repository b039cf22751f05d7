"""`kind: no_critical`: each critical error (dangerous answer) was cleared by a right answer."""

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
    Variants,
)
from psm_course.items import TYPES


class NoCritical(Requirement):
    """Tidak ada kesalahan berbahaya yang terbuka."""

    word = "tanpa kesalahan berbahaya"
    needs, may = ("quizzes",), ()
    by_passing_one = False

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        still_open = open_critical(
            [each for each in facts.attempts if each.quiz in self.quizzes], programme.variants
        )
        titles = programme.titles(list(dict.fromkeys(still_open.values())))
        step = (
            f"Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi {titles} dan jawab"
            " butir itu dengan tepat. Bila soal itu terlalu berat, petugas dapat menutupnya sesudah"
            " dibahas."
        )
        return RequirementResult(
            not still_open,
            (
                f"{len(still_open)} kesalahan berbahaya belum diperbaiki"
                if still_open
                else "tidak ada kesalahan berbahaya"
            ),
            "semuanya diperbaiki",
            step if still_open else None,
        )

    # Takes what every kind is given.
    def for_learner(
        self,
        programme: Programme,  # noqa: ARG002
        facts: Facts,  # noqa: ARG002
        found: RequirementResult,
    ) -> LearnerResult:
        return LearnerResult("terpenuhi" if found.met else "belum", found.next_step)

    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterator[Finding]:
        """Find items whose critical error a learner might never be able to clear.

        Only a later right answer to the item, or to a variant of it, clears the error. Therefore
        the item or a variant must be in every sitting of a quiz with unlimited attempts, and must
        have an answer that earns all points without a critical error.
        """
        coming = {name for quiz in quizzes if quiz.attempts is None for name in quiz.sure}
        earned = {
            (quiz.id, item.id): TYPES[item.type].guesses(item.scoring_data())
            for quiz in quizzes
            for item in quiz.items
        }
        closing = {
            item.stands_for
            for quiz in quizzes
            if quiz.attempts is None
            for item in quiz.items
            if any(guess.share == 1 and not guess.critical for guess in earned[quiz.id, item.id])
        }
        for quiz in quizzes:
            for item in quiz.items:
                if not any(guess.critical for guess in earned[quiz.id, item.id]):
                    continue
                if item.stands_for not in coming:
                    yield Finding(
                        ("quizzes",),
                        f'butir "{item.id}" di "{quiz.id}" dapat menjadi kesalahan berbahaya,'
                        " tetapi belum tentu keluar lagi untuk diperbaiki",
                        "beri butir itu variants, dan kuisnya tanpa attempts",
                    )
                elif item.stands_for not in closing:
                    yield Finding(
                        ("quizzes",),
                        f'butir "{item.id}" di "{quiz.id}" tidak dapat dijawab penuh tanpa'
                        " kesalahan berbahaya",
                        "beri nilai penuh pada jalan yang aman",
                    )


def open_critical(attempts: Sequence[Attempt], variants: Variants) -> dict[str, str]:
    """Find the critical errors that no later right answer cleared.

    A right answer to the same item or to a variant of it clears the error. `attempts` are ordered
    oldest first.

    Returns:
        The quiz id of each error, by item id. If the item has variants, the key is not the item id
        but the name that the variants share.
    """
    found: dict[str, str] = {}
    for attempt in attempts:
        stands_for = variants.get(attempt.quiz, {})
        for item in attempt.right:
            found.pop(stands_for.get(item, item), None)
        found |= {stands_for.get(item, item): attempt.quiz for item in attempt.critical}
    return found
