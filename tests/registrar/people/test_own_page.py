"""What a learner sees of a test: passed or not yet, what to read again, attempts left. No key can
be asked out of it.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.quiz import Quiz
from psm_course.errors import Refused
from psm_course.registrar.people.own_page import OwnPage, own_page, to_reread
from psm_course.store.engine import Store
from psm_course.store.people import cards
from tests.builders import a_choice, a_quiz, options
from tests.register_builders import (
    CARDS,
    NOW,
    a_cohort,
    a_course,
    a_dangerous_test,
    a_hand_in,
    a_test,
    arranging,
    card_of,
    hands_in,
)

PASSED = {"id": "akhir", "kind": "passed", "quizzes": ["tes-akhir"], "title": "Lulus tes akhir"}
CRITICAL = {
    "id": "aman",
    "kind": "no_critical",
    "quizzes": ["tes-akhir"],
    "title": "Tanpa kesalahan berbahaya",
}


def a_test_with(**right: str) -> Quiz:
    """Fifteen items of one objective, twelve of which are needed; `right` says which choice is
    right where it is not "a".
    """
    names = [f"butir-{n}" for n in range(15)]
    items = [
        a_choice(
            name,
            objective="kenali",
            choices=options("abc", correct=right.get(name.replace("-", ""), "a")),
        )
        for name in names
    ]
    header = {"id": "tes-akhir", "title": "Tes Akhir", "pass_mark": "80"}
    return a_quiz(items, **header)


def page(store: Store, course: Any, number: str = "D26-001") -> OwnPage:
    return own_page(store, course, CARDS, number, card_of(store, number), NOW)


def shown(own: OwnPage) -> tuple[object, ...]:
    return (own.requirements, own.tests, own.steps)


def test_thirty_six_hand_ins_tell_nothing_of_a_single_key(store: Store) -> None:
    """The attack: one item answered at a time, and the page read after each. It told "nilai terbaik
    6,67 %" for every key.
    """
    course = a_course(a_test_with(), completion=(PASSED,))
    a_cohort(store, "Siti")
    seen, said = [], []

    for n, (item, choice) in enumerate([*product(range(12), "abc")], 1):
        receipt = hands_in(
            store, course, a_hand_in("D26-001", responses={f"butir-{item}": choice}, id=str(n))
        )
        seen.append(shown(page(store, course)))
        said.append((receipt.standing, receipt.reason, receipt.notes))

    assert len(seen) == 36
    assert seen == [seen[0]] * 36
    assert said == [said[0]] * 36
    assert "%" not in str(seen[0])


@pytest.mark.parametrize("danger", ["a", "b", "c"])
def test_a_dangerous_answer_looks_like_any_other_that_did_not_pass(
    store: Store, danger: str
) -> None:
    """Which choice is dangerous is part of the key."""
    course = a_course(a_dangerous_test(id="tes-akhir"), completion=(PASSED, CRITICAL))
    a_cohort(store, "Siti")
    hands_in(store, course, a_hand_in("D26-001", responses={"satu": danger}))

    own = page(store, course)

    assert [(each.met, each.evidence) for each in own.requirements] == [(False, ""), (False, "")]
    assert own.steps[0] == Contains("tujuan yang tertulis", "kerjakan lagi Tes Akhir")
    assert "bahaya" not in own.steps[0]


def test_an_objective_leaves_the_list_only_when_the_test_is_passed() -> None:
    quiz = a_test_with()
    right = {f"butir-{n}": {"points": "1", "maximum": "1"} for n in range(3)}
    one_wrong = right | {"butir-0": {"points": "0", "maximum": "1"}}

    assert to_reread(quiz, [right]) == ()
    assert to_reread(quiz, [one_wrong]) == ("kenali",)
    assert to_reread(quiz, [one_wrong, right]) == ("kenali",)


def test_too_few_items_to_tell_are_to_be_read_again_whatever_was_answered() -> None:
    """One item of an objective would tell of itself whether it was right."""
    quiz = a_test_with()

    answers = [{"butir-0": {"points": points, "maximum": "1"}} for points in ("0", "1")]

    assert {to_reread(quiz, [each]) for each in answers} == {("kenali",)}


def test_a_learner_sees_passed_and_attempts_left(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="3"), completion=(PASSED,))
    a_cohort(store, "Siti")
    hands_in(store, course, a_hand_in("D26-001", responses={}, id="1"))
    before = page(store, course)
    hands_in(store, course, a_hand_in("D26-001", id="2"))

    after = page(store, course)

    assert [(each.passed, each.left) for each in (*before.tests, *after.tests)] == [
        (False, 2),
        (True, 1),
    ]
    assert [each.met for each in after.requirements] == [True]


def test_a_replaced_card_says_so_and_a_wrong_one_says_nothing_else(store: Store) -> None:
    a_cohort(store, "Siti")
    old = card_of(store, "D26-001")
    with arranging(store) as tx:
        cards.raise_serial(tx, "D26-001")

    with pytest.raises(Refused, match="sudah diganti"):
        own_page(store, a_course(), CARDS, "D26-001", old, NOW)
    for number, code in (
        ("D26-001", CARDS.code("D26-002", 1)),
        ("D26-404", old),
        ("D26-001", "salah"),
    ):
        with pytest.raises(Refused, match="tidak cocok dengan kartu"):
            own_page(store, a_course(), CARDS, number, code, NOW)
