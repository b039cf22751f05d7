"""A messy hall: every mess is really in the files, about the people who are named, and everybody
else is in order.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from psm_course.domain.card import mac_key
from psm_course.domain.register import Enrolment
from psm_course.grading.documents import documents
from psm_course.grading.grade import Grader
from psm_course.grading.submission import read_submission
from psm_course.interchange.attendance_sheet import read_attendance_sheet
from psm_course.simulate.messes import Kind, Mess
from psm_course.simulate.messy_hall import (
    NOBODY,
    write_half_filled,
    write_messy_answers,
    write_scans,
)
from tests.builders import REGION, a_choice, a_quiz
from tests.register_builders import DEPOK, NOW, a_course_file

SESSIONS = a_course_file().sessions
PEOPLE = tuple(
    Enrolment(f"D26-{number:03}", "D26", f"Orang {number}", DEPOK) for number in range(1, 41)
)
TOKENS = {person.number: f"kartu-{person.number}" for person in PEOPLE}
QUIZ = a_quiz([a_choice(f"butir-{number}") for number in range(20)], draw="10", attempts="2")
ONCE = {Kind.LATE, Kind.OLD_VERSION, Kind.WRONG_CLOCK, Kind.NO_CARD, Kind.WRONG_MAC}


def written(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as stream:
        return [json.loads(document) for _, document in documents(stream)]


def is_signed(document: dict[str, Any]) -> bool:
    """The MAC of decision 0011, computed from its words."""
    unsigned = {key: value for key, value in document.items() if key != "mac"}
    text = json.dumps(unsigned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    token = TOKENS.get(document["participant"], "")
    return hmac.new(mac_key(token), text.encode(), hashlib.sha256).hexdigest() == document.get(
        "mac"
    )


@pytest.fixture
def hall(tmp_path: Path) -> tuple[dict[Kind, Mess], list[dict[str, Any]], list[dict[str, Any]]]:
    messes = write_messy_answers(tmp_path, QUIZ, PEOPLE, TOKENS, (0.3, 0.9), 7, NOW)
    return (
        {mess.kind: mess for mess in messes},
        written(tmp_path / "tes-akhir.jsonl"),
        written(tmp_path / "tes-akhir-susulan.jsonl"),
    )


Hall = tuple[dict[Kind, Mess], list[dict[str, Any]], list[dict[str, Any]]]


def of(mess: Mess, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [document for document in found if document["participant"] in mess.numbers]


def test_every_mess_of_a_hall_happens_to_somebody_else(hall: Hall) -> None:
    messes, on_the_day, later = hall

    assert set(messes) == ONCE | {
        Kind.TWICE,
        Kind.REUSED_ID,
        Kind.TOO_OFTEN,
        Kind.UNKNOWN_PARTICIPANT,
    }
    assert len({number for mess in messes.values() for number in mess.numbers}) == 9
    counted = Counter(document["participant"] for document in (*on_the_day, *later))
    often = {number: count for number, count in counted.items() if count > 1}
    assert often == {
        messes[Kind.TWICE].numbers[0]: 2,
        messes[Kind.REUSED_ID].numbers[0]: 2,
        messes[Kind.TOO_OFTEN].numbers[0]: 3,
    }
    assert set(counted) == {*TOKENS, NOBODY}


def test_each_mess_is_really_in_the_file(hall: Hall) -> None:
    messes, on_the_day, later = hall

    assert [document["participant"] for document in later] == [*messes[Kind.LATE].numbers]
    first, second = of(messes[Kind.TWICE], on_the_day)
    assert first == second
    (old,) = of(messes[Kind.OLD_VERSION], on_the_day)
    assert old["digest"] != QUIZ.digest
    (past,) = of(messes[Kind.WRONG_CLOCK], on_the_day)
    assert NOW - datetime.fromisoformat(past["started_at"]) == timedelta(days=365)
    (plain,) = of(messes[Kind.NO_CARD], on_the_day)
    assert "mac" not in plain
    one, other = of(messes[Kind.REUSED_ID], on_the_day)
    assert (one["id"], one["responses"]) != (other["id"], other["responses"])
    assert one["id"] == other["id"]
    assert sorted(document["attempt"] for document in of(messes[Kind.TOO_OFTEN], on_the_day)) == [
        1,
        2,
        3,
    ]
    assert [
        document["participant"] for document in of(messes[Kind.UNKNOWN_PARTICIPANT], on_the_day)
    ] == [NOBODY]


def test_all_but_three_are_signed_by_their_own_card(hall: Hall) -> None:
    messes, on_the_day, later = hall

    unsigned = {
        document["participant"] for document in (*on_the_day, *later) if not is_signed(document)
    }

    assert unsigned == {
        number
        for kind in (Kind.NO_CARD, Kind.WRONG_MAC, Kind.UNKNOWN_PARTICIPANT)
        for number in messes[kind].numbers
    }


def test_everything_handed_in_can_be_graded_for_its_draw(hall: Hall) -> None:
    _, on_the_day, later = hall
    grader = Grader(QUIZ)

    outcomes = [
        grader.grade(read_submission(json.dumps(document).encode()))
        for document in (*on_the_day, *later)
    ]

    assert {(outcome.maximum, outcome.has_ungradable) for outcome in outcomes} == {(10, False)}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_small_cohort_has_as_many_messes_as_people(tmp_path: Path, count: int) -> None:
    messes = write_messy_answers(tmp_path, QUIZ, PEOPLE[:count], TOKENS, (0.3, 0.9), 7, NOW)

    assert len(messes) == count + 1


def test_a_quiz_without_a_limit_is_never_sat_too_often(tmp_path: Path) -> None:
    quiz = a_quiz([a_choice("satu")])

    messes = write_messy_answers(tmp_path, quiz, PEOPLE, TOKENS, (0.3, 0.9), 7, NOW)

    assert Kind.TOO_OFTEN not in {mess.kind for mess in messes}


def test_the_same_seed_gives_the_same_hall(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        (tmp_path / name).mkdir()
        write_messy_answers(tmp_path / name, QUIZ, PEOPLE, TOKENS, (0.3, 0.9), seed, NOW)

    a, b, c = [(tmp_path / name / "tes-akhir.jsonl").read_bytes() for name in "abc"]
    assert a == b != c


# ---- attendance ----------------------------------------------------------------------------------


def test_a_half_filled_sheet_says_nothing_of_its_second_half(tmp_path: Path) -> None:
    mess = write_half_filled(REGION, tmp_path, PEOPLE, SESSIONS, seed=7)

    reading = read_attendance_sheet(tmp_path / mess.file, SESSIONS, set(TOKENS))

    assert reading.problems == ()
    assert {each.mark.number for each in reading.marks} == set(TOKENS) - set(mess.numbers)
    assert {each.mark.presence for each in reading.marks} == {
        "present",
        "late",
        "excused",
        "absent",
    }


def test_scans_hold_doubles_a_wrong_session_and_a_card_of_nobody(tmp_path: Path) -> None:
    messes = {mess.kind: mess for mess in write_scans(tmp_path, PEOPLE, SESSIONS, seed=7, at=NOW)}

    by_session: dict[str, Counter[str]] = defaultdict(Counter)
    for scan in written(tmp_path / "pindaian.jsonl"):
        by_session[scan["session"]][scan["number"]] += 1
    assert {number for number, count in by_session["buka"].items() if count == 2} == set(
        messes[Kind.DOUBLE_SCAN].numbers
    )
    assert set(by_session["buka"]) == {*TOKENS, *messes[Kind.UNKNOWN_CARD].numbers}
    assert by_session["tutup"] == dict.fromkeys(messes[Kind.WRONG_SESSION].numbers, 1)
