"""Issuing, printing and checking records through the register.
Times are of one core: what the processor spent.

`python -m tests.bench.records COUNT FOLDER` does it and prints milliseconds to sign and to print
one, seconds in all, and megabytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.table import Table

from psm_course.domain.register import AttendanceMark
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.certificates.printing import print_certificates
from psm_course.registrar.certificates.publishing import publish_status
from psm_course.settings import Settings
from psm_course.store.attendance import attendance
from psm_course.store.opening import open_store
from tests.bench.certificates import peak, spent
from tests.bench.size import Size
from tests.builders import OFFICE
from tests.published import site_of
from tests.register_builders import ACTOR, COMPLETION, HOURS, NOW, a_cohort, a_course, arranging

PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one measurement
COURSE = a_course(completion=COMPLETION[:1])


def issue_and_print(count: int, folder: Path) -> str:
    """One cohort of that many, all of them finished;
    the certificates and the site's public files are left in the folder.
    """
    settings = Settings(data=folder, site_address="https://dinsos.depok.go.id/psm")
    store = open_store(folder / "register.db", OFFICE)
    learners = a_cohort(store, *[f"Siti Nurhayati {index}" for index in range(count)])
    with arranging(store) as tx:
        attendance.add_marks(
            tx,
            [
                AttendanceMark(each.number, session, "present")
                for each in learners
                for session in HOURS
            ],
            ACTOR,
            NOW,
        )
    signer = new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)
    start = time.perf_counter()
    signing = spent(lambda: issue_records(store, COURSE, settings, signer, "D26", ACTOR, NOW))
    printing = spent(lambda: list(print_certificates(store, settings, "D26", ACTOR, NOW)))
    publish_status(store, signer, ACTOR, NOW)
    took = time.perf_counter() - start
    site_of(store, settings, folder / "situs")
    store.close()
    return f"{signing * 1000 / count} {printing * 1000 / count} {took} {peak()}"


def record_rows(table: Table, size: Size) -> None:
    count = size.records
    with tempfile.TemporaryDirectory() as place:
        few, many = (_alone(each, Path(place) / str(each)) for each in (count // 10, count))
        checked = _checked(Path(place) / str(count), count)
    load = os.getloadavg()[0]
    table.add_row(
        "issue one record (judge, number, credential, token, store)",
        f"{many[0]:.1f} ms",
        "≤ 20 ms",
        f"load {load:.1f}",
    )
    table.add_row("print one record through the register", f"{many[1]:.1f} ms", "≤ 20 ms", "")
    table.add_row(
        f"{count:,} records issued and printed, by the clock",
        f"{many[2]:.1f} s",
        "≤ 20 s",
        f"one core {sum(many[:2]):.1f} s",
    )
    grown = f"{many[3] / few[3]:.2f} ×"
    table.add_row(
        f"peak memory, {count // 10:,} then {count:,}",
        f"{few[3]:.0f} then {many[3]:.0f} MB",
        "flat",
        grown,
    )
    table.add_row(
        f"psm verify of a folder of {count:,} PDFs, one core", f"{checked:.1f} s", "≤ 2.2 s", ""
    )


def _alone(count: int, folder: Path) -> tuple[float, float, float, float]:
    folder.mkdir()
    command = [sys.executable, "-m", "tests.bench.records", str(count), str(folder)]
    signing, printing, took, most = map(
        float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    )
    return signing, printing, took, most


def _checked(folder: Path, count: int) -> float:
    """Seconds of processor for the command itself, its start included."""
    before = os.times()
    command = [
        sys.executable,
        "-m",
        "psm_course.cli.main",
        "verify",
        str(folder / "records"),
        "--site",
        str(folder / "situs"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = os.times()
    assert done.stdout.splitlines()[-1] == f"{count} diperiksa: {count} asli"
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


if __name__ == "__main__":
    print(issue_and_print(int(sys.argv[1]), Path(sys.argv[2])))
