"""`text`: write a word or two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.items.text.fields import normalise
from tests.builders import an_item

ITEM = an_item("text", accept=["Relawan", "relawan!", "Relawan  sosial"])


def test_scoring_is_the_accepted_answers_as_they_are_compared() -> None:
    assert ITEM.scoring_data() == {
        "type": "text",
        "points": "1",
        "accept": ["relawan", "relawan sosial"],
    }


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("RELAWAN", "relawan"),
        ("  relawan \n sosial ", "relawan sosial"),
        ("Jum'at", "jumat"),
        ("laki-laki", "lakilaki"),
        ("relawan.", "relawan"),
        ('"relawan"', "relawan"),
        ("Élan café", "elan cafe"),
        ("ｒｅｌａｗａｎ", "relawan"),
        ("STRAẞE", "strasse"),
        ("10 %", "10"),
        ("…", ""),
    ],
)
def test_comparison_drops_case_accents_punctuation_and_extra_space(
    written: str, compared: str
) -> None:
    assert normalise(written) == compared


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_question_shows_nothing_but_the_prompt() -> None:
    assert ITEM.question() == {}


def test_solution_is_the_accepted_answers_as_written() -> None:
    assert ITEM.solution() == {"accept": ["Relawan", "relawan!", "Relawan  sosial"]}


def test_accepted_answers_are_private() -> None:
    assert list(ITEM.private_texts()) == ["Relawan", "relawan!", "Relawan  sosial"]
