"""Sittings for analyses: LSAT-6, and made-up ones with only what matters visible in the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from psm_course.analysis.answers import Answer, AskedItem, Choice, Sitting

# Bock & Lieberman (1970), Law School Admission Test, section 6: how many of 1,000 people answered
# five items so (1: right). Public; the same rows as `lsat6` in R's psych.
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11,
    "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01010": 0, "01011": 16,
    "01100": 0, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81,
    "10100": 3, "10101": 28, "10110": 15, "10111": 80,
    "11000": 16, "11001": 56, "11010": 21, "11011": 173,
    "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def an_item(
    name: str, objective: str = "", choices: str = "ab", is_ruled: bool = False
) -> AskedItem:
    """Version 1 of an item of which "a" is right; "x" is a dangerous choice."""
    told = tuple(
        Choice(letter, f"Pilihan {letter}", letter == "a", letter == "x") for letter in choices
    )
    return AskedItem(name, f"{name}/1", objective, f"Soal {name}", 1, told, is_ruled)


def a_sitting(person: str, answers: Mapping[str, str]) -> Sitting:
    """Somebody's picks in version 1 of each item: a letter, "" for a blank; only "a" is right."""
    return Sitting(person, tuple(an_answer(name, letter) for name, letter in answers.items()))


def an_answer(name: str, letter: str) -> Answer:
    return Answer(f"{name}/1", float(letter == "a"), frozenset(letter), not letter)


def sittings_of(patterns: Iterable[str], names: Sequence[str] = "12345") -> list[Sitting]:
    """One person each pattern of letters, an item each letter; "." where it was not given."""
    return [
        a_sitting(
            f"P{index}",
            {name: letter for name, letter in zip(names, pattern, strict=True) if letter != "."},
        )
        for index, pattern in enumerate(patterns)
    ]


def lsat6() -> tuple[list[AskedItem], list[Sitting]]:
    """The five items, and the 1,000 people."""
    patterns = [
        "".join("a" if mark == "1" else "b" for mark in pattern)
        for pattern, count in LSAT6.items()
        for _ in range(count)
    ]
    return [an_item(name) for name in "12345"], sittings_of(patterns)
