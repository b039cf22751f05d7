"""What a trainer reads when a cell stops: one sentence, with the line and what to do."""

from __future__ import annotations

import sys

import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.trainer.lab.kernel import sentence_about

CELL = "/tmp/ipykernel_7/1.py"  # noqa: S108 - as ipykernel names one; there is no such file


def said_of(code: str) -> str:
    """As a notebook's cell would run it."""
    try:
        exec(compile(code, CELL, "exec"), {"kuis": print})  # noqa: S102 - what a cell is
    except Exception as error:
        return sentence_about(error, sys.exc_info()[2], {"kuis", "tabel"})
    raise AssertionError("the cell did not stop")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "x = 1\nkuiz('a')",
            ("berhenti di baris 2:", '"kuiz" tidak dikenal', 'Maksud Anda "kuis"?'),
        ),
        (
            "angkatan",
            ("berhenti di baris 1:", '"angkatan" tidak dikenal', "Jalankan dulu sel-sel"),
        ),
        (
            "import tak_ada_ini",
            ("berhenti di baris 1:", 'paket "tak_ada_ini"', "tidak terpasang"),
        ),
        (
            "\n\nopen('tak-ada.csv')",
            ("berhenti di baris 3:", 'berkas "tak-ada.csv"', "tidak ditemukan"),
        ),
        (
            "import json\njson.loads('{')",
            (
                "berhenti di baris 2 (",
                "(JSONDecodeError: Expecting property name enclosed in double quotes:",
            ),
        ),
        ("1 / 0", ("berhenti di baris 1 (", "(ZeroDivisionError: division by zero).")),
        ("x = 1\nprint('a'", ("belum terbaca di baris 2:", "tanda kurung")),
    ],
)
def test_a_slip_is_one_sentence_with_its_line(code: str, said: tuple[str, ...]) -> None:
    sentence = said_of(code)

    assert sentence == Contains("Sel ini ", *said)
    assert "\n" not in sentence


def test_a_refusal_says_its_own_sentence() -> None:
    assert sentence_about(Refused("Belum ada register."), None, set()) == "Belum ada register."
