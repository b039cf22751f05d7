"""An office does its main job, to certificates that verify,
where our modules find nothing of what Windows does not have.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.cli.conftest import PASSPHRASE, Psm, a_hand_in
from tests.cli.course.test_preview import a_written_course
from tests.conftest import ROOT

_EVERY_MODULE = 600  # at least


def test_a_city_begins_its_course_and_checks_it(tmp_path: Path) -> None:
    ran = windowless(tmp_path, ["init", "kantor"]) + windowless(
        tmp_path, ["check", "kantor", "--json"]
    )

    assert [(code, err) for code, _, err in ran] == [(0, ""), (0, "")]
    assert [each for each in json.loads(ran[1][1])["problems"] if each["severity"] == "error"] == []
    assert refused_names(tmp_path) == []


def test_an_office_works_to_certificates_that_verify(signing: Psm, course: Path) -> None:
    a_written_course(course)
    (course / "kiriman.jsonl").write_text(a_hand_in("D26-001", "b"), encoding="utf-8")
    typed = (
        ["submit", "kiriman.jsonl"],
        ["status", "D26"],
        ["issue", "D26"],
        ["report", "D26"],
        ["backup"],
        ["db", "check"],
        ["build"],
    )
    papers = Path("var", "records", "D26")

    ran = windowless(course, *typed, ["verify", str(papers), "--json"])
    printed = {str(path.relative_to(course)) for path in (course / papers).glob("*.pdf")}

    assert [(code, err) for code, _, err in ran] == [(0, "")] * (len(typed) + 1)
    assert len(printed) == 2
    assert {each["given"]: each["verdict"] for each in json.loads(ran[-1][1])} == dict.fromkeys(
        printed, "valid"
    )
    assert (course / "var" / "site" / "index.html").is_file()
    assert refused_names(course) == []


def windowless(folder: Path, *commands: list[str]) -> list[tuple[int, str, str]]:
    """What each command came to: its code, what it said, what it complained of."""
    lines = "".join(f"{json.dumps(command)}\n" for command in commands)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PSM_")}
    environment |= {"PYTHONPATH": str(ROOT), "PSM_KEY_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-m", "tests.windowless"]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    count, *answers = done.stdout.splitlines()
    assert int(count) > _EVERY_MODULE
    return [tuple(json.loads(answer)) for answer in answers]


def refused_names(folder: Path) -> list[str]:
    """Files below a folder whose names Windows does not take, or takes for another's."""
    names = [path.relative_to(folder) for path in folder.rglob("*")]
    counted = Counter(str(name).casefold() for name in names)
    same = {str(name) for name in names if counted[str(name).casefold()] > 1}
    return sorted(same | {str(name) for name in names if not all(map(_windows_takes, name.parts))})


def _windows_takes(name: str) -> bool:
    return not re.search(
        r'[<>:"|?*\\\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', name, re.IGNORECASE
    )
