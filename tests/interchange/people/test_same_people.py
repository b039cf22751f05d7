"""One person or two? Asked at a cell, answered by a choice, and never asked again about those whom
the register knows apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from dirty_equals import Contains

from psm_course.domain.register import Enrolment
from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.sheets.sheets import SheetFile
from tests.builders import REGION
from tests.interchange.people.rosters import at_cells, questions
from tests.register_builders import DEPOK

BEJI = "32.76.06.1001"
CURUG = "32.76.02.1008"
SITI = Enrolment("D26-003", "D26", "Siti Nurhayati", DEPOK)
OTHER = ("lain", "orang lain")


def read(
    *rows: str,
    answers: Mapping[str, str] | None = None,
    enrolled: Sequence[Enrolment] | None = None,
    header: str = "Nama;Kel;HP;Nomor peserta",
) -> RosterReading:
    return read_roster(
        REGION,
        SheetFile("peserta.csv", "\n".join(["Nama;Kel;HP;Nomor peserta", *rows]).encode()),
        answers,
        enrolled,
    )


def asked(reading: RosterReading) -> dict[str, list[str]]:
    """The values to choose from, by question."""
    return {
        question.id: [choice.value for choice in question.choices] for question in reading.questions
    }


# ---- within a sheet ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "second", ["Siti Nurhayati", "SITI NUR HAYATI", "Hj. Siti Nurhayati, S.Sos", "Siti Nurhayatie"]
)
def test_a_name_alike_in_one_kelurahan_is_asked_about(second: str) -> None:
    reading = read("Siti Nurhayati;Depok", "Ujang;Depok", f"{second};Depok")

    sentence = Contains(f"{second}, Depok", "Siti Nurhayati di A2.")
    assert questions(reading) == [
        ("A4", sentence, [("A2", Contains("Siti Nurhayati di A2")), OTHER])
    ]
    assert [row.name for row in reading.rows] == ["Siti Nurhayati", "Ujang", second]


def test_the_answer_that_they_are_two_keeps_both() -> None:
    reading = read("Siti Nurhayati;Depok", "Siti Nurhayati;Depok", answers={"A3": "lain"})

    assert reading == RosterReading(
        (RosterRow("A2", "Siti Nurhayati", DEPOK), RosterRow("A3", "Siti Nurhayati", DEPOK))
    )


def test_the_answer_that_they_are_one_joins_what_both_rows_know() -> None:
    reading = read(
        "Siti Nurhayati;Depok;;", "Siti Nur Hayati;Depok;081234567890;D26-003", answers={"A3": "a2"}
    )

    assert at_cells(reading.notes) == [("A3", Contains("digabung dengan A2"))]
    assert reading == RosterReading(
        (RosterRow("A2", "Siti Nurhayati", DEPOK, "D26-003", "081234567890"),), notes=reading.notes
    )


def test_three_of_one_name_are_told_apart_one_by_one() -> None:
    rows = ("Siti Nurhayati;Depok", "Siti Nurhayati;Depok", "Siti Nurhayati;Depok")

    assert asked(read(*rows)) == {"A3": ["A2", "lain"], "A4": ["A2", "A3", "lain"]}
    assert [row.cell for row in read(*rows, answers={"A3": "A2", "A4": "A3"}).rows] == ["A2"]
    assert [row.cell for row in read(*rows, answers={"A3": "lain", "A4": "A3"}).rows] == [
        "A2",
        "A3",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("Siti Nurhayati;Depok", "Siti Nurhayati;Beji"),
        ("Siti Nurhayati;Depok;;D26-001", "Siti Nurhayati;Depok;;D26-002"),
        ("Siti Nurhayati;Depok", "Siti Nurhasanah;Depok"),
        ("Ujang;Depok;081234567890", "Siti;Beji;081234567890"),
        ("Budi 1;Depok", "Budi 2;Depok"),
    ],
)
def test_people_who_differ_are_not_asked_about(rows: Sequence[str]) -> None:
    assert asked(read(*rows)) == {}


def test_a_shared_telephone_and_name_is_asked_about_across_kelurahan() -> None:
    reading = read("Siti N.;Depok;081234567890", "Siti Nurhayati;Beji;+62 812-3456-7890")

    sentence = Contains("Siti Nurhayati, Beji", "Siti N. di A2, Depok, ", "nomor HP-nya sama.")
    assert questions(reading) == [("A3", sentence, [("A2", Contains("Siti N. di A2")), OTHER])]


@pytest.mark.parametrize(
    ("phone", "said"),
    [("081234567890", ", nomor HP-nya sama"), ("081311112222", ", nomor HP-nya berbeda"), ("", "")],
)
def test_what_their_telephones_say_helps_to_tell_two_apart(phone: str, said: str) -> None:
    known = replace(SITI, phone="081234567890")

    on_sheet = (
        read("Siti Nurhayati;Depok;081234567890", f"Siti Nurhayati;Depok;{phone}")
        .questions[0]
        .sentence
    )
    in_register = read(f"Hj. Siti Nurhayati;Depok;{phone}", enrolled=[known]).questions[0].sentence

    assert on_sheet == Contains("Siti Nurhayati, Depok", f"Siti Nurhayati di A2{said}.")
    assert in_register == Contains(
        "Hj. Siti Nurhayati, Depok", f"Siti Nurhayati (D26-003) di register{said}."
    )


def test_the_telephone_of_an_office_says_nothing() -> None:
    homes = ("Depok", "Beji", "Tapos", "Limo", "Tugu", "Cinere")

    assert asked(read(*[f"Siti {home};{home};0217771234" for home in homes])) == {}


def test_an_undecided_curug_is_compared_with_both() -> None:
    rows = ("Siti Nurhayati;Curug (Cimanggis)", "Siti Nur Hayati;Curug")

    assert asked(read(*rows)) == {"B3": ["Cimanggis", "Bojongsari"], "A3": ["A2", "lain"]}
    assert len(read(*rows, answers={"B3": "Bojongsari", "A3": "lain"}).rows) == 2
    assert [row.kelurahan for row in read(*rows, answers={"A3": "A2", "B3": "Cimanggis"}).rows] == [
        CURUG
    ]


# ---- against the register ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Siti Nurhayati", "SITI  nurhayati"])
def test_the_same_person_again_gets_their_number(name: str) -> None:
    reading = read(f"{name};Depok", "Ujang;Depok", enrolled=[SITI])

    assert reading == RosterReading(
        (RosterRow("A2", " ".join(name.split()), DEPOK, "D26-003"), RosterRow("A3", "Ujang", DEPOK))
    )


def test_a_name_alike_in_the_register_is_asked_about() -> None:
    row = "Hj. Siti Nur Hayati;Depok"

    sentence = Contains("Hj. Siti Nur Hayati, Depok", "Siti Nurhayati (D26-003) di register.")
    choices = [("D26-003", Contains("Siti Nurhayati (D26-003)")), OTHER]
    assert questions(read(row, enrolled=[SITI])) == [("A2", sentence, choices)]
    assert read(row, enrolled=[SITI], answers={"A2": "d26-003"}).rows == (
        RosterRow("A2", "Hj. Siti Nur Hayati", DEPOK, "D26-003"),
    )
    assert read(row, enrolled=[SITI], answers={"A2": "lain"}).rows == (
        RosterRow("A2", "Hj. Siti Nur Hayati", DEPOK),
    )


def test_two_known_twins_again_need_no_question() -> None:
    """The officer said once that they are two;
    importing the same sheet again doubles nobody and asks nothing.
    """
    twin = Enrolment("D26-017", "D26", "Siti Nurhayati", DEPOK)

    reading = read("Siti Nurhayati;Depok", "Siti Nurhayati;Depok", enrolled=[twin, SITI])

    assert reading.is_clear
    assert [row.number for row in reading.rows] == ["D26-003", "D26-017"]


def test_one_of_two_known_twins_is_asked_about() -> None:
    twin = Enrolment("D26-017", "D26", "Siti Nurhayati", DEPOK)

    assert asked(read("Siti Nurhayati;Depok", enrolled=[SITI, twin])) == {
        "A2": ["D26-003", "D26-017", "lain"]
    }


def test_a_twin_more_than_the_register_knows_is_asked_about() -> None:
    rows = ("Siti Nurhayati;Depok", "Siti Nurhayati;Depok")

    assert asked(read(*rows, enrolled=[SITI])) == {
        "A2": ["D26-003", "lain"],
        "A3": ["D26-003", "A2", "lain"],
    }
    answered = read(*rows, enrolled=[SITI], answers={"A2": "D26-003", "A3": "lain"})
    assert answered.is_clear
    assert [row.number for row in answered.rows] == ["D26-003", ""]


def test_one_number_given_to_two_rows_is_a_problem() -> None:
    rows = ("Siti Nurhayati;Depok", "Siti Nurhayati;Depok")

    reading = read(*rows, enrolled=[SITI], answers={"A2": "D26-003", "A3": "D26-003"})

    assert at_cells(reading.problems) == [("A3", Contains('"D26-003" sudah dipakai di A2'))]


def test_a_number_nobody_has_is_a_problem_at_its_cell() -> None:
    assert at_cells(read("Siti;Depok;;D26-099", enrolled=[SITI]).problems) == [
        ("D2", Contains('"D26-099"', "tidak ada di angkatan"))
    ]


@pytest.mark.parametrize("name", ["Siti Nurhayati", "Siti Nur Hayatie", "Siti Rahayu"])
def test_a_corrected_name_beside_its_number_is_an_update(name: str) -> None:
    assert read(f"{name};Depok;;D26-003", enrolled=[SITI]) == RosterReading(
        (RosterRow("A2", name, DEPOK, "D26-003"),)
    )


def test_a_number_of_somebody_with_quite_another_name_is_asked_about() -> None:
    """A slip in a number must not rename another person's attempts and certificate."""
    row = "Ujang;Beji;;D26-003"

    sentence = Contains("nomor D26-003", "di register Siti Nurhayati", "di lembar ini Ujang")
    choices = [("ganti", Contains("ganti namanya")), ("baru", Contains("orang baru"))]
    assert questions(read(row, enrolled=[SITI])) == [("D2", sentence, choices)]
    assert read(row, enrolled=[SITI], answers={"D2": "ganti"}).rows == (
        RosterRow("A2", "Ujang", BEJI, "D26-003"),
    )
    assert read(row, enrolled=[SITI], answers={"D2": "baru"}).rows == (
        RosterRow("A2", "Ujang", BEJI),
    )


def test_once_curug_is_answered_the_same_person_needs_no_further_answer() -> None:
    known = Enrolment("D26-001", "D26", "Siti", CURUG)

    assert asked(read("Siti;Curug", enrolled=[known])) == {"B2": ["Cimanggis", "Bojongsari"]}
    assert read("Siti;Curug", enrolled=[known], answers={"B2": "Cimanggis"}) == RosterReading(
        (RosterRow("A2", "Siti", CURUG, "D26-001"),)
    )
