"""Two kinds of record, and who gets another after one was revoked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course
from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.certificates.issuing import Issue, issue_records
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    COMPLETION,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_signer,
    attends,
    completes,
    hands_in,
    register_of,
)

COURSE = a_course()
ATTENDANCE, *TESTS = COMPLETION
# Whoever came has attended, whoever passes has passed.
TWO_OUTCOMES = a_course(completion=(ATTENDANCE | {"towards": "attended"}, *TESTS))
SIGNER = a_signer()
FIRST = "800.2/0001/PSM-DASAR/XI/2026"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


def issued(store: Store, settings: Settings, course: Course = COURSE, **how: Any) -> Issue:
    return issue_records(store, course, settings, SIGNER, "D26", ACTOR, NOW, **how)


def numbers(records: tuple[CompletionRecord, ...]) -> list[tuple[str, str]]:
    return [(record.number, record.participant) for record in records]


def test_who_attended_without_passing_gets_the_other_kind(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")
    completes(store, COURSE, "D26-002")
    attends(store, "D26-001")

    done = issued(store, settings, course=TWO_OUTCOMES, kinds=("passed", "attended"))

    assert [
        (each.number[:10], each.participant, each.kind, each.content["kind"]) for each in done.new
    ] == [
        ("800.2/0001", "D26-002", "passed", "passed"),
        ("800.2/0002", "D26-001", "attended", "attended"),
    ]
    assert done.new[1].content["score"] is None


def test_who_passes_later_gets_the_second_kind_too(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti")
    attends(store, "D26-001")
    first = issued(store, settings, course=TWO_OUTCOMES, kinds=("attended",)).new
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", WRONG))
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-akhir", RIGHT))

    later = issued(store, settings, course=TWO_OUTCOMES, kinds=("passed", "attended")).new

    assert [(each.kind, each.number[:10]) for each in (*first, *later)] == [
        ("attended", "800.2/0001"),
        ("passed", "800.2/0002"),
    ]


def test_after_a_revocation_another_is_issued_only_when_the_officer_says_so(
    store: Store, settings: Settings
) -> None:
    a_cohort(store, "Siti", "Ujang")
    completes(store, COURSE, "D26-001", "D26-002")
    issued(store, settings)
    revoke(store, SIGNER, [FIRST], "dicabut karena salah orang", ACTOR, NOW)

    assert issued(store, settings).new == ()
    assert numbers(issued(store, settings, again=["D26-001"]).new) == [
        ("800.2/0003/PSM-DASAR/XI/2026", "D26-001")
    ]


@pytest.mark.parametrize("number", ["D26-002", "D26-003", "D99-001"])
def test_no_other_is_issued_while_one_stands_or_none_is_earned(
    store: Store, settings: Settings, number: str
) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")
    completes(store, COURSE, "D26-001", "D26-002")
    issued(store, settings)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        issued(store, settings, again=[number])

    assert str(refused.value) == Contains(f" untuk {number}:", "belum berhak", "masih berlaku")
    assert register_of(store) == before
