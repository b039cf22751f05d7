"""Marking `text`: one of the accepted answers; one edit away is for a human to decide."""

import pytest
from dirty_equals import Contains
from hypothesis import given
from hypothesis import strategies as st

from psm_course.items.text.marker import one_edit_apart
from tests.builders import an_item, marked, points

ITEM = an_item("text", points="2", accept=["relawan", "Relawan sosial", "Jum'at"])


@pytest.mark.parametrize(
    "response",
    [
        "relawan",
        "RELAWAN",
        "  relawan. ",
        '"Relawan"',
        "relawan  sosial",
        "rélawan",
        "Relawan, sosial!",
        "jumat",
        "JUM’AT",
        "re-lawan",
    ],
)
def test_case_space_punctuation_and_accents_do_not_count(response: str) -> None:
    assert points(ITEM, response) == "2"


@pytest.mark.parametrize("accepted", ["UPTD-PPA", "UPTD PPA", "UPTD/PPA"])
@pytest.mark.parametrize(
    "response", ["uptd-ppa", "UPTD PPA", "UPTD/PPA", "UPTD – PPA", "uptd.ppa", "(UPTD) 'PPA'"]
)
def test_punctuation_counts_as_space(accepted: str, response: str) -> None:
    assert points(an_item("text", accept=[accepted]), response) == "1"


@pytest.mark.parametrize(
    ("accepted", "response"),
    [("UPTD-PPA", "UPTDPPA"), ("Jum'at", "Jumat"), ("Jumat", "Jum’at"), ("SOP", "S.O.P.")],
)
def test_punctuation_inside_a_word_counts_as_nothing(accepted: str, response: str) -> None:
    assert points(an_item("text", accept=[accepted]), response) == "1"


@pytest.mark.parametrize(
    "response", ["petugas", "relasi", "sosial", "relawan sosial depok", "…", "2"]
)
def test_another_word_is_wrong(response: str) -> None:
    assert points(ITEM, response) == "0"


@pytest.mark.parametrize(
    "response",
    ["relawn", "relawaan", "relawam", "Relawqn!", "relawan sosia", "relawansosial", "jumaat"],
)
def test_one_edit_away_is_for_a_human_and_not_yet_right(response: str) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.points, mark.message) == (
        "review",
        0,
        Contains("hampir sama", "perlu diperiksa pelatih"),
    )


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("relawan", "relawan", False),
        ("relawan", "relawn", True),
        ("relawan", "relawann", True),
        ("relawan", "xrelawan", True),
        ("relawan", "relaxan", True),
        ("relawan", "erlawan", False),
        ("relawan", "relan", False),
        ("a", "", True),
        ("a", "b", True),
        ("", "", False),
        ("ab", "ba", False),
        ("aab", "ab", True),
        ("abc", "xyc", False),
    ],
)
def test_one_edit_apart(first: str, second: str, apart: bool) -> None:
    assert one_edit_apart(first, second) is apart
    assert one_edit_apart(second, first) is apart


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_apart_agrees_with_trying_every_edit(first: str, second: str) -> None:
    letters = "abc"
    dropped = {first[:at] + first[at + 1 :] for at in range(len(first))}
    changed = {
        first[:at] + letter + first[at + 1 :] for at in range(len(first)) for letter in letters
    }
    added = {first[:at] + letter + first[at:] for at in range(len(first) + 1) for letter in letters}

    assert one_edit_apart(first, second) is (second in (dropped | changed | added) - {first})


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("x" * 201, "lebih panjang dari 200"),
        (7, "harus teks"),
        (False, "harus teks"),
        (["relawan"], "harus teks"),
        ({"text": "relawan"}, "harus teks"),
    ],
)
def test_what_is_no_short_text_is_ungradable(response: object, message: str) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.message, mark.points) == ("ungradable", Contains(message), 0)


def test_two_hundred_letters_are_a_short_text() -> None:
    assert marked(ITEM, "x" * 200).status == "marked"


@pytest.mark.parametrize("response", [None, "", " \n"])
def test_blank(response: object) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.points) == ("blank", 0)
