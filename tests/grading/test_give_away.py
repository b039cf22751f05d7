"""What a quiz gives away: the whole measure, by hand and by its meaning."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest

from psm_course.grading.chance import best_draw, give_away
from psm_course.grading.given import GiveAway
from psm_course.items import TYPES
from psm_course.items.base import BaseItem
from tests.builders import a_choice, a_quiz, a_step, an_item, options
from tests.grading.all_responses import CASE, counted


def test_give_away_of_a_small_quiz_by_hand() -> None:
    quiz = a_quiz(
        [
            an_item("choice", choices=options("abcd", critical="d"), points="2"),
            an_item("choices", choices=options("abcd", correct="abc")),
            an_item("number"),
        ],
        pass_mark=75,
    )

    # choice: 1/4 of 2. choices, net: of 15 sets, by right ticks and wrong: (1,0) 3/3 sets a third,
    # (2,0) 3 sets two thirds, (3,0) 1 set all, (2,1) 3 sets a third, (3,1) 1 set two thirds; the
    # other four earn nothing. Sum (3+6+3+3+2)/3 = 17/3.
    choices_mean = Fraction(17, 3) / 15
    assert give_away(quiz) == GiveAway(
        items=3,
        drawn=3,
        maximum=Decimal(4),
        blank=Fraction(0),
        tick_all=Fraction(2, 3) / 4,
        guess_mean=(Fraction(1, 2) + choices_mean) / 4,
        guess_pass=Fraction(1, 4) * Fraction(1, 15),
    )


@pytest.mark.parametrize(
    ("correct", "rule", "tick_all"),
    [
        ("ab", "net", "0"),
        ("abc", "net", "2/3"),
        ("abcd", "net", "1"),
        ("abc", "exact", "0"),
        ("abcd", "exact", "1"),
        ("ab", "share", "1/2"),
    ],
)
def test_ticking_everything(correct: str, rule: str, tick_all: str) -> None:
    quiz = a_quiz([an_item("choices", scoring=rule, choices=options("abcd", correct=correct))])

    assert give_away(quiz).tick_all == Fraction(tick_all)


@pytest.mark.parametrize("kind", TYPES)
def test_a_blank_sheet_earns_nothing(kind: str) -> None:
    assert give_away(a_quiz([an_item(kind)])).blank == 0


def test_without_a_pass_mark_there_is_no_chance_of_passing() -> None:
    assert give_away(a_quiz()).guess_pass is None


def test_a_form_of_opinions_gives_nothing_away() -> None:
    form = give_away(a_quiz([an_item("rating")], use="practice"))

    assert form == GiveAway(1, 1, Decimal(0), Fraction(0), Fraction(0), Fraction(0), None)


def test_of_a_draw_maximum_and_shares_are_means_over_all_draws() -> None:
    items = [
        a_choice("dua", choices=options("ab")),
        a_choice("lima", choices=options("abcde")),
        an_item("choices", choices=options("abc", correct="abc")),
    ]

    measured = give_away(a_quiz(items, draw=2))

    assert (measured.items, measured.drawn, measured.maximum) == (3, 2, 2)
    means = [
        sum((guess.share * chance for guess, chance in counted(item).items()), Fraction(0))
        for item in items
    ]
    assert (
        measured.guess_mean
        == sum((Fraction(a + b, 2) for a, b in combinations(means, 2)), Fraction(0)) / 3
    )
    assert measured.tick_all == Fraction(1, 3)


DANGEROUS = an_item(
    "case", id="bahaya", steps=[a_step("satu", a=("1", "end", "critical"), b=("0.25", "end"))]
)


@pytest.mark.parametrize(
    ("items", "best"),
    [
        ([an_item("choice")], "1"),
        ([an_item("number"), an_item("text")], "1"),
        ([DANGEROUS], "1/4"),
        ([DANGEROUS, a_choice("a", points="2")], "3/4"),
        ([CASE], "1"),
    ],
)
def test_best_is_what_can_be_earned_without_a_critical_error(
    items: list[BaseItem], best: str
) -> None:
    assert best_draw(a_quiz(items), Fraction(1), lucky=True) == Fraction(best)
