"""The made-up office in which the guides' commands are typed, at three moments of its work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psm_course.cli.rehearsal.playing import SINCE, play_cohort
from psm_course.cli.terminal import now
from psm_course.content.course import Course, read_course
from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.registrar.certificates.issuing import hand_out
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.completion.adopting import find_course, first_use
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.settings import read_settings
from psm_course.simulate.messy_hall import write_attendance
from psm_course.starting.starter import start
from psm_course.store.engine import Store
from psm_course.store.opening import open_register
from psm_course.store.people import people
from tests.cli.conftest import PASSPHRASE, typed
from tests.cli.course.test_preview import a_written_course

ACTOR = "petugas"
ADDRESS = "https://psm.contoh.go.id"
# Copies of `var`: D25 is over, and no other cohort open; D26 too is over, all is in and nothing
# signed; who passed has a certificate.
EARLIER, TAUGHT, SIGNED = "tahap/awal", "tahap/belajar", "tahap/terbit"


@contextmanager
def register_in(root: Path) -> Iterator[Store]:
    """The register of the office in that folder."""
    with open_register(read_settings(root)) as store:
        yield store


def an_office(root: Path) -> Path:
    """The office, and beside its `var` a copy of each moment. Its pages are those of a small
    course: ours take minutes.
    """
    start(root, "", {"site_address": ADDRESS, "certified_signature": "folder"})
    where, first_day = read_settings(root), now() - 2 * SINCE
    course, problems = read_course(root)
    assert course is not None, problems
    with register_in(root) as store:
        first_use(store, course, ACTOR, first_day)
        adopted = find_course(store)
        assert adopted is not None
        play_cohort(store, adopted, where, "D25", 50, 1, first_day)
    _keep(root, EARLIER)
    with register_in(root) as store:
        for cohort in ("D27", "E26"):
            open_cohort(
                store, cohort, f"Angkatan {cohort}", now().date(), ACTOR, first_day + SINCE, adopted
            )
        play_cohort(store, adopted, where, "D26", 50, 2, first_day + SINCE)
        for cohort in ("D25", "D26"):
            _everybody_comes(store, adopted, cohort, where.data / cohort)
    _keep(root, TAUGHT)
    with register_in(root) as store:
        signer = new_key(store, where, course.file.organiser, PASSPHRASE, ACTOR, now())
        hand_out(store, adopted, where, signer, "D26", ACTOR, now())
    _build_pages(root)
    _keep(root, SIGNED)
    return root


def _build_pages(root: Path) -> None:
    small = a_written_course(root.parent / "kecil")
    typed(small, "build")
    shutil.copytree(small / "var/build", root / "var/build")


def _everybody_comes(store: Store, course: Course, cohort: str, folder: Path) -> None:
    with store.reading() as tx:
        enrolled = people.list_enrolments(tx, cohort)
    sheet = folder / "kehadiran.xlsx"
    write_attendance(course.region, sheet, enrolled, course.file.sessions, seed=1)
    mark_attendance(store, course, cohort, sheet, ACTOR, now(), replace_all=True)


def _keep(root: Path, moment: str) -> None:
    shutil.copytree(root / "var", root / moment)


def goes_back(root: Path, moment: str) -> None:
    """The office as it was at that moment."""
    shutil.rmtree(root / "var")
    shutil.copytree(root / moment, root / "var")
