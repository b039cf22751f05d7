"""The register as sheets: what stands in them, and that they are made in as many queries for three
people as for one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.errors import Refused
from psm_course.registrar.reports.exporting import export_items, export_register
from psm_course.store.engine import Store
from tests.databases import questions_to
from tests.register_builders import (
    HOURS,
    NOW,
    RIGHT,
    a_cohort,
    a_course,
    a_hand_in,
    attends,
    completes,
    hands_in,
    read_rows,
)

COURSE = a_course()


def test_the_register_says_of_each_person_who_came_what_they_scored_and_what_is_missing(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti", "=1+1")
    completes(store, COURSE, "D26-001")
    attends(store, "D26-002", "buka")

    count = export_register(store, COURSE, "D26", tmp_path / "register.xlsx", NOW)

    header, siti, other = read_rows(tmp_path / "register.xlsx")
    assert count == 2
    assert header == [
        *("Nomor peserta", "Nama", "Kelurahan", "Kecamatan"),
        *(f"Hadir: {name} ({hours} JP)" for name, hours in HOURS.items()),
        *("JP hadir", "Nilai: tes-awal", "Nilai: tes-akhir"),
        *("Telah mengikuti", "Telah lulus", "Yang belum dipenuhi", "Nomor sertifikat"),
    ]
    assert siti == [
        "D26-001",
        "Siti",
        "Depok",
        "Pancoran Mas",
        *["hadir"] * 8,
        "16",
        "0",
        "100",
        "ya",
        "ya",
        "",
        "",
    ]
    assert other[:5] == ["D26-002", "=1+1", "Depok", "Pancoran Mas", "hadir"]
    assert other[12:17] == ["1", "", "", "belum", "belum"]
    assert other[17].startswith("Hadir 80 %: hadir 1 dari 16 JP")


def test_every_item_of_every_attempt_is_a_row(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti")
    a_cohort(store, "Lain", cohort="D27")
    hands_in(store, COURSE, a_hand_in("D27-001"))
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT | {"dua": "b"}))
    hands_in(store, COURSE, a_hand_in("D26-001", responses={"satu": "a"}, id="lagi"))

    count = export_items(store, "D26", tmp_path / "butir.xlsx")

    rows = read_rows(tmp_path / "butir.xlsx")
    assert count == len(rows) - 1 == 8
    assert rows[1] == ["D26-001", "tes-akhir", "1", "satu", "a", "1", "1", "dinilai", "ya"]
    assert rows[2] == ["D26-001", "tes-akhir", "1", "dua", "b", "0", "1", "dinilai", "tidak"]
    assert rows[6] == ["D26-001", "tes-akhir", "2", "dua", "", "0", "1", "kosong", "tidak"]


@pytest.mark.parametrize("names", [("Siti",), ("Siti", "Ujang", "Ani")])
def test_the_sheets_are_made_in_a_fixed_number_of_queries(
    store: Store, tmp_path: Path, names: tuple[str, ...]
) -> None:
    completes(store, COURSE, *[person.number for person in a_cohort(store, *names)])

    with questions_to(store) as asked_for_register:
        export_register(store, COURSE, "D26", tmp_path / "register.xlsx", NOW)
    with questions_to(store) as asked_for_items:
        export_items(store, "D26", tmp_path / "butir.xlsx")

    assert (len(asked_for_register), len(asked_for_items)) == (12, 5)


def test_a_file_that_stands_is_never_written_over(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti")
    (tmp_path / "ada.xlsx").write_bytes(b"milik orang")

    for export in (
        lambda path: export_register(store, COURSE, "D26", path, NOW),
        lambda path: export_items(store, "D26", path),
    ):
        with pytest.raises(Refused, match=r"ada\.xlsx sudah ada\.") as refused:
            export(tmp_path / "ada.xlsx")
        assert str(refused.value).endswith(". Pilih nama lain.")

    assert (tmp_path / "ada.xlsx").read_bytes() == b"milik orang"
