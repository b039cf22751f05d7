"""`kill -9` in the middle of a migration or an import: all of it, or none."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from psm_course.domain.register import Cohort
from psm_course.store import migrating
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.store.people import cohorts, people
from psm_course.store.soundness.checking import check_store
from tests.builders import OFFICE
from tests.databases import opened_again
from tests.register_builders import a_cohort, arranging, enrolled_in
from tests.store.next_release import VERSION, migrations_of_the_next_release

# How far each victim gets before it is killed, as shares of the time that an undisturbed one takes.
SHARES = (0.3, 0.6, 0.8, 0.95)
MANY = 3000

MIGRATING = f"""
import sys
from pathlib import Path
from psm_course.store import migrating
from psm_course.store.opening import open_store
import alembic.command
migrating.MIGRATIONS, migrating.HEAD = Path(sys.argv[2]), "{VERSION}"
print("ready", flush=True)
open_store(Path(sys.argv[1]), "{OFFICE}").close()
"""

IMPORTING = """
import sys
from pathlib import Path
from psm_course.domain.register import Enrolment
from psm_course.store import audit
from psm_course.store.opening import open_server, open_store
from psm_course.store.people import people
from tests.builders import OFFICE
from tests.register_builders import DEPOK, NOW
where = sys.argv[1]
is_server = where.startswith("postgresql")
store = open_server(where, OFFICE) if is_server else open_store(Path(where), OFFICE)
print("ready", flush=True)
with store.transaction() as tx:
    for number in range(int(sys.argv[2])):
        people.add_enrolments(tx, [Enrolment(f"D26-{number:05}", "D26", "Siti", DEPOK)])
    audit.note(tx, "petugas", "roster imported", "D26", NOW, added=int(sys.argv[2]))
store.close()
"""


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    """The program, once it is about to do its deed."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def undisturbed(program: str, *arguments: str) -> float:
    """Seconds that the deed takes."""
    process = started(program, *arguments)
    begun = time.monotonic()
    with process:
        assert process.wait() == 0
    return time.monotonic() - begun


def killed(program: str, after: float, *arguments: str) -> None:
    with started(program, *arguments) as process:
        time.sleep(after)
        assert process.poll() in {
            None,
            0,
        }  # still at it or done, never stopped by a mistake of its own
        process.kill()  # nothing where it was done already


def an_older_register(path: Path) -> Path:
    store = open_store(path, OFFICE)
    a_cohort(store, *["Siti"] * MANY)
    store.close()
    return path


def test_a_migration_is_whole_or_was_never_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = migrations_of_the_next_release(tmp_path)
    first = an_older_register(tmp_path / "satu.db")
    older = [Path(shutil.copyfile(first, tmp_path / f"{share}.db")) for share in SHARES]
    takes = undisturbed(MIGRATING, str(first), str(newer))
    monkeypatch.setattr(migrating, "MIGRATIONS", newer)
    monkeypatch.setattr(migrating, "HEAD", VERSION)

    for share, path in zip(SHARES, older, strict=True):
        killed(MIGRATING, share * takes, str(path), str(newer))
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            columns = {row[1] for row in connection.execute(text("PRAGMA table_info(enrolment)"))}
        engine.dispose()
        assert (version, "nickname" in columns) in {("0001", False), (VERSION, True)}

        recovered = open_store(path, OFFICE)
        assert len(enrolled_in(recovered)) == MANY
        assert check_store(recovered).problems == ()
        recovered.close()


@pytest.fixture
def address(store: Store, tmp_path: Path) -> str:
    """Where the register is, for another program."""
    with arranging(store) as tx:
        cohorts.add_cohort(tx, Cohort("D26", "Angkatan D26", date(2026, 11, 24)))
    url = store.engine.url
    return (
        str(tmp_path / "register.db")
        if url.get_backend_name() == "sqlite"
        else url.render_as_string(hide_password=False)
    )


def test_an_import_is_whole_or_was_never_begun(store: Store, address: str) -> None:
    for share in SHARES:
        killed(IMPORTING, share, address, str(MANY))

        again = opened_again(store)
        with again.reading() as tx:
            enrolled = len(people.list_enrolments(tx, "D26"))
        sound = check_store(again)
        again.close()
        assert (enrolled, sound.events, sound.problems) in {(0, 1, ()), (MANY, 2, ())}
        if enrolled:
            return
