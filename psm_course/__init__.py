"""The Bimtek Dasar PSM course kit: content, grading, the register and completion records.

The public API is loaded when a name of it is asked for; `book/maintaining/api.md` shows how to use it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psm_course.api import (
        Attempt,
        Completion,
        ContentFaulty,
        Course,
        Facts,
        Judgement,
        Mark,
        Outcome,
        Problem,
        PsmError,
        Quiz,
        Refused,
        Report,
        Rules,
        Verdict,
        check,
        grade,
        judge,
        load_course,
        verify,
    )

__version__ = "0.1.0"
__all__ = [
    "Attempt",
    "Completion",
    "ContentFaulty",
    "Course",
    "Facts",
    "Judgement",
    "Mark",
    "Outcome",
    "Problem",
    "PsmError",
    "Quiz",
    "Refused",
    "Report",
    "Rules",
    "Verdict",
    "check",
    "grade",
    "judge",
    "load_course",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("psm_course.api"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
