"""A deck: the slides of one module with notes for the trainer, made from lessons that were run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from string import ascii_uppercase
from typing import Any

from psm_course.content.course import EVENTS, CourseFolder, ModuleFolder
from psm_course.content.lessons import Lesson, Notebook, hands_asked_in, quizzes_played_in
from psm_course.content.quiz import Quiz
from psm_course.content.steps import Part, Step, steps_of
from psm_course.forms.render import render_help
from psm_course.forms.slides.fitting import slides_of
from psm_course.forms.slides.markdown import block_html, markdown_pieces
from psm_course.forms.slides.pieces import NORMAL, Piece, html_of
from psm_course.forms.slides.quizzes import quiz_slides
from psm_course.slides.outputs import HELP, output_pieces
from psm_course.slides.pictures import picture_piece

EVENTS_TITLE = "Pembukaan dan penutupan"
NO_NOTE = "Langkah ini tanpa catatan sendiri. Alur pelajaran:"
TOGETHER = "Bersama di layar: dijalankan dari buku catatan, dengan <code>psm trainer</code>."
TEST_NOTE = "Tes dikerjakan sendiri-sendiri, di ponsel atau di kertas. Soalnya tidak ditayangkan."


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """One slide. `body` and `notes` are HTML; `kind` and `size` are CSS classes."""

    kind: str
    title: str
    body: str
    notes: str = ""
    size: str = NORMAL.name
    place: str = ""  # "2/3" if a step has several slides
    height: float = 0  # expected height of the body, in pixels; 0 if it is scaled to fit


@dataclass(frozen=True)
class DeckContents:
    """The contents of one deck: of one module, or of the opening and closing together.

    Attributes:
        name: the name of the deck's folder in `modules/`.
        above: a small line above the title, such as "Modul 2".
        title: the title of the module.
        aims: texts of the module's objectives, or titles of the notebooks of opening and closing.
        minutes: the planned length.
        lessons: the notebooks.
        quiet: True if the hall's screen shows no counters, live results or clock in this module.
        number: the module's number in the course; None if it is no module.
    """

    name: str
    above: str
    title: str
    aims: tuple[str, ...]
    minutes: int
    lessons: tuple[Lesson, ...]
    quiet: bool = False
    number: int | None = None


def decks_of(course: CourseFolder) -> tuple[DeckContents, ...]:
    """List the decks of a course: one for each module in order, then one for opening and closing.

    That last deck is there only if the course has notebooks for it.
    """
    return (
        *(_module(number, module) for number, module in enumerate(course.modules, 1)),
        *([_events(course.events)] if course.events else []),
    )


def _module(number: int, module: ModuleFolder) -> DeckContents:
    file = module.file
    return DeckContents(
        module.folder,
        f"Modul {number}",
        file.title,
        tuple(objective.text for objective in file.objectives),
        file.minutes,
        module.lessons,
        file.quiet,
        number,
    )


def _events(lessons: tuple[Lesson, ...]) -> DeckContents:
    return DeckContents(
        EVENTS.name,
        "Acara",
        EVENTS_TITLE,
        tuple(lesson.title for lesson in lessons),
        sum(lesson.minutes for lesson in lessons),
        lessons,
    )


def deck_slides(
    course: CourseFolder, deck: DeckContents, run: Callable[[Lesson], Notebook]
) -> Iterator[DeckSlide]:
    """Yield the slides of a deck, in order: a front slide, then the slides of its lessons.

    Args:
        course: the course.
        deck: the deck.
        run: a function that returns a lesson's notebook with outputs. The notebook may lack cells
            for trainers.
    """
    lessons = (
        slide
        for lesson in deck.lessons
        for slide in _lesson_slides(course, lesson, _outputs_by_cell(run(lesson)))
    )
    yield _front(deck)
    yield from _help_in_full_last(course, lessons)


def _help_in_full_last(course: CourseFolder, slides: Iterator[DeckSlide]) -> Iterator[DeckSlide]:
    """Yield all slides, but make the help slides shorter; add the full help slide at the end.

    A help slide lists the help numbers. Between the other slides a help slide shows only the
    numbers, in large letters. The full help slide also says when to call which number. It is the
    last slide, because people have time to read it at the end.
    """
    full = None
    for slide in slides:
        if slide.title == HELP:
            full = slide
            yield replace(slide, body=render_help(course.contacts, numbers_only=True))
        else:
            yield slide
    if full:
        yield full


def _front(deck: DeckContents) -> DeckSlide:
    # `[3:-5]` leaves out the paragraph around a line: `<p>` before, `</p>` and a line end behind.
    aims = "".join(f"<li>{block_html(aim)[3:-5]}</li>" for aim in deck.aims)
    body = (
        f'<p class="above">{deck.above}</p><h1>{block_html(deck.title)[3:-5]}</h1><ul'
        f' class="aims">{aims}</ul>'
    )
    return DeckSlide(
        "front", "", body, f"<p>{deck.minutes} menit, {len(deck.lessons)} pelajaran.</p>"
    )


def _outputs_by_cell(notebook: Notebook) -> dict[str, tuple[dict[str, Any], ...]]:
    return {
        cell["id"]: tuple(cell.get("outputs", ()))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    }


def _lesson_slides(
    course: CourseFolder, lesson: Lesson, outputs: dict[str, tuple[dict[str, Any], ...]]
) -> Iterator[DeckSlide]:
    steps = steps_of(lesson.notebook)
    # A step without a note of its own still tells the trainer where in the lesson she is: the
    # lesson's first note has its minutes.
    plan = next(
        (f"<p>{NO_NOTE}</p>{block_html(note.source)}" for step in steps for note in step.notes),
        "",
    )
    for step in steps:
        notes = _read(step.notes) or plan
        if step.level == 1:
            notes = f"<p>Pelajaran ini {lesson.minutes} menit.</p>{notes}"
        slides = (
            _worked(course, step, notes)
            if step.is_worked
            else _text_slides(step, _shown(course, lesson, step, outputs), notes)
        )
        yield from _with_sources_last(slides, _read(step.sources))


def _read(parts: Iterable[Part]) -> str:
    return "".join(block_html(part.source) for part in parts)


def _with_sources_last(slides: Iterable[DeckSlide], sources: str) -> Iterator[DeckSlide]:
    """Add `sources`, the lesson's sources as HTML, to the notes of a step's last slide.

    People ask for the sources at the end, if they ask at all.
    """
    *before, last = slides
    yield from before
    yield replace(last, notes=last.notes + sources)


def _shown(
    course: CourseFolder, lesson: Lesson, step: Step, outputs: dict[str, tuple[dict[str, Any], ...]]
) -> list[Piece]:
    return [
        piece
        for part in step.parts
        if part.shows
        for piece in _pieces(course, lesson, part, outputs)
    ]


def _worked(course: CourseFolder, step: Step, notes: str) -> Iterator[DeckSlide]:
    """Yield the slides of a step in which learners do something.

    The slides show a quiz, or the question and choices of a poll. If the step has neither, a note
    tells the trainer to run the step's cell in the notebook.
    """
    lead = "\n\n".join(part.source for part in step.lead if part.shows and part.kind == "markdown")
    names = [step.quiz] if step.quiz else quizzes_played_in(step.played)
    # A quiz that cannot be graded has no slides; the deck is made all the same.
    quizzes = [course.quizzes[name] for name in names if name in course.quizzes]
    for quiz in quizzes:
        yield from _asked(quiz, lead, notes)
    if not quizzes:
        question, *choices = hands_asked_in(step.played) or ("",)
        asked = [f"**{question}**"] if question else []
        body = "\n\n".join([lead, *asked, *map("**{}.** {}".format, ascii_uppercase, choices)])
        yield from _text_slides(
            step, list(markdown_pieces(body)), notes if question else f"<p>{TOGETHER}</p>{notes}"
        )


def _pieces(
    course: CourseFolder, lesson: Lesson, part: Part, outputs: dict[str, tuple[dict[str, Any], ...]]
) -> Iterator[Piece]:
    if part.kind == "markdown":
        yield from markdown_pieces(part.source, partial(picture_piece, lesson.path.parent))
    else:
        for output in outputs.get(part.cell, ()):
            yield from output_pieces(output, course.contacts)


def _text_slides(step: Step, pieces: list[Piece], notes: str) -> Iterator[DeckSlide]:
    slides = slides_of(step.title, pieces)
    opening = "lesson" if step.level == 1 else "step"
    if not slides:
        yield DeckSlide("title", step.title, "", notes)
    count = sum(not slide.pieces[0].title for slide in slides)
    number = 0
    for slide in slides:
        first = slide.pieces[0]
        number += not first.title  # the help numbers between are no part of it
        place = f"{number}/{count}" if count > 1 and opening == "step" and not first.title else ""
        kind = "figure" if first.rigid else opening
        yield DeckSlide(
            kind,
            first.title or step.title,
            html_of(slide.pieces),
            notes,
            slide.size.name,
            place,
            slide.height,
        )


def _asked(quiz: Quiz, lead: str, notes: str) -> Iterator[DeckSlide]:
    """Yield the slides of a practice quiz: one for each item, with `lead` above the first item.

    A test has only one slide, with its title: learners see its items only on the test's own page.
    `lead` is Markdown; `notes`, as HTML, are for the trainer.
    """
    # Its title alone is shown: the wording of a test is for its own page.
    if quiz.is_test:
        yield DeckSlide("test", quiz.header.title, f"{block_html(lead)}<p>{TEST_NOTE}</p>", notes)
    for slide in quiz_slides(quiz, lead):
        room = slide.room
        yield DeckSlide(
            "quiz",
            room.title,
            slide.html,
            f"{slide.notes}{notes}",
            room.size.name,
            height=room.height,
        )
