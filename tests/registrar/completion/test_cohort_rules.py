"""Adopting rules, seeing first who would move, and an officer's or trainer's word on one person."""

from __future__ import annotations

import pytest
from dirty_equals import Contains

from psm_course.content.adopted import digest_of
from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.registrar.completion.cohort_rules import Move, adopt_rules, adopted, compare_rules
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.completion.overriding import observe, override
from psm_course.store.engine import Store
from tests.databases import questions_to
from tests.register_builders import (
    ACTOR,
    COMPLETION,
    HOURS,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_criterion,
    a_hand_in,
    adopts,
    attends,
    completes,
    hands_in,
    issues,
    office_adopts,
    register_of,
)

ATTENDANCE, TAKEN, PASSED = COMPLETION
OLD = a_course(completion=[ATTENDANCE | {"towards": "attended"}, TAKEN, PASSED])
NEW = a_course(completion=[ATTENDANCE | {"towards": "attended", "share": "100"}, PASSED])
MOST = [session for session in HOURS if session != "dasar"]


def a_cohort_of_three(store: Store) -> str:
    """Judged by OLD: the first has passed and holds a record, the second lacks only the pretest,
    the third has only attended.

    By NEW the first two have missed a session too many, and the pretest is not asked for.
    """
    a_cohort(store, "Siti", "Ujang", "Ani")
    adopts(store, OLD)
    for number, sessions in (("D26-001", MOST), ("D26-002", list(HOURS)), ("D26-003", MOST)):
        attends(store, number, *sessions)
    hands_in(store, OLD, a_hand_in("D26-001", "tes-awal", WRONG))
    for number in ("D26-001", "D26-002"):
        hands_in(store, OLD, a_hand_in(number, "tes-akhir", RIGHT))
    (record,) = issues(store, OLD)
    return record


def name_of(course: Course) -> str:
    """What the office calls this version."""
    return digest_of(course).removeprefix("sha256:")[:12]


def who_passed(store: Store, course: Course) -> list[str]:
    return [
        standing.enrolment.number
        for standing in standings(store, course, "D26", NOW)[1]
        if standing.completion.met
    ]


# ---- seeing and adopting -------------------------------------------------------------------------


def test_comparing_names_who_would_move_and_which_records_that_touches(store: Store) -> None:
    record = a_cohort_of_three(store)
    office_adopts(store, NEW)
    before = register_of(store)

    compared = compare_rules(store, NEW, "D26", NOW)

    assert compared.moves == (
        Move("D26-001", "attended", gains=False, record=None),
        Move("D26-001", "passed", gains=False, record=record),
        Move("D26-002", "passed", gains=True, record=None),
        Move("D26-003", "attended", gains=False, record=None),
    )
    assert [move.number for move in compared.moves if move.touches] == ["D26-001"]
    assert compared.differences == ("syarat awal dihapus", "syarat hadir: persen 80 → 100")
    assert compared.judged == 3
    assert register_of(store) == before


def test_adopting_does_what_comparing_said_and_takes_no_record(store: Store) -> None:
    record = a_cohort_of_three(store)
    office_adopts(store, NEW)
    compared = compare_rules(store, NEW, "D26", NOW)
    records = register_of(store)["record"]

    done = adopt_rules(store, NEW, "D26", " Keputusan 12/2026 ", ACTOR, NOW)

    assert done == compared
    assert who_passed(store, OLD) == ["D26-002"]
    assert register_of(store)["record"] == records
    assert [standing.record for standing in standings(store, OLD, "D26", NOW)[1]] == [
        record,
        None,
        None,
    ]


def test_adopting_appends_the_rules_with_the_reason_and_notes_it_without_the_reason(
    store: Store,
) -> None:
    a_cohort_of_three(store)
    office_adopts(store, NEW)

    adopt_rules(store, NEW, "D26", "Keputusan 12/2026", ACTOR, NOW)

    register = register_of(store)
    assert [row[1:6] for row in register["adoption"]] == [
        ("D26", 1, None, "angkatan dibuka", ACTOR),
        ("D26", 2, None, "Keputusan 12/2026", ACTOR),
    ]
    actor, verb, subject, detail = register["audit_event"][-1][2:6]
    assert (actor, verb, subject) == (ACTOR, "rules adopted", "D26")
    assert (
        detail
        == f'{{"before": "{name_of(OLD)}", "gaining": 1, "losing": 3, "rules": "{name_of(NEW)}"}}'
    )


def test_a_cohort_that_adopted_nothing_adopts_its_first_version(store: Store) -> None:
    a_cohort(store, "Siti")
    office_adopts(store, OLD)
    assert adopted(store, "D26").adoption is None

    done = adopt_rules(store, OLD, "D26", "Keputusan 12/2026", ACTOR, NOW)

    assert (done.adopted.adoption, done.differences, done.moves, done.judged) == (None, (), (), 1)
    office_adopts(store, NEW)
    by = adopted(store, "D26")
    assert by.adoption is not None
    assert (by.adoption.rules, by.adoption.version, by.now) == (
        OLD.file,
        name_of(OLD),
        name_of(NEW),
    )


