"""Figures of single items, on small worlds in which it is plain what should be said."""

from __future__ import annotations

import pytest
from dirty_equals import Contains

from psm_course.analysis.analysing import Analysis, analyse
from psm_course.analysis.answers import Answer, Sitting, asked_item, picked_in
from psm_course.analysis.items import ItemFigures
from psm_course.analysis.sentences import number, sentences_of
from psm_course.items.base import BaseItem
from tests.analysis.made import an_item, lsat6, sittings_of
from tests.builders import a_choice
from tests.builders import an_item as a_written_item

# Twenty who know the first three items, and twenty who know none of them; the fourth letter is what
# each half picks in the fourth item.
STRONG, WEAK = "aaa", "bbb"


def the_fourth(strong: str, weak: str) -> ItemFigures:
    """Figures of a fourth item, in which each letter stands for one
    of the twenty strong, and one of the twenty weak.
    """
    items = [an_item(name, choices="abcx") for name in "123"] + [an_item("4", choices="abcx")]
    return analyse(
        items,
        sittings_of(
            [STRONG + letter for letter in strong] + [WEAK + letter for letter in weak], "1234"
        ),
    ).items[3]


def of_five(*patterns: str) -> Analysis:
    return analyse([an_item(name) for name in "12345"], sittings_of(patterns))


def test_a_wrong_key_raises_the_alarm() -> None:
    found = the_fourth("b" * 18 + "aa", "a" * 14 + "b" * 6)

    assert found.flags[0] == "key"
    assert sentences_of(found)[0] == Contains("periksa kuncinya")


def test_a_good_item_raises_none() -> None:
    assert the_fourth("a" * 18 + "bc", "a" * 6 + "b" * 7 + "c" * 7).flags == ()


def test_an_item_without_one_choice_that_draws_the_stronger_is_not_called_a_wrong_key() -> None:
    """Left blank by those who know."""
    items = [an_item(name) for name in "123"] + [an_item("4")]
    strong, weak = (
        [dict(zip("123", STRONG, strict=True)) | {"4": ""}] * 20,
        [dict(zip("123", WEAK, strict=True)) | {"4": "a"}] * 20,
    )
    people = [
        Sitting(
            f"P{at}",
            tuple(
                Answer(f"{name}/1", float(letter == "a"), frozenset(letter), not letter)
                for name, letter in each.items()
            ),
        )
        for at, each in enumerate(strong + weak)
    ]

    assert analyse(items, people).items[3].flags == ("against",)


def test_a_dangerous_choice_that_two_of_forty_took_is_said() -> None:
    found = the_fourth("a" * 18 + "xx", "a" * 10 + "b" * 10)

    assert found.flags == ("danger",)
    assert sentences_of(found) == (Contains("jawaban berbahaya (5 %)"),)


def test_who_chose_what_is_told_in_shares_with_its_correlation() -> None:
    found = the_fourth("a" * 20, "a" * 10 + "b" * 10)

    assert [(each.id, each.share) for each in found.choices] == [
        ("a", 0.75),
        ("b", 0.25),
        ("c", 0),
        ("x", 0),
    ]
    assert found.choices[0].r == pytest.approx(0.5774, abs=1e-4)
    assert found.choices[1].r == pytest.approx(-0.5774, abs=1e-4)
    assert found.choices[2].r is None


def test_under_twenty_people_nothing_is_told() -> None:
    found = of_five(*["abaab"] * 19)

    assert (found.people, found.mean, found.sd, found.items, found.reliability.alpha) == (
        19,
        None,
        None,
        (),
        None,
    )
    assert found.reasons["n"] == Contains("baru 19 orang", "sedikitnya 20.")


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_one_person_are_no_trouble(people: int) -> None:
    found = of_five(*["abaab"] * people)

    assert (found.people, found.items) == (people, ())
    assert found.as_json()["kr20"] is None


