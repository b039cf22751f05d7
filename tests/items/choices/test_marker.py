"""Marking `choices`: a set of options, by the rule the author named."""

import pytest
from dirty_equals import Contains

from tests.builders import an_item, marked, options, points

# Five choices, three of them correct: a b c. d is merely wrong, e is a critical error.
CHOICES = options("abcde", correct="abc", critical="e")


@pytest.mark.parametrize(
    ("ticked", "net", "exact", "share"),
    [
        # net: (right - wrong) of 3, not below 0. share: agreements of 5;
        # a wrong choice left alone agrees.
        ("abc", "3", "3", "3"),
        ("ab", "2", "0", "2.4"),
        ("a", "1", "0", "1.8"),
        ("abcd", "2", "0", "2.4"),
        ("abcde", "1", "0", "1.8"),
        ("abd", "1", "0", "1.8"),
        ("ad", "0", "0", "1.2"),
        ("d", "0", "0", "0.6"),
        ("de", "0", "0", "0"),
        ("ade", "0", "0", "0.6"),
    ],
)
def test_each_rule(ticked: str, net: str, exact: str, share: str) -> None:
    expected = {"net": net, "exact": exact, "share": share}

    earned = {
        rule: points(an_item("choices", points="3", choices=CHOICES, scoring=rule), list(ticked))
        for rule in expected
    }

    assert earned == expected


@pytest.mark.parametrize("rule", ["net", "exact", "share"])
def test_ticks_are_a_set(rule: str) -> None:
    item = an_item("choices", choices=CHOICES, scoring=rule)

    assert marked(item, ["c", "a", "a", "b", "c"]) == marked(item, ["a", "b", "c"])


@pytest.mark.parametrize("rule", ["net", "exact", "share"])
def test_blank_earns_nothing_even_where_leaving_alone_agrees(rule: str) -> None:
    item = an_item("choices", choices=CHOICES, scoring=rule)

    assert [
        (marked(item, blank).status, marked(item, blank).points) for blank in ([], None, "")
    ] == [("blank", 0)] * 3


def test_a_critical_tick_is_a_critical_error_whatever_else_is_ticked() -> None:
    item = an_item("choices", choices=CHOICES)

    assert [marked(item, list(ticked)).critical for ticked in ("abc", "abce", "e", "d")] == [
        False,
        True,
        True,
        False,
    ]


def test_all_correct_is_a_full_mark_for_ticking_everything() -> None:
    item = an_item("choices", choices=options("abc", correct="abc"))

    assert points(item, ["a", "b", "c"]) == "1"


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (["a", "z"], '"z" tidak ada'),
        (["z", "y"], '"y" tidak ada'),
        (["a", ""], '"" tidak ada'),
        ("a", "daftar id pilihan"),
        ("abc", "daftar id pilihan"),
        ([["a"]], "daftar id pilihan"),
        ([None], "daftar id pilihan"),
        ({"a": True}, "daftar id pilihan"),
        (1, "daftar id pilihan"),
    ],
)
def test_what_is_no_set_of_choices_is_ungradable(response: object, message: str) -> None:
    mark = marked(an_item("choices", choices=CHOICES), response)

    assert (mark.status, mark.message, mark.points) == ("ungradable", Contains(message), 0)
