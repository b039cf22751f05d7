"""Stopped by whatever signal, a program leaves one whole file behind:
a plain copy of it is a copy of the register.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.domain.register import Cohort
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.store.people import cohorts
from psm_course.store.sqlite import checkpoint_regularly
from tests.builders import OFFICE
from tests.cli.conftest import Psm
from tests.cli.office.test_serve import free_port
from tests.faults.processes import until
from tests.register_builders import a_cohort, arranging

COMMAND = [sys.executable, "-m", "psm_course.cli.main"]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def copied_plainly(data: Path, folder: Path) -> list[str]:
    """The cohorts in a copy of `register.db` alone, made without knowing of a log beside it."""
    with closing(
        sqlite3.connect(shutil.copyfile(data / "register.db", folder / "salinan.db"))
    ) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in copy.execute("SELECT id FROM cohort ORDER BY id")]


def beside(data: Path) -> list[str]:
    return sorted(path.name for path in data.glob("register.db*"))


@pytest.fixture
def desk(psm: Psm, course: Path) -> Path:
    """The data folder of an office whose site says one word."""
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    (course / "var" / "site").mkdir()
    (course / "var" / "site" / "index.html").write_text("Situs", encoding="utf-8")
    return course / "var"


def serving(course: Path) -> subprocess.Popen[str]:
    """`psm serve`, once it listens."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(free_port())],
        cwd=course,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert list(iter(process.stdout.readline, "Tekan Ctrl+C untuk berhenti.\n"))
    return process


def submitting(course: Path) -> subprocess.Popen[str]:
    """`psm submit -`, with the register open and waiting for more on standard input."""
    process = subprocess.Popen(
        [*COMMAND, "submit", "-"],
        cwd=course,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    until((course / "var" / "register.db-wal").exists)
    return process


@pytest.mark.parametrize("told", SIGNALS, ids=lambda each: each.name)
@pytest.mark.parametrize("running", [serving, submitting])
def test_told_to_stop_it_leaves_one_whole_file(
    psm: Psm,
    desk: Path,
    tmp_path: Path,
    running: Callable[[Path], subprocess.Popen[str]],
    told: signal.Signals,
) -> None:
    with running(desk.parent) as process:
        assert beside(desk)[1:] == ["register.db-shm", "register.db-wal"]
        until((desk / "register.db-wal").exists)
        psm("cohort", "new", "D27", "--start", "2026-11-25")
        process.send_signal(told)
        process.communicate(timeout=60)

    assert beside(desk) == ["register.db"]
    assert copied_plainly(desk, tmp_path) == ["D26", "D27"]


def test_who_told_it_sees_that_it_obeyed(desk: Path) -> None:
    with submitting(desk.parent) as process:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)

    assert process.returncode == -signal.SIGTERM


def test_a_signal_that_is_to_be_ignored_is_ignored(desk: Path) -> None:
    """As `nohup psm serve` asks for."""
    command = f"trap '' HUP; exec {' '.join(COMMAND)} submit -"
    with subprocess.Popen(
        ["bash", "-c", command],
        cwd=desk.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        until((desk / "register.db-wal").exists)
        os.kill(process.pid, signal.SIGHUP)
        said, _ = process.communicate("", timeout=60)

    assert (process.returncode, said) == (0, Contains("Tidak ada jawaban", "berkas ini"))


def test_told_while_a_connection_is_being_opened_it_leaves_one_whole_file(
    desk: Path, tmp_path: Path
) -> None:
    """A connection nobody was handed yet: only the frames of what was under way hold it."""
    opening = """
import os, signal, sqlite3
from psm_course.cli.stopping import Stopped, leave, stop_when_told

def connect():
    connection = sqlite3.connect("register.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE cohort SET id = id")
    connection.execute("COMMIT")
    assert os.path.exists("register.db-wal")
    os.kill(os.getpid(), signal.SIGTERM)

stop_when_told()
try:
    connect()
except Stopped as stopped:
    leave(stopped)
"""
    told = subprocess.run([sys.executable, "-c", opening], cwd=desk, check=False)

    assert told.returncode == -signal.SIGTERM
    assert beside(desk) == ["register.db"]
    assert copied_plainly(desk, tmp_path) == ["D26"]


def test_a_command_that_ends_leaves_one_whole_file(psm: Psm, desk: Path, tmp_path: Path) -> None:
    psm("cohort", "new", "D27", "--start", "2026-11-25")

    assert beside(desk) == ["register.db"]
    assert copied_plainly(desk, tmp_path) == ["D26", "D27"]


def test_a_command_that_fails_leaves_one_whole_file(psm: Psm, desk: Path, tmp_path: Path) -> None:
    psm("roster", "import", "D26", "tidak-ada.xlsx")

    assert beside(desk) == ["register.db"]
    assert copied_plainly(desk, tmp_path) == ["D26"]


# ---- while it runs -------------------------------------------------------------------------------


def test_while_it_runs_the_file_comes_to_hold_everything(file_store: Store, tmp_path: Path) -> None:
    a_cohort(file_store, "Siti")
    log = tmp_path / "register.db-wal"
    assert log.stat().st_size > 0

    with checkpoint_regularly(file_store, seconds=0.01):
        until(lambda: log.stat().st_size == 0)

    assert copied_plainly(tmp_path, tmp_path) == ["D26"]


def test_who_writes_meanwhile_is_not_disturbed(file_store: Store, tmp_path: Path) -> None:
    a_cohort(file_store, "Siti")
    with arranging(file_store) as tx:
        cohorts.add_cohort(tx, Cohort("D27", "Angkatan D27", date(2026, 11, 24)))
        other = open_store(tmp_path / "register.db", OFFICE)
        other.checkpoint()
        other.close()
    file_store.close()

    assert copied_plainly(tmp_path, tmp_path) == ["D26", "D27"]


def test_a_reader_keeps_what_it_sees_and_the_rest_comes_later(
    file_store: Store, tmp_path: Path
) -> None:
    with file_store.reading() as reader:
        before = reader.exec_driver_sql("SELECT count(*) FROM cohort").scalar_one()
        a_cohort(file_store, "Siti")
        file_store.checkpoint()
        assert reader.exec_driver_sql("SELECT count(*) FROM cohort").scalar_one() == before

    file_store.checkpoint()

    assert copied_plainly(tmp_path, tmp_path) == ["D26"]


def test_closed_while_another_program_works_the_file_holds_everything(
    file_store: Store, tmp_path: Path
) -> None:
    other = open_store(tmp_path / "register.db", OFFICE)
    a_cohort(file_store, "Siti")

    file_store.close()

    assert copied_plainly(tmp_path, tmp_path) == ["D26"]
    other.close()


def test_a_window_that_is_closed_on_windows_stops_it_and_waits() -> None:
    """What Windows would call, called by us: the main thread hears of it, and ends while the one
    that was called still waits.
    """
    program = """if True:
        import time
        from threading import Thread
        from psm_course.cli.stopping import Stopped, stop_when_told, window_says
        stop_when_told()
        assert not window_says(0)  # Ctrl+C has a way of its own
        try:
            Thread(target=window_says, args=(2,), daemon=True).start()
            while True:
                time.sleep(0.02)
        except Stopped:
            print("ditutup rapi")
    """
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout) == (0, "ditutup rapi\n"), ended.stderr
