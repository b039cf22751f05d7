"""Several lists in one file: whoever stands on any of them is enrolled, or somebody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.sheets.sheets import SheetFile
from tests.builders import REGION
from tests.interchange.people.rosters import questions
from tests.interchange.sheets.workbooks import HEADER, a_table, a_workbook

SITI, UJANG, ANI, BUDI = (
    (1, "Siti", "Depok"),
    (2, "Ujang", "Beji"),
    (3, "Ani", "Tugu"),
    (4, "Budi", "Mekarsari"),
)


def names(read: RosterReading) -> list[str]:
    return [row.name for row in read.rows]


def read_rows(*rows: Sequence[Any]) -> RosterReading:
    return read_roster(REGION, a_table(*rows))


# ---- on one sheet --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gap", [(), ("",), ("", "")], ids=["touching", "a blank column between", "two"]
)
def test_two_lists_side_by_side_are_both_enrolled(gap: tuple[str, ...]) -> None:
    read = read_rows((*HEADER, *gap, *HEADER), (*SITI, *gap, *ANI), (*UJANG, *gap, *BUDI))

    assert read.is_clear, read
    assert names(read) == ["Siti", "Ujang", "Ani", "Budi"]
    assert [note.message for note in read.notes] == [Contains("2 daftar", "semuanya dibaca:")]


def test_three_lists_side_by_side_are_enrolled_however_each_is_headed() -> None:
    read = read_rows(
        (*HEADER, "No.", "NAMA LENGKAP", "Desa/Kel", "No urut", "Nama PSM", "Kel."),
        (*SITI, *UJANG, *ANI),
        ("",) * 6 + BUDI,
    )

    assert read.is_clear, read
    assert names(read) == ["Siti", "Ujang", "Ani", "Budi"]


def test_the_longer_of_two_lists_is_read_to_its_end() -> None:
    read = read_rows((*HEADER, *HEADER), (*SITI, *UJANG), ("", "", "", *ANI), ("", "", "", *BUDI))

    assert names(read) == ["Siti", "Ujang", "Ani", "Budi"]


def test_a_second_header_that_stands_a_row_lower_begins_a_list() -> None:
    read = read_rows((*HEADER, "", "", ""), (*SITI, *HEADER), (*UJANG, *ANI))

    assert names(read) == ["Siti", "Ujang", "Ani"]


def test_a_list_with_a_title_of_its_own_is_asked_about() -> None:
    file = a_table(("DAFTAR PESERTA", "", "", "CADANGAN"), (*HEADER, *HEADER), (*SITI, *ANI))
    choices = [
        ("A2", "hanya A2–C2 (DAFTAR PESERTA)"),
        ("D2", "hanya D2–F2 (CADANGAN)"),
        ("semua", Contains("satu daftar")),
    ]

    assert questions(read_roster(REGION, file)) == [
        (
            "daftar-A2",
            Contains("ada 2 daftar", ": A2–C2 (DAFTAR PESERTA); D2–F2 (CADANGAN)."),
            choices,
        )
    ]
    answered = {
        answer: names(read_roster(REGION, file, {"daftar-A2": answer}))
        for answer in ("A2", "D2", "semua")
    }
    assert answered == {"A2": ["Siti"], "D2": ["Ani"], "semua": ["Siti", "Ani"]}


def test_a_list_below_another_with_other_columns_is_enrolled() -> None:
    read = read_rows(
        HEADER, SITI, (), ("Nama", "Kelurahan", "No. HP"), ("Ani", "Tugu", "081234567890")
    )

    assert [(row.name, row.phone) for row in read.rows] == [("Siti", ""), ("Ani", "081234567890")]


def test_whoever_stands_below_a_total_and_another_header_is_enrolled() -> None:
    """Without a serial number, and the kelurahan misspelt: below a total, taken for a signature."""
    read = read_rows(HEADER, SITI, ("", "Jumlah", "1 orang"), (), HEADER, ("", "Ani", "Tuggu Raya"))

    assert [str(problem) for problem in read.problems] == [
        Contains("C6: ", '"Tuggu Raya" tidak ada')
    ]


def test_a_header_over_two_rows_may_begin_two_lists() -> None:
    read = read_rows(
        ("No", "Nama", "Alamat", "", "No", "Nama", "Alamat", ""),
        ("", "", "RT", "Kelurahan") * 2,
        (1, "Siti", "1", "Depok", 2, "Ani", "2", "Tugu"),
    )

    assert read.is_clear, read
    assert names(read) == ["Siti", "Ani"]


def test_a_second_list_without_kelurahan_is_not_lost_in_silence() -> None:
    read = read_rows((*HEADER, "No", "Nama"), (*SITI, 2, "Ani"))

    assert questions(read) == [
        (
            "nama-B1",
            Contains("2 kolom nama", "jadikan dulu satu daftar"),
            [("B1", "kolom Nama (B1)"), ("E1", "kolom Nama (E1)")],
        )
    ]
    assert names(
        read_roster(REGION, a_table((*HEADER, "Nama"), (*SITI, "Siti R.")), {"nama-B1": "D1"})
    ) == ["Siti R."]


@pytest.mark.parametrize("heading", ["", "Asal"])
def test_a_second_list_whose_headings_nobody_knows_is_asked_about(heading: str) -> None:
    read = read_rows((*HEADER, "", heading), (*SITI, "Ani", "Tugu"), (*UJANG, "Budi", "Mekarsari"))

    assert [question.id for question in read.questions] == ["kolom-E1"]


def test_a_place_of_birth_is_no_second_list() -> None:
    assert read_rows((*HEADER, "Tempat lahir"), (*SITI, "Depok"), (*UJANG, "Beji")).is_clear


def test_words_beside_the_list_are_mentioned() -> None:
    beside = "tambahan: Bu Ani dari Tugu"

    read = read_rows((*HEADER, "", "Ket"), (*SITI, "", ""), ("", "", "", "", beside))

    assert Contains("E3: ", f'dilewati: "{beside}"') in [str(note) for note in read.notes]


# ---- on several sheets ---------------------------------------------------------------------------


def two_sheets(
    second: str, header: Sequence[str], *people: Sequence[Any], hidden: bool = False
) -> SheetFile:
    def fill(workbook: Any) -> None:
        first = workbook.add_worksheet("Beji")
        first.write_row(0, 0, HEADER)
        first.write_row(1, 0, SITI)
        other = workbook.add_worksheet(second)
        for index, row in enumerate((header, *people)):
            other.write_row(index, 0, row)
        if hidden:
            other.hide()

    return a_workbook(fill)


def test_a_hidden_sheet_with_people_is_asked_about() -> None:
    file = two_sheets("Lama", HEADER, ANI, hidden=True)

    choices = [
        ("Beji", "lembar Beji"),
        ("Lama", "lembar Lama (tersembunyi)"),
        ("semua", Contains("satu daftar")),
    ]
    assert questions(read_roster(REGION, file)) == [
        ("lembar", Contains("2 lembar", "sebagian tersembunyi"), choices)
    ]
    assert names(read_roster(REGION, file, {"lembar": "beji"})) == ["Siti"]


def test_a_sheet_with_names_but_no_kelurahan_is_asked_about() -> None:
    file = two_sheets("Tugu", ("No", "Nama"), (1, "Ani"))

    assert questions(read_roster(REGION, file)) == [
        (
            "lembar-Tugu",
            Contains("lembar Tugu", "tanpa kolom Kelurahan."),
            [("lewati", "jangan dibaca")],
        )
    ]
    assert names(read_roster(REGION, file, {"lembar-Tugu": "lewati"})) == ["Siti"]


def test_a_sheet_of_people_without_any_heading_is_asked_about() -> None:
    file = two_sheets("Tambahan", ANI, BUDI)

    assert [question.id for question in read_roster(REGION, file).questions] == ["lembar-Tambahan"]
