"""Promise 6: every learner can still finish from every reachable state, or the rule that traps them is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding, Path
from psm_course.content.course import Course, Requirement
from psm_course.content.quiz import Quiz
from psm_course.grading.chance import best_draw
from psm_course.items import TYPES


def pass_mark_findings(quiz: Quiz) -> Iterator[Finding]:
    """A pass mark that nobody, or nobody with an unlucky draw, reaches without a critical error."""
    pass_mark = quiz.header.pass_mark
    if pass_mark is None:
        return
    line = Fraction(pass_mark) / 100
    for lucky, whom in ((True, "siapa pun"), (False, "peserta dengan undian terberat")):
        highest = best_draw(quiz, line, lucky)
        if highest < line:
            yield Finding(
                ("pass_mark",),
                f"batas lulus {plain(pass_mark)} % tidak dapat dicapai {whom}; yang tertinggi {_rounded_down(highest)} %",
                "turunkan pass_mark, atau perbaiki butir yang semua jalannya bernilai rendah atau berbahaya",
            )
            return


def _rounded_down(share: Fraction) -> str:
    """Per cent with one place, never rounded up to the line it misses."""
    return plain(Decimal(floor(share * 1000)) / 10)


def requirement_findings(course: Course) -> Iterator[Finding]:
    """Requirements of `course.yml` that some learner could never meet again."""
    for index, requirement in enumerate(course.file.completion):
        at: Path = ("completion", index)
        missing = [quiz for quiz in requirement.quizzes if quiz not in course.written_ids]
        for quiz in missing:
            position = requirement.quizzes.index(quiz)
            yield Finding((*at, "quizzes", position), f'kuis "{quiz}" tidak ada', "tulis id kuis yang ada di folder quizzes")
        if not missing and requirement.kind in _BY_KIND:
            yield from _BY_KIND[requirement.kind](course, requirement, (*at, "quizzes"))


def _passed_findings(course: Course, requirement: Requirement, at: Path) -> Iterator[Finding]:
    quizzes = _quizzes(course, requirement)
    without = [quiz.id for quiz in quizzes if quiz.header.pass_mark is None]
    for quiz in without:
        yield Finding(at, f'syarat ini meminta lulus "{quiz}", tetapi kuis itu tanpa batas lulus', f"tambahkan pass_mark di kuis {quiz}")
    if quizzes and not without and all(quiz.header.attempts for quiz in quizzes):
        limits = ", ".join(f'"{quiz.id}" hanya {quiz.header.attempts} kali' for quiz in quizzes)
        yield Finding(
            at,
            f"peserta yang kehabisan kesempatan ({limits}) tidak pernah bisa selesai",
            "hapus attempts, atau tambahkan kuis pengganti tanpa batas kesempatan di daftar ini",
        )


def _practised_findings(course: Course, requirement: Requirement, at: Path) -> Iterator[Finding]:
    """Practice stays on the phone, whose pages hand in tests only: an author who asks for it has to arrange the handing in."""
    tests = [quiz.id for quiz in _quizzes(course, requirement) if quiz.is_test]
    for quiz in tests:
        yield Finding(at, f'kuis "{quiz}" bukan latihan', "pakai kind: taken untuk tes, atau tulis kuis dengan use: practice")
    if not tests:
        yield Finding(
            at,
            "latihan di situs tidak diserahkan dari ponsel; yang hanya berlatih di ponsel tidak tercatat",
            "pastikan latihan ini diserahkan dengan cara lain, atau pakai kind: observed",
            severity="warning",
        )


def _no_critical_findings(course: Course, requirement: Requirement, at: Path) -> Iterator[Finding]:
    """A critical error is closed by the same item answered right later: it has to come back, and to have a right answer."""
    quizzes = _quizzes(course, requirement)
    closing = {name for quiz in quizzes if quiz.header.attempts is None for name in _sure_to_come(quiz)}
    for quiz in quizzes:
        for item in quiz.items:
            earned = TYPES[item.type].guesses(item.scoring_data())
            if not any(guess.critical for guess in earned):
                continue
            if item.id not in closing:
                yield Finding(
                    at,
                    f'butir "{item.id}" di "{quiz.id}" dapat menjadi kesalahan berbahaya, tetapi belum tentu keluar lagi untuk diperbaiki',
                    "tulis always: yes pada butir itu, dan kuisnya tanpa attempts",
                )
            elif not any(guess.share == 1 and not guess.critical for guess in earned):
                yield Finding(
                    at,
                    f'butir "{item.id}" di "{quiz.id}" tidak dapat dijawab penuh tanpa kesalahan berbahaya',
                    "beri nilai penuh pada jalan yang aman",
                )


def _sure_to_come(quiz: Quiz) -> Iterable[str]:
    is_drawn = quiz.drawn < len(quiz.items)
    return quiz.always_drawn if is_drawn else [item.id for item in quiz.items]


def _quizzes(course: Course, requirement: Requirement) -> list[Quiz]:
    """Those that can be read; the mistakes of the others are said already."""
    return [course.quizzes[quiz] for quiz in requirement.quizzes if quiz in course.quizzes]


_BY_KIND: dict[str, Callable[[Course, Requirement, Path], Iterator[Finding]]] = {
    "practised": _practised_findings,
    "passed": _passed_findings,
    "no_critical": _no_critical_findings,
}
