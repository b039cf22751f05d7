"""The type of a problem that a check of the register has found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of the register.

    `row` is the name by which people know the row; empty if the problem is about the whole table.
    `message` is an Indonesian sentence.
    """

    table: str
    row: str
    message: str