def test_the_rules_a_cohort_has_already_are_not_adopted_twice(store: Store) -> None:
    a_cohort_of_three(store)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        adopt_rules(store, OLD, "D26", "sekali lagi", ACTOR, NOW)

    assert str(refused.value) == Contains("D26 sudah dinilai", f"({name_of(OLD)})")
    assert register_of(store) == before


@pytest.mark.parametrize("reason", ["", "  "])
def test_rules_are_not_adopted_without_a_reason(store: Store, reason: str) -> None:
    a_cohort_of_three(store)
    office_adopts(store, NEW)

    with pytest.raises(Refused, match=r"Tulis alasannya"):
        adopt_rules(store, NEW, "D26", reason, ACTOR, NOW)

    assert len(register_of(store)["adoption"]) == 1


def test_comparing_asks_as_many_questions_for_three_people_as_for_one(store: Store) -> None:
    a_cohort(store, "Siti", cohort="SATU")
    a_cohort(store, "Siti", "Ujang", "Ani", cohort="TIGA")
    completes(store, OLD, "SATU-001", "TIGA-001", "TIGA-002", "TIGA-003")
    office_adopts(store, NEW)
    asked = []
    for cohort in ("SATU", "TIGA"):
        with questions_to(store) as questions:
            compare_rules(store, NEW, cohort, NOW)
        asked.append(len(questions))

    assert asked == [13, 13]


# ---- a word on one person ------------------------------------------------------------------------


def test_an_officers_word_is_noted_without_its_reason(store: Store) -> None:
    a_cohort_of_three(store)

    override(store, "D26-002", "awal", True, "ikut tes di kertas", ACTOR, NOW)

    assert who_passed(store, OLD) == ["D26-001", "D26-002"]
    assert register_of(store)["audit_event"][-1][2:6] == (
        ACTOR,
        "requirement overridden",
        "D26-002",
        '{"met": true, "requirement": "awal"}',
    )


@pytest.mark.parametrize(
    ("number", "requirement", "met", "reason", "named"),
    [
        ("D26-009", "awal", True, "sakit", ('"D26-009" tidak ada', "register")),
        ("D26-001", "tes", True, "sakit", ('"tes" tidak ada', "D26", ": hadir, awal, akhir.")),
        ("D26-001", "awal", True, " ", ("alasannya", "beberapa kata")),
        ("D26-001", "awal", None, "keliru", ("Tidak ada ketetapan", '"awal"', "D26-001")),
        ("D25-001", "awal", True, "sakit", ("belum menetapkan syarat", "psm rules D25 --apply")),
    ],
)
def test_an_officers_word_that_means_nothing_is_refused(
    store: Store,
    number: str,
    requirement: str,
    met: bool | None,
    reason: str,
    named: tuple[str, ...],
) -> None:
    a_cohort_of_three(store)
    a_cohort(store, "Lain", cohort="D25")
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        override(store, number, requirement, met, reason, ACTOR, NOW)

    assert str(refused.value) == Contains(*named)
    assert register_of(store) == before


@pytest.mark.parametrize(
    ("criterion", "level", "named"),
    [
        ("tulis", 3, ('"tulis" tidak ada', "D26", ": sapa, catat.")),
        ("sapa", 0, ("Tingkat 0 tidak ada", "1 sampai 4")),
        ("sapa", 5, ("Tingkat 5 tidak ada", "1 sampai 4")),
    ],
)
def test_what_cannot_be_observed_is_refused(
    store: Store, criterion: str, level: int, named: tuple[str, ...]
) -> None:
    a_cohort(store, "Siti")
    adopts(
        store, a_course(rubric=[a_criterion("sapa", minimum=3), a_criterion("catat", minimum=2)])
    )

    with pytest.raises(Refused) as refused:
        observe(store, "D26-001", criterion, level, "pelatih", NOW)

    assert str(refused.value) == Contains(*named)
    assert register_of(store)["observation"] == []


def test_an_observation_is_kept_and_noted(store: Store) -> None:
    a_cohort(store, "Siti")
    adopts(store, a_course(rubric=[a_criterion("sapa", minimum=3)]))

    observe(store, "D26-001", "sapa", 4, "pelatih", NOW)

    register = register_of(store)
    assert [row[1:5] for row in register["observation"]] == [("D26-001", "sapa", 4, "pelatih")]
    assert register["audit_event"][-1][2:6] == (
        "pelatih",
        "observed",
        "D26-001",
        '{"criterion": "sapa", "level": 4}',
    )
