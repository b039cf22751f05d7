"""An outcome as it is printed and kept: the line of `psm grade`, the marks of the register, and
what counts as right in them.
"""

from __future__ import annotations

import orjson
import pytest

from psm_course.grading.outcome import Outcome, printed_as_right
from tests.builders import a_choice, a_quiz, an_item, graded


def an_outcome(**responses: object) -> Outcome:
    return graded(
        a_quiz([a_choice("satu"), a_choice("dua"), an_item("rating", id="puas")], pass_mark=50),
        responses,
    )


def test_the_line_is_the_same_as_the_values_and_ends_in_a_line_break() -> None:
    outcome = an_outcome(satu="a", dua="?", lain="x")

    assert outcome.line() == orjson.dumps(outcome.as_json()) + b"\n"
    assert outcome.written_items() == orjson.dumps(outcome.as_json()["items"]).decode()


def test_it_says_what_was_reached() -> None:
    outcome = an_outcome(satu="a", dua="b")

    assert (
        outcome.points,
        outcome.maximum,
        outcome.percent,
        outcome.passed,
        outcome.has_ungradable,
    ) == (1, 2, 50, True, False)
    assert an_outcome(dua="?").has_ungradable


def test_where_nothing_can_be_earned_it_is_nought_per_cent() -> None:
    assert graded(a_quiz([an_item("rating", id="puas")]), {"puas": "4"}).percent == 0


def test_equal_outcomes_are_one_whatever_key_graded_them() -> None:
    outcome = an_outcome(satu="a")
    by_another_key = outcome._replace(scoring="sha256:00")

    assert (outcome == by_another_key, {outcome, by_another_key}) == (True, {outcome})
    assert outcome != an_outcome(satu="b")
    # A tuple has an answer of its own to this question.
    assert not outcome != by_another_key  # noqa: SIM202
    assert (outcome == tuple(outcome), outcome != tuple(outcome)) == (False, True)


@pytest.mark.parametrize(
    ("mark", "is_right"),
    [
        ({"points": "1", "maximum": "1"}, True),
        ({"points": "0.5", "maximum": "1"}, False),
        ({"points": "0", "maximum": "0"}, False),
        ({"points": "0.5", "maximum": "1", "right": "yes"}, True),
        ({"points": "1", "maximum": "1", "right": "yes"}, True),
    ],
)
def test_a_printed_mark_tells_if_the_response_was_right(
    mark: dict[str, str], is_right: bool
) -> None:
    assert printed_as_right(mark) is is_right
