"""Another city is another `wilayah.yml` and nothing else: a made-up one goes through check, roster,
coverage and a rehearsal.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from psm_course.checking.check import check_course
from psm_course.cli.rehearsal.playing import play_cohort
from psm_course.content.course import Course, read_course
from psm_course.content.region import Kelurahan, Region
from psm_course.errors import Refused
from psm_course.registrar.certificates.issuing import issued_by
from psm_course.registrar.completion.adopting import first_use
from psm_course.registrar.people.enrolling import import_roster
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests import register_builders as register
from tests.builders import a_course, write
from tests.databases import file_store
from tests.register_builders import ACTOR, NOW, a_roster
from tests.web.conftest import Visitor, client, officer, signed_in

__all__ = ["client", "file_store", "officer", "signed_in"]
PRODUCT = Path(__file__).parent.parent / "psm_course"
CITY = (Path(__file__).parent / "regions" / "kota-contoh.yml").read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = a_course(tmp_path / "kursus")
    write(root, "modules/wilayah.yml", CITY)
    return root


@pytest.fixture
def region(root: Path) -> Region:
    read, problems = read_course(root)
    assert problems == []
    assert read is not None
    return read.region


@pytest.fixture
def course(region: Region) -> Course:
    return replace(register.a_course(), region=region)


@pytest.fixture
def store(file_store: Store, course: Course) -> Store:
    """The register of an office that adopted the course of that city."""
    first_use(file_store, course, ACTOR, NOW)
    return file_store


def test_it_passes_the_check(root: Path) -> None:
    assert [str(problem) for problem in check_course(root, date(2026, 11, 24)).problems] == []


def test_its_people_are_enrolled_with_its_codes(
    store: Store, region: Region, tmp_path: Path
) -> None:
    register.a_cohort(store)
    sheet = a_roster(
        tmp_path / "peserta.xlsx",
        ("Siti Rahayu", "Kel. Melati (Contoh Selatan)"),
        ("Ujang Hidayat", "Mawar Jaya"),
    )

    added = import_roster(store, region, "D26", sheet, ACTOR, NOW).added

    assert [(person.name, str(region.home(person.kelurahan))) for person in added] == [
        ("Siti Rahayu", "Melati (Contoh Selatan)"),
        ("Ujang Hidayat", "Mawarjaya"),
    ]


def test_a_kelurahan_of_elsewhere_is_not_there(
    store: Store, region: Region, tmp_path: Path
) -> None:
    register.a_cohort(store)

    with pytest.raises(Refused, match=r'"Beji" tidak ada .*Contoh;'):
        import_roster(
            store,
            region,
            "D26",
            a_roster(tmp_path / "peserta.xlsx", ("Siti Rahayu", "Beji")),
            ACTOR,
            NOW,
        )


def test_coverage_is_a_table_where_no_places_are_written(
    officer: Visitor, store: Store, region: Region
) -> None:
    register.a_cohort(store, "Siti Rahayu", kelurahan=region.homes[0].code)

    page = officer.get("/cakupan").text

    assert "<svg" not in page
    assert re.findall(r"<h2>([^<]+) <small>([^<]+)</small>", page) == [
        ("Contoh Utara", "0 dari 2 kelurahan, 0 PSM"),
        ("Contoh Selatan", "0 dari 2 kelurahan, 0 PSM"),
    ]
    assert re.findall(
        r'<th scope="row">Melati \(Contoh Utara\)</th>'
        r'<td><span class="(\w+)">[^<]+</span></td><td>(\d+)</td>',
        page,
    ) == [("open", "1")]


def test_status_shows_by_its_code_whoever_lives_in_a_kelurahan_that_the_file_lost(
    officer: Visitor, store: Store
) -> None:
    register.a_cohort(store, "Siti Rahayu", kelurahan="99.71.03.1001")

    page = officer.get("/angkatan/D26")

    assert page.status_code == 200
    assert '<td role="cell">99.71.03.1001</td>' in page.text


def test_a_messy_day_is_played_there(store: Store, course: Course, tmp_path: Path) -> None:
    played = play_cohort(store, course, Settings(data=tmp_path), "S001", 12, 1, NOW)
    roster = (tmp_path / "S001" / "peserta-kecamatan.csv").read_bytes().decode("windows-1252")

    assert played.enrolled == 13
    assert "PEMERINTAH KOTA CONTOH" in roster
    assert ";;;Contoh, 1 Desember 2026;" in roster


def test_its_certificates_name_its_office_unless_the_settings_do(region: Region) -> None:
    own, other = (
        issued_by(settings, region, NOW)
        for settings in (Settings(), Settings(place="Lain", signatory_title="Plt. Kepala"))
    )

    assert (own["place"], own["signatory_title"]) == ("Contoh", "Kepala Dinas Sosial Kota Contoh")
    assert (other["place"], other["signatory_title"]) == ("Lain", "Plt. Kepala")


def test_a_kelurahan_prints_its_kecamatan_only_where_its_name_is_shared(region: Region) -> None:
    assert region.homes[1:3] == (
        Kelurahan("99.71.01.1002", "Contoh Utara", "Mawarjaya"),
        Kelurahan("99.71.02.1001", "Contoh Selatan", "Melati", shares_name=True),
    )
    assert [str(home) for home in region.homes[1:3]] == ["Mawarjaya", "Melati (Contoh Selatan)"]


def test_no_city_is_named_in_the_program() -> None:
    assert [
        path.name
        for path in PRODUCT.rglob("*.py")
        if "depok" in path.read_text(encoding="utf-8").casefold()
    ] == []
