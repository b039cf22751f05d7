"""Checks what a quiz gives away to people who know nothing.

They may find right answers by the length or the place of an option, by giving the same answer
everywhere, or by luck.

Only quizzes of eight items or more are checked. A shorter quiz gets no warnings; the table of `psm
check` still shows the points that guessing gets in it. All problems are warnings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor, sqrt
from typing import Any

from psm_course.authoring.problems import Finding
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.grading.chance import result_of
from psm_course.grading.draw import Draw
from psm_course.grading.given import GiveAway
from psm_course.grading.grade import compile_scoring
from psm_course.items.base import Pick, Scoring

FEWEST_ITEMS = 8
LIKELIEST_GUESS = Fraction(1, 1000)
POSITIONS = 4
# A place in which the key stands more often, or less, than this many standard deviations from
# chance is a pattern.
_DEVIATIONS = 2
_FAILS = Fraction(-(10**9))


# ---- length and place of the key -----------------------------------------------------------------


def key_findings(read: QuizRead) -> Iterator[Finding]:
    """Report patterns in the right answers of the items written in this file.

    There are two patterns: the right answer is often the longest option; or it is often, or rarely,
    at the same place. An item without a right answer is reported by another check.
    """
    by_type: dict[str, dict[str, list[Pick]]] = defaultdict(dict)
    for _, item in read.readable:
        picks = list(item.picks())
        if item.picks_one and any(pick.is_right for pick in picks):
            by_type[item.type][item.id] = picks
    for kind, items in by_type.items():
        if len(items) >= FEWEST_ITEMS:
            yield from _longest_key(kind, items)
            yield from _key_places(kind, items)


def _longest_key(kind: str, items: Mapping[str, Sequence[Pick]]) -> Iterator[Finding]:
    longest = [name for name, picks in items.items() if _key_is_longest(picks)]
    chance = sum((Fraction(1, len(picks)) for picks in items.values()), Fraction(0))
    if len(longest) > chance:
        yield Finding(
            ("items",),
            f"jawaban benar paling panjang di {len(longest)} dari {len(items)} butir {kind};"
            f" kebetulan saja hanya {floor(chance)}",
            f"pendekkan kuncinya atau panjangkan pengecohnya: {', '.join(longest)}",
            "warning",
        )


def _key_is_longest(picks: Sequence[Pick]) -> bool:
    # Equal lengths give nothing away, so the key must be longer than every other option.
    key = next(len(pick.text) for pick in picks if pick.is_right)
    return all(len(pick.text) < key for pick in picks if not pick.is_right)


def _key_places(kind: str, items: Mapping[str, Sequence[Pick]]) -> Iterator[Finding]:
    places = Counter(
        next(place for place, pick in enumerate(picks) if pick.is_right) for picks in items.values()
    )
    for place in range(max(len(picks) for picks in items.values())):
        # Items with fewer options have no such place; they must not count as chances there.
        chances = [1 / len(picks) for picks in items.values() if len(picks) > place]
        off = places[place] - sum(chances)
        if abs(off) > _DEVIATIONS * sqrt(sum(chance * (1 - chance) for chance in chances)):
            often = "terlalu sering" if off > 0 else "terlalu jarang"
            yield Finding(
                ("items",),
                f"jawaban benar {often} di tempat ke-{place + 1}: {places[place]} dari {len(items)}"
                f" butir {kind}",
                f"sebar kuncinya; kira-kira {round(sum(chances))} di tempat ini",
                "warning",
            )


# ---- one answer to everything, and luck ----------------------------------------------------------


def passing_findings(quiz: Quiz, given: GiveAway) -> Iterator[Finding]:
    """Report a quiz that people who know nothing can pass: by one answer everywhere, or by luck.

    One answer everywhere means, for example, always the first option. By luck means that at least 1
    in 1,000 people who guess pass. A quiz without a pass mark, or with fewer than eight items, is
    not checked.

    Args:
        quiz: the quiz.
        given: the points that blank answers and guessing get in this quiz.
    """
    if quiz.header.pass_mark is None or len(quiz.items) < FEWEST_ITEMS:
        return
    for place in range(POSITIONS):
        picked = {item.id: item.in_place(place) for item in quiz.items}
        # Where several may be ticked, ticking all is the other thing somebody does
        # who reads nothing.
        ticked = {item.id: item.everything() or picked[item.id] for item in quiz.items}
        if _passes(quiz, picked) or _passes(quiz, ticked):
            also = "" if _passes(quiz, picked) else ", dan mencentang semuanya bila boleh banyak,"
            yield Finding(
                ("pass_mark",),
                f"selalu memilih pilihan ke-{place + 1}{also} dapat meluluskan peserta",
                "sebar kuncinya, atau naikkan pass_mark",
                "warning",
            )
    if given.guess_pass is not None and given.guess_pass >= LIKELIEST_GUESS:
        yield Finding(
            ("pass_mark",),
            f"menebak meluluskan 1 dari {floor(1 / given.guess_pass)} peserta, lebih dari 1 dari"
            f" {LIKELIEST_GUESS.denominator}",
            "naikkan pass_mark, tambah butir, atau tambah pilihan",
            "warning",
        )


def _passes(quiz: Quiz, responses: Mapping[str, Any]) -> bool:
    """True if these responses pass the quiz in the draw in which they pass most easily.

    `responses` has the response to each item, by item id.
    """
    line = Fraction(quiz.header.pass_mark or 0) / 100
    above = {
        name: _above_the_line(scoring, responses[name], line)
        for name, scoring in compile_scoring(quiz).items()
    }
    drawn = Draw(quiz).plan().best_for(above.__getitem__)
    return sum([above[name] for name in drawn], Fraction(0)) >= 0


def _above_the_line(scoring: Scoring, response: Any, line: Fraction) -> Fraction:
    """Return the points of a response minus the points that the pass mark asks of this item.

    The pass mark asks of each item the share `line` of the item's points. The result is negative if
    the response gets fewer points than that. For a response with a critical error the result is so
    low that no sitting with this response passes.

    Args:
        scoring: the scoring data of the item.
        response: the answer to the item.
        line: the pass mark as a share, 0 to 1.
    """
    result = result_of(scoring, response)
    return _FAILS if result.critical else (result.share - line) * Fraction(scoring["points"])
