"""Checks that pages have the parts on which readers rely.

A module page needs a pocket sheet ("Lembar saku", one printed page to carry along). A lesson needs
a reflection and a list of sources. Only a course that has item banks must have these parts, because
a course without banks is still small.

In every course, objectives must name something that can be observed. All problems are warnings.
"""

import re
from collections.abc import Iterable, Iterator

from psm_course.authoring.problems import Finding, Problem, problem_on
from psm_course.checking.pages.sensitive import Page
from psm_course.checking.prose import Passage, words
from psm_course.content.course import Module
from psm_course.content.lessons import SOURCES

SHEET = "Lembar saku"
REFLECTION = "Renungkan"
# As many words as one printed page holds in letters that tired eyes can read: a minute's reading.
LONGEST_SHEET = 180
_OF_A_LESSON = {
    REFLECTION: "tambahkan judul itu, dengan satu atau dua pertanyaan untuk dipikirkan",
    SOURCES: "tambahkan judul itu, lalu sebut dasar hukum dan asal setiap keterangan",
}
# What happens inside a head, which no trainer can see.
_UNSEEN = re.compile(
    r"\b(?:memahami|mengetahui|mengerti|mengenali?|menyadari|menghayati|mempelajari|menguasai)\b",
    re.IGNORECASE,
)


def part_problems(pages: Iterable[Page], lessons: Iterable[Page]) -> Iterator[Problem]:
    """Yield warnings about parts that module pages and lessons lack.

    Args:
        pages: the page of a module; empty if it cannot be read.
        lessons: the lessons of that module.
    """
    for page in pages:
        length = _length(page.passages, SHEET)
        if not length:
            message, hint = (
                f'halaman modul ini belum punya "{SHEET}"',
                "tambahkan judul itu, lalu yang perlu dibawa ke lapangan",
            )
            yield problem_on(page.file, 1, message, hint, "warning")
        elif length > LONGEST_SHEET:
            message = (
                f"lembar saku {length} kata, lebih dari {LONGEST_SHEET}: tidak muat di satu halaman"
            )
            yield problem_on(page.file, 1, message, "pendekkan", "warning")
    for lesson in lessons:
        for name, hint in _OF_A_LESSON.items():
            if not _length(lesson.passages, name):
                yield problem_on(
                    lesson.file, 1, f'pelajaran ini belum punya "{name}"', hint, "warning"
                )


def _length(passages: Iterable[Passage], section: str) -> int:
    """Return the number of words that a trainee reads under a heading.

    `section` is the heading.
    """
    return sum(
        len(words(passage.text))
        for passage in passages
        if passage.section == section and passage.kind != "heading" and not passage.for_trainers
    )


def verb_findings(module: Module) -> Iterator[Finding]:
    """Report objectives whose verb nobody can observe, such as "memahami" (to understand)."""
    for index, objective in enumerate(module.file.objectives):
        if found := _UNSEEN.match(objective.text):
            message = f'"{found.group()}" tidak dapat diamati pelatih'
            hint = "tulis perbuatannya, misalnya menyebut, memilih, menulis, memperagakan"
            yield Finding(("objectives", index, "text"), message, hint, "warning")
