"""What a roster is told: problems at their cells, and kelurahan that are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from dirty_equals import Contains, IsStr

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.people.roster_rows import RosterRow
from tests.builders import REGION
from tests.interchange.people.rosters import (
    BAKTIJAYA,
    CURUG_BOJONGSARI,
    a_csv,
    at_cells,
    questions,
    reading,
)
from tests.register_builders import DEPOK, a_roster, a_sheet

NIK = "3276010101010001"


def problems_on(tmp_path: Path, *rows: Sequence[object]) -> list[str]:
    return [str(problem) for problem in reading(tmp_path, *rows).problems]


# ---- problems at their cells ---------------------------------------------------------------------


def test_an_empty_name_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "Depok"), ("  ", "Depok")) == [
        Contains("A3: ", "nama masih kosong")
    ]


def test_an_unknown_kelurahan_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    rows = [(f"Orang {number}", "Depok") for number in range(2, 14)]

    assert problems_on(tmp_path, *rows, ("Siti", "Bogor Tengah")) == [
        Contains("B14: ", '"Bogor Tengah"', "tidak ada di Depok")
    ]


def test_an_empty_kelurahan_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "")) == [Contains("B2: ", "kelurahan masih kosong")]


@pytest.mark.parametrize(
    ("home", "kecamatan", "named"),
    [
        ("Baktijaya", "Beji", ("Baktijaya", 'Kecamatan Sukmajaya, bukan "Beji";')),
        ("Sukamaju", "Tapos", ("Sukamaju", 'Kecamatan Cilodong, bukan "Tapos";')),
        ("Curug", "Beji", ("Curug", "Kecamatan Cimanggis dan Bojongsari, ", 'bukan "Beji";')),
        ("Curug (Beji)", "", ("Curug", "Kecamatan Cimanggis dan Bojongsari;")),
    ],
)
def test_a_kecamatan_that_contradicts_is_a_problem(
    home: str, kecamatan: str, named: tuple[str, ...]
) -> None:
    read = read_roster(REGION, a_csv(f"Nama;Kel;Kec\nSiti;{home};{kecamatan}\n"))

    assert at_cells(read.problems) == [("B2", Contains(*named))]
    assert read == RosterReading((), problems=read.problems)


def test_the_same_number_twice_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(
        tmp_path, ("Siti", "Depok", "D26-001"), ("Ujang", "Depok"), ("Ani", "Depok", "D26-001")
    ) == [Contains("A4: ", '"D26-001" sudah dipakai di A2')]


def test_every_problem_is_said_at_once_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    read = reading(
        tmp_path, ("", "Depok"), ("Siti", "Curug"), ("U" * 101, "Bogor"), ("Ani", "Depok", NIK)
    )

    assert [str(problem) for problem in read.problems] == [
        Contains("A2: ", "nama masih kosong"),
        Contains("A4: ", "100 huruf"),
        Contains("B4: ", '"Bogor" tidak ada'),
        Contains("C5: ", "16 angka seperti NIK.", "tidak menyimpannya", "Hapus angka itu"),
    ]
    assert NIK not in str(read)
    assert [question.id for question in read.questions] == ["B3"]


# ---- kelurahan: asked and said -------------------------------------------------------------------


def test_curug_alone_is_asked_about(tmp_path: Path) -> None:
    path = a_roster(tmp_path / "peserta.xlsx", ("Siti", "curug"))

    read = read_roster(REGION, path)
    choices = [("Cimanggis", "Curug (Cimanggis)"), ("Bojongsari", "Curug (Bojongsari)")]
    assert questions(read) == [("B2", Contains("2 kelurahan bernama Curug"), choices)]
    assert read == RosterReading((), questions=read.questions)
    assert read_roster(REGION, path, {"B2": " bojongsari"}) == RosterReading(
        (RosterRow("A2", "Siti", CURUG_BOJONGSARI),)
    )
    (question,) = read.questions
    choosing = "(Cimanggis = Curug (Cimanggis); Bojongsari = Curug (Bojongsari))"
    assert str(question) == f"B2: {question.sentence} {choosing}"


def test_an_answer_that_is_no_choice_is_a_problem_and_the_question_stands(tmp_path: Path) -> None:
    path = a_roster(tmp_path / "peserta.xlsx", ("Siti", "curug"))

    read = read_roster(REGION, path, {"B2": "Beji", "C9": "lain"})

    assert at_cells(read.problems) == [
        (
            "B2",
            Contains("tidak termasuk pilihan") & IsStr(regex=r".*; .*: Cimanggis, Bojongsari"),
        )
    ]
    assert [question.id for question in read.questions] == ["B2"]
    assert at_cells(read.notes) == [("C9", Contains("jawaban", "tidak dipakai"))]


def test_spelling_variants_are_matched_and_said_once(tmp_path: Path) -> None:
    read = reading(
        tmp_path,
        ("Siti", "Bakti Jaya"),
        ("Ujang", "Kel. Sukmajaya"),
        ("Ani", "Bakti Jaya"),
        ("Eko", "Kemirimuka"),
    )

    assert read.is_clear
    assert at_cells(read.notes) == [
        ("B2", Contains('"Bakti Jaya" dibaca Baktijaya', "di 1 sel lain")),
        ("B5", '"Kemirimuka" dibaca Kemiri Muka'),
    ]


def test_what_was_understood_is_said_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "peserta.xlsx",
        ("No", "Nama", "Kelurahan"),
        (1, "Siti", "Bakti Jaya"),
        (2, "Ujang", "Depok"),
        ("Jumlah", "2"),
    )

    read = read_roster(REGION, path)

    assert at_cells(read.notes) == [
        ("C2", '"Bakti Jaya" dibaca Baktijaya'),
        ("A4", IsStr(regex=r'.*dilewati: "Jumlah"')),
    ]
    assert read == RosterReading(
        (RosterRow("B2", "Siti", BAKTIJAYA), RosterRow("B3", "Ujang", DEPOK)), notes=read.notes
    )
