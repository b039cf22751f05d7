"""Whether the steps of a lesson are short enough to be told in one go."""

from collections.abc import Iterator

from psm_course.authoring.problems import Problem, problem_on, shorten
from psm_course.checking.prose import SOURCES, without_citations, words
from psm_course.content.lessons import Lesson
from psm_course.content.steps import Step, steps_of

# About a minute of reading aloud, and what fits on one slide in letters that are read from the last row.
MOST_WORDS = 120


def step_problems(lesson: Lesson) -> Iterator[Problem]:
    """Warnings on the steps of a lesson that are too long; the list of sources is there to be looked up, not to be told."""
    for step in steps_of(lesson.notebook):
        count = _words(step)
        if count > MOST_WORDS and step.title != SOURCES:
            line = next(lesson.line_of(cell) for cell in lesson.notebook["cells"] if cell.get("id") == step.cell)
            message = f'langkah "{shorten(step.title)}" {count} kata, lebih dari {MOST_WORDS}'
            yield problem_on(lesson.file, line, message, "pecah dengan judul ## atau ###, atau pendekkan", "warning")


def _words(step: Step) -> int:
    return sum(len(words(without_citations(text))) for text in step.texts)
