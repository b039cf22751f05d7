"""What a roster is told: problems at their cells, and kelurahan that are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.sheets.reading import Choice, Note, Question
from psm_course.interchange.sheets.sheets import CellProblem
from tests.builders import REGION
from tests.interchange.people.rosters import BAKTIJAYA, CURUG_BOJONGSARI, a_csv, reading
from tests.register_builders import DEPOK, a_roster, a_sheet

NIK = "3276010101010001"
NIK_REASON = "Kursus ini tidak memerlukan NIK dan tidak menyimpannya"


def problems_on(tmp_path: Path, *rows: Sequence[object]) -> list[str]:
    return [str(problem) for problem in reading(tmp_path, *rows).problems]


# ---- problems at their cells ---------------------------------------------------------------------


def test_an_empty_name_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "Depok"), ("  ", "Depok")) == [
        "A3: nama masih kosong; isi nama, atau hapus barisnya"
    ]


def test_an_unknown_kelurahan_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    rows = [(f"Orang {number}", "Depok") for number in range(2, 14)]

    assert problems_on(tmp_path, *rows, ("Siti", "Bogor Tengah")) == [
        'B14: kelurahan "Bogor Tengah" tidak ada di Depok; periksa ejaannya'
    ]


def test_an_empty_kelurahan_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(tmp_path, ("Siti", "")) == ["B2: kelurahan masih kosong; isi kelurahannya"]


@pytest.mark.parametrize(
    ("home", "kecamatan", "problem"),
    [
        (
            "Baktijaya",
            "Beji",
            'kelurahan Baktijaya ada di Kecamatan Sukmajaya, bukan "Beji"; perbaiki salah satunya',
        ),
        (
            "Sukamaju",
            "Tapos",
            'kelurahan Sukamaju ada di Kecamatan Cilodong, bukan "Tapos"; perbaiki salah satunya',
        ),
        (
            "Curug",
            "Beji",
            (
                'kelurahan Curug ada di Kecamatan Cimanggis dan Bojongsari, bukan "Beji"; perbaiki'
                " salah satunya"
            ),
        ),
        (
            "Curug (Beji)",
            "",
            "kelurahan Curug ada di Kecamatan Cimanggis dan Bojongsari; perbaiki salah satunya",
        ),
    ],
)
def test_a_kecamatan_that_contradicts_is_a_problem(home: str, kecamatan: str, problem: str) -> None:
    assert read_roster(REGION, a_csv(f"Nama;Kel;Kec\nSiti;{home};{kecamatan}\n")) == RosterReading(
        (), problems=(CellProblem("B2", problem),)
    )


def test_the_same_number_twice_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    assert problems_on(
        tmp_path, ("Siti", "Depok", "D26-001"), ("Ujang", "Depok"), ("Ani", "Depok", "D26-001")
    ) == ['A4: nomor peserta "D26-001" sudah dipakai di A2; satu nomor untuk satu orang']


def test_every_problem_is_said_at_once_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    read = reading(
        tmp_path, ("", "Depok"), ("Siti", "Curug"), ("U" * 101, "Bogor"), ("Ani", "Depok", NIK)
    )

    assert [str(problem) for problem in read.problems] == [
        "A2: nama masih kosong; isi nama, atau hapus barisnya",
        "A4: nama lebih panjang dari 100 huruf; periksa isinya",
        'B4: kelurahan "Bogor" tidak ada di Depok; periksa ejaannya',
        f"C5: ada 16 angka seperti NIK. {NIK_REASON}. Hapus angka itu, lalu ulangi",
    ]
    assert [question.id for question in read.questions] == ["B3"]


# ---- kelurahan: asked and said -------------------------------------------------------------------


def test_curug_alone_is_asked_about(tmp_path: Path) -> None:
    path = a_roster(tmp_path / "peserta.xlsx", ("Siti", "curug"))

    choices = (Choice("Cimanggis", "Curug (Cimanggis)"), Choice("Bojongsari", "Curug (Bojongsari)"))
    question = Question("B2", "ada 2 kelurahan bernama Curug. Yang mana?", choices)
    assert read_roster(REGION, path) == RosterReading((), questions=(question,))
    assert read_roster(REGION, path, {"B2": " bojongsari"}) == RosterReading(
        (RosterRow("A2", "Siti", CURUG_BOJONGSARI),)
    )
    assert (
        str(question)
        == "B2: ada 2 kelurahan bernama Curug. Yang mana? (Cimanggis = Curug (Cimanggis);"
        " Bojongsari = Curug (Bojongsari))"
    )


def test_an_answer_that_is_no_choice_is_a_problem_and_the_question_stands(tmp_path: Path) -> None:
    path = a_roster(tmp_path / "peserta.xlsx", ("Siti", "curug"))

    read = read_roster(REGION, path, {"B2": "Beji", "C9": "lain"})

    assert read.problems == (
        CellProblem(
            "B2", "jawaban ini tidak termasuk pilihan; pilih salah satu: Cimanggis, Bojongsari"
        ),
    )
    assert [question.id for question in read.questions] == ["B2"]
    assert read.notes == (
        Note("C9", "jawaban untuk sel ini tidak dipakai; tidak ada pertanyaan tentangnya"),
    )


def test_spelling_variants_are_matched_and_said_once(tmp_path: Path) -> None:
    read = reading(
        tmp_path,
        ("Siti", "Bakti Jaya"),
        ("Ujang", "Kel. Sukmajaya"),
        ("Ani", "Bakti Jaya"),
        ("Eko", "Kemirimuka"),
    )

    assert read.is_clear
    assert read.notes == (
        Note("B2", '"Bakti Jaya" dibaca Baktijaya (juga di 1 sel lain)'),
        Note("B5", '"Kemirimuka" dibaca Kemiri Muka'),
    )


def test_what_was_understood_is_said_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    path = a_sheet(
        tmp_path / "peserta.xlsx",
        ("No", "Nama", "Kelurahan"),
        (1, "Siti", "Bakti Jaya"),
        (2, "Ujang", "Depok"),
        ("Jumlah", "2"),
    )

    assert read_roster(REGION, path) == RosterReading(
        (RosterRow("B2", "Siti", BAKTIJAYA), RosterRow("B3", "Ujang", DEPOK)),
        notes=(
            Note("C2", '"Bakti Jaya" dibaca Baktijaya'),
            Note("A4", 'bukan peserta, jadi dilewati: "Jumlah"'),
        ),
    )
