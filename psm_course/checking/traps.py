"""Promise 6: every learner can still finish from every reachable state, or the rule that traps them is named."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding, Path
from psm_course.content.quiz import Quiz
from psm_course.domain.course_file import CourseFile
from psm_course.domain.requirement import AskedQuiz
from psm_course.grading.chance import best_draw


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


def requirement_findings(file: CourseFile, quizzes: Mapping[str, Quiz], written_ids: Collection[str]) -> Iterator[Finding]:
    """Requirements of `course.yml` that some learner could never meet again; `written_ids` are those of all quizzes, readable or not."""
    for index, requirement in enumerate(file.completion):
        at: Path = ("completion", index)
        missing = [quiz for quiz in requirement.quizzes if quiz not in written_ids]
        for quiz in missing:
            position = requirement.quizzes.index(quiz)
            yield Finding((*at, "quizzes", position), f'kuis "{quiz}" tidak ada', "tulis id kuis yang ada di folder quizzes")
        if not missing:
            # Those that can be read; the mistakes of the others are said already.
            asked = [_asked(quizzes[quiz]) for quiz in requirement.quizzes if quiz in quizzes]
            yield from (replace(found, path=(*at, *found.path)) for found in requirement.traps(asked))


def _asked(quiz: Quiz) -> AskedQuiz:
    sure = quiz.always_drawn if quiz.drawn < len(quiz.items) else {item.id for item in quiz.items}
    header = quiz.header
    return AskedQuiz(quiz.id, quiz.is_test, header.pass_mark, header.attempts, quiz.items, sure, header.without_card == "counted")
