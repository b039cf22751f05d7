"""Names and telephones on a roster, as typed and copied: read, or a problem at their cell."""

from __future__ import annotations

import pytest

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.sheets.sheets import CellProblem
from tests.builders import REGION
from tests.interchange.people.rosters import a_csv
from tests.register_builders import DEPOK


def test_a_name_too_long_is_a_problem_at_its_cell() -> None:
    for name in ("a" * 101, "a" * 5_000, "\u0301" * 200):
        assert read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n")).problems == (
            CellProblem("A2", "nama lebih panjang dari 100 huruf; periksa isinya"),
        )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Siti 😀", "U+1F600"),
        ("李明", "U+674E"),
        ("Siti \ufffd", "U+FFFD"),
        ("Siti\u0336 Rahayu", "U+0336"),
    ],
)
def test_a_name_that_cannot_be_printed_is_a_problem_at_its_cell(name: str, code: str) -> None:
    """A certificate that cannot be printed must be known before its number is given out."""
    sentence = (
        f"nama memuat huruf yang tidak dapat dicetak ({code}); ketik ulang nama itu dengan huruf"
        " Latin"
    )

    assert read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n")) == RosterReading(
        (), problems=(CellProblem("A2", sentence),)
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Siti\x07Rahayu", "U+0007"),
        ("Siti\x00Rahayu", "U+0000"),
        ("Siti\u200bRahayu", "U+200B"),
        ("\u202eiti\u202c Rahayu", "U+202E"),
    ],
)
def test_what_nobody_sees_in_a_name_is_called_so(name: str, code: str) -> None:
    sentence = (
        f"nama memuat tanda yang tidak terlihat ({code}); kosongkan, lalu ketik ulang nama itu"
    )

    assert read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n")) == RosterReading(
        (), problems=(CellProblem("A2", sentence),)
    )


@pytest.mark.parametrize("name", ["\u202aSiti\u202c", "\u200fSiti", "Siti \u200b", "\ufeffSiti"])
def test_marks_around_a_name_copied_from_a_chat_are_no_part_of_it(name: str) -> None:
    assert read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n")) == RosterReading(
        (RosterRow("A2", "Siti", DEPOK),)
    )


def test_the_quotes_that_office_programs_make_may_stand_in_a_name() -> None:
    assert read_roster(REGION, a_csv("Nama;Kelurahan\nRina “Ina” Wati;Depok\n")) == RosterReading(
        (RosterRow("A2", "Rina “Ina” Wati", DEPOK),)
    )


@pytest.mark.parametrize("name", ["-", "123", "???"])
def test_what_has_no_letter_is_no_name(name: str) -> None:
    problem = CellProblem("A2", f'"{name}" bukan nama; isi nama, atau hapus barisnya')

    assert read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n")).problems == (problem,)


@pytest.mark.parametrize("phone", ["8,12346E+10", "8.12E+10", "8E+10"])
def test_a_telephone_that_excel_squeezed_is_said_to_be_so(phone: str) -> None:
    sentence = (
        f'nomor HP dipendekkan Excel menjadi "{phone}"; ketik ulang lengkap, didahului tanda petik'
        " ('), atau kosongkan"
    )

    assert read_roster(REGION, a_csv(f"Nama;Kelurahan;HP\nSiti;Depok;{phone}\n")).problems == (
        CellProblem("C2", sentence),
    )


@pytest.mark.parametrize("phone", ["12", "abc", "0812-345", "+1 555 123 4567 89012345"])
def test_a_telephone_that_is_none_is_a_problem_at_its_cell(phone: str) -> None:
    problem = CellProblem("C2", f'nomor HP "{phone}" tidak dimengerti; perbaiki, atau kosongkan')

    assert read_roster(REGION, a_csv(f"Nama;Kelurahan;HP\nSiti;Depok;{phone}\n")).problems == (
        problem,
    )
