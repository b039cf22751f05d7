"""Results of people who guess the answer to an item.

The functions here compute exact probabilities of results, if all answers are equally likely, and
choose options for the random guesses of a simulation.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial
from random import Random


@dataclass(frozen=True, slots=True)
class Guess:
    """One possible result of a guess.

    `share` is the share of the item's points (0 to 1). `critical` is True for a critical error.
    """

    share: Fraction
    critical: bool = False


# Probabilities of results; they add up to one.
Guesses = dict[Guess, Fraction]

NEVER: Guesses = {Guess(Fraction(0)): Fraction(1)}


def add(guesses: Guesses, guess: Guess, probability: Fraction) -> None:
    """Add `probability` to the probability of the result `guess`, in the mapping `guesses`.

    A probability of 0 adds no result.
    """
    if probability:
        guesses[guess] = guesses.get(guess, Fraction(0)) + probability


def _sign(j: int) -> int:
    return -1 if j % 2 else 1


def fixed_points(n: int, k: int) -> int:
    """Count the permutations of `n` elements that leave exactly `k` elements in their places.

    These are the rencontres numbers.
    """
    left = n - k
    # Inclusion and exclusion: permutations of the rest,
    # without those that leave some of it in place.
    derangements = sum(_sign(j) * (factorial(left) // factorial(j)) for j in range(left + 1))
    return comb(n, k) * derangements


def kept_neighbours(n: int, k: int) -> int:
    """Count the permutations of `n` elements that keep exactly `k` pairs of neighbours together.

    Each pair is an element `i` and the next element `i+1`, so there are n-1 pairs. A pair is kept
    together if `i+1` comes directly after `i` in the permutation too. For example, 3 1 2 keeps only
    the pair 1 2.
    """
    # The kept neighbours make blocks; then the blocks are
    # ordered so that none follows the one it followed.
    blocks = n - k
    without = sum(_sign(j) * comb(blocks - 1, j) * factorial(blocks - j) for j in range(blocks))
    return comb(n - 1, k) * without


# A course warns of dangerous answers again and again: of
# those who do not know an item, so few still consider them.
TEMPTED = 0.05


def tempting(options: Iterable[str], critical: Container[str], random: Random) -> list[str]:
    """Return the options among which a simulated learner guesses.

    Most learners do not consider a dangerous option (`critical`), even if they do not know the
    answer. So most calls leave out the dangerous options. With probability TEMPTED, or if all
    options are dangerous, every option is returned.
    """
    everything = list(options)
    harmless = [option for option in everything if option not in critical]
    return everything if not harmless or random.random() < TEMPTED else harmless
