"""`kill -9` at moments spread evenly over what a program does to its files:
afterwards all of it is there, or none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from psm_course.cli.main import run
from psm_course.site.output.finishing import finish
from psm_course.site.output.listed import MANIFEST
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from tests.builders import OFFICE, a_course
from tests.faults.bursts import CAREFUL, Count, held_by, troubles_of
from tests.faults.office_folder import PASSPHRASE, PEOPLE, OfficeFolder
from tests.faults.shim import counted, killed_at
from tests.load.office import Office, open_register
from tests.load.phones import hand_in_all, spread
from tests.register_builders import a_cohort
from tests.store.next_release import VERSION
from tests.store.test_killed import MIGRATING

# What is found after a kill: how often each. "none" and "all" are as they must be.
Outcomes = Counter[str]
Start = Callable[[Path, Mapping[str, str]], subprocess.Popen[str]]


@dataclass(frozen=True)
class Deed:
    """Something that is killed: how it is begun in a copy of a folder, and what is found there
    afterwards, "none" or "all".

    `first` is the file there whose first writing begins it; empty: the program's first change does.
    """

    name: str
    start: Start
    found: Callable[[Path], str]
    first: str = ""


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a deed takes when nothing happens: bytes on the disk, and changes to files."""

    bytes: int
    changes: int


@lru_cache
def undisturbed(template: Path, deed: Deed) -> Undisturbed:
    """Do it once in a copy."""
    folder = Path(tempfile.mkdtemp(prefix="psm-undisturbed-"))
    copy = OfficeFolder(template).copy(folder / "copy").root
    _ended(deed.start(copy, counted(copy, folder / "spent", deed.first)), 0)
    spent, changes = (folder / "spent").read_text().split()
    shutil.rmtree(folder)
    return Undisturbed(int(spent), int(changes))


