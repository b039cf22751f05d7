"""`kind: no_critical`: no dangerous answer stands."""

from collections.abc import Iterator, Sequence

from psm_course.authoring.problems import Finding
from psm_course.domain.register import Attempt
from psm_course.domain.requirement import AskedQuiz, Facts, Found, Programme, Requirement, Told
from psm_course.items import TYPES


class NoCritical(Requirement):
    """Tidak ada kesalahan berbahaya yang terbuka."""

    word = "tanpa kesalahan berbahaya"
    needs, may = ("quizzes",), ()
    by_passing_one = False

    def judge(self, programme: Programme, facts: Facts) -> Found:
        still_open = open_critical([attempt for attempt in facts.attempts if attempt.quiz in self.quizzes])
        titles = programme.titles(list(dict.fromkeys(still_open.values())))
        step = f"Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi {titles} dan jawab butir itu dengan tepat."
        step += " Bila soal itu terlalu berat, petugas dapat menutupnya sesudah dibahas."
        return Found(
            not still_open,
            f"{len(still_open)} kesalahan berbahaya belum diperbaiki" if still_open else "tidak ada kesalahan berbahaya",
            "semuanya diperbaiki",
            step if still_open else None,
        )

    def told(self, programme: Programme, facts: Facts, found: Found) -> Told:  # noqa: ARG002 - as every kind is asked
        return Told("terpenuhi" if found.met else "belum", found.next_step)

    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterator[Finding]:
        """A critical error is closed by the same item answered right later: it has to come back, and to have a right answer."""
        closing = {name for quiz in quizzes if quiz.attempts is None for name in quiz.sure}
        for quiz in quizzes:
            for item in quiz.items:
                earned = TYPES[item.type].guesses(item.scoring_data())
                if not any(guess.critical for guess in earned):
                    continue
                if item.id not in closing:
                    yield Finding(
                        ("quizzes",),
                        f'butir "{item.id}" di "{quiz.id}" dapat menjadi kesalahan berbahaya,'
                        " tetapi belum tentu keluar lagi untuk diperbaiki",
                        "tulis always: yes pada butir itu, dan kuisnya tanpa attempts",
                    )
                elif not any(guess.share == 1 and not guess.critical for guess in earned):
                    yield Finding(
                        ("quizzes",),
                        f'butir "{item.id}" di "{quiz.id}" tidak dapat dijawab penuh tanpa kesalahan berbahaya',
                        "beri nilai penuh pada jalan yang aman",
                    )


def open_critical(attempts: Sequence[Attempt]) -> dict[str, str]:
    """Item -> quiz of every critical error that stands: one is closed by the same item answered right in a later attempt."""
    found: dict[str, str] = {}
    for attempt in attempts:
        for item in attempt.right:
            found.pop(item, None)
        found |= dict.fromkeys(attempt.critical, attempt.quiz)
    return found
