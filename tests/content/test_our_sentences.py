"""How the course speaks: explanations in sentences read in one breath.
What people say aloud may be as short as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from statistics import median

import pytest

from psm_course.checking.prose import Passage, lesson_passages, page_passages, sentences
from psm_course.content.course import CourseFolder, ModuleFolder, read_course
from psm_course.content.steps import SOURCES
from tests.conftest import ROOT

FOLDERS = sorted(index.parent.name for index in ROOT.glob("modules/*/index.md"))
SPOKEN = re.compile(r'["“][^"”]*["”]')


@cache
def course() -> CourseFolder:
    read, _ = read_course(ROOT)
    assert read is not None
    return read


def explained(passages: Iterable[Passage]) -> list[int]:
    """The lengths of the sentences that explain:
    no headings, tables, sources, notes for trainers, or what somebody says.
    """
    read = [
        passage
        for passage in passages
        if passage.kind == "text" and not passage.for_trainers and passage.section != SOURCES
    ]
    told = [sentence for passage in read for sentence in sentences(passage.text) if sentence.closed]
    return [
        each.words
        for each in told
        if not each.text.startswith(('"', "“")) and len(SPOKEN.sub("", each.text).split()) > 3
    ]


def lengths(module: ModuleFolder) -> list[int]:
    page = (
        (ROOT / "modules" / module.folder / "index.md")
        .read_text(encoding="utf-8")
        .split("---\n", maxsplit=2)[2]
    )
    return [
        *explained(page_passages("index.md", page)),
        *(n for lesson in module.lessons for n in explained(lesson_passages(lesson))),
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_module_explains_in_sentences_of_eight_to_eleven_words(folder: str) -> None:
    (module,) = [module for module in course().modules if module.folder == folder]
    found = lengths(module)

    assert len(found) > 80
    assert 8 <= median(found) <= 11
    assert max(found) <= 25
    assert sum(length <= 5 for length in found) <= len(found) / 4


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_lesson_explains_in_fragments(folder: str) -> None:
    (module,) = [module for module in course().modules if module.folder == folder]

    assert {
        lesson.file: found
        for lesson in module.lessons
        if (found := median(explained(lesson_passages(lesson)))) < 7
    } == {}
