"""What a trainer reads when a cell stops: one sentence, with the line and what to do."""

from __future__ import annotations

import sys

import pytest

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
    ("code", "sentence"),
    [
        (
            "x = 1\nkuiz('a')",
            'Sel ini berhenti di baris 2: "kuiz" tidak dikenal. Maksud Anda "kuis"?',
        ),
        (
            "angkatan",
            (
                'Sel ini berhenti di baris 1: "angkatan" tidak dikenal. Jalankan dulu sel-sel di'
                " atasnya."
            ),
        ),
        (
            "import tak_ada_ini",
            'Sel ini berhenti di baris 1: paket "tak_ada_ini" tidak terpasang di laptop ini.',
        ),
        (
            "\n\nopen('tak-ada.csv')",
            'Sel ini berhenti di baris 3: berkas "tak-ada.csv" tidak ditemukan.',
        ),
        (
            "import json\njson.loads('{')",
            (
                "Sel ini berhenti di baris 2 (JSONDecodeError: Expecting property name enclosed in"
                " double quotes:"
            ),
        ),
        ("1 / 0", "Sel ini berhenti di baris 1 (ZeroDivisionError: division by zero)."),
        (
            "x = 1\nprint('a'",
            (
                "Sel ini belum terbaca di baris 2: periksa tanda kurung, petik, dan koma di"
                " sekitarnya."
            ),
        ),
    ],
)
def test_a_slip_is_one_sentence_with_its_line(code: str, sentence: str) -> None:
    said = said_of(code)

    assert said.startswith(sentence)
    assert "\n" not in said


def test_a_refusal_says_its_own_sentence() -> None:
    assert sentence_about(Refused("Belum ada register."), None, set()) == "Belum ada register."
