"""Whoever was struck out, filtered away or hidden is enrolled only when somebody says so; nothing
that Excel could not compute is lost.
"""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from dirty_equals import Contains

from psm_course.interchange.people.roster import read_roster
from psm_course.interchange.sheets.sheets import SheetFile
from tests.builders import REGION
from tests.interchange.people.rosters import questions
from tests.interchange.sheets.open_document import a_row, an_ods
from tests.interchange.sheets.workbooks import HEADER, a_table, a_workbook

CHOICES = [("lewati", "jangan dimasukkan"), ("masukkan", "tetap dimasukkan")]
SITI, UJANG, ANI = (1, "Siti", "Depok"), (2, "Ujang", "Beji"), (3, "Ani", "Tugu")


def names(file: SheetFile, **answers: str) -> list[str]:
    read = read_roster(
        REGION, file, {question.replace("_", "-"): answer for question, answer in answers.items()}
    )
    assert read.is_clear, read
    return [row.name for row in read.rows]


def test_a_struck_out_name_is_asked_about_and_stays_out_until_then() -> None:
    file = a_table(HEADER, SITI, UJANG, ANI, struck=["A3", "B3", "C3"])

    read = read_roster(REGION, file)

    assert questions(read) == [("coret-B3", Contains("Ujang dicoret"), CHOICES)]
    assert [row.name for row in read.rows] == ["Siti", "Ani"]
    assert names(file, coret_B3="lewati") == ["Siti", "Ani"]
    assert names(file, coret_B3="masukkan") == ["Siti", "Ujang", "Ani"]


def test_whoever_was_left_out_is_named() -> None:
    read = read_roster(REGION, a_table(HEADER, SITI, UJANG, struck=["B3"]), {"coret-B3": "lewati"})

    assert [str(note) for note in read.notes] == ["B3: tidak dimasukkan: Ujang"]


def test_a_hidden_row_is_asked_about() -> None:
    file = a_table(HEADER, SITI, UJANG, hidden=[3])

    assert questions(read_roster(REGION, file)) == [
        ("sembunyi-B3", Contains("baris ini tersembunyi", ": Ujang."), CHOICES)
    ]
    assert names(file, sembunyi_B3="masukkan") == ["Siti", "Ujang"]


def test_many_filtered_rows_are_one_question() -> None:
    given = (
        "Bagus Cahya Dewi Eka Fitri Gita Hasan Indra Joko Kartika Lestari Mulyono Nurul Purwanto"
        " Ratna"
    )
    people = [(number, name, "Depok") for number, name in enumerate(given.split(), 1)]
    file = a_table(HEADER, *people, hidden=range(4, 17))

    (question,) = read_roster(REGION, file).questions

    assert question.sentence == Contains(
        "13 baris tersembunyi", ": Dewi; Eka; Fitri; Gita", "dan 9 orang"
    )
    assert len(names(file, sembunyi_B4="masukkan")) == 15


def test_a_name_of_which_a_part_is_struck_out_is_to_be_mended() -> None:
    read = read_roster(REGION, a_table(HEADER, (1, "Siti Ani Rahayu", "Depok"), partly=["B2"]))

    assert [str(problem) for problem in read.problems] == [Contains("B2: ", "sebagian nama")]


def test_a_struck_out_telephone_is_not_kept() -> None:
    read = read_roster(REGION, a_table((*HEADER, "No. HP"), (*SITI, "081234567890"), struck=["D2"]))

    assert [str(problem) for problem in read.problems] == [Contains("D2: ", "isi sel", "dicoret")]


def test_a_hidden_column_is_used_only_when_somebody_says_so() -> None:
    file = a_table((*HEADER, "No. HP"), (*SITI, "081234567890"), hidden_columns="D:D")

    assert questions(read_roster(REGION, file)) == [
        (
            "kolom-D1",
            Contains("kolom No. HP tersembunyi"),
            [("pakai", "pakai isinya"), ("abaikan", "abaikan kolom itu")],
        )
    ]
    phones = {
        answer: read_roster(REGION, file, {"kolom-D1": answer}).rows[0].phone
        for answer in ("pakai", "abaikan")
    }
    assert phones == {"pakai": "081234567890", "abaikan": ""}


