"""A deck: the slides of one module, each with what the trainer may say, from the lessons as they were run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from psm_course.content.course import CourseFolder, ModuleFolder
from psm_course.content.lessons import Lesson, Notebook
from psm_course.content.quiz import Quiz
from psm_course.content.steps import Part, Step, steps_of
from psm_course.forms.render import render_help
from psm_course.forms.slides.fitting import slides_of
from psm_course.forms.slides.markdown import block_html, markdown_pieces
from psm_course.forms.slides.pieces import NORMAL, Piece, html_of
from psm_course.forms.slides.quizzes import quiz_slides
from psm_course.slides.outputs import HELP, output_pieces
from psm_course.slides.pictures import picture_piece

TEST_NOTE = "Tes dikerjakan sendiri-sendiri, di ponsel atau di kertas. Soalnya tidak ditayangkan."


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """One slide. `title` and `body` are on the wall: `body` and `notes` are HTML, `kind` and `size` classes of the style sheet."""

    kind: str
    title: str
    body: str
    notes: str = ""
    size: str = NORMAL.name
    place: str = ""  # "2/3" where a step has several
    height: float = 0  # of the body as foretold, in pixels; 0 where it is drawn to fit


def deck_slides(course: CourseFolder, module: ModuleFolder, run: Callable[[Lesson], Notebook]) -> Iterator[DeckSlide]:
    """The slides of a module. `run` gives a lesson's notebook with outputs; cells for trainers may be missing in it."""
    lessons = (slide for lesson in module.lessons for slide in _lesson_slides(course, lesson, _outputs_by_cell(run(lesson))))
    yield _front(course, module)
    yield from _help_in_full_once(course, lessons)


def _help_in_full_once(course: CourseFolder, slides: Iterator[DeckSlide]) -> Iterator[DeckSlide]:
    """When to call which number is told the first time; then the numbers stand alone, and larger."""
    told = False
    for slide in slides:
        if slide.title == HELP and told:
            yield replace(slide, body=render_help(course.contacts, again=True))
        else:
            yield slide
        told = told or slide.title == HELP


def _front(course: CourseFolder, module: ModuleFolder) -> DeckSlide:
    number = [each.folder for each in course.modules].index(module.folder) + 1
    aims = "".join(f"<li>{block_html(objective.text)[3:-5]}</li>" for objective in module.file.objectives)
    body = f'<p class="above">Modul {number}</p><h1>{block_html(module.file.title)[3:-5]}</h1><ul class="aims">{aims}</ul>'
    return DeckSlide("front", "", body, f"<p>{module.file.minutes} menit, {len(module.lessons)} pelajaran.</p>")


def _outputs_by_cell(notebook: Notebook) -> dict[str, tuple[dict[str, Any], ...]]:
    return {cell["id"]: tuple(cell.get("outputs", ())) for cell in notebook["cells"] if cell["cell_type"] == "code"}


def _lesson_slides(course: CourseFolder, lesson: Lesson, outputs: dict[str, tuple[dict[str, Any], ...]]) -> Iterator[DeckSlide]:
    for step in steps_of(lesson.notebook):
        notes = "".join(map(block_html, step.notes))
        if step.level == 1:
            notes = f"<p>Pelajaran ini {lesson.minutes} menit.</p>{notes}"
        quiz = course.quizzes.get(step.quiz) if step.quiz else None
        if quiz is not None:
            yield from _asked(quiz, notes)
        pieces = [piece for part in step.parts for piece in _pieces(course, lesson, part, outputs)]
        if pieces or quiz is None:
            yield from _told(step, pieces, notes)


def _pieces(course: CourseFolder, lesson: Lesson, part: Part, outputs: dict[str, tuple[dict[str, Any], ...]]) -> Iterator[Piece]:
    if part.kind == "markdown":
        yield from markdown_pieces(part.source, partial(picture_piece, lesson.path.parent))
    elif part.shows:
        for output in outputs.get(part.cell, ()):
            yield from output_pieces(output, course.contacts)


def _told(step: Step, pieces: list[Piece], notes: str) -> Iterator[DeckSlide]:
    slides = slides_of(step.title, pieces)
    opening = "lesson" if step.level == 1 else "step"
    if not slides:
        yield DeckSlide("title", step.title, "", notes)
    for number, slide in enumerate(slides, 1):
        first = slide.pieces[0]
        place = f"{number}/{len(slides)}" if len(slides) > 1 and opening == "step" and not first.title else ""
        kind = "figure" if first.rigid else opening
        yield DeckSlide(kind, first.title or step.title, html_of(slide.pieces), notes, slide.size.name, place, slide.height)


def _asked(quiz: Quiz, notes: str) -> Iterator[DeckSlide]:
    """The items of a practice quiz. The wording of a test is seen on its own page only."""
    if quiz.is_test:
        yield DeckSlide("test", quiz.header.title, f"<p>{TEST_NOTE}</p>", notes)
    for slide in quiz_slides(quiz):
        room = slide.room
        yield DeckSlide("quiz", room.title, slide.html, f"{slide.notes}{notes}", room.size.name, height=room.height)
