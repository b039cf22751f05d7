"""`kill -9` at ten places of a backup and of a restore: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from psm_course.errors import Refused
from psm_course.registrar.backup.putting_in_place import finish_restore
from psm_course.registrar.backup.restoring import opened_backup
from psm_course.registrar.certificates.ledger import skipped_numbers
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.opening import open_register
from psm_course.store.soundness.checking import check_store
from psm_course.store.swapping import find_decided
from tests.register_builders import register_of
from tests.registrar.backup.offices import PASSPHRASE, an_office, backed_up, finish, restored

PLACES = 10

# What changes a file, as Python tells whoever listens; the victim kills itself at one of these,
# before it is done.
CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


def ran(verb: Callable[[], object], kill_at: int = 0) -> int:
    """Do it in a process of its own, killed at that change of a file (0: not at all); how many
    changes an undisturbed one makes.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _be_the_victim(verb, kill_at, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        counted = said.read()
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == (-signal.SIGKILL if kill_at else 0)
    return int(counted or 0)


def _be_the_victim(verb: Callable[[], object], kill_at: int, writing: int) -> NoReturn:
    counted = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        is_written = (
            event == "open"
            and isinstance(arguments[2], int)
            and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        if not (event in CHANGING or is_written):
            return
        counted += 1
        if counted == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(watch)
        verb()
        os.write(writing, str(counted).encode())
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def spread(changes: int) -> list[int]:
    """Ten places, the last changes among them: there the files take their places."""
    return sorted({1 + (changes - 1) * place // (PLACES - 1) for place in range(PLACES)})


def test_a_backup_that_was_killed_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    office = an_office(tmp_path / "kantor")
    changes = ran(lambda: backed_up(office, tmp_path / "satu.zip"))
    before = office.register.read_bytes()
    whole = []

    for place in spread(changes):
        target = tmp_path / f"{place}.zip"
        ran(partial(backed_up, office, target), kill_at=place)
        if target.exists():
            with opened_backup(
                replace(office, root=tmp_path / "lain", data=tmp_path / "lain"), target, PASSPHRASE
            ):
                whole.append(place)

    backed_up(office, tmp_path / "akhir.zip")
    assert office.register.read_bytes() == before
    assert len(spread(changes)) == PLACES
    assert len(whole) < PLACES
    assert [path.name for path in (office.data / "cadangan").iterdir()] == ["terakhir.json"]
    assert {path.suffix for path in tmp_path.iterdir() if path.is_file()} == {
        ".zip"
    }  # no half of one is left to fill a stick


def test_a_restore_that_was_killed_is_done_or_undone(tmp_path: Path) -> None:
    office = an_office(tmp_path / "kantor")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        finish(store, office, "D26-003")
        old = register_of(store)
        # A process makes once what it compares with: before the changes are counted.
        assert check_store(store).problems == ()
    shutil.copytree(office.root, tmp_path / "semula")
    places, outcomes = (
        spread(ran(partial(restored, copy_of(office, tmp_path), backup, bimtek=9))),
        [],
    )

    for place in places:
        victim = copy_of(office, tmp_path)
        ran(partial(restored, victim, backup, bimtek=9), kill_at=place)
        outcomes.append(outcome(victim, old))

    assert len(outcomes) == PLACES
    assert set(outcomes) == {"undone", "done"}


def test_a_restore_on_a_server_that_was_killed_is_done_or_undone(
    tmp_path: Path, server_store: Store
) -> None:
    server_store.engine.dispose()  # this program's own connections are somebody else's too
    office = an_office(
        tmp_path / "kantor", server_store.engine.url.render_as_string(hide_password=False)
    )
    backup = backed_up(office, tmp_path / "cadangan.zip")
    restored(office, backup, bimtek=9)  # the first leaves more behind than the others
    changes, outcomes = ran(partial(restored, office, backup, bimtek=9)), []

    for place in [*spread(changes)[:-1:2], *range(changes - 6, changes - 1)]:
        with open_register(office) as store:
            old = register_of(store)
        ran(partial(restored, office, backup, bimtek=9), kill_at=place)
        outcomes.append(outcome(office, old))

    assert len(outcomes) == PLACES
    assert set(outcomes) == {"undone", "done"}


def copy_of(office: Settings, folder: Path) -> Settings:
    """The same office as it was, in a folder of its own, over the one before."""
    shutil.rmtree(folder / "korban", ignore_errors=True)
    shutil.copytree(folder / "semula", folder / "korban")
    return replace(office, root=folder / "korban", data=folder / "korban" / "var")


def outcome(office: Settings, old: object) -> str:
    """What a person finds who goes on as the program says. A server that saw its program die may
    need a moment to notice.
    """
    if find_decided(office.data) is not None:
        with (
            pytest.raises(Refused, match=r"Selesaikan dahulu: psm restore --finish$"),
            open_register(office),
        ):
            pass
        finish_restore(office)
    with open_register(office) as store:
        assert check_store(store).problems == ()
        if register_of(store) == old:
            return "undone"
        assert [each.last for each in skipped_numbers(store)] == [9]
    return "done"
