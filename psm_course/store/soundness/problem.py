"""What a check of the register found: one sentence each, with the table and the row that it is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is what people call the row (its number, else its key); empty where the whole table is meant. `message` is Indonesian."""

    table: str
    row: str
    message: str
