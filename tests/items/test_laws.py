"""What holds for every item, every response and every submission."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from psm_course.grading.grade import Grader
from psm_course.items import TYPES
from psm_course.items.base import BaseItem
from psm_course.items.marks import on_grid
from tests.builders import a_quiz, a_submission, an_item, marked
from tests.items.any_item import items, json_values, plausible, responses

BLANKS: list[object] = [None, "", "  ", [], {}]


@st.composite
def items_with(draw: st.DrawFn, *kinds: str) -> tuple[BaseItem, Any]:
    item = draw(items(*kinds))
    return item, draw(responses(item))


@st.composite
def sittings(draw: st.DrawFn) -> tuple[list[BaseItem], dict[str, Any], dict[str, str]]:
    """Items of a quiz, responses to some of them and to strangers, and a header."""
    chosen = [draw(items(name=f"butir-{number}")) for number in range(draw(st.integers(1, 5)))]
    given_to = {item.id: draw(responses(item)) for item in chosen if draw(st.booleans())}
    strangers = draw(st.dictionaries(st.text(max_size=4), json_values, max_size=2))
    header = {
        "draw": str(draw(st.integers(1, len(chosen)))),
        "shuffle": draw(st.sampled_from(["items", "none"])),
        "pass_mark": "60",
    }
    return chosen, strangers | given_to, header


# ---- one response --------------------------------------------------------------------------------


@given(items_with())
@settings(max_examples=300)
def test_points_are_between_nought_and_the_maximum(pair: tuple[BaseItem, Any]) -> None:
    item, response = pair

    mark = marked(item, response)

    assert 0 <= on_grid(mark.points) <= mark.maximum == item.maximum
    assert mark.status in ("marked", "blank", "ungradable", "review")
    assert mark.status == "marked" or mark.points == 0


@given(items(), json_values)
@settings(max_examples=300)
def test_any_json_at_all_gets_a_mark(item: BaseItem, response: Any) -> None:
    mark = marked(item, response)

    assert (mark.status == "ungradable") == bool(mark.message and mark.status != "review")


@given(items(), st.sampled_from(BLANKS))
def test_blank_is_nought_by_every_rule(item: BaseItem, blank: object) -> None:
    mark = marked(item, blank)

    assert (mark.status, mark.points, mark.critical, mark.message) == ("blank", 0, False, "")


@given(items_with())
def test_marking_twice_is_marking_once(pair: tuple[BaseItem, Any]) -> None:
    item, response = pair

    assert marked(item, response) == marked(item, response)


@given(items_with())
def test_only_the_named_critical_choices_are_critical(pair: tuple[BaseItem, Any]) -> None:
    item, response = pair

    mark = marked(item, response)

    assert not mark.critical or (
        item.type in ("choice", "choices", "case") and mark.status == "marked"
    )


@given(st.data())
def test_order_and_repeats_of_ticks_do_not_matter(data: st.DataObject) -> None:
    item = data.draw(items("choices"))
    ticked = data.draw(plausible(item))

    again = data.draw(
        st.permutations(
            ticked + data.draw(st.lists(st.sampled_from(ticked), max_size=3)) if ticked else ticked
        )
    )

    assert marked(item, again) == marked(item, ticked)


@given(st.data())
def test_adding_a_right_tick_never_lowers_the_points(data: st.DataObject) -> None:
    item = data.draw(items("choices"))
    ticked = data.draw(plausible(item))

    for right in item.scoring_data()["correct"]:
        assert marked(item, [*ticked, right]).points >= marked(item, ticked).points


@given(st.data())
def test_adding_a_wrong_tick_never_raises_the_points_of_a_sheet_that_is_not_blank(
    data: st.DataObject,
) -> None:
    item = data.draw(items("choices"))
    scoring = item.scoring_data()
    ticked = data.draw(plausible(item).filter(bool))

    for wrong in set(scoring["choices"]) - set(scoring["correct"]):
        assert marked(item, [*ticked, wrong]).points <= marked(item, ticked).points


@given(items("match"))
def test_each_right_pair_earns_its_share(item: BaseItem) -> None:
    names = item.scoring_data()["pairs"]

    earned = [
        on_grid(marked(item, {name: name for name in names[:right]}).points)
        for right in range(1, len(names) + 1)
    ]

    assert earned == [
        on_grid(item.points * right / len(names)) for right in range(1, len(names) + 1)
    ]


@given(items("choice", "choices", "order", "match", "case"))
def test_guesses_are_a_distribution_over_possible_results(item: BaseItem) -> None:
    guesses = TYPES[item.type].guesses(item.scoring_data())

    assert sum(guesses.values()) == 1
    assert all(probability > 0 and 0 <= guess.share <= 1 for guess, probability in guesses.items())


# ---- one submission ------------------------------------------------------------------------------


@given(sittings())
@settings(max_examples=150)
def test_totals_are_the_sums_of_the_items(
    sitting: tuple[list[BaseItem], dict[str, Any], dict[str, str]],
) -> None:
    chosen, answers, header = sitting

    outcome = Grader(a_quiz(chosen, **header)).grade(a_submission(answers))

    assert outcome.points == on_grid(
        sum((mark.points for mark in outcome.marks.values()), Decimal(0))
    )
    assert outcome.maximum == sum(mark.maximum for mark in outcome.marks.values())
    assert 0 <= outcome.points <= outcome.maximum
    assert outcome.critical == tuple(name for name, mark in outcome.marks.items() if mark.critical)


@given(sittings(), st.integers(0, 100))
@settings(max_examples=150)
def test_passing_agrees_with_exact_fractions(
    sitting: tuple[list[BaseItem], dict[str, Any], dict[str, str]], pass_mark: int
) -> None:
    chosen, answers, header = sitting
    worth = [item for item in chosen if item.maximum] or [an_item()]
    quiz = a_quiz(worth, shuffle=header["shuffle"], pass_mark=str(pass_mark))

    outcome = Grader(quiz).grade(a_submission(answers))

    earned, possible = Fraction(0), Fraction(0)
    for item in quiz.items:
        if item.id in outcome.marks and outcome.marks[item.id].maximum:
            possible += Fraction(item.points)
            if outcome.marks[item.id].status == "marked":
                verdict = TYPES[item.type].mark(item.scoring_data(), answers[item.id])
                earned += (
                    Fraction(item.points) * Fraction(verdict.earned) / Fraction(verdict.out_of)
                )
    assert outcome.passed == (not outcome.critical and earned * 100 >= pass_mark * possible)


@given(sittings(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_order_of_the_responses_changes_nothing(
    sitting: tuple[list[BaseItem], dict[str, Any], dict[str, str]], chance: random.Random
) -> None:
    chosen, answers, header = sitting
    grader = Grader(a_quiz(chosen, **header))
    shuffled = list(answers.items())
    chance.shuffle(shuffled)

    assert (
        grader.grade(a_submission(dict(shuffled))).as_json()
        == grader.grade(a_submission(answers)).as_json()
    )


@given(sittings(), sittings())
def test_grading_again_and_after_others_gives_the_same_outcome(
    sitting: tuple[list[BaseItem], dict[str, Any], dict[str, str]],
    other: tuple[list[BaseItem], dict[str, Any], dict[str, str]],
) -> None:
    chosen, answers, header = sitting
    grader = Grader(a_quiz(chosen, **header))
    first = grader.grade(a_submission(answers))

    grader.grade(a_submission(other[1]))

    assert grader.grade(a_submission(answers)) == first
    assert Grader(a_quiz(chosen, **header)).grade(a_submission(answers)) == first


@given(sittings())
def test_a_blank_sheet_is_nought_and_passes_nothing_that_can_be_earned(
    sitting: tuple[list[BaseItem], dict[str, Any], dict[str, str]],
) -> None:
    chosen, _, header = sitting

    outcome = Grader(a_quiz(chosen, **header)).grade(a_submission({}))

    assert outcome.points == 0
    assert {mark.status for mark in outcome.marks.values()} == {"blank"}
    assert outcome.passed is False or outcome.maximum == 0


def test_the_strategies_reach_every_type() -> None:
    """The laws above are worth as much as the items they are tried on."""
    seen: set[str] = set()

    @given(items())
    @settings(max_examples=200, database=None)
    def look(item: BaseItem) -> None:
        seen.add(item.type)

    look()

    assert seen == set(TYPES)
    assert an_item().type in seen
