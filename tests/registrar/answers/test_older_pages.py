"""A hand-in made on a page from before the quiz changed: it counts by that page where the office
adopted it, and waits where not.
"""

from __future__ import annotations

from psm_course.content.quiz import Quiz
from psm_course.store.engine import Store
from tests.builders import a_choice, a_quiz, options
from tests.register_builders import a_cohort, a_course, a_hand_in, a_test, adopts, hands_in

REWRITTEN = a_choice("satu", prompt="Soal yang ditulis ulang", choices=options("abcd", correct="b"))


def changed_since(quiz: Quiz) -> Quiz:
    return a_quiz([REWRITTEN, *quiz.items[1:]], title=quiz.header.title)


def test_a_page_that_the_office_adopted_counts_by_its_own_key(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")
    before, after = a_test(), changed_since(a_test())
    for quiz in (before, after):
        adopts(store, a_course(quiz))

    receipts = [
        hands_in(store, a_course(after), a_hand_in(number, digest=digest))
        for number, digest in (
            ("D26-001", before.digest),
            ("D26-002", after.digest),
            ("D26-003", None),
        )
    ]

    assert [each.standing for each in receipts] == ["recorded"] * 3
    assert [each.outcome.points if each.outcome else None for each in receipts] == [4, 3, 3]


def test_a_page_that_nobody_adopted_waits(store: Store) -> None:
    a_cohort(store, "Siti")
    adopts(store, a_course(a_test()))

    receipt = hands_in(
        store, a_course(a_test()), a_hand_in("D26-001", digest=changed_since(a_test()).digest)
    )

    assert (receipt.standing, receipt.codes) == ("held", ("other_version",))
