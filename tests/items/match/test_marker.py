"""Marking `match`: right pairs out of all pairs."""

import pytest
from dirty_equals import Contains

from psm_course.items.base import label
from tests.builders import an_item, marked, pairs, points

ITEM = an_item("match", points="4", pairs=pairs("abcd"))


@pytest.mark.parametrize(
    ("joined", "earned"),
    [
        ({"a": "a", "b": "b", "c": "c", "d": "d"}, "4"),
        ({"a": "a", "b": "b", "c": "d", "d": "c"}, "2"),
        ({"a": "b", "b": "c", "c": "d", "d": "a"}, "0"),
        ({"a": "a"}, "1"),
        ({"a": "b"}, "0"),
        ({"a": "a", "b": None, "c": "", "d": "d"}, "2"),
        ({"a": "a", "b": "a", "c": "a", "d": "a"}, "1"),
    ],
)
def test_right_pairs(joined: dict[str, str | None], earned: str) -> None:
    assert points(ITEM, joined) == earned


def test_the_phone_answers_with_public_names() -> None:
    assert points(ITEM, {name: label(f"Kanan {name}") for name in "abcd"}) == "4"
    assert points(ITEM, {"a": label("Kanan b"), "b": "b"}) == "1"


def test_thirds_add_up() -> None:
    thirds = an_item("match", pairs=pairs("abc"))

    assert [points(thirds, {name: name for name in joined}) for joined in ("a", "ab", "abc")] == [
        "0.33",
        "0.67",
        "1",
    ]


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ({"z": "a"}, 'kiri "z" tidak ada'),
        ({"z": None}, 'kiri "z" tidak ada'),
        ({"a": "z"}, 'kanan "z" tidak ada'),
        ({"a": 1}, "harus pasangan id"),
        ({"a": ["a"]}, "harus pasangan id"),
        ({"a": False}, "harus pasangan id"),
        (["a"], "harus pasangan id"),
        ("a", "harus pasangan id"),
    ],
)
def test_what_is_no_matching_is_ungradable(response: object, message: str) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.message, mark.points) == ("ungradable", Contains(message), 0)


@pytest.mark.parametrize("response", [None, {}, {"a": None}, {"a": "", "b": None}])
def test_blank(response: object) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.points) == ("blank", 0)
