"""Two cities begin with `psm init`, teach, grade and certify, side by side on one database: neither
shows in the other's papers.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from pypdf import PdfReader

from psm_course.cli.rehearsal.playing import SINCE, play_cohort
from psm_course.content.course import read_course
from psm_course.content.region import read_region
from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.registrar.certificates.issuing import hand_out
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.completion.adopting import first_use
from psm_course.settings import Settings, read_settings
from psm_course.simulate.messy_hall import write_attendance
from psm_course.starting.starter import HELP_FILE, start
from psm_course.store.opening import open_register
from psm_course.store.people import people
from tests.cli.conftest import PASSPHRASE, Psm
from tests.register_builders import ACTOR
from tests.server import Server

COHORT, PEOPLE = "D26", 12
NOW = datetime.now(UTC)


@pytest.fixture
def database(server: Server) -> str:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE dua_kota")
    return server.address("dua_kota")


def begun(root: Path, city: str, database: str) -> Settings:
    """A course folder whose blanks are filled in, and its settings."""
    start(root, city, {"database": database})
    help_file = root / HELP_FILE
    filled = help_file.read_text(encoding="utf-8").replace("«nomor»", "0251-1234567")
    help_file.write_text(re.sub("[«»]", "", filled), encoding="utf-8")
    return read_settings(root, {})


def certified(where: Settings) -> list[Path]:
    """One cohort from its roster to its certificates."""
    course, _ = read_course(where.root)
    assert course is not None
    first_day = NOW - SINCE
    with open_register(where, migrate=True) as store:
        first_use(store, course, ACTOR, first_day)
        play_cohort(store, course, where, COHORT, PEOPLE, 1, first_day)
        with store.reading() as tx:
            enrolled = people.list_enrolments(tx, COHORT)
        sheet = where.data / "hadir.xlsx"
        write_attendance(course.region, sheet, enrolled, course.file.sessions, 1)
        mark_attendance(store, course, COHORT, sheet, ACTOR, NOW, replace_all=True)
        signer = new_key(store, where, course.file.organiser, PASSPHRASE, ACTOR, NOW)
        return list(hand_out(store, course, where, signer, COHORT, ACTOR, NOW).printed)


def test_each_certifies_its_own(
    tmp_path: Path, database: str, psm: Psm, monkeypatch: pytest.MonkeyPatch
) -> None:
    cities = {
        name: begun(tmp_path / name, code, database)
        for name, code in (("Depok", "32.76"), ("Bogor", "32.71"))
    }
    papers = {name: certified(where) for name, where in cities.items()}

    for (name, where), other in zip(cities.items(), ("Bogor", "Depok"), strict=True):
        assert papers[name]
        for paper in papers[name]:
            text = "\n".join(page.extract_text() for page in PdfReader(paper).pages)
            assert f"Dinas Sosial Kota {name}" in text
            assert other not in text
        monkeypatch.chdir(where.root)
        own = [json.loads(psm("verify", paper, "--json").out)["verdict"] for paper in papers[name]]
        foreign = [
            json.loads(psm("verify", paper, "--json").out)["verdict"] for paper in papers[other]
        ]
        assert Counter(own) == {"valid": len(own)}
        assert Counter(foreign) == {"unknown_issuer": len(foreign)}
        region, _ = read_region(where.root)
        assert region is not None
        homes = {person["kelurahan"] for person in json.loads(psm("status", COHORT, "--json").out)}
        assert homes <= {str(home) for home in region.homes}
