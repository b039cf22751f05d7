"""All responses of an item, with their chances, and what marking each of them gives."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

from psm_course.items import TYPES
from psm_course.items.base import BaseItem, Scoring
from psm_course.items.guesses import Guess, Guesses
from tests.builders import a_step, an_item


def all_responses(scoring: Scoring) -> Iterator[tuple[Any, Fraction]]:
    """Every response of a uniform guesser with its probability."""
    match scoring["type"]:
        case "choice":
            yield from evenly(list(scoring["credit"]))
        case "choices":
            names = scoring["choices"]
            yield from evenly(
                [
                    list(ticked)
                    for size in range(1, len(names) + 1)
                    for ticked in combinations(names, size)
                ]
            )
        case "order":
            yield from evenly([list(order) for order in permutations(scoring["sequence"])])
        case "match":
            names = scoring["pairs"]
            yield from evenly(
                [dict(zip(names, rights, strict=True)) for rights in permutations(names)]
            )
        case "case":
            yield from paths(scoring, scoring["start"], [], Fraction(1))


def evenly(responses: list[Any]) -> list[tuple[Any, Fraction]]:
    return [(response, Fraction(1, len(responses))) for response in responses]


def paths(
    scoring: Scoring, step: str, taken: list[str], probability: Fraction
) -> Iterator[tuple[list[str], Fraction]]:
    if step == "end":
        yield taken, probability
        return
    choices = scoring["steps"][step]
    for name, choice in choices.items():
        yield from paths(
            scoring, choice["next"], [*taken, f"{step}:{name}"], probability / len(choices)
        )


def counted(item: BaseItem) -> Guesses:
    """The distribution of results over all responses, by the marker itself."""
    scoring = item.scoring_data()
    found: Guesses = {}
    for response, probability in all_responses(scoring):
        verdict = TYPES[item.type].mark(scoring, response)
        assert verdict.status == "marked"
        guess = Guess(Fraction(verdict.earned) / Fraction(verdict.out_of), verdict.critical)
        found[guess] = found.get(guess, Fraction(0)) + probability
    return found


CASE = an_item(
    "case",
    steps=[
        a_step("satu", a=("1", "dua"), b=("0.5", "tiga"), c=("0", "end", "critical")),
        a_step("dua", a=("1", "tiga"), b=("0.25", "end")),
        a_step("tiga", a=("0.5", "end"), b=("0", "end", "critical")),
    ],
)
