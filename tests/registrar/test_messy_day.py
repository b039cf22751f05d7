"""A messy day played through the office's own verbs: every mess comes out as it should, and nothing
is lost or doubled.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from psm_course.cli.rehearsal.playing import LATE, Played, play_cohort
from psm_course.content.course import Course
from psm_course.settings import Settings
from psm_course.simulate.messes import Kind, Mess
from psm_course.store.engine import Store, to_utc
from psm_course.store.soundness.checking import check_store
from tests.arranged import arranged
from tests.register_builders import NOW, a_course, a_test, register_of

COUNT = 20
# Of the documents about one person: how many became attempts, and why the others are held.
COMES_OUT = {
    Kind.TWICE: (1, []),
    Kind.LATE: (1, []),
    Kind.WRONG_CLOCK: (1, []),
    Kind.NO_CARD: (0, ["no_card"]),
    Kind.OLD_VERSION: (0, ["other_version"]),
    Kind.WRONG_MAC: (0, []),  # in quarantine
    Kind.UNKNOWN_PARTICIPANT: (0, []),
    Kind.REUSED_ID: (1, ["id_reused not_next"]),
    Kind.TOO_OFTEN: (2, ["too many"]),
}

# One attempt too many comes in any order: out of turn, or last.
SAID = dict.fromkeys(["too_many_attempts", "not_next"], "too many")


def two_days() -> Course:
    course = a_course(
        a_test("tes-awal", use="pretest"), a_test("tes-akhir", use="posttest", attempts="2")
    )
    *first, last = course.file.sessions
    sessions = (*first, last.model_copy(update={"day": 2}))
    return replace(course, file=course.file.model_copy(update={"sessions": sessions}))


@pytest.fixture
def played(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return arranged(store, play_two_days, tmp_path_factory)


def play_two_days(store: Store, folders: pytest.TempPathFactory) -> Played:
    """In a folder of its own: the cards' secret in it is of one register."""
    settings = Settings(data=folders.mktemp("kantor"))
    return play_cohort(store, two_days(), settings, "D26", COUNT, 7, NOW)


def of_kind(played: Played, *kinds: Kind) -> list[Mess]:
    return [mess for mess in played.messes if mess.kind in kinds]


def test_everybody_is_enrolled_once_and_twins_are_two(store: Store, played: Played) -> None:
    people = Counter(row[2:4] for row in register_of(store)["enrolment"])

    assert people.total() == played.enrolled == COUNT + 1
    assert sorted(people.values())[-2:] == [1, 2]
    assert {row[4][:2] for row in register_of(store)["enrolment"]} == {"08"}


def test_a_scan_marks_once_and_only_todays_session(store: Store, played: Played) -> None:
    marks = register_of(store)["attendance_mark"]
    scanned = Counter((row[1], row[2]) for row in marks if row[6] == "scan")

    assert set(scanned.values()) == {1}
    assert {session for _, session in scanned} == {"buka"}
    assert len(scanned) == COUNT + 1
    assert played.scans == {
        "marked": COUNT + 1,
        "already": sum(len(mess.numbers) for mess in of_kind(played, Kind.DOUBLE_SCAN)),
        "day-to-come": 1,
        "unknown": 1,
    }


def test_the_half_that_nobody_filled_in_keeps_what_was_scanned(
    store: Store, played: Played
) -> None:
    (half,) = of_kind(played, Kind.HALF_FILLED)
    on_sheets = {row[1] for row in register_of(store)["attendance_mark"] if row[6] == "sheet"}

    assert on_sheets & set(half.numbers) == set()
    assert len(on_sheets) == COUNT + 1 - len(half.numbers)


def test_every_mess_of_the_answers_comes_out_as_it_should(store: Store, played: Played) -> None:
    register = register_of(store)
    attempts = {row[1] for row in register["attempt"]}
    messes = of_kind(played, *COMES_OUT)

    found = {}
    for mess in messes:
        quiz = mess.file.removesuffix(".jsonl").removesuffix("-susulan")
        rows = [
            row for row in register["submission"] if row[2] == mess.numbers[0] and row[3] == quiz
        ]
        found[mess.kind, quiz] = (
            sum(row[0] in attempts for row in rows),
            sorted({SAID.get(row[5], row[5]) for row in rows if row[5]}),
        )

    assert {kind for kind, _ in found} == set(COMES_OUT)
    assert found == {(kind, quiz): COMES_OUT[kind] for kind, quiz in found}


def test_who_is_in_no_mess_has_each_answer_once(store: Store, played: Played) -> None:
    register = register_of(store)
    for quiz in ("tes-awal", "tes-akhir"):
        messy = {
            number
            for mess in of_kind(played, *COMES_OUT)
            if mess.file.startswith(quiz)
            for number in mess.numbers
        }
        counted = Counter(
            row[2] for row in register["attempt"] if row[3] == quiz and row[2] not in messy
        )
        assert counted == dict.fromkeys({row[0] for row in register["enrolment"]} - messy, 1)


def test_late_answers_are_known_to_be_late(store: Store, played: Played) -> None:
    late = {mess.where[0] for mess in of_kind(played, Kind.LATE)}

    received = {row[0]: row[1] for row in register_of(store)["submission"]}
    days = (timedelta(0), timedelta(days=1))
    assert {received[name] for name in late} == {to_utc(NOW + day + LATE) for day in days}


def test_the_register_is_sound_after_such_a_day(store: Store, played: Played) -> None:
    assert played.answers["refused"] == 0
    assert check_store(store).problems == ()