def test_a_hidden_kelurahan_is_to_be_shown_first() -> None:
    read = read_roster(REGION, a_table(HEADER, SITI, hidden_columns="C:C"))

    assert [str(problem) for problem in read.problems] == [
        Contains("C1: ", "kolom Kelurahan tersembunyi", "tampilkan kolom itu")
    ]


def test_a_row_of_formulas_that_nobody_computed_is_not_lost() -> None:
    workbook = openpyxl.Workbook()
    for row in (HEADER, SITI, ("=A9", "=B9", "=C9"), ("=A9", "=B9", "=C9")):
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)

    read = read_roster(REGION, SheetFile("a.xlsx", stream.getvalue()))

    assert [str(problem) for problem in read.problems] == [
        Contains("B3: ", "belum dihitung", "di 1 sel lain"),
        Contains("C3: ", "belum dihitung", "di 1 sel lain"),
    ]


@pytest.mark.parametrize("style", ["row", "column"])
def test_an_ods_tells_what_is_hidden(style: str) -> None:
    hidden = a_row("2", "Ujang", "Beji").replace(
        "<table:table-row>", '<table:table-row table:visibility="filter">'
    )
    columns = (
        '<table:table-column table:number-columns-repeated="3"/><table:table-column'
        ' table:visibility="collapse"/>'
    )
    rows = [a_row(*HEADER, "No. HP"), a_row("1", "Siti", "Depok", "081234567890")]
    file = SheetFile("a.ods", an_ods(*rows, hidden) if style == "row" else an_ods(columns, *rows))

    assert [question.id for question in read_roster(REGION, file).questions] == [
        "sembunyi-B3" if style == "row" else "kolom-D1"
    ]


def test_a_name_over_two_rows_is_not_taken_for_two_people() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        for index, row in enumerate((HEADER, (1, "Siti Nur", "Depok"), ("", "Hayati", ""), UJANG)):
            sheet.write_row(index, 0, row)
        sheet.merge_range("A2:A3", 1)
        sheet.merge_range("C2:C3", "Depok")

    (question,) = read_roster(REGION, a_workbook(fill)).questions

    assert (question.id, question.sentence) == (
        "sambung-B3",
        Contains("Hayati bernomor urut sama", "Siti Nur di atasnya", "satukan dulu"),
    )


def test_numbers_beside_a_column_that_only_counts_are_not_lost() -> None:
    read = read_roster(
        REGION,
        a_table(("Nomor", "Nama", "Kelurahan", "Nomor peserta"), (1, "Siti", "Depok", "D26-007")),
    )

    assert [row.number for row in read.rows] == ["D26-007"]


def test_an_error_in_a_formula_is_said_at_its_cell() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, (1, "Siti"))
        sheet.write_formula("C2", "=VLOOKUP(1,E1:F9,2,0)", None, "#N/A")

    said = [str(problem) for problem in read_roster(REGION, a_workbook(fill)).problems]

    assert said[0] == Contains("C2: ", "gagal (#N/A)")


def test_an_ods_tells_who_is_struck_out() -> None:
    line = '<style:text-properties style:text-line-through-style="solid"/>'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="x">{line}</style:style>'
        for name in ("ce1", "T1")
    )
    whole = a_row("2", "Ujang", "Beji").replace(
        "<table:table-cell", '<table:table-cell table:style-name="ce1"'
    )
    part = a_row("3", "Ani", "Tugu").replace(
        "Ani", '<text:span text:style-name="T1">Ani</text:span> Lestari'
    )
    content = an_ods(a_row(*HEADER), a_row("1", "Siti", "Depok"), whole, part, styles=styles)

    read = read_roster(REGION, SheetFile("a.ods", content))

    assert [question.id for question in read.questions] == ["coret-B3"]
    assert [str(problem) for problem in read.problems] == [Contains("B4: ", "sebagian nama")]
