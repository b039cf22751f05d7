"""How fast is too fast: ten words a second of what stands in the answered items."""

from __future__ import annotations

from datetime import timedelta

import pytest

from psm_course.authoring.texts import texts_in
from psm_course.grading.pace import Pace
from tests.builders import a_choice, a_quiz, an_item

ITEMS = [a_choice("satu"), an_item("rating", id="puas")]
WORDS = [len(" ".join(texts_in(item.public(with_answer=False))).split()) for item in ITEMS]
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("answered", "words"),
    [((), 0), (("satu",), WORDS[0]), (("satu", "puas"), sum(WORDS)), (("lain", "puas"), WORDS[1])],
)
def test_ten_words_a_second_are_read_and_no_more(answered: tuple[str, ...], words: int) -> None:
    pace, reading = Pace(a_quiz(ITEMS)), timedelta(seconds=words) / 10

    assert not pace.is_too_fast(answered, reading)
    assert pace.is_too_fast(answered, reading - MOMENT)
    assert words > 2 or not answered
