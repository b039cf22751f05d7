"""Names and telephones on a roster, as typed and copied: read, or a problem at their cell."""

from __future__ import annotations

import pytest
from dirty_equals import Contains

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.people.roster_rows import RosterRow
from tests.builders import REGION
from tests.interchange.people.rosters import a_csv, at_cells
from tests.register_builders import DEPOK


def test_a_name_too_long_is_a_problem_at_its_cell() -> None:
    for name in ("a" * 101, "a" * 5_000, "\u0301" * 200):
        read = read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n"))
        assert at_cells(read.problems) == [("A2", Contains("nama", "dari 100 huruf"))]


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
    read = read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n"))

    assert at_cells(read.problems) == [("A2", Contains(f"tidak dapat dicetak ({code})"))]
    assert read == RosterReading((), problems=read.problems)


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
    read = read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n"))

    assert at_cells(read.problems) == [("A2", Contains(f"tidak terlihat ({code})"))]
    assert read == RosterReading((), problems=read.problems)


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
    read = read_roster(REGION, a_csv(f"Nama;Kelurahan\n{name};Depok\n"))

    assert at_cells(read.problems) == [("A2", Contains(f'"{name}" bukan nama'))]


@pytest.mark.parametrize("phone", ["8,12346E+10", "8.12E+10", "8E+10"])
def test_a_telephone_that_excel_squeezed_is_said_to_be_so(phone: str) -> None:
    read = read_roster(REGION, a_csv(f"Nama;Kelurahan;HP\nSiti;Depok;{phone}\n"))

    assert at_cells(read.problems) == [("C2", Contains(f'dipendekkan Excel menjadi "{phone}"'))]


@pytest.mark.parametrize("phone", ["12", "abc", "0812-345", "+1 555 123 4567 89012345"])
def test_a_telephone_that_is_none_is_a_problem_at_its_cell(phone: str) -> None:
    read = read_roster(REGION, a_csv(f"Nama;Kelurahan;HP\nSiti;Depok;{phone}\n"))

    assert at_cells(read.problems) == [("C2", Contains(f'nomor HP "{phone}" tidak dimengerti'))]
