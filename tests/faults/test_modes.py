"""Whatever the machine's habit: what the office writes can be read by its own account alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from psm_course.registrar.files import write_whole
from psm_course.store.opening import open_store
from tests.builders import OFFICE
from tests.faults.office_folder import PASSPHRASE, OfficeFolder

# Several commands in one process, each as it is typed.
COMMANDS = """
import sys
from psm_course.cli.main import main
for line in sys.stdin.read().splitlines():
    sys.argv = ["psm", *line.split()]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (line, ended.code)
"""
# Half of them under each habit.
TYPED = {
    0o022: """issue D26
cards D26 --out var/kartu.pdf
export register D26 var/register.xlsx
""",
    0o000: """report D26
keys publish
simulate --people 6 --out var/latihan --into-register
roster import D27 susulan.xlsx
""",
}


def open_to_others(folder: Path) -> list[str]:
    """Files that are not 0600, and folders that are not 0700."""
    found = [folder, *folder.rglob("*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in found}
    return [
        f"{path.relative_to(folder)} {mode:04o}"
        for path, mode in modes.items()
        if mode != (0o700 if path.is_dir() else 0o600)
    ]


@pytest.mark.parametrize("habit", TYPED, ids="{:03o}".format)
def test_what_commands_write_can_be_read_by_nobody_else(
    finished_office: OfficeFolder, tmp_path: Path, habit: int
) -> None:
    copy = finished_office.copy(tmp_path / "kantor")
    assert open_to_others(copy.data) == []

    program, environment = (
        [sys.executable, "-c", COMMANDS],
        {**os.environ, "PSM_KEY_PASSPHRASE": PASSPHRASE},
    )
    done = subprocess.run(
        program,
        input=TYPED[habit],
        cwd=copy.root,
        env=environment,
        umask=habit,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert list(copy.data.rglob("*.pdf"))
    assert open_to_others(copy.data) == []


def test_a_running_register_is_closed_to_others_with_all_that_lies_beside_it(
    tmp_path: Path,
) -> None:
    habit = os.umask(0)
    try:
        store = open_store(tmp_path / "var" / "register.db", OFFICE)
        with store.transaction():
            found = {path.name for path in (tmp_path / "var").iterdir()}
            others = open_to_others(tmp_path / "var")
        store.close()
        write_whole(tmp_path / "records" / "D26" / "1.pdf", b"%PDF")
    finally:
        os.umask(habit)

    assert found == {"register.db", "register.db-shm", "register.db-wal"}
    assert others == []
    assert stat.S_IMODE((tmp_path / "records" / "D26" / "1.pdf").stat().st_mode) == 0o600


def test_the_cards_secret_lies_apart_from_the_register(finished_office: OfficeFolder) -> None:
    """Whoever comes by a copy of the register cannot sign in the place of anybody's card."""
    secret = (finished_office.data / "keys" / "kartu.rahasia").read_bytes()
    beside = [
        path
        for path in finished_office.data.rglob("*")
        if path.is_file() and path.parent.name != "keys"
    ]

    assert len(secret) == 32
    assert finished_office.data / "register.db" in beside
    assert [
        path.name
        for path in beside
        if secret in path.read_bytes() or secret.hex() in path.read_text("utf-8", "replace")
    ] == []
