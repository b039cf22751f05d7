"""Marking `order`: all or nothing, or the share of neighbours kept."""

import pytest
from dirty_equals import Contains

from psm_course.items.base import label
from tests.builders import an_item, marked, parts, points

SEQUENCE = parts("abcde")


@pytest.mark.parametrize(
    ("placed", "exact", "pairs"),
    [
        # pairs: neighbours kept, of four
        ("abcde", "4", "4"),
        ("bcdea", "0", "3"),
        ("abced", "0", "2"),
        ("deabc", "0", "3"),
        ("acbde", "0", "1"),
        ("edcba", "0", "0"),
        ("badc", "0", "0"),
        ("abc", "0", "2"),
        ("ace", "0", "0"),
        ("a", "0", "0"),
    ],
)
def test_each_rule(placed: str, exact: str, pairs: str) -> None:
    expected = {"exact": exact, "pairs": pairs}

    earned = {
        rule: points(an_item("order", points="4", sequence=SEQUENCE, scoring=rule), list(placed))
        for rule in expected
    }

    assert earned == expected


def test_the_phone_answers_with_public_names() -> None:
    """Pages know parts by their labels only; ids are accepted too, and so is a mixture."""
    item = an_item("order", sequence=SEQUENCE)

    assert points(item, [label(f"Bagian {name}") for name in "abcde"]) == "1"
    assert points(item, ["a", label("Bagian b"), "c", "d", "e"]) == "1"


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (["a", "z"], '"z" tidak ada'),
        (["a", "b", "a"], "ditempatkan dua kali"),
        (["a", label("Bagian a")], "ditempatkan dua kali"),
        ("abcde", "daftar id bagian"),
        ([1, 2, 3], "daftar id bagian"),
        ({"a": 1}, "daftar id bagian"),
        (True, "daftar id bagian"),
    ],
)
@pytest.mark.parametrize("rule", ["exact", "pairs"])
def test_what_is_no_order_is_ungradable(rule: str, response: object, message: str) -> None:
    mark = marked(an_item("order", sequence=SEQUENCE, scoring=rule), response)

    assert (mark.status, mark.message, mark.points) == ("ungradable", Contains(message), 0)


@pytest.mark.parametrize("rule", ["exact", "pairs"])
@pytest.mark.parametrize("response", [None, [], ""])
def test_blank(rule: str, response: object) -> None:
    mark = marked(an_item("order", sequence=SEQUENCE, scoring=rule), response)

    assert (mark.status, mark.points) == ("blank", 0)
