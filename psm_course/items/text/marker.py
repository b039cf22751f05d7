"""Marking `text`: one of the accepted answers; one edit away is for a human to decide."""

from __future__ import annotations

from typing import Any

from psm_course.items.base import Scoring
from psm_course.items.guesses import NEVER, Guesses
from psm_course.items.marks import Verdict, marked, ungradable
from psm_course.items.text.fields import normalise

LONGEST = 200


def mark(scoring: Scoring, response: Any) -> Verdict:
    if not isinstance(response, str):
        return ungradable("jawaban harus teks")
    if len(response) > LONGEST:
        return ungradable(f"jawaban lebih panjang dari {LONGEST} huruf")
    written = normalise(response)
    if written in scoring["accept"]:
        return marked(1)
    near = next((accepted for accepted in scoring["accept"] if one_edit_apart(written, accepted)), None)
    if near is not None:
        return Verdict("review", message="hampir sama dengan jawaban yang diterima; perlu diperiksa pelatih")
    return marked(0)


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter added, dropped or changed turns one into the other (Levenshtein distance exactly 1)."""
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1 or first == second:
        return False
    same = next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    rest = first[same:] if len(first) < len(second) else first[same + 1 :]
    return rest == second[same + 1 :]


def guesses(scoring: Scoring) -> Guesses:
    """Nobody guesses a word out of the blue."""
    return NEVER
