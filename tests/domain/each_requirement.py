"""One requirement of each kind, and what is found of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from psm_course.domain.register import Attempt
from psm_course.domain.requirement import Facts, RequirementResult
from psm_course.domain.rules import Rules
from tests.register_builders import COMPLETION, HOURS, a_course_file, a_criterion, an_attempt

ATTENDANCE, TAKEN, PASSED = COMPLETION
PRACTISED = {
    "id": "latihan",
    "kind": "practised",
    "quizzes": ["latihan-1", "latihan-2", "latihan-3"],
    "title": "Berlatih",
}
NO_CRITICAL = {
    "id": "aman",
    "kind": "no_critical",
    "quizzes": ["tes-akhir", "tes-awal"],
    "title": "Tanpa kesalahan berbahaya",
}
OBSERVED = {"id": "praktik", "kind": "observed", "title": "Praktik diamati pelatih"}
NOTHING_OPEN = RequirementResult(True, "tidak ada kesalahan berbahaya", "semuanya diperbaiki", None)
RUBRIC = {"rubric": [a_criterion("sapa", minimum=3), a_criterion("catat", minimum=2)]}
TITLES = {
    "tes-awal": "Tes Awal",
    "tes-akhir": "Tes Akhir",
    "latihan-1": "Latihan 1",
    "latihan-2": "Latihan 2",
}


def found(requirement: Mapping[str, Any], facts: Facts, **course: Any) -> RequirementResult:
    """What this requirement alone finds in these facts."""
    rules = Rules(a_course_file(completion=[requirement], **course), TITLES)
    return rules.course.completion[0].judge(rules.programme, facts)


def found_by(
    requirement: Mapping[str, Any], present: Iterable[str] = (), attempts: Iterable[Attempt] = ()
) -> RequirementResult:
    """The same of sessions attended and of attempts."""
    return found(requirement, Facts(dict.fromkeys(present, "present"), tuple(attempts)))


def without(*missed: str) -> list[str]:
    """All sessions but these."""
    return [session for session in HOURS if session not in missed]


def right(*items: str, **changes: Any) -> Attempt:
    """An attempt with these items right."""
    return an_attempt(right=items, **changes)
