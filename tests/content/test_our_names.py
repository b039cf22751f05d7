"""A name is one person's: who meets it twice may think that she knows the story, or its answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from psm_course.content.course import CourseFolder, read_course
from tests.conftest import ROOT

TITLED = r"(?:Bu|Pak|Kakek|Nenek|Nek|Mas|Mbak|Bang|Teh|Kang|Mang|Mpok|Ko|Ci|Engkong)"
NAMED = re.compile(
    rf"\b{TITLED} ([A-Z][a-z]+)\b|\b([A-Z][a-z]+), (?:(?:\w+ ){{1,2}}tahun|(?:seorang )?ODGJ)\b"
)
WITHIN_A_SENTENCE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
NOT_NAMES = {"Bidan", "Guru", "Tuli", "Benar"}
MONTHS = {"Mei"}
COMPANIONS = {"Rini", "Darto"}  # PSM whom every module knows
# Residents of one bank that come back under another objective of it, as the same person.
SEEN_AGAIN = {"Lela", "Min", "Nur", "Yanti", "Gani", "Narti", "Entin"}

Place = tuple[str, str]


@pytest.fixture(scope="module")
def course() -> CourseFolder:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


def texts(course: CourseFolder) -> Iterator[tuple[Place, str]]:
    """What trainees read, by where they meet it:
    a module with its lessons and practice, or an objective of a bank.
    """
    for module in course.modules:
        for lesson in module.lessons:
            yield from ((("modul", module.folder), text) for _, text in lesson.markdown())
    for quiz in course.quizzes.values():
        if quiz.header.pool:
            continue
        for item in quiz.items:
            place = (
                (quiz.id, item.objective or "")
                if quiz.is_test
                else ("modul", quiz.header.module or "")
            )
            yield from ((place, part.text) for part in item.texts())


def places_of_names(course: CourseFolder) -> dict[str, set[Place]]:
    listed = list(texts(course))
    names = {
        name for _, text in listed for found in NAMED.findall(text) for name in found if name
    } - NOT_NAMES
    found: dict[str, set[Place]] = defaultdict(set)
    for place, text in listed:
        bare = {*WITHIN_A_SENTENCE.findall(text)} - MONTHS
        for name in names & {*bare, *(each for match in NAMED.findall(text) for each in match)}:
            found[name].add(place)
    return found


def test_names_are_found_with_and_without_a_title(course: CourseFolder) -> None:
    names = places_of_names(course)

    assert {"Rini", "Lilis", "Zahra", "Dika", "Fahmi"} <= names.keys()
    assert len(names) > 150


def test_nobody_shares_a_name_with_somebody_else(course: CourseFolder) -> None:
    def people(name: str, places: set[Place]) -> set[str] | set[Place]:
        return (
            {quiz if quiz != "modul" else module for quiz, module in places}
            if name in SEEN_AGAIN
            else places
        )

    found = {
        name: people(name, places)
        for name, places in places_of_names(course).items()
        if name not in COMPANIONS
    }

    assert {name: sorted(map(str, those)) for name, those in found.items() if len(those) > 1} == {}
