"""Marking `choice`: the chosen option's credit."""

import pytest
from dirty_equals import Contains

from tests.builders import an_item, options, points
from tests.builders import marked as mark_of

ITEM = an_item(
    "choice",
    points="2",
    choices=options("abcd", correct="b", critical="d", credit={"a": "0.5", "c": "0.125"}),
)


@pytest.mark.parametrize(
    ("response", "earned"), [("b", "2"), ("a", "1"), ("c", "0.25"), ("d", "0")]
)
def test_chosen_credit_times_points(response: str, earned: str) -> None:
    assert points(ITEM, response) == earned


def test_only_the_critical_choice_is_a_critical_error() -> None:
    assert [mark_of(ITEM, response).critical for response in "abcd"] == [False, False, False, True]


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("z", '"z" tidak ada'),
        ("A", '"A" tidak ada'),
        ("Pilihan b", '"Pilihan b" tidak ada'),
        ("x" * 300, f'"{"x" * 39}…" tidak ada'),
        (["b"], "satu id pilihan"),
        ({"b": True}, "satu id pilihan"),
        (1, "satu id pilihan"),
        (False, "satu id pilihan"),
    ],
)
def test_what_is_no_choice_is_ungradable(response: object, message: str) -> None:
    mark = mark_of(ITEM, response)

    assert (mark.status, mark.message, mark.as_json["points"], mark.as_json["maximum"]) == (
        "ungradable",
        Contains(message),
        "0",
        "2",
    )
    assert not mark.critical


@pytest.mark.parametrize("response", [None, "", "  ", [], {}])
def test_blank(response: object) -> None:
    mark = mark_of(ITEM, response)

    assert (mark.status, mark.as_json["points"], mark.message) == ("blank", "0", "")
