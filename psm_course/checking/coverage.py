"""Whether a course has enough items, spread over its objectives and over the two forms of its tests.

Asked of a course that keeps item banks (`use: bank`); one without them is still small, and what its quizzes give away is in
the table that `psm check` prints. All of these are warnings: the course works, its tests measure less than they could.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from psm_course.content.course import Course, Module
from psm_course.content.items.base import BaseItem
from psm_course.content.problems import Finding, Problem
from psm_course.content.reading import locate

FEWEST_OF_AN_OBJECTIVE = 2
FEWEST_IN_A_BANK = 12
FEWEST_TO_PRACTISE = 10


def coverage_problems(course: Course) -> Iterator[Problem]:
    banked = _items(course, "bank")
    # A quiz that cannot be read may hold the very items that are missed; its own problem is said already.
    if not banked or not all(read.quiz for read in course.quiz_reads):
        return
    practised = _items(course, "practice")
    for module in course.modules:
        yield from locate(module.source, _module_findings(module, banked, practised))
        yield from locate(module.source, _objective_findings(module, banked))


def _items(course: Course, use: str) -> list[BaseItem]:
    return [item for quiz in course.quizzes.values() if quiz.header.use == use for item in quiz.items]


def _module_findings(module: Module, banked: list[BaseItem], practised: list[BaseItem]) -> Iterator[Finding]:
    own = {objective.id for objective in module.file.objectives}
    for items, fewest, what, hint in (
        (banked, FEWEST_IN_A_BANK, "butir tes", "tambahkan di bank soalnya"),
        (practised, FEWEST_TO_PRACTISE, "butir latihan", "tambahkan di latihannya"),
    ):
        count = sum(item.objective in own for item in items)
        if count < fewest:
            yield Finding(("title",), f"modul ini baru punya {count} {what}, kurang dari {fewest}", hint, "warning")


def _objective_findings(module: Module, banked: list[BaseItem]) -> Iterator[Finding]:
    forms = Counter((item.objective, item.form) for item in banked)
    for index, objective in enumerate(module.file.objectives):
        in_a, in_b, in_none = (forms[objective.id, form] for form in ("a", "b", None))
        count = in_a + in_b + in_none
        if 0 < count < FEWEST_OF_AN_OBJECTIVE:  # none at all is an error of its own
            message = f"tujuan ini baru diukur {count} butir bank, kurang dari {FEWEST_OF_AN_OBJECTIVE}"
            yield Finding(("objectives", index), message, "tambahkan butir di bank soalnya", "warning")
        if in_none:
            yield Finding(("objectives", index), f"{in_none} butir bank tujuan ini tanpa form", "tambahkan form: a atau form: b", "warning")
        if in_a != in_b:
            message = f"tujuan ini diukur {in_a} butir form a dan {in_b} butir form b"
            yield Finding(("objectives", index), message, "samakan: setiap butir punya pasangan yang setara", "warning")
