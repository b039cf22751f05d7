"""Measures how often somebody who reads only the options passes a test.

The module simulates 2,000 sittings, each with its own draw.
"""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from psm_course.checking.test_wise.learners import Guess
from psm_course.content.quiz import Quiz
from psm_course.grading.chance import result_of
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.grade import compile_scoring

SITTINGS = 2000
_FAILS = -1e9
_NEARLY = 1e-6  # sums of shares are not exact


def passing_share(quiz: Quiz, guessed: Mapping[str, tuple[tuple[str, ...], Guess]]) -> float:
    """Return the share of sittings (0 to 1) that pass with these guesses.

    Items without a guess stay blank.

    Args:
        quiz: the test.
        guessed: for the id of an item, the names of its options, and the guess.
    """
    # The same sittings every time.
    line, chance = Fraction(quiz.header.pass_mark or 0) / 100, Random(0)  # noqa: S311
    above: dict[str, tuple[float, ...]] = {}
    for name, scoring in compile_scoring(quiz).items():
        names, guess = guessed.get(name, ((), Guess((), 0.0)))
        results = [result_of(scoring, names[place]) for place in guess.best] or [
            result_of(scoring, None)
        ]
        above[name] = tuple(
            (
                float((each.share - line) * Fraction(scoring["points"]))
                if not each.critical
                else _FAILS
            )
            for each in results
        )
    draw, passed = Draw(quiz), 0
    for number in range(1, SITTINGS + 1):
        total = 0.0
        for name in draw.items(Sitting(f"D26-{number:04}", quiz.id, 1)):
            values = above[name]
            total += values[0] if len(values) == 1 else chance.choice(values)
        passed += total >= -_NEARLY
    return passed / SITTINGS
