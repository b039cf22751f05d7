"""Trainers' notes on paper, from the same steps of lessons as the notes in a deck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from psm_course.content.adopted import digest_of
from psm_course.content.course import CourseFolder
from psm_course.content.lessons import Lesson
from psm_course.content.steps import steps_of
from psm_course.forms.slides.markdown import block_tree
from psm_course.printing.notes import NotedLesson, NotedStep, NotesHeading, render_notes
from psm_course.slides.deck import DeckContents
from psm_course.slides.making import refuse_leaks


def print_notes(course: CourseFolder, decks: Sequence[DeckContents], as_of: date) -> bytes:
    """Return the trainers' notes of these decks as one PDF. No lesson is run for the notes.

    Args:
        course: the course.
        decks: the decks, in the order in which to print their notes.
        as_of: the day of printing, which is written at the foot of each page.

    Raises:
        ContentFaulty: the notes contain an answer key or the wording of a test, or load a file from
            another site.
        Unprintable: the text has a letter that our font does not have.
        Refused: the printing process stopped.
    """
    refuse_leaks(course, "\n".join(_texts(decks)), "Catatan tidak dicetak")
    version = digest_of(course).removeprefix("sha256:")[:12]  # as the office names it
    heading = NotesHeading(course.file.title, course.file.organiser, version, as_of)
    return render_notes(heading, [*_lessons(decks)])


def _texts(decks: Sequence[DeckContents]) -> Iterator[str]:
    for deck in decks:
        for lesson in deck.lessons:
            for step in steps_of(lesson.notebook):
                yield from (step.title, *(note.source for note in step.notes))


def _lessons(decks: Sequence[DeckContents]) -> Iterator[NotedLesson]:
    for deck in decks:
        for number, lesson in enumerate(deck.lessons, 1):
            # As the trainers' guide and the wall name it: 2.1.
            place = f"Pelajaran {deck.number}.{number}" if deck.number else f"{deck.above} {number}"
            yield _noted(lesson, deck, place)


def _noted(lesson: Lesson, deck: DeckContents, place: str) -> NotedLesson:
    opening, *steps = (
        NotedStep(step.title, tuple(block_tree(note.source) for note in step.notes))
        for step in steps_of(lesson.notebook)
    )
    return NotedLesson(
        deck.title,
        place,
        lesson.title,
        lesson.minutes,
        tuple((cut.title, cut.minutes) for cut in lesson.cuts),
        opening,
        tuple(steps),
    )
