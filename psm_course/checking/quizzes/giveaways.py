"""What a quiz gives away to somebody who knows nothing: by the length and the place of its keys, by one same answer, by luck.

Looked at in quizzes of eight items or more; a shorter one is a sketch, and its figures are in the table of `psm check`.
All of these are warnings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from math import floor, sqrt
from typing import Any

from psm_course.authoring.problems import Finding
from psm_course.content.quiz import Quiz, QuizRead
from psm_course.grading.chance import GiveAway
from psm_course.grading.draw import Draw
from psm_course.grading.grade import compile_scoring
from psm_course.items.base import BaseItem, Scoring
from psm_course.items.case.fields import CaseItem
from psm_course.items.choice.fields import ChoiceItem
from psm_course.items.choices.fields import ChoicesItem
from psm_course.items.markers import MARKERS
from psm_course.items.match.fields import MatchItem

FEWEST_ITEMS = 8
LIKELIEST_GUESS = Fraction(1, 1000)
POSITIONS = 4
# A place in which the key stands more often, or less, than this many standard deviations from chance is a pattern.
_DEVIATIONS = 2
_FAILS = Fraction(-(10**9))


# ---- length and place of the key --------------------------------------------------------------------------------------------


def key_findings(read: QuizRead) -> Iterator[Finding]:
    """Patterns in the `choice` items that are written in this file; one without a key has a problem of its own."""
    items = [item for _, item in read.readable if isinstance(item, ChoiceItem) and any(option.correct for option in item.choices)]
    if len(items) >= FEWEST_ITEMS:
        yield from _longest_key(items)
        yield from _key_places(items)


def _longest_key(items: Sequence[ChoiceItem]) -> Iterator[Finding]:
    longest = [item.id for item in items if _key_is_longest(item)]
    chance = sum((Fraction(1, len(item.choices)) for item in items), Fraction(0))
    if len(longest) > chance:
        message = f"jawaban benar paling panjang di {len(longest)} dari {len(items)} butir choice; kebetulan saja hanya {floor(chance)}"
        yield Finding(("items",), message, f"pendekkan kuncinya atau panjangkan pengecohnya: {', '.join(longest)}", "warning")


def _key_is_longest(item: ChoiceItem) -> bool:
    key = next(len(option.text) for option in item.choices if option.correct)
    return all(len(option.text) < key for option in item.choices if not option.correct)


def _key_places(items: Sequence[ChoiceItem]) -> Iterator[Finding]:
    places = Counter(next(place for place, option in enumerate(item.choices) if option.correct) for item in items)
    for place in range(max(len(item.choices) for item in items)):
        chances = [1 / len(item.choices) for item in items if len(item.choices) > place]
        off = places[place] - sum(chances)
        if abs(off) > _DEVIATIONS * sqrt(sum(chance * (1 - chance) for chance in chances)):
            often = "terlalu sering" if off > 0 else "terlalu jarang"
            message = f"jawaban benar {often} di tempat ke-{place + 1}: {places[place]} dari {len(items)} butir choice"
            yield Finding(("items",), message, f"sebar kuncinya; kira-kira {round(sum(chances))} di tempat ini", "warning")


# ---- one answer to everything, and luck -------------------------------------------------------------------------------------


def passing_findings(quiz: Quiz, given: GiveAway) -> Iterator[Finding]:
    """A test that can be passed, passed by somebody who knows nothing."""
    if quiz.header.pass_mark is None or len(quiz.items) < FEWEST_ITEMS:
        return
    for place in range(POSITIONS):
        one, all_of_them = (_passes(quiz, partial(_same_answer, place=place, ticks_all=ticks_all)) for ticks_all in (False, True))
        if one or all_of_them:
            also = "" if one else ", dan mencentang semuanya bila boleh banyak,"
            message = f"selalu memilih pilihan ke-{place + 1}{also} dapat meluluskan peserta"
            yield Finding(("pass_mark",), message, "sebar kuncinya, atau naikkan pass_mark", "warning")
    if given.guess_pass is not None and given.guess_pass >= LIKELIEST_GUESS:
        message = f"menebak meluluskan 1 dari {floor(1 / given.guess_pass)} peserta, lebih dari 1 dari {LIKELIEST_GUESS.denominator}"
        yield Finding(("pass_mark",), message, "naikkan pass_mark, tambah butir, atau tambah pilihan", "warning")


def _same_answer(item: BaseItem, place: int, ticks_all: bool) -> Any:
    """The response of somebody who always takes the choice in the same place; None where that means nothing."""
    if isinstance(item, ChoiceItem):
        return item.choices[place].id if place < len(item.choices) else None
    if isinstance(item, ChoicesItem):
        return [option.id for option in (item.choices if ticks_all else item.choices[place : place + 1])] or None
    if isinstance(item, MatchItem):
        return {pair.id: item.pairs[min(place, len(item.pairs) - 1)].id for pair in item.pairs}
    return _same_path(item, place) if isinstance(item, CaseItem) else None


def _same_path(item: CaseItem, place: int) -> list[str]:
    steps = {step.id: step for step in item.steps}
    path, step = [], item.steps[0].id
    while step in steps:
        choices = steps[step].choices
        choice = choices[min(place, len(choices) - 1)]
        path.append(f"{step}:{choice.id}")
        step = choice.next
    return path


def _passes(quiz: Quiz, answer: Callable[[BaseItem], Any]) -> bool:
    """Whether these answers pass in the draw that suits them best."""
    line = Fraction(quiz.header.pass_mark or 0) / 100
    scorings = compile_scoring(quiz)
    above = {item.id: _above_the_line(scorings[item.id], answer(item), line) for item in quiz.items}
    drawn = Draw(quiz).plan().best_for(above.__getitem__)
    return sum([above[name] for name in drawn], Fraction(0)) >= 0


def _above_the_line(scoring: Scoring, response: Any, line: Fraction) -> Fraction:
    """Points above the pass line; a critical error fails whatever the rest earns."""
    points = Fraction(scoring["points"])
    if response is None:
        return -line * points
    verdict = MARKERS[scoring["type"]].mark(scoring, response)
    if verdict.critical:
        return _FAILS
    return (Fraction(verdict.earned) / Fraction(verdict.out_of) - line) * points
