"""`number`: write a number."""

import pytest

from psm_course.items.base import ItemText
from psm_course.items.number.fields import folded
from tests.builders import an_item

ITEM = an_item("number", answer="1.250,5", tolerance="0,25", unit="rupiah")


def test_scoring_is_the_answer_the_tolerance_and_the_unit() -> None:
    assert ITEM.scoring_data() == {
        "type": "number",
        "points": "1",
        "answer": "1250.5",
        "tolerance": "0.25",
        "unit": "rupiah",
    }


def test_item_without_a_unit_has_none_in_its_scoring() -> None:
    assert an_item("number").scoring_data() == {
        "type": "number",
        "points": "1",
        "answer": "63",
        "tolerance": "0",
    }


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Orang", "orang"),
        (" m² ", "m2"),
        ("Rp.", "rp"),
        ("%", "%"),
        ("jam  kerja", "jam kerja"),
        ("…", ""),
    ],
)
def test_units_are_compared_without_case_accents_and_points_at_the_end(
    written: str, compared: str
) -> None:
    assert folded(written) == compared


def test_tolerance_is_nought_unless_written() -> None:
    assert an_item("number").scoring_data()["tolerance"] == "0"


def test_question_shows_the_unit_only() -> None:
    assert ITEM.question() == {"unit": "rupiah"}


def test_solution_is_written_for_an_indonesian_reader() -> None:
    assert ITEM.solution() == {"value": "1250,5", "tolerance": "0,25"}
    assert an_item("number").solution() == {"value": "63", "tolerance": None}


def test_answer_is_private() -> None:
    assert list(ITEM.private_texts()) == ["1250,5"]


def test_the_unit_is_a_text_of_its_own_where_there_is_one() -> None:
    assert list(ITEM.own_texts()) == [ItemText(("unit",), "rupiah")]
    assert list(an_item("number").own_texts()) == []
