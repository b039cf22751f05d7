"""One marker per item type, looked up by the type's name.

Each module has `mark(scoring, response) -> Verdict`, which executes the item's compiled scoring data, and
`guesses(scoring) -> Guesses`, what uniform guessing would earn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from psm_course.content.items.base import Scoring
from psm_course.grading.guesses import Guesses
from psm_course.grading.markers import case, choice, choices, match, number, order, rating, text
from psm_course.grading.marks import Verdict


class Marker(NamedTuple):
    """The two things a type must know about its own marking."""

    mark: Callable[[Scoring, Any], Verdict]
    guesses: Callable[[Scoring], Guesses]


MARKERS = {
    "choice": Marker(choice.mark, choice.guesses),
    "choices": Marker(choices.mark, choices.guesses),
    "order": Marker(order.mark, order.guesses),
    "match": Marker(match.mark, match.guesses),
    "number": Marker(number.mark, number.guesses),
    "text": Marker(text.mark, text.guesses),
    "case": Marker(case.mark, case.guesses),
    "rating": Marker(rating.mark, rating.guesses),
}
