"""What a quiz gives away. Every formula is compared with marking all responses."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from math import comb

import pytest

from psm_course.grading.chance import best_draw, chance_of_passing, give_away
from psm_course.grading.draw import Draw, DrawPlan, Group, Sitting
from psm_course.items import TYPES
from psm_course.items.base import BaseItem
from psm_course.items.guesses import NEVER
from tests.builders import a_choice, a_quiz, an_item, options, pairs, parts
from tests.grading.all_responses import CASE, counted

# ---- all responses of an item --------------------------------------------------------------------

SMALL_ITEMS = [
    pytest.param(an_item("choice"), id="choice"),
    pytest.param(
        an_item("choice", choices=options("abcde", credit={"b": "0.5", "c": "0.5"}, critical="de")),
        id="choice with credit",
    ),
    *[
        pytest.param(
            an_item(
                "choices", scoring=rule, choices=options(ids, correct=correct, critical=critical)
            ),
            id=f"{rule} {ids} {correct} {critical}",
        )
        for rule in ("net", "exact", "share")
        for ids, correct, critical in (
            ("abcde", "ab", ""),
            ("abcde", "abc", "e"),
            ("abc", "abc", ""),
            ("abcd", "a", "bcd"),
            ("ab", "b", "a"),
        )
    ],
    *[
        pytest.param(
            an_item("order", scoring=rule, sequence=parts("abcde"[:n])), id=f"order {rule} {n}"
        )
        for rule in ("exact", "pairs")
        for n in (2, 3, 5)
    ],
    *[pytest.param(an_item("match", pairs=pairs("abcde"[:n])), id=f"match {n}") for n in (2, 3, 5)],
    pytest.param(CASE, id="case"),
]


@pytest.mark.parametrize("item", SMALL_ITEMS)
def test_guesses_agree_with_marking_all_responses(item: BaseItem) -> None:
    assert TYPES[item.type].guesses(item.scoring_data()) == counted(item)


@pytest.mark.parametrize("kind", ["number", "text", "rating"])
def test_nobody_guesses_what_has_no_choices(kind: str) -> None:
    assert TYPES[kind].guesses(an_item(kind).scoring_data()) == NEVER


# ---- passing by guessing -------------------------------------------------------------------------


def chance(items: list[BaseItem], drawn: int, pass_mark: str) -> Fraction:
    scorings = {str(place): item.scoring_data() for place, item in enumerate(items)}
    plan = DrawPlan((Group(tuple(scorings), drawn, may_have_one_more=False),), 0)
    return chance_of_passing(scorings, plan, Fraction(pass_mark) / 100)


def brute_chance(items: list[BaseItem], drawn: int, pass_mark: str) -> Fraction:
    """Every draw, and in it every combination of results."""
    share = Fraction(pass_mark) / 100
    passing = Fraction(0)
    for draw in combinations(items, drawn):
        maximum = sum(Fraction(item.maximum) for item in draw)
        for results in product(*[(counted(item) or NEVER).items() for item in draw]):
            points = sum(
                (
                    guess.share * Fraction(item.points)
                    for item, (guess, _) in zip(draw, results, strict=True)
                ),
                Fraction(0),
            )
            if points >= share * maximum and not any(guess.critical for guess, _ in results):
                probability = Fraction(1)
                for _, one in results:
                    probability *= one
                passing += probability
    return passing / comb(len(items), drawn)


def test_ten_choices_of_four_with_seventy_per_cent_is_the_binomial_tail() -> None:
    items = [a_choice(f"butir-{number}") for number in range(10)]

    tail = sum(
        comb(10, right) * Fraction(1, 4) ** right * Fraction(3, 4) ** (10 - right)
        for right in range(7, 11)
    )

    assert tail == Fraction(3676, 4**10)
    assert chance(items, 10, "70") == tail
    assert give_away(a_quiz(items, pass_mark=70)).guess_pass == tail


MIXED: list[BaseItem] = [
    a_choice("dua", choices=options("ab")),
    a_choice("tiga", choices=options("abc", credit={"b": "0.5"}), points="2"),
    a_choice("empat", choices=options("abcd", critical="d")),
    an_item("choices", choices=options("abc", correct="ab"), points="0.5"),
    an_item("match", pairs=pairs("abc"), points="3"),
    an_item("number"),
]


@pytest.mark.parametrize("pass_mark", ["0", "33.33", "50", "66.67", "70", "100"])
@pytest.mark.parametrize("drawn", [1, 2, 3, 6])
def test_draws_of_unequal_items_agree_with_all_draws_and_all_results(
    drawn: int, pass_mark: str
) -> None:
    assert chance(MIXED, drawn, pass_mark) == brute_chance(MIXED, drawn, pass_mark)


def test_a_draw_is_a_mixture_of_its_subsets() -> None:
    easy, hard = (
        [a_choice(f"mudah-{n}", choices=options("ab")) for n in (1, 2)],
        [a_choice(f"sulit-{n}", choices=options("abcdefghij")) for n in (1, 2)],
    )

    # Of six draws of two, one has both easy items, one both hard ones, four one of each.
    expected = (1 * Fraction(1, 4) + 4 * Fraction(1, 20) + 1 * Fraction(1, 100)) / 6

    assert chance([*easy, *hard], 2, "100") == expected


# Objective "satu" has four items, one of them always drawn;
# "dua" has two, "tiga" one, "empat" two, both always drawn.
SPREAD: list[BaseItem] = [
    a_choice("satu-selalu", objective="satu", variants="selalu-satu", choices=options("ab")),
    a_choice("satu-1", objective="satu", choices=options("abc")),
    a_choice("satu-2", objective="satu", points="2"),
    a_choice("satu-3", objective="satu", choices=options("abcd", critical="d")),
    a_choice("dua-1", objective="dua", choices=options("abcde")),
    a_choice("dua-2", objective="dua", choices=options("ab"), points="0.5"),
    a_choice("tiga-1", objective="tiga"),
    an_item("rating", id="empat-1", objective="empat", variants="selalu-empat"),
    a_choice(
        "empat-2",
        objective="empat",
        variants="selalu-empat-2",
        choices=options("abc", credit={"b": "0.5"}),
    ),
]


def draws_by_their_meaning(size: int) -> dict[frozenset[str], Fraction]:
    """Every draw of SPREAD with its chance, by playing the rounds: each free item in each group
    equally likely at each turn.
    """
    had = {"satu": 1, "dua": 0, "tiga": 0, "empat": 2}
    free = {"satu": ["satu-1", "satu-2", "satu-3"], "dua": ["dua-1", "dua-2"], "tiga": ["tiga-1"]}
    found: dict[frozenset[str], Fraction] = {}

    def play(number: int, drawn: frozenset[str], chance_so_far: Fraction) -> None:
        left = size - len(drawn)
        turn = [
            g
            for g, ids in free.items()
            if had[g] <= number and any(name not in drawn for name in ids)
        ]
        if left == 0:
            found[drawn] = found.get(drawn, Fraction(0)) + chance_so_far
            return
        if not turn:
            play(number + 1, drawn, chance_so_far)
            return
        served = list(combinations(turn, min(left, len(turn))))
        for groups in served:
            picks = list(
                product(*[[name for name in free[g] if name not in drawn] for g in groups])
            )
            for picked in picks:
                play(number + 1, drawn | set(picked), chance_so_far / len(served) / len(picks))

    play(0, frozenset({"satu-selalu", "empat-1", "empat-2"}), Fraction(1))
    return found


@pytest.mark.parametrize("size", range(3, 10))
def test_a_draw_spread_over_objectives_agrees_with_playing_its_rounds(size: int) -> None:
    quiz = a_quiz(SPREAD, draw=size, draw_by="objective", pass_mark=50)
    by_id = {item.id: item for item in SPREAD}

    draws = draws_by_their_meaning(size)
    expected = sum(
        (
            likely * brute_chance([by_id[name] for name in sorted(draw)], size, "50")
            for draw, likely in draws.items()
        ),
        Fraction(0),
    )

    assert sum(draws.values()) == 1
    assert give_away(quiz).guess_pass == expected
    assert {
        frozenset(Draw(quiz).items(Sitting(f"D26-{n}", "tes-akhir", 1))) for n in range(400)
    } <= set(draws)


@pytest.mark.parametrize("size", range(3, 10))
def test_the_best_draw_is_among_all_draws(size: int) -> None:
    quiz = a_quiz(SPREAD, draw=size, draw_by="objective")
    by_id = {item.id: item for item in SPREAD}

    def reached(draw: frozenset[str]) -> Fraction:
        best = [
            best_draw(a_quiz([by_id[name]]), Fraction(1), lucky=True) * Fraction(by_id[name].points)
            for name in draw
        ]
        possible = sum(
            (Fraction(by_id[name].points) for name in draw if by_id[name].type != "rating"),
            Fraction(0),
        )
        return sum(best, Fraction(0)) / possible

    shares = {reached(draw) for draw in draws_by_their_meaning(size)}

    assert best_draw(quiz, Fraction(1), lucky=True) == max(shares)
    assert best_draw(quiz, Fraction(1), lucky=False) == min(shares)


def test_the_best_draw_is_the_highest_unless_the_lowest_is_asked_for() -> None:
    plan = DrawPlan(
        (
            Group(("a", "b", "c"), 1, may_have_one_more=True),
            Group(("d", "e"), 1, may_have_one_more=True),
        ),
        1,
    )
    values = {
        "a": Fraction(1),
        "b": Fraction(3),
        "c": Fraction(2),
        "d": Fraction(9),
        "e": Fraction(0),
    }

    assert (
        plan.best_for(values.__getitem__)
        == plan.best_for(values.__getitem__, highest=True)
        == ["b", "d", "c"]
    )
    assert plan.best_for(values.__getitem__, highest=False) == ["a", "e", "c"]


def test_critical_guesses_never_pass_however_low_the_mark() -> None:
    item = a_choice("d", choices=options("abcd", critical="cd"))

    assert chance([item], 1, "0") == Fraction(1, 2)
    assert chance([item, item], 2, "0") == Fraction(1, 4)


def test_a_guesser_passes_surely_at_nought_and_never_by_words_alone() -> None:
    assert chance([a_choice("a")], 1, "0") == 1
    assert chance([an_item("text"), an_item("number")], 2, "1") == 0


def test_a_draw_in_which_nothing_can_be_earned_does_not_pass() -> None:
    """As in grading: an opinion alone reaches no pass mark."""
    assert chance([an_item("rating")], 1, "70") == 0
    assert chance([an_item("rating"), a_choice("a")], 1, "70") == Fraction(1, 8)
    assert chance([an_item("rating"), a_choice("a")], 2, "70") == Fraction(1, 4)


def test_thirty_items_of_every_kind_are_no_effort() -> None:
    items = [item for _ in range(5) for item in MIXED]

    assert 0 < chance(items, 15, "70") < Fraction(1, 100)


@pytest.mark.parametrize("points", ["1", "0"])
def test_sums_too_varied_are_given_up(points: str) -> None:
    """Also with an item that earns nothing. Sixteen points of which no two sums are the same have
    32,768 sums before the last.
    """
    kind = {"1": "choice", "0": "rating"}[points]
    items = [an_item(kind), *[a_choice("a", points=str(Decimal(2**at) / 100)) for at in range(16)]]

    def together(many: int) -> Fraction | None:
        scorings = {str(place): item.scoring_data() for place, item in enumerate(items[:many])}
        return chance_of_passing(
            scorings,
            DrawPlan(tuple(Group((name,), 1, may_have_one_more=False) for name in scorings), 0),
            Fraction(1),
        )

    assert together(10) is not None
    assert together(17) is None
