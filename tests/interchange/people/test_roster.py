"""The roster sheet: people as kecamatan write them; what was understood is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from dirty_equals import Contains, IsStr

from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.interchange.people.roster import RosterReading, read_roster, write_roster
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.sheets.sheets import SheetFile
from tests.builders import REGION
from tests.interchange.people.rosters import (
    BAKTIJAYA,
    CURUG_BOJONGSARI,
    a_csv,
    at_cells,
    questions,
    reading,
)
from tests.interchange.sheets.old_excel import an_xls
from tests.interchange.sheets.open_document import a_row, an_ods
from tests.register_builders import DEPOK, a_sheet


def people_on(tmp_path: Path, *rows: Sequence[object]) -> tuple[RosterRow, ...]:
    read = reading(tmp_path, *rows)
    assert read.is_clear, read
    return read.rows


def sentence_of_reading(source: Path | SheetFile) -> str:
    with pytest.raises(Refused) as refused:
        read_roster(REGION, source)
    return str(refused.value)


# ---- people --------------------------------------------------------------------------------------


def test_people_are_read_with_the_cell_of_their_name(tmp_path: Path) -> None:
    assert people_on(tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Baktijaya", "D26-007")) == (
        RosterRow("A2", "Siti Rahayu", DEPOK),
        RosterRow("A3", "Ujang", BAKTIJAYA, "D26-007"),
    )


def test_a_roster_as_a_kecamatan_sends_it(tmp_path: Path) -> None:
    """Letterhead, a header, its numbering line, a section, gaps, a total and the signatures."""
    path = a_sheet(
        tmp_path / "peserta.xlsx",
        ("PEMERINTAH KOTA DEPOK",),
        ("Daftar nama peserta Bimtek",),
        (),
        ("No.", "NAMA PSM", "Alamat", "Desa/Kelurahan", "Kec.", "No. HP/WA"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("Kecamatan Bojongsari",),
        (1, "Siti Rahayu", "Jl. Mawar", "Curug", "Bojongsari", "0812-3456-7890"),
        (),
        (2, "  Ujang   Hidayat ", "", "Kel. Baktijaya", "Sukmajaya", 81234567891),
        ("No.", "NAMA PSM", "Alamat", "Desa/Kelurahan", "Kec.", "No. HP/WA"),
        (3, "Catatan Hidayat", "Catatan: sakit", "Depok"),
        (4,),
        ("", "Jumlah", "", "3 orang"),
        ("", "", "", "Depok, 1 Desember 2026"),
        ("", "Mengetahui,", "", "Lurah Depok"),
        ("", "Drs. Ahmad", "", "Dra. Aminah"),
        ("", "NIP. 197001011990031001"),
    )

    read = read_roster(REGION, path)

    skipped = '"Kecamatan Bojongsari"; "Jumlah"; "Depok, 1 Desember 2026"; "Mengetahui,"'
    assert at_cells(read.notes) == [
        ("C4", IsStr(regex=r".*tidak disimpan: Alamat")),
        ("A6", Contains("dilewati", f": {skipped} dan 2 baris lain")),
        ("F9", Contains("angka 0", "sudah dikembalikan")),
    ]
    assert read == RosterReading(
        (
            RosterRow("B7", "Siti Rahayu", CURUG_BOJONGSARI, phone="081234567890"),
            RosterRow("B9", "Ujang Hidayat", BAKTIJAYA, phone="081234567891"),
            RosterRow("B11", "Catatan Hidayat", DEPOK),
        ),
        notes=read.notes,
    )


@pytest.mark.parametrize(
    "kind", ["xlsx", "xls", "ods", "csv", "utf-16 txt", "windows-1252 csv", "commas"]
)
def test_a_roster_reads_the_same_whatever_kind_of_file_it_is(tmp_path: Path, kind: str) -> None:
    rows = (
        ("DAFTAR PESERTA",),
        (),
        ("No", "Nama", "Kelurahan", "HP"),
        ("1", "Siti Çelebi", "Depok", "0812 3456 7890"),
    )
    lines = {separator: "\n".join(separator.join(row) for row in rows) for separator in ";,\t"}
    files = {
        "xlsx": lambda: SheetFile("a.xlsx", a_sheet(tmp_path / "a.xlsx", *rows).read_bytes()),
        "xls": lambda: SheetFile("a.xls", an_xls(*rows)),
        "ods": lambda: SheetFile("a.ods", an_ods(*[a_row(*row) for row in rows])),
        "csv": lambda: SheetFile("a.csv", lines[";"].encode("utf-8-sig")),
        "utf-16 txt": lambda: SheetFile("a.txt", lines["\t"].encode("utf-16")),
        "windows-1252 csv": lambda: SheetFile("a.CSV", lines[";"].encode("windows-1252")),
        "commas": lambda: SheetFile("a.csv", lines[","].encode()),
    }

    read = read_roster(REGION, files[kind]())

    unseen = [("", Contains("tersembunyi tidak terlihat", ".xlsx"))] if kind == "xls" else []
    assert at_cells(read.notes) == unseen
    assert read == RosterReading(
        (RosterRow("B4", "Siti Çelebi", DEPOK, phone="081234567890"),), notes=read.notes
    )


def test_people_after_a_subtotal_are_people(tmp_path: Path) -> None:
    read = reading(
        tmp_path, ("Siti", "Depok"), ("Jumlah: 1 orang",), ("Ujang", "Baktijaya"), ("Total 2",)
    )

    assert [row.name for row in read.rows] == ["Siti", "Ujang"]
    assert at_cells(read.notes) == [
        ("A3", IsStr(regex=r'.*dilewati: "Jumlah: 1 orang"; "Total 2"'))
    ]


def test_a_header_may_be_merged_over_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "peserta.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:E1", "DAFTAR PESERTA")
        for column, heading in (("A", "No"), ("B", "Nama"), ("E", "Telp")):
            sheet.merge_range(f"{column}2:{column}3", heading)
        sheet.merge_range("C2:D2", "Wilayah")
        sheet.write_row("C3", ["Kelurahan", "Kecamatan"])
        sheet.write_row("A4", [1, "Siti", "Depok", "Pancoran Mas", "021-7771234"])
        sheet.write_row("A5", [2, "Ujang", "", "", ""])
        sheet.merge_range("C4:C5", "Depok")

    assert read_roster(REGION, path) == RosterReading(
        (RosterRow("B4", "Siti", DEPOK, phone="0217771234"), RosterRow("B5", "Ujang", DEPOK))
    )


@pytest.mark.parametrize(
    "name",
    [
        "Nama",
        "nama lengkap",
        "NAMA PESERTA",
        "Nama PSM",
        "nama_lengkap",
        "Nama :",
        "Nama Lengkap dan Gelar",
        "Nama (sesuai ijazah)",
    ],
)
@pytest.mark.parametrize(
    "home",
    [
        "Kelurahan",
        "KEL.",
        "Desa/Kel",
        "Kelurahan / Desa",
        "kel/desa",
        "Asal Kelurahan",
        "Nama Kelurahan",
    ],
)
def test_headings_are_known_however_they_are_written(name: str, home: str) -> None:
    assert read_roster(REGION, a_csv(f"{home};{name}\nDepok;Siti\n")) == RosterReading(
        (RosterRow("B2", "Siti", DEPOK),)
    )


@pytest.mark.parametrize(
    "phone",
    [
        "No HP",
        "No. HP/WA",
        "Nomor Telepon",
        "Telp",
        "HP",
        "No. Telp.",
        "WhatsApp",
        "No. Handphone",
        "Kontak",
    ],
)
def test_a_telephone_may_be_called_many_things(phone: str) -> None:
    read = read_roster(REGION, a_csv(f"Nama;Kel;{phone}\nSiti;Depok;+62 812 3456 7890\n"))

    assert read == RosterReading((RosterRow("A2", "Siti", DEPOK, phone="081234567890"),))


def test_columns_that_nobody_needs_are_ignored_and_said() -> None:
    read = read_roster(
        REGION, a_csv("Nama;Email;Kel;Nama Ibu;Alamat sesuai KTP\nSiti;s@x.id;Depok;Ani;Mawar\n")
    )

    assert at_cells(read.notes) == [
        (
            "B1",
            Contains("tidak disimpan: Email")
            & IsStr(regex=r".*: Email, Nama Ibu, Alamat sesuai KTP"),
        )
    ]
    assert read == RosterReading((RosterRow("A2", "Siti", DEPOK),), notes=read.notes)


def test_a_column_nomor_that_only_counts_holds_no_participant_numbers() -> None:
    counted = read_roster(REGION, a_csv("Nomor;Nama;Kel\n1;Siti;Depok\n2.;Ujang;Depok\n"))
    numbered = read_roster(REGION, a_csv("Nomor;Nama;Kel\nD26-001;Siti;Depok\n"))

    assert [row.number for row in (*counted.rows, *numbered.rows)] == ["", "", "D26-001"]


def test_ids_are_text_and_keep_their_leading_noughts(tmp_path: Path) -> None:
    assert [
        row.number for row in people_on(tmp_path, ("Siti", "Depok", 7), ("Ujang", "Depok", "007"))
    ] == ["7", "007"]


def test_a_code_in_a_cell_tells_the_kelurahan(tmp_path: Path) -> None:
    assert people_on(tmp_path, ("Siti", BAKTIJAYA))[0].kelurahan == BAKTIJAYA


@pytest.mark.parametrize(
    "name",
    [
        "Ng Đặng Ñoño",
        "R.A. Kartini, S.Sos., M.Si",
        "H. Ma'mun",
        "Siti-Nur (Ibu)",
        "Ma’mun",
        "Budi 2",
    ],
)
def test_names_with_titles_and_diacritics_are_good_names(tmp_path: Path, name: str) -> None:
    assert people_on(tmp_path, (name, "Depok"))[0].name == name


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x","klik")',
        "<script>alert(1)</script>",
        "'; DROP TABLE enrolment; --",
        "@Siti",
        "{{nama}}",
    ],
)
def test_a_hostile_name_is_kept_as_the_text_it_is(name: str) -> None:
    quoted = name.replace('"', '""')

    assert read_roster(REGION, a_csv(f'Nama;Kelurahan\n"{quoted}";Depok\n')) == RosterReading(
        (RosterRow("A2", name, DEPOK),)
    )


def test_a_name_in_decomposed_letters_is_composed() -> None:
    assert read_roster(REGION, a_csv("Nama;Kelurahan\nRene\u0301;Depok\n")).rows == (
        RosterRow("A2", "René", DEPOK),
    )


# ---- several sheets ------------------------------------------------------------------------------


def two_sheets(path: Path, second: Sequence[str]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("Sampul").write(0, 0, "DAFTAR")
        for name, rows in (
            ("Beji", [("Nama", "Kel"), ("Siti", "Beji")]),
            ("Tapos", [second, ("Ujang", "Tapos")]),
        ):
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return path


def test_the_one_sheet_with_a_roster_is_found(tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "a.xlsx", ("Barang", "Harga"))

    assert read_roster(REGION, path) == RosterReading((RosterRow("A2", "Siti", "32.76.06.1001"),))


def test_several_sheets_with_rosters_are_asked_about(tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "a.xlsx", ("Nama", "Kelurahan"))
    beji, tapos = (
        RosterRow("Beji!A2", "Siti", "32.76.06.1001"),
        RosterRow("Tapos!A2", "Ujang", "32.76.10.1001"),
    )

    read = read_roster(REGION, path)
    choices = [
        ("Beji", "lembar Beji"),
        ("Tapos", "lembar Tapos"),
        ("semua", Contains("satu daftar")),
    ]
    assert questions(read) == [("lembar", Contains("2 lembar", "daftar peserta. "), choices)]
    assert read == RosterReading((), questions=read.questions)
    assert read_roster(REGION, path, {"lembar": "tapos"}) == RosterReading((tapos,))
    assert read_roster(REGION, path, {"lembar": "semua"}) == RosterReading((beji, tapos))


# ---- sheets that are no roster -------------------------------------------------------------------


def test_a_sheet_without_a_kelurahan_column_is_refused(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "peserta.xlsx", ("No", "Nama"), (1, "Siti"))

    assert sentence_of_reading(path) == Contains("peserta.xlsx: ", "tidak ada kolom Kelurahan.")


@pytest.mark.parametrize("raw", [b"\n", bytes(range(256)) * 20, "Siti;Depok".encode("utf-16")])
def test_a_csv_that_is_none_is_refused(raw: bytes) -> None:
    assert sentence_of_reading(SheetFile("peserta.csv", raw)) == Contains(
        "peserta.csv: ", "kolom Nama dan Kelurahan"
    )


def test_more_people_than_any_cohort_has_are_refused_before_they_are_compared() -> None:
    rows = "".join(f"Siti {n};Depok\n" for n in range(5_001))

    assert sentence_of_reading(a_csv(f"Nama;Kelurahan\n{rows}")) == Contains(
        "peserta.csv: ", "lebih dari 5.000 orang"
    )


# ---- our own export ------------------------------------------------------------------------------


def test_our_own_roster_reads_back_the_same_with_nothing_to_say(tmp_path: Path) -> None:
    people = [
        Enrolment(f"D26-{n:03}", "D26", "Siti Nurhayati", home.code)
        for n, home in enumerate(REGION.homes, 1)
    ]
    people += [
        Enrolment("D26-064", "D26", "Siti Nur Hayati", DEPOK),
        Enrolment("D26-065", "D26", "=1+1 Siti", DEPOK),
    ]
    people[0] = replace(people[0], phone="081234567890")

    write_roster(REGION, tmp_path / "peserta.xlsx", people)

    rows = tuple(
        RosterRow(f"B{row}", p.name, p.kelurahan, p.number, p.phone or "")
        for row, p in enumerate(people, 2)
    )
    assert read_roster(REGION, tmp_path / "peserta.xlsx", enrolled=people) == RosterReading(rows)