def kill_evenly(template: Path, deed: Deed, times: int, folder: Path) -> Outcomes:
    """Begin it in so many copies and kill each, every time further on; what is found in each."""
    changes, outcomes = undisturbed(template, deed).changes, Outcomes()
    for time in range(1, times + 1):
        copy = OfficeFolder(template).copy(folder / f"{deed.name}-{time}").root
        _ended(
            deed.start(copy, killed_at(copy, changes * time // (times + 1), deed.first)),
            -signal.SIGKILL,
        )
        outcomes[deed.found(copy)] += 1
    return outcomes


def _ended(process: subprocess.Popen[str], code: int) -> None:
    with process:
        said, complaint = process.communicate()
    assert process.returncode == code, (said, complaint)


# ---- deeds of an office --------------------------------------------------------------------------


def command(*words: str) -> Start:
    return lambda folder, environment: OfficeFolder(folder).start(*words, environment=environment)


def again(folder: Path, *words: str) -> None:
    """The same command once more, in this process; it has to go through."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.chdir(folder)
        patch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
        assert run(list(words)) == 0


def asked(folder: Path, question: str) -> list[str]:
    """Of the office's register, which has to be whole: the first column of what is found."""
    with closing(open_store(folder / "var" / "register.db", OFFICE)) as store:
        assert troubles_of(store) == ()
        return _answers(store, question)


def _answers(store: Store, question: str) -> list[str]:
    with store.reading() as tx:
        return list(tx.execute(text(question)).scalars())


def _part(count: int, whole: int) -> str:
    return {0: "none", whole: "all"}.get(count, f"{count} of {whole}")


def imported(folder: Path) -> str:
    people = asked(folder, "SELECT number FROM enrolment WHERE cohort = 'D27'")
    events = asked(
        folder, "SELECT id FROM audit_event WHERE verb = 'roster imported' AND subject = 'D27'"
    )
    return _part(len(people), 12) if bool(people) == bool(events) else "people without their event"


def issued(folder: Path) -> str:
    """Numbers all or none, no file without its digest in the register; and the same command again
    gives the rest and nothing twice.
    """
    before = asked(folder, "SELECT number FROM record ORDER BY number")
    digests = set(asked(folder, "SELECT by FROM record_event WHERE event = 'printed'"))
    unknown = [
        path
        for path in _prints(folder)
        if hashlib.sha256(path.read_bytes()).hexdigest() not in digests
    ]
    again(folder, "issue", "D26")
    after = asked(folder, "SELECT number FROM record ORDER BY number")
    if (
        unknown
        or (before and before != after)
        or len(after) != PEOPLE
        or len(_prints(folder)) != PEOPLE
    ):
        return (
            f"{len(unknown)} unknown files; {len(before)} and then {len(after)} records,"
            f" {len(_prints(folder))} files"
        )
    return _part(len(before), PEOPLE)


def _prints(folder: Path) -> list[Path]:
    return list((folder / "var" / "records").rglob("*.pdf"))


def published(folder: Path) -> str:
    """Pages all old or all new, once what lay ready is in its place, as every command sees to that
    comes next; and no file left over.
    """
    site = folder / "var" / "site"
    finish(site)
    listed = (site / MANIFEST).read_text(encoding="utf-8").split()
    words = {
        word
        for name in listed
        if name.endswith(".html")
        for word in ("Lama", "Baru")
        if word in (site / name).read_text("utf-8")
    }
    asked(folder, "SELECT path FROM publication")
    again(folder, "keys", "publish")
    left = sorted(path.name for path in site.iterdir() if path.name.startswith(MANIFEST))
    return (
        {frozenset({"Lama"}): "none", frozenset({"Baru"}): "all"}.get(frozenset(words), "some")
        if left == [MANIFEST]
        else str(left)
    )


DEEDS = (
    Deed("import", command("roster", "import", "D27", "susulan.xlsx"), imported),
    Deed("issue", command("issue", "D26"), issued),
    Deed("publish", command("keys", "publish"), published),
)


# ---- the first day -------------------------------------------------------------------------------


def begun(folder: Path) -> str:
    """A cohort in a register, or nothing;
    and the same command again gives it, in a register that is new or was whole.
    """
    before = asked(folder, "SELECT id FROM cohort")
    if not before:
        again(folder, *_FIRST_COHORT)
    return (
        _part(len(before), 1) if asked(folder, "SELECT id FROM cohort") == ["D26"] else "no cohort"
    )


_FIRST_COHORT = ("cohort", "new", "D26", "--start", "2026-11-24")
FIRST_DAY = Deed("first day", command(*_FIRST_COHORT), begun)


def an_empty_office(folder: Path) -> Path:
    """A course and nothing else yet."""
    return a_course(folder)


# ---- a migration ---------------------------------------------------------------------------------


_LOG = "register.db-wal"


def an_older_register(folder: Path) -> Path:
    folder.mkdir()
    with closing(open_store(folder / "register.db", OFFICE)) as store:
        a_cohort(store, *["Siti"] * 300)
    return folder


def migration(newer: Path) -> Deed:
    """To the next release, whose migrations lie in a folder. It begins when the copy of before is
    whole, and writes into the log first.
    """

    def start(folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", MIGRATING, str(folder / "register.db"), str(newer)]
        return subprocess.Popen(
            arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def found(folder: Path) -> str:
        log = folder / _LOG
        if not log.exists() or not log.stat().st_size:
            return "not begun"
        with closing(sqlite3.connect(folder / "register.db")) as register:
            assert register.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (version,) = register.execute("SELECT version_num FROM alembic_version").fetchone()
            columns = [row[1] for row in register.execute("PRAGMA table_info(enrolment)")]
            (people,) = register.execute("SELECT count(*) FROM enrolment").fetchone()
        said = {("0001", False): "none", (VERSION, True): "all"}.get(
            (version, "nickname" in columns), "some"
        )
        _ended(start(folder, os.environ), 0)
        return said if people == 300 else "people lost"

    return Deed("migration", start, found, first=_LOG)


# ---- a burst -------------------------------------------------------------------------------------


def kill_bursts(database: str, times: int, phones: int = 30) -> Count:
    """So often: phones hand in, the office is killed in the middle; every receipt that was ever
    given is looked up each time.
    """
    held, count, given = held_by(database, times * phones), Count(), list[str]()
    for time in range(times):
        office = Office(database, CAREFUL)
        some = spread(held.documents[time * phones : (time + 1) * phones], within=0.3)
        answers = hand_in_all(
            office.port, some, after=phones * (time + 1) // (times + 1), happens=office.kill
        )
        office.stop()
        given += [held.codes[answer.body["receipt"]] for answer in answers if answer.is_receipt]
        count.images += 1
        with closing(open_register(database)) as store:
            count.look_up(store, list(dict.fromkeys(given)), f"kill {time + 1}")
    return count
