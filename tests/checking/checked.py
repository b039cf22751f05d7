"""A small course as `psm check` sees it on the day of these tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dirty_equals import Contains

from psm_course.authoring.problems import Problem, Severity
from psm_course.checking.check import check_course

TODAY = date(2026, 11, 24)
ITEM = """\
  - id: pamit
    type: choice
    objective: sapa-warga
    prompt: Apa yang Anda ucapkan terakhir?
    choices:
      - {id: a, text: Terima kasih, correct: yes}
      - {id: b, text: Tidak apa-apa pergi saja}
    explanation: Warga sudah memberi waktunya.
    source: Panduan kursus
"""


class Said(NamedTuple):
    """A problem as tests compare it: exact but for the text, of which the telling words count."""

    severity: Severity
    place: str  # file:line:column
    where: str
    text: str  # what is wrong, and what to do


Expected = tuple[str, str, str, object]


def said(problems: Iterable[Problem]) -> list[Said]:
    """The problems as tests compare them, in order."""
    return [
        Said(
            each.severity,
            f"{each.file}:{each.line}:{each.column}",
            each.where,
            f"{each.message} - {each.hint}",
        )
        for each in problems
    ]


def messages(root: Path, today: date = TODAY, measure: bool = True) -> list[Said]:
    """What is said of the course in this folder, in order."""
    return said(check_course(root, today, measure).problems)


def error(place: str, where: str, *words: str) -> Expected:
    """An error at this place, whose text contains these words."""
    return "error", place, where, Contains(*words)


def warning(place: str, where: str, *words: str) -> Expected:
    """A warning at this place, whose text contains these words."""
    return "warning", place, where, Contains(*words)


def another_quiz(quiz: str, **header: str) -> str:
    """A quiz file with this header and one item, the one that takes leave."""
    lines = {"id": quiz, "title": "Kuis lain", "use": "practice", **header}
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + "items:\n" + ITEM
