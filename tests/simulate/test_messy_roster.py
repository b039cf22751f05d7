"""A messy roster: what a human answers about it leads to exactly the people who are meant."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.interchange.people.roster import read_roster
from psm_course.simulate.messes import Kind, Mess
from psm_course.simulate.messy_roster import write_messy_roster
from psm_course.simulate.people import made_up_people
from tests.builders import REGION


@pytest.mark.parametrize(("count", "seed"), [(1, 1), (5, 2), (100, 2026), (1_000, 3)])
def test_the_answers_of_a_human_lead_to_the_people_who_are_meant(
    tmp_path: Path, count: int, seed: int
) -> None:
    made = write_messy_roster(REGION, tmp_path, made_up_people(REGION, count, seed), seed)

    asked, answered = read_roster(REGION, made.file), read_roster(REGION, made.file, made.answers)

    assert {question.id for question in asked.questions} == set(made.answers)
    assert answered.is_clear
    assert [(row.name, row.kelurahan) for row in answered.rows] == [
        (person.name, person.kelurahan.code) for person in made.people
    ]
    assert len(answered.rows) == count + 1
    assert {row.phone[:2] for row in answered.rows} == {"08"}


def test_every_mess_is_named_where_it_is(tmp_path: Path) -> None:
    made = write_messy_roster(REGION, tmp_path, made_up_people(REGION, 100, 2026), 2026)

    assert Counter(mess.kind for mess in made.messes) == {
        Kind.LETTERHEAD: 1,
        Kind.EATEN_NOUGHTS: 1,
        Kind.SPELLING: 1,
        Kind.TWINS: 1,
        Kind.WRITTEN_TWICE: 1,
        Kind.SHARED_NAME: 1,
        Kind.NIK_COLUMN: 1,
    }
    asked = [
        cell
        for mess in made.messes
        if mess.kind in {Kind.TWINS, Kind.WRITTEN_TWICE, Kind.SHARED_NAME}
        for cell in mess.where
    ]
    assert sorted(asked) == sorted(made.answers)
    assert str(Mess(Kind.TWINS, "a.csv", where=("B4",))) == Contains(
        "a.csv: ", "orang bernama sama", " (B4)"
    )


def test_the_letterhead_is_windows_1252_and_the_notes_say_what_was_understood(
    tmp_path: Path,
) -> None:
    made = write_messy_roster(REGION, tmp_path, made_up_people(REGION, 100, 2026), 2026)

    assert "Bimbingan Teknis Dasar – PSM".encode("windows-1252") in made.file.read_bytes()
    messages = [note.message for note in read_roster(REGION, made.file, made.answers).notes]
    assert any(message.startswith('"Bakti Jaya" dibaca Baktijaya') for message in messages)
    assert Contains("angka 0", "sudah dikembalikan", "101 sel lain") in messages


def test_the_roster_with_nik_is_refused_at_its_heading(tmp_path: Path) -> None:
    write_messy_roster(REGION, tmp_path, made_up_people(REGION, 100, 2026), 2026)

    problems = read_roster(REGION, tmp_path / "peserta-dengan-nik.xlsx").problems
    assert [problem.cell for problem in problems] == ["E1"]


def test_the_same_seed_gives_the_same_roster(tmp_path: Path) -> None:
    people = made_up_people(REGION, 100, 7)
    for name in "ab":
        (tmp_path / name).mkdir()

    a, b = (write_messy_roster(REGION, tmp_path / name, people, 7) for name in "ab")

    assert a.file.read_bytes() == b.file.read_bytes()
    assert (a.people, a.answers, a.messes) == (b.people, b.answers, b.messes)
