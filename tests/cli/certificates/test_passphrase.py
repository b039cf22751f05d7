"""A command that needs the passphrase, run without a terminal as by cron, says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import PASSPHRASE, Psm
from tests.conftest import ROOT


def without_terminal(course: Path, *words: str, given: str = "") -> tuple[int, str, str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PSM_")
    } | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "psm_course.cli.main", *words]
    ran = subprocess.run(
        command,
        check=False,
        cwd=course,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_a_passphrase_that_nobody_gives_is_asked_for_in_a_sentence(
    signing: Psm, course: Path
) -> None:
    assert without_terminal(course, "issue", "D26") == (
        2,
        "",
        Contains("Frasa sandi kunci", "belum diberikan", "PSM_KEY_PASSPHRASE"),
    )


def test_it_may_come_on_standard_input(psm: Psm, course: Path) -> None:
    code, said, complaint = without_terminal(course, "keys", "new", given=f"{PASSPHRASE}\n")

    assert (code, complaint) == (0, "")
    assert (course / "var" / "keys" / "keys.json").is_file()
    assert PASSPHRASE not in said


@pytest.mark.parametrize("words", [("publish",), ("keys", "publish")])
def test_without_a_key_nobody_is_asked_for_its_passphrase(
    psm: Psm, course: Path, words: tuple[str, ...]
) -> None:
    assert psm(*words) == (2, "", Contains("Belum ada kunci", "psm keys new"))
