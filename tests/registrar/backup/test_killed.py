"""`kill -9` at ten places of a backup and of a restore: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from psm_course.errors import Refused
from psm_course.registrar.backup.putting_in_place import finish_restore
from psm_course.registrar.backup.restoring import laid_ready
from psm_course.registrar.certificates.ledger import skipped_numbers
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.opening import open_register
from psm_course.store.soundness import check_soundness
from psm_course.store.swapping import find_decided
from tests.conftest import ROOT
from tests.register_builders import register_of
from tests.registrar.backup.offices import PASSPHRASE, an_office, backed_up, finish

PLACES = 10

# The system is asked hundreds of things that change a file; the victim kills itself at one of them, before it is done.
COUNTING = """
import os, signal, sys
from pathlib import Path
from psm_course.settings import Settings
from tests.registrar.backup.offices import backed_up, restored
settings = Settings(Path(sys.argv[2]), Path(sys.argv[2]) / "var", "32.76", sys.argv[5], site_address="https://dinsos.depok.go.id/psm")
left, counted = int(sys.argv[4]), 0
def watch(event, arguments):
    global counted
    changes = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect")
    if changes or (event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
        counted += 1
        if counted == left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
if sys.argv[1] == "backup":
    backed_up(settings, Path(sys.argv[3]))
else:
    restored(settings, Path(sys.argv[3]), bimtek=9)
print(counted)
"""


def ran(verb: str, office: Settings, backup: Path, kill_at: int = 0) -> int:
    """Do it in a program of its own, killed at that change of a file (0: not at all); how many changes an undisturbed one makes."""
    command = [sys.executable, "-c", COUNTING, verb, str(office.root), str(backup), str(kill_at), office.database]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == (-signal.SIGKILL if kill_at else 0), done.stderr
    return int(done.stdout or 0)


def spread(changes: int) -> list[int]:
    """Ten places, the last changes among them: there the files take their places."""
    return sorted({1 + (changes - 1) * place // (PLACES - 1) for place in range(PLACES)})


def test_a_backup_that_was_killed_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    office = an_office(tmp_path / "kantor")
    changes = ran("backup", office, tmp_path / "satu.zip")
    before = office.register.read_bytes()
    whole = []

    for place in spread(changes):
        target = tmp_path / f"{place}.zip"
        ran("backup", office, target, kill_at=place)
        if target.exists():
            with laid_ready(replace(office, root=tmp_path / "lain", data=tmp_path / "lain"), target, PASSPHRASE):
                whole.append(place)

    backed_up(office, tmp_path / "akhir.zip")
    assert office.register.read_bytes() == before
    assert len(spread(changes)) == PLACES
    assert len(whole) < PLACES
    assert [path.name for path in (office.data / "cadangan").iterdir()] == ["terakhir.json"]


def test_a_restore_that_was_killed_is_done_or_undone(tmp_path: Path) -> None:
    office = an_office(tmp_path / "kantor")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        finish(store, office, "D26-003")
        old = register_of(store)
    shutil.copytree(office.root, tmp_path / "semula")
    places, outcomes = spread(ran("restore", copy_of(office, tmp_path), backup)), []

    for place in places:
        victim = copy_of(office, tmp_path)
        ran("restore", victim, backup, kill_at=place)
        outcomes.append(outcome(victim, old))

    assert len(outcomes) == PLACES
    assert set(outcomes) == {"undone", "done"}


def test_a_restore_on_a_server_that_was_killed_is_done_or_undone(tmp_path: Path, server_store: Store) -> None:
    server_store.engine.dispose()  # this program's own connections are somebody else's too
    office = an_office(tmp_path / "kantor", server_store.engine.url.render_as_string(hide_password=False))
    backup = backed_up(office, tmp_path / "cadangan.zip")
    changes, outcomes = ran("restore", office, backup), []

    for place in [*spread(changes)[:-1:2], *range(changes - 4, changes + 1)]:
        with open_register(office) as store:
            old = register_of(store)
        ran("restore", office, backup, kill_at=place)
        outcomes.append(outcome(office, old))

    assert len(outcomes) == PLACES
    assert set(outcomes) == {"undone", "done"}


def copy_of(office: Settings, folder: Path) -> Settings:
    """The same office as it was, in a folder of its own, over the one before."""
    shutil.rmtree(folder / "korban", ignore_errors=True)
    shutil.copytree(folder / "semula", folder / "korban")
    return replace(office, root=folder / "korban", data=folder / "korban" / "var")


def outcome(office: Settings, old: object) -> str:
    """What a person finds who goes on as the program says. A server that saw its program die may need a moment to notice."""
    if find_decided(office.data) is not None:
        with pytest.raises(Refused, match=r"Selesaikan dahulu: psm restore --finish$"), open_register(office):
            pass
        finish_restore(office)
    with open_register(office) as store:
        assert check_soundness(store).troubles == ()
        if register_of(store) == old:
            return "undone"
        assert [each.last for each in skipped_numbers(store)] == [9]
    return "done"
