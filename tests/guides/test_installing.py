"""The guide to installing, block after block in the shell of somebody's home folder, with the wheel
in it; nothing else is at hand.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path

import pytest

from psm_course import __version__
from tests.cli.conftest import PASSPHRASE
from tests.guides.pages import INSTALLING, Passage, all_passages
from tests.guides.staying import alone, until_it_says
from tests.guides.test_commands import STAYING
from tests.test_wheel import wheel

__all__ = ["wheel"]

BLOCKS = [each for each in all_passages() if each.page == INSTALLING and each.is_block]
# What would take minutes here and is typed elsewhere.
INSTEAD = {
    "psm init kantor --open": "psm init kantor",
    "psm build": "mkdir -p var/site && echo Situs > var/site/index.html",
}


@pytest.fixture
def home(wheel: Path, tmp_path: Path) -> Path:
    """With the wheel in it."""
    (tmp_path / "rumah").mkdir()
    shutil.copy(wheel, tmp_path / "rumah")
    return tmp_path / "rumah"


def environment(home: Path) -> dict[str, str]:
    """Pip fetches nothing: what the wheel asks for is found beside it, as `types` lays it there."""
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PSM_", "PYTHONPATH"))
    }
    path = f"{Path(sys.executable).parent}:{given['PATH']}"
    return given | {
        "HOME": str(home),
        "PATH": path,
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PSM_KEY_PASSPHRASE": PASSPHRASE,
    }


def types(home: Path, block: Passage) -> str:
    """One block in a terminal of its own; a folder that it begins anew is put aside."""
    commands = [INSTEAD.get(command, command) for command in block.commands]
    if "psm init kantor" in commands and (home / "kantor").exists():
        (home / "kantor").rename(home / "kantor-lama")
    if commands[-1].startswith(tuple(STAYING)):
        with alone("\n".join(commands), home, environment(home)) as process:
            said = until_it_says(STAYING["psm serve"], process)
            process.send_signal(signal.SIGINT)
            return said + process.communicate()[0]
    shell = ["bash", "-ec", "\n".join(commands)]
    ran = subprocess.run(
        shell,
        cwd=home,
        env=environment(home),
        input="\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"{block.place}: {ran.stdout}{ran.stderr}"
    return ran.stdout


def lets_import_what_pip_would_have_fetched(home: Path) -> None:
    folder = next((home / "program-psm/lib").glob("python*/site-packages"))
    (folder / "sudah-diunduh.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")


def test_the_guide_names_the_wheel_of_this_version() -> None:
    named = {
        word
        for each in BLOCKS
        for command in each.commands
        for word in command.split()
        if ".whl" in word
    }

    assert named == {f'"./psm_course-{__version__}-py3-none-any.whl[all]"'}


@pytest.mark.long
def test_an_office_is_installed_drilled_moved_upgraded_and_another_begun(home: Path) -> None:
    first, *others = BLOCKS
    (activated,) = (command for command in first.commands if command.startswith("source"))
    program = [command for command in first.commands if not command.startswith("psm ")]

    types(home, replace(first, commands=tuple(program)))
    lets_import_what_pip_would_have_fetched(home)
    types(home, replace(first, commands=(activated, *first.commands[len(program) :])))
    types(home, replace(first, commands=(activated, "cd kantor", "psm build", "psm keys new")))
    said = [types(home, block) for block in others]

    assert any("Register utuh" in each for each in said)
    assert not (home / "kantor-latihan").exists()
    assert (home / "kantor-bogor" / "PERIKSA-KOTA.md").is_file()
    assert where_the_program_is(home).startswith(str(home / "program-psm"))


def where_the_program_is(home: Path) -> str:
    asked = [home / "program-psm/bin/python", "-c", "import psm_course; print(psm_course.__file__)"]
    return subprocess.run(
        asked, cwd=home, env=environment(home), capture_output=True, text=True, check=True
    ).stdout
