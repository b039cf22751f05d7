"""The wording of every refusal: short sentences that end, as a person in Depok reads them."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.docs.asserted import text_of
from tests.docs.docstrings import PACKAGE

FAMILIES = {
    "Refused",
    "ContentFaulty",
    "StoreError",
    "Unreadable",
    "TooBusy",
    "Foreign",
    "TooLarge",
}
LONGEST = 25  # words of one sentence
# After a full stop, or where a command to type or an inserted text comes last.
_ENDS = re.compile(r"""([.?!]|…|: psm .+|: \S+|=.+)["')]?$""")


@cache
def refusals() -> tuple[tuple[str, str], ...]:
    """Place and text of every sentence that is raised; an inserted value is `…`."""
    return tuple(
        (f"{path.relative_to(PACKAGE)}:{argument.lineno}", text)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FAMILIES
        for argument in node.args
        if (text := text_of(argument))
    )


def faults(text: str) -> list[str]:
    """Names of the rules that a text breaks."""
    sentences = re.split(r"(?<=[.?!:;]) |\n", text)
    return [
        name
        for name, broken in (
            ("too long", any(len(sentence.split()) > LONGEST for sentence in sentences)),
            ("two spaces", "  " in text),
            ("no end", text[:1].isupper() and not _ENDS.search(text)),
        )
        if broken
    ]


def test_every_refusal_is_short_sentences_that_end() -> None:
    assert [(place, text, broken) for place, text in refusals() if (broken := faults(text))] == []


def test_all_refusals_are_looked_at() -> None:
    assert len(refusals()) > 400


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Kursus tidak ada.", []),
        ("Kursus … tidak ada. …", []),
        ("Jalankan: psm keys new", []),
        ("berkas ini kosong", []),  # a part of a sentence
        ("Kursus tidak ada", ["no end"]),
        ("Kursus  tidak ada.", ["two spaces"]),
        ("kata " * 26 + "panjang.", ["too long"]),
        ("kata " * 20 + "panjang. " + "kata " * 20 + "panjang.", []),
    ],
)
def test_a_fault_of_wording_is_named(text: str, broken: list[str]) -> None:
    assert faults(text) == broken
