"""A problem found by a check of the register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    `row` is the row's name for people; empty: the whole table. `message` is an Indonesian sentence.
    """

    table: str
    row: str
    message: str
