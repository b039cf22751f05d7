"""How many people there are, of which sex and age: each counted once, wherever enrolled."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from dirty_equals import Contains

from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.people.enrolling import import_roster, preview_roster
from psm_course.registrar.people.overview import ages_said, coverage
from psm_course.registrar.people.privacy import erase_person
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    DEPOK,
    NOW,
    a_cohort,
    a_sheet,
    a_signer,
    arranging,
    completes,
    enrolled_in,
    issues,
)
from tests.registrar.people.years import (
    BEJI,
    COURSE,
    IN_2028,
    WHY,
    in_another_year,
    in_depok,
    linked,
)

# ---- counted once --------------------------------------------------------------------------------


def test_coverage_counts_a_person_with_two_certificates_once(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    completes(store, COURSE, "D26-001")
    in_another_year(store, "Siti Rahayu")
    completes(store, COURSE, "D28-001")
    (first,), (second,) = issues(store, COURSE), issues(store, COURSE, "D28", IN_2028)
    apart = in_depok(store)

    linked(store, "D26-001", "D28-001")
    together = in_depok(store)
    revoke(store, a_signer(), [first], "salah orang", ACTOR, NOW)
    one_left = in_depok(store)
    revoke(store, a_signer(), [second], "salah orang", ACTOR, NOW)

    assert (apart, together, one_left, in_depok(store)) == ((2, 3), (1, 2), (1, 2), (0, 2))


def test_who_moved_house_is_counted_where_they_live_now(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    in_another_year(store, "Siti Rahayu", kelurahan=BEJI)

    linked(store, "D26-001", "D28-001")

    assert (in_depok(store), in_depok(store, BEJI)) == ((0, 0), (0, 1))


# ---- for counts only -----------------------------------------------------------------------------


def test_sex_and_birth_year_are_read_where_a_roster_has_them(store: Store, tmp_path: Path) -> None:
    in_another_year(store)
    header = ("Nama", "Kelurahan", "Jenis Kelamin (L/P)", "Tahun Lahir")
    rows = (
        ("Siti", "Depok", "P", 1980),
        ("Ujang", "Depok", "Laki-laki", "1975"),
        ("Rini", "Depok", "", ""),
    )

    import_roster(store, REGION, "D28", a_sheet(tmp_path / "p.xlsx", header, *rows), ACTOR, NOW)

    assert [(each.sex, each.birth_year) for each in enrolled_in(store, "D28")] == [
        ("P", 1980),
        ("L", 1975),
        (None, None),
    ]
    (depok,) = (each for each in coverage(store, REGION) if each.kelurahan.code == DEPOK)
    assert (depok.men, depok.women, depok.enrolled) == (1, 1, 3)


def test_ages_are_counted_once_for_each_person_and_told_in_bands(
    store: Store, tmp_path: Path
) -> None:
    born = [2000] * 2 + [1995] * 4 + [1975] * 5 + [None]
    in_another_year(store, *(f"Orang {number}" for number in range(len(born))))
    with arranging(store) as tx:
        told = zip(people.list_enrolments(tx, "D28"), born, strict=True)
        people.change_enrolments(tx, [replace(each, birth_year=year) for each, year in told])
    in_another_year(store, "Orang A", cohort="D29")
    linked(store, "D28-001", "D29-001")

    before = ages_said(store, coverage(store, REGION), 2026)
    erase_person(store, Settings(data=tmp_path), "D28-011", WHY, ACTOR, NOW)

    assert re.split("[,;] ", before) == [
        "di bawah 25: 0",
        "25–34: 6",
        "35–44: 0",
        "45–54: 5",
        "55 ke atas: 0",
        "1 tidak diisi",
    ]
    assert re.split("[,;] ", ages_said(store, coverage(store, REGION), 2026)) == [
        "di bawah 25: 0",
        "25 ke atas: 10",
        "2 tidak diisi",
    ]


def test_a_birth_year_that_cannot_be_gets_a_sentence_with_its_cell(
    store: Store, tmp_path: Path
) -> None:
    in_another_year(store)
    header = ("Nama", "Kelurahan", "L/P", "Tahun Lahir")
    rows = (
        ("Siti", "Depok", "X", 19),
        ("Ujang", "Depok", "L", 2027),
        ("Rini", "Depok", "P", "3276014401800001"),
    )

    problems = preview_roster(
        store, REGION, "D28", a_sheet(tmp_path / "p.xlsx", header, *rows)
    ).problems

    told = {problem.cell: problem.message for problem in problems}
    assert told["C2"] == Contains('jenis kelamin "X" tidak', "L atau P")
    assert told["D2"] == Contains('tahun lahir "19" tidak', "empat angka")
    assert told["D3"].startswith('tahun lahir "2027" tidak')
    assert told["D4"] == Contains("16 angka", "NIK")
