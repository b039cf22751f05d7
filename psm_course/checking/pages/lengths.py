"""Checks that each step of a lesson is short enough to be told in one go and to fit on slides."""

from collections.abc import Iterator

from psm_course.authoring.problems import Problem, problem_on, shorten
from psm_course.checking.prose import without_citations, words
from psm_course.content.lessons import Lesson
from psm_course.content.steps import Step, steps_of
from psm_course.forms.slides.fitting import slides_of
from psm_course.forms.slides.markdown import markdown_pieces

# About a minute of reading aloud, and what fits on one slide in letters that are read
# from the last row.
MOST_WORDS = 120


def step_problems(lesson: Lesson) -> Iterator[Problem]:
    """Yield warnings about steps of a lesson that are too long.

    A step is too long if it has more than 120 words, or if a part of it does not fit on one slide.
    The list of sources is not a step.
    """
    for step in steps_of(lesson.notebook):
        count = _words(step)
        if count > MOST_WORDS:
            message = f'langkah "{shorten(step.title)}" {count} kata, lebih dari {MOST_WORDS}'
            yield problem_on(
                lesson.file,
                _line(lesson, step),
                message,
                "pecah dengan judul ## atau ###, atau pendekkan",
                "warning",
            )
        if not _fits(step):
            message = (
                f'langkah "{shorten(step.title)}" memuat bagian yang tidak muat di satu slide'
                " dengan huruf terkecil"
            )
            hint = "pecah paragraf, butir daftar, atau baris tabel yang terlalu panjang"
            yield problem_on(lesson.file, _line(lesson, step), message, hint, "warning")


def _words(step: Step) -> int:
    return sum(len(words(without_citations(text))) for text in step.texts)


def _fits(step: Step) -> bool:
    """True if the Markdown text of a step fits on slides.

    Outputs of code cells are not counted, because they are unknown until the code has run.
    """
    pieces = [
        piece
        for part in step.parts
        if part.kind == "markdown" and part.shows
        for piece in markdown_pieces(part.source)
    ]
    return all(slide.fits for slide in slides_of(step.title, pieces))


def _line(lesson: Lesson, step: Step) -> int:
    return next(
        lesson.line_of(cell) for cell in lesson.notebook["cells"] if cell.get("id") == step.cell
    )
