"""A disk that fills up during a backup or a restore: a sentence, and everything is as it was."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from psm_course.errors import PsmError
from psm_course.settings import Settings
from tests.registrar.backup.offices import (
    an_office,
    another_laptop,
    backed_up,
    numbers_of,
    restored,
)

# The system lets no file grow beyond these, as a full disk does: the register is a megabyte or two.
LIMITS = (0, 20_000, 200_000)


def said_with(verb: Callable[[], object], limit: int) -> str:
    """What it says, in a process of its own, where no file can grow beyond so many bytes."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        said = "no sentence"
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            verb()
            said = "done"
        except PsmError as error:
            said = f"sentence: {error}"
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(process, 0)
    return said


def everything_in(folder: Path) -> dict[str, bytes]:
    """Without what SQLite keeps beside a register that is being read."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".db-wal", ".db-shm")
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    folder = tmp_path_factory.mktemp("penuh")
    office = an_office(folder / "kantor")
    return office, backed_up(office, folder / "cadangan.zip")


@pytest.mark.parametrize("limit", LIMITS)
def test_a_backup_on_a_full_disk_is_a_sentence_and_leaves_nothing(
    made: tuple[Settings, Path], tmp_path: Path, limit: int
) -> None:
    office, _ = made
    before = everything_in(office.root)

    said = said_with(partial(backed_up, office, tmp_path / "baru.zip"), limit)

    assert said.startswith("sentence: ")
    assert everything_in(office.root) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit", LIMITS)
def test_a_restore_on_a_full_disk_is_a_sentence_and_changes_nothing(
    made: tuple[Settings, Path], tmp_path: Path, limit: int
) -> None:
    office, backup = made
    shutil.copytree(office.root, tmp_path / "kantor")
    here = another_laptop(tmp_path / "kantor", office)
    before = everything_in(here.root)

    said = said_with(partial(restored, here, backup, bimtek=9), limit)

    assert said.startswith("sentence: ")
    assert everything_in(here.root) == before
    assert len(numbers_of(here)) == 2
