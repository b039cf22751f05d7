"""The same wrong answers of two people: counted, never judged."""

from __future__ import annotations

from psm_course.grading.copying import Alike, alike


def wrong(items: str, choice: str = "b") -> dict[str, str]:
    return dict.fromkeys(items, choice)


def test_three_identical_wrong_answers_are_noted_and_two_are_not() -> None:
    assert alike({"siti": wrong("abc"), "ujang": wrong("abcd"), "rini": wrong("ab")}) == (
        Alike("siti", "ujang", 3),
    )


def test_different_wrong_answers_to_the_same_items_are_none() -> None:
    assert alike({"siti": wrong("abcd", "b"), "ujang": wrong("abcd", "c")}) == ()


def test_answers_that_are_lists_or_maps_compare_whatever_their_order_of_keys() -> None:
    first = {"a": ["x", "y"], "b": {"1": "2", "3": "4"}, "c": 7}
    second = {"a": ["x", "y"], "b": {"3": "4", "1": "2"}, "c": 7}

    assert alike({"siti": first, "ujang": second}) == (Alike("siti", "ujang", 3),)


def test_those_with_most_come_first() -> None:
    found = alike({"siti": wrong("abcd"), "ujang": wrong("abc"), "rini": wrong("abcd")})

    assert [(each.first, each.second, each.same) for each in found] == [
        ("rini", "siti", 4),
        ("rini", "ujang", 3),
        ("siti", "ujang", 3),
    ]
