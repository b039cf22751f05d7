"""Checks that every learner can still finish the course, whatever has happened before.

A requirement is reported if a learner can miss it in a way that nobody can repair later. Promise 6
of this project is that every learner can still finish from every state.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from psm_course.authoring.problems import Finding, Path
from psm_course.content.quiz import Quiz
from psm_course.domain.course_file import CourseFile
from psm_course.domain.requirement import AskedQuiz


def requirement_findings(
    file: CourseFile, quizzes: Mapping[str, Quiz], written_ids: Collection[str]
) -> Iterator[Finding]:
    """Report requirements of `course.yml` that some learner could never meet again.

    A requirement that names a quiz which does not exist is reported too.

    Args:
        file: the course file.
        quizzes: the quizzes that can be read, by id.
        written_ids: ids of all quizzes, also of those that cannot be read.
    """
    for index, requirement in enumerate(file.completion):
        at: Path = ("completion", index)
        missing = [quiz for quiz in requirement.quizzes if quiz not in written_ids]
        for quiz in missing:
            yield Finding(
                (*at, "quizzes", requirement.quizzes.index(quiz)),
                f'kuis "{quiz}" tidak ada',
                "tulis id kuis yang ada di folder quizzes",
            )
        if not missing:
            # Those that can be read; the mistakes of the others are said already.
            asked = [_asked(quizzes[quiz]) for quiz in requirement.quizzes if quiz in quizzes]
            yield from (
                replace(found, path=(*at, *found.path)) for found in requirement.traps(asked)
            )


def _asked(quiz: Quiz) -> AskedQuiz:
    in_every_sitting = [
        item for item in quiz.items if item.variants or quiz.drawn == quiz.most_drawn
    ]
    sure = {item.stands_for for item in in_every_sitting}
    header = quiz.header
    return AskedQuiz(
        quiz.id,
        quiz.is_test,
        header.pass_mark,
        header.attempts,
        quiz.items,
        sure,
        header.without_card == "counted",
    )
