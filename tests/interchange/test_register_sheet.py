"""The register as a sheet: the same columns always, ids as text, no formula of a name or answer."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.register_sheet import (
    ItemLine,
    RegisterLine,
    response_text,
    write_items,
    write_register,
)
from tests.builders import REGION
from tests.register_builders import DEPOK, a_course_file, read_rows

SESSIONS = a_course_file(sessions={"buka": 1, "dasar": 3, "tutup": 2}).sessions
QUIZZES = ("tes-awal", "tes-akhir")
CURUG = "32.76.02.1008"
SITI = RegisterLine(
    "D26-001",
    '=HYPERLINK("x")',
    REGION.home(CURUG),
    presence={"buka": "present", "dasar": "late", "tutup": "excused"},
    scores={"tes-awal": Decimal(100) / 3, "tes-akhir": Decimal("87.50")},
    attended=True,
    passed=True,
    record="400.9/0007/PSM/2026",
)
UJANG = RegisterLine(
    "D26-002",
    "Ujang",
    REGION.home(DEPOK),
    {"buka": "absent"},
    {},
    attended=False,
    passed=False,
    missing="hadir 0 dari 6 JP; tes akhir",
)
ITEM = ItemLine("D26-001", "tes-akhir", 2, "pak-j", "b", Decimal(1), Decimal(2), "marked")


def test_the_register_has_a_row_a_person_and_columns_named_by_ids(tmp_path: Path) -> None:
    write_register(tmp_path / "register.xlsx", SESSIONS, QUIZZES, iter([SITI, UJANG]))

    assert read_rows(tmp_path / "register.xlsx") == [
        [
            *(
                "Nomor peserta",
                "Nama",
                "Kelurahan",
                "Kecamatan",
                "Hadir: buka (1 JP)",
                "Hadir: dasar (3 JP)",
                "Hadir: tutup (2 JP)",
                "JP hadir",
            ),
            *(
                "Nilai: tes-awal",
                "Nilai: tes-akhir",
                "Telah mengikuti",
                "Telah lulus",
                "Yang belum dipenuhi",
                "Nomor sertifikat",
            ),
        ],
        [
            *(
                "D26-001",
                '=HYPERLINK("x")',
                "Curug",
                "Cimanggis",
                "hadir",
                "terlambat",
                "izin",
                "4",
            ),
            *("33.33", "87.5", "ya", "ya", "", "400.9/0007/PSM/2026"),
        ],
        [
            *("D26-002", "Ujang", "Depok", "Pancoran Mas", "alpa", "", "", "0"),
            *("", "", "belum", "belum", UJANG.missing, ""),
        ],
    ]


def test_the_register_reads_back_as_a_roster_with_nothing_to_say(tmp_path: Path) -> None:
    write_register(tmp_path / "register.xlsx", SESSIONS, QUIZZES, [SITI, UJANG])

    assert read_roster(REGION, tmp_path / "register.xlsx") == RosterReading(
        (
            RosterRow("B2", '=HYPERLINK("x")', CURUG, "D26-001"),
            RosterRow("B3", "Ujang", DEPOK, "D26-002"),
        )
    )


def test_openpyxl_finds_text_and_numbers_but_no_formula(tmp_path: Path) -> None:
    write_register(
        tmp_path / "register.xlsx", SESSIONS, QUIZZES, [replace(SITI, missing="+1", record="@x")]
    )

    row = openpyxl.load_workbook(tmp_path / "register.xlsx").active[2]
    assert "".join(cell.data_type for cell in row) == "sssssssnnnssss"
    assert [cell.hyperlink for cell in row] == [None] * 14


def test_the_register_as_csv_keeps_formulas_out(tmp_path: Path) -> None:
    write_register(tmp_path / "register.csv", SESSIONS[:1], QUIZZES[:1], [SITI])

    with (tmp_path / "register.csv").open(encoding="utf-8-sig", newline="") as stream:
        _, row = csv.reader(stream, delimiter=";")
    assert row == [
        "D26-001",
        '\'=HYPERLINK("x")',
        "Curug",
        "Cimanggis",
        "hadir",
        "1",
        "33,33",
        "ya",
        "ya",
        "",
        "400.9/0007/PSM/2026",
    ]


@pytest.mark.parametrize("name", ["register.pdf", "register", "register.xls"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        write_register(tmp_path / name, SESSIONS, QUIZZES, [])

    assert str(refused.value) == Contains(f"{tmp_path / name}: ", "berakhiran .xlsx atau .csv")


# ---- items ---------------------------------------------------------------------------------------


def test_the_item_sheet_has_a_row_for_every_item_of_every_attempt(tmp_path: Path) -> None:
    lines = [
        ITEM,
        replace(ITEM, item="urut", response=["a", "=b"], status="review", points=Decimal(0)),
        replace(ITEM, item="isi", response="=1+1", status="ungradable"),
        replace(
            ITEM, item="kosong", response=None, status="blank", points=Decimal(2) / 3, is_right=True
        ),
    ]

    write_items(tmp_path / "butir.xlsx", iter(lines))

    assert read_rows(tmp_path / "butir.xlsx") == [
        [
            "Nomor peserta",
            "Kuis",
            "Percobaan",
            "Butir",
            "Jawaban",
            "Nilai",
            "Nilai maksimum",
            "Status",
            "Tepat",
        ],
        ["D26-001", "tes-akhir", "2", "pak-j", "b", "1", "2", "dinilai", "tidak"],
        ["D26-001", "tes-akhir", "2", "urut", '["a", "=b"]', "0", "2", "perlu diperiksa", "tidak"],
        ["D26-001", "tes-akhir", "2", "isi", "=1+1", "1", "2", "tidak dapat dinilai", "tidak"],
        ["D26-001", "tes-akhir", "2", "kosong", "", "0.67", "2", "kosong", "ya"],
    ]
    assert {
        cell.data_type
        for row in openpyxl.load_workbook(tmp_path / "butir.xlsx").active
        for cell in row
    } == {"s", "n"}


@pytest.mark.parametrize(
    ("response", "text"),
    [
        ("b", "b"),
        (None, ""),
        (["b", "a"], '["b", "a"]'),
        ({"z": "é", "a": 1}, '{"a": 1, "z": "é"}'),
        (3, "3"),
        (True, "true"),
        ("", ""),
    ],
)
def test_a_response_is_text_whatever_the_item(response: Any, text: str) -> None:
    assert response_text(response) == text


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_memory_stays_flat_however_many_items(tmp_path: Path, suffix: str) -> None:
    def peak(count: int) -> int:
        def lines() -> Iterator[ItemLine]:
            for number in range(count):
                yield replace(ITEM, number=f"D26-{number:07}", response=f"jawaban {number}")

        tracemalloc.start()
        write_items(tmp_path / f"butir{suffix}", lines())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < 2 * peak(400) + 200_000
