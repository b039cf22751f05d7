"""Grades an answer to `text`: right if it is an accepted answer.

If only one letter differs from an accepted answer, a person decides.
"""

from random import Random
from typing import Any

from psm_course.items.base import Scoring
from psm_course.items.guesses import NEVER, Guesses
from psm_course.items.marks import Verdict, marked, ungradable
from psm_course.items.text.fields import spellings

LONGEST = 200


def mark(scoring: Scoring, response: Any) -> Verdict:
    """Grade a short text: right if it is one of the accepted answers.

    Capital letters, accents, punctuation and extra spaces make no difference. If only one letter is
    different from an accepted answer, a person must decide (verdict `review`).
    """
    if not isinstance(response, str):
        return ungradable("jawaban harus teks")
    if len(response) > LONGEST:
        return ungradable(f"jawaban lebih panjang dari {LONGEST} huruf")
    written = spellings(response)
    if not set(written).isdisjoint(scoring["accept"]):
        return marked(1)
    if any(
        one_edit_apart(spelling, accepted) for spelling in written for accepted in scoring["accept"]
    ):
        return Verdict(
            "review", message="hampir sama dengan jawaban yang diterima; perlu diperiksa pelatih"
        )
    return marked(0)


def one_edit_apart(first: str, second: str) -> bool:
    """True if one added, dropped or changed letter turns one text into the other.

    The Levenshtein distance is exactly 1.
    """
    first, second = sorted((first, second), key=len)
    if len(second) - len(first) > 1 or first == second:
        return False
    same = next(
        (index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        len(first),
    )
    rest = first[same:] if len(first) < len(second) else first[same + 1 :]
    return rest == second[same + 1 :]


def guesses(scoring: Scoring) -> Guesses:
    """Return `NEVER`: no guess gets points, because nobody finds the right word by chance."""
    return NEVER


def respond(scoring: Scoring, random: Random, knows: bool) -> str:
    """Return the first accepted answer if the learner `knows` it, else a wrong word."""
    return (
        str(scoring["accept"][0])
        if knows
        else random.choice(("tidak tahu", "posyandu", "kelurahan"))
    )
