"""Two cohorts that have sat a test, and courses with other keys to mark it again by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from psm_course.content.course import Course
from psm_course.registrar.answers.regrading import apply_regrade, try_regrade
from psm_course.registrar.answers.remarking import Change, Regrade
from psm_course.store.answers.dispositions import NewDisposition
from psm_course.store.engine import Store
from tests.builders import a_choice, a_quiz, options
from tests.register_builders import (
    ACTOR,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    attends,
    hands_in,
    issues,
)

BEFORE = a_test("tes-awal", use="pretest")


def keyed(**right: str) -> Course:
    """The course whose test has these right answers instead of "a"."""
    items = [
        a_choice(name, choices=options("abcd", correct=right.get(name, "a"))) for name in RIGHT
    ]
    return a_course(BEFORE, a_quiz(items, title="Tes Akhir", pass_mark=70))


COURSE = keyed()
CORRECTED = keyed(satu="b")


def tried(
    store: Store, course: Course, **dispositions: NewDisposition
) -> tuple[Regrade, list[Change]]:
    changes: list[Change] = []
    return try_regrade(
        store, course, "tes-akhir", dispositions, NOW, lambda _, more: changes.extend(more)
    ), changes


def applied(
    store: Store, course: Course, reason: str = "kunci keliru", **dispositions: NewDisposition
) -> Regrade:
    return apply_regrade(
        store, course, "tes-akhir", dispositions, reason, ACTOR, NOW, lambda *_: None
    )


def two_cohorts(store: Store) -> str:
    """At "tes-akhir": D26-001 has passed by 3 of 4 and holds a record; D26-002 lacks one answer;
    D26-003 has all right; D25-001 none.
    """
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti", "Ujang", "Ani")
    for number in ("D26-001", "D26-002", "D26-003", "D25-001"):
        attends(store, number)
        hands_in(store, COURSE, a_hand_in(number, "tes-awal", WRONG))
    for number, answers in (
        ("D26-001", RIGHT | {"dua": "b"}),
        ("D26-002", RIGHT | {"satu": "b", "dua": "c"}),
        ("D26-003", RIGHT),
        ("D25-001", WRONG | {"satu": "c"}),
    ):
        hands_in(store, COURSE, a_hand_in(number, "tes-akhir", answers))
    return issues(store, COURSE)[0]


def scores(changes: Sequence[Change]) -> list[tuple[str, Decimal, Decimal, int]]:
    return [
        (change.before.number, change.before.points, change.after.points, change.crosses)
        for change in changes
    ]