def test_all_right_leaves_no_correlation_and_no_reliability() -> None:
    found = of_five(*["aaaaa"] * 30)

    assert [(each.p, each.r_rest, each.r_total) for each in found.items] == [(1, None, None)] * 5
    assert found.items[0].interval == pytest.approx((0.886, 1), abs=1e-3)
    assert found.reasons["kr20"] == Contains("nilai yang sama")


def test_an_item_is_judged_over_those_who_were_given_it() -> None:
    """The first is given to half: its share is of these, and it is not held against the others."""
    found = of_five(*["abaab"] * 20, *[".aaab"] * 20)

    assert (found.items[0].people, found.items[0].p) == (20, 1)
    assert (found.items[1].people, found.items[1].p) == (40, 0.5)
    assert found.percents == (60.0,) * 20 + (75.0,) * 20


def test_the_rest_of_who_drew_other_items_is_per_cent_of_their_own() -> None:
    """Everybody's points are the same; who drew fewer items did better, and got the first right."""
    found = of_five(*["aaab."] * 5, *["aab.."] * 15, *["bab.."] * 10, *["baabb"] * 10)

    assert (found.items[0].r_rest or 0) > 0


def test_different_items_leave_no_reliability_and_the_reason() -> None:
    found = of_five(*["abab."] * 15, *[".abab"] * 15)

    assert found.as_json()["kr20"] is None
    assert found.reasons["kr20"] == Contains("butir yang berbeda-beda")


def test_one_person_with_another_page_does_not_undo_the_reliability() -> None:
    items, sittings = lsat6()

    found = analyse(items, [*sittings, *sittings_of(["aba.."])])

    assert (round(found.reliability.alpha or 0, 6), found.reliability.people) == (0.294997, 1000)


def test_an_item_that_an_officer_decided_about_counts_nowhere_but_shows_who_chose_what() -> None:
    items = [an_item(name) for name in "1234"] + [an_item("5", is_ruled=True)]
    patterns = ["aabba", "aaabb", "abbab", "baabb"] * 10
    without = analyse(items[:4], sittings_of([each[:4] for each in patterns], "1234"))

    found = analyse(items, sittings_of(patterns))

    assert (found.mean, found.reliability.alpha) == (without.mean, without.reliability.alpha)
    assert (found.items[4].p, found.items[4].flags) == (None, ("ruled",))
    assert [each.share for each in found.items[4].choices] == [0.25, 0.75]


def test_an_answer_that_cannot_be_graded_is_not_a_wrong_one() -> None:
    odd = [Sitting(f"Q{at}", (Answer("1/1", None), Answer("2/1", 1.0))) for at in range(20)]

    found = analyse([an_item("1"), an_item("2")], [*sittings_of(["ab"] * 20, "12"), *odd])

    assert [each.p for each in found.items] == [1, 0.5]


def test_a_version_is_the_wording_and_the_key() -> None:
    item = a_choice("satu")

    def version(**changes: object) -> str:
        other = item.model_copy(update=changes)
        assert isinstance(other, BaseItem)
        return asked_item(other).version

    assert version() == version(explanation="Lain") == version(objective="lain")
    assert (
        len({version(), version(prompt="Lain"), asked_item(a_choice("satu", points="2")).version})
        == 3
    )


@pytest.mark.parametrize(
    ("kind", "response", "picked"),
    [
        ("choice", "b", {"b"}),
        ("choices", ["a", "c"], {"a", "c"}),
        ("case", ["satu:a", "dua:b"], {"satu:a", "dua:b"}),
        ("choice", None, set()),
    ],
)
def test_what_is_picked_is_named_as_the_choices_are(
    kind: str, response: object, picked: set[str]
) -> None:
    names = {choice.id for choice in asked_item(a_written_item(kind)).choices}

    assert picked_in(response) == picked
    assert picked <= names


@pytest.mark.parametrize(
    ("value", "written"), [(-0.001, "0,0"), (-2.25, "−2,2"), (12.5, "12,5"), (0.04, "0,0")]
)
def test_numbers_are_written_the_indonesian_way(value: float, written: str) -> None:
    assert number(value) == written
