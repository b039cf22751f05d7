"""The help numbers of the course, each with the date on which somebody last called it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path as FilePath
from typing import TypeVar
from pydantic import Field
from psm_course.authoring.beside import files_in
from psm_course.authoring.fields import Count, Day, Flag, Id, Model, Text, is_id
from psm_course.authoring.ids import repeated_in
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import read_declared, read_declared_file
from psm_course.authoring.yaml_source import Source, decode, read_file, read_text
from psm_course.content.help.field_guide import KINDS_FILE, ROUTES_FILE, read_field_guide
from psm_course.content.glossary import GLOSSARY_FILE, read_glossary
from psm_course.content.lessons import Lesson, read_lesson
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.finding import read_quizzes
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.content.region import REGION_FILE, Region, read_region
from psm_course.content.review import REVIEW_FILE, Review, read_review
from psm_course.domain.course_file import CourseFile

HELP_FILE = FilePath("modules/bantuan.yml")


class HelpLine(Model):
    """A help line as its file has it.

    Telephone numbers are in that file only, never in the content.
    """

    id: Id = Field(description="Nama pendek.")
    label: Text = Field(description="Nama layanan.")
    short: Text | None = Field(
        None, description="Namanya dalam satu atau dua kata, untuk baris nomor di atas halaman."
    )
    number: Text = Field(description="Nomor seperti ditekan di telepon.")
    words: tuple[Text, ...] = Field(
        (), description="Kata atau frasa: siapa mencarinya melihat nomor ini di atas hasil."
    )
    when: Text = Field(description="Kapan dipakai.")
    source: Text = Field(description="Sumber nomor ini.")


class Contact(HelpLine):
    """A help line with its dates from the review ledger."""

    last_checked: Day | None = Field(
        None, description="Tanggal nomor ini ditelepon; sebelum itu, terakhir terlihat di sumber."
    )
    confirmed: Flag = Field(False, description="yes bila sudah ditelepon dan benar.")


class HelpFile(Model):
    """`modules/bantuan.yml`."""

    contacts: tuple[HelpLine, ...] = Field(min_length=1, description="Nomor bantuan.")


def find_contacts(root: FilePath) -> tuple[Contact, ...] | None:
    """The help numbers; None while their file cannot be read."""
    _, file, _ = read_declared_file(HelpFile, root, HELP_FILE)
    return contacts_of(file, read_review(root)[1]) if file else None


def contacts_of(file: HelpFile | None, review: Review) -> tuple[Contact, ...]:
    return tuple(_contact(line, review) for line in file.contacts) if file else ()


def _contact(line: HelpLine, review: Review) -> Contact:
    """A help line with the date of a valid answer in the ledger, if there is one."""
    entry = next(iter(review.at(f"{HELP_FILE.as_posix()}#{line.id}")), None)
    if entry is None:
        return Contact(**dict(line))
    answered = entry.answer if not entry.is_open else None
    return Contact(
        **dict(line),
        last_checked=answered.on if answered else entry.last_checked,
        confirmed=answered is not None,
    )
