"""What an office gives out at the keyboard: sheets, the roster, and the report pack;
and a messy day to rehearse with.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from dirty_equals import Contains

from tests.cli.conftest import Psm, a_hand_in
from tests.register_builders import a_sheet, read_rows


def test_the_register_and_the_items_are_written_as_sheets(office: Psm, course: Path) -> None:
    a_sheet(course / "hadir.xlsx", ("Nomor", "pembukaan"), ("D26-001", "t"))
    office("attendance", "import", "D26", "hadir.xlsx")
    office("submit", "-", stdin=a_hand_in("D26-001").encode())

    register = office("export", "register", "D26", "register.xlsx")
    assert register.out == Contains("2 peserta", "register.xlsx.\n")
    items = office("export", "items", "D26", "butir.csv")
    assert items.out == Contains("1 butir", "butir.csv.\n")

    assert read_rows(course / "register.xlsx")[1][:6] == [
        "D26-001",
        "Siti Rahayu",
        "Depok",
        "Pancoran Mas",
        "terlambat",
        "",
    ]
    assert read_rows(course / "butir.csv")[1][:5] == ["D26-001", "tes-akhir", "1", "salam", "a"]


def test_a_roster_given_out_comes_back_without_change(office: Psm) -> None:
    out = office("export", "roster", "D26", "ekspor.xlsx").out
    assert out == Contains("2 peserta", "ekspor.xlsx.\n")

    assert (
        office("roster", "import", "D26", "ekspor.xlsx").out
        == "0 peserta baru, 0 diperbarui, 2 tetap.\n"
    )
    assert office("export", "roster", "D26", "ekspor.xlsx") == (
        2,
        "",
        Contains("ekspor.xlsx sudah ada"),
    )


def test_a_sheet_of_another_kind_is_refused(office: Psm) -> None:
    assert office("export", "register", "D26", "register.pdf") == (
        2,
        "",
        Contains("register.pdf: ", "berakhiran .xlsx atau .csv.\n"),
    )
    assert office("export", "roster", "D26", "peserta.csv") == (
        2,
        "",
        Contains("peserta.csv: ", "berakhiran .xlsx.\n"),
    )


def test_the_report_pack_is_one_command(office: Psm, course: Path) -> None:
    ran = office("report", "D26", "--out", "laporan", "--number", "800/1/2026")

    assert ran.out.splitlines() == [
        Contains("Berita acara", "laporan:"),
        "  SHA256SUMS.txt",
        "  berita-acara.pdf",
        "  butir.xlsx",
        "  manifest.json",
        "  puncak-catatan.txt",
        "  register.xlsx",
    ]
    assert (
        json.loads((course / "laporan" / "manifest.json").read_text(encoding="utf-8"))["cohort"]
        == "D26"
    )
    assert office("report", "D26", "--out", "laporan") == (
        2,
        "",
        Contains("laporan sudah ada", "laporan lama"),
    )
    assert office("report", "D26").code == office("report", "D26", "--out", "lagi").code == 0


# ---- rehearsing ----------------------------------------------------------------------------------


def test_a_messy_day_is_played_beside_the_office_never_in_it(office: Psm, course: Path) -> None:
    before = (course / "var" / "register.db").read_bytes()

    ran = office("simulate", "--people", "12", "--into-register")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "S001:"
    unknown = Contains("  pindaian.jsonl: ", "bukan dari angkatan", "(X00-000)")
    assert unknown in ran.out.splitlines()
    with closing(sqlite3.connect(course / "var" / "simulasi" / "register.db")) as register:
        (last,) = register.execute("SELECT max(at) FROM audit_event").fetchone()
    assert last < f"{datetime.now(UTC):%F %T}"  # nothing happens tomorrow
    assert (course / "var" / "register.db").read_bytes() == before
    assert office("cohort", "list").out == "D26  Angkatan D26, mulai 2026-11-24\n"


def test_the_files_of_a_messy_day_can_be_worked_with(office: Psm, course: Path) -> None:
    assert office("simulate", "--people", "12", "--cohorts", "2", "--out", "latihan").code == 0
    office("cohort", "new", "S001")

    asked = office("roster", "import", "S001", "latihan/S001/peserta-kecamatan.csv")
    refused = office("roster", "import", "S001", "latihan/S001/peserta-dengan-nik.xlsx")

    assert asked.err.splitlines()[0] == Contains("peserta-kecamatan.csv: ", ".csv: belum ada yang")
    assert "NIK" in refused.err
    assert sorted(path.name for path in (course / "latihan").iterdir()) == ["S001", "S002"]
    assert office("simulate", "--out", "latihan") == (
        2,
        "",
        Contains("latihan sudah berisi", "--out"),
    )
