"""The course's own tests cannot be passed by tone:
the wording gate of `psm check` on what we wrote (decision 0109).
"""

from __future__ import annotations

import re

import pytest

from psm_course.checking.test_wise.distance import distance_problems
from psm_course.checking.test_wise.gate import MOST_PASSED, Gate
from psm_course.content.course import CourseFolder, read_course
from psm_course.items.choice.fields import ChoiceItem
from tests.conftest import ROOT

BANKS = sorted(path.stem for path in (ROOT / "quizzes").glob("bank-*.yml"))
TESTS = sorted(path.stem for path in (ROOT / "quizzes").glob("tes-*.yml"))


@pytest.fixture(scope="module")
def course() -> CourseFolder:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


@pytest.fixture(scope="module")
def gate(course: CourseFolder) -> Gate:
    return Gate(course.quiz_reads)


@pytest.mark.parametrize("name", [*BANKS, *TESTS])
def test_options_alone_do_not_tell_the_keys(gate: Gate, name: str) -> None:
    assert not gate.sets[name].fails, gate.sets[name].sentence


@pytest.mark.parametrize("name", [*BANKS, *TESTS])
def test_keys_do_not_repeat_their_questions(gate: Gate, name: str) -> None:
    assert not gate.sets[name].echoes, gate.sets[name].echo


def test_options_alone_do_not_tell_the_keys_of_the_safety_items(gate: Gate) -> None:
    assert gate.safety is not None
    assert len(gate.safety.questions) >= 60  # three of each
    assert not gate.safety.fails, gate.safety.sentence


def test_reading_options_alone_passes_no_test(gate: Gate) -> None:
    passed = {
        name: found.test_wise_pass
        for name, found in gate.measured().items()
        if found.test_wise_pass is not None
    }

    assert sorted(passed) == ["tes-akhir", "tes-akhir-pengganti"]
    assert {name: share for name, share in passed.items() if share > MOST_PASSED} == {}


def test_no_test_item_repeats_a_practice_item_or_one_of_the_other_form(
    course: CourseFolder,
) -> None:
    assert [str(problem) for problem in distance_problems(course.quiz_reads)] == []


SERVICES = re.compile(
    r"UPTD PPA|LK3|Polri|polisi|NTPD|PSC"
    r" 119|Healing119|petugas|[Pp]uskesmas|Dinsos|Puskesos|TKSK|koordinator|lurah|rumah sakit"
)


def banked_choices(course: CourseFolder) -> list[ChoiceItem]:
    banks = [quiz for quiz in course.quizzes.values() if quiz.header.use == "bank"]
    return [item for quiz in banks for item in quiz.items if isinstance(item, ChoiceItem)]


def test_naming_a_service_gives_no_item_away(course: CourseFolder) -> None:
    """Somebody who only looks for the name of a service must not find the key:
    wrong choices name services too.
    """
    named = {
        item.id: [choice.correct for choice in item.choices if SERVICES.search(choice.text)]
        for item in banked_choices(course)
    }

    given_away = [name for name, those in named.items() if those == [True]]
    luck = sum(those.count(True) / len(those) if those else 1 / 4 for those in named.values())

    assert given_away == []
    assert luck < len(named) / 2


EXCUSES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        "supaya|karena|sebab|asal(?:kan)?|agar",
        "dulu|nanti|besok|menunggu|baru",
        "semua(?:nya)?|pasti|langsung|saja",
    )
)


def test_tone_gives_few_items_away(course: CourseFolder) -> None:
    """Somebody who only avoids excuses, delays and absolute words finds fewer than two keys in
    five: keys have reasons too.
    """
    found = []
    for item in banked_choices(course):
        marks = [
            sum(bool(words.search(choice.text)) for words in EXCUSES) for choice in item.choices
        ]
        left = [
            choice.correct
            for choice, mark in zip(item.choices, marks, strict=True)
            if mark == min(marks)
        ]
        found.append(left.count(True) / len(left))

    assert sum(found) / len(found) < 0.4
