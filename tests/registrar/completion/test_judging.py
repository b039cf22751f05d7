"""Where everybody stands: the facts judged, in the shape that `psm status --json` prints."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from dirty_equals import Contains

from psm_course.domain.register import Cohort
from psm_course.domain.rules import version_of
from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import decide
from psm_course.registrar.completion.judging import standing_of, standings
from psm_course.registrar.completion.overriding import observe, override
from psm_course.store.engine import Store
from psm_course.store.rows import add
from psm_course.store.schema import record_event
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
    a_dangerous_test,
    a_hand_in,
    adopts,
    arranging,
    attends,
    completes,
    hands_in,
    issues,
)

COURSE = a_course()


def test_a_standing_prints_exactly_what_the_design_says(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", kelurahan="32.76.02.1008")
    attends(store, "D26-001", "buka", "dasar", "ppks", "sehat", "anak", "difabel")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-akhir", RIGHT | {"tiga": "b", "empat": "b"}))

    assert standing_of(store, COURSE, "D26", "D26-001", NOW).as_json() == {
        "number": "D26-001",
        "name": "Siti Rahayu",
        "kelurahan": "Curug (Cimanggis)",
        "completed": False,
        "attended": False,
        "requirements": [
            {
                "id": "hadir",
                "met": False,
                "evidence": "hadir 12 dari 16 JP",
                "needed": "sedikitnya 13 JP (80 %)",
                "next_step": Contains("yang akan datang", "perlu 1 JP"),
            },
            {
                "id": "awal",
                "met": False,
                "evidence": "belum dikerjakan",
                "needed": "dikerjakan dan diserahkan",
                "next_step": Contains("serahkan Tes Awal"),
            },
            {
                "id": "akhir",
                "met": False,
                "evidence": "nilai terbaik 50 %",
                "needed": Contains("batas lulus", "tanpa kesalahan berbahaya"),
                "next_step": Contains("Baca lagi bagian", "kerjakan lagi Tes Akhir."),
            },
        ],
        "record": None,
        "course_version": None,
        "requirements_version": version_of(COURSE.file),
        "judged_at": "2026-11-24T09:00:00+07:00",
    }


def test_everybody_of_the_cohort_stands_by_number(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti", "Ujang", "Ani")
    completes(store, COURSE, "D26-002", "D25-001")

    cohort, everybody = standings(store, COURSE, "D26", NOW)

    assert cohort == Cohort("D26", "Angkatan D26", NOW.date(), course="bimtek")
    assert [(standing.enrolment.number, standing.completion.met) for standing in everybody] == [
        ("D26-001", False),
        ("D26-002", True),
        ("D26-003", False),
    ]


def test_a_later_attempt_decides_when_it_is_better(store: Store) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=WRONG, id="lagi"))

    standing = standing_of(store, COURSE, "D26", "D26-001", NOW)

    assert (standing.completion.met, [attempt.sequence for attempt in standing.attempts]) == (
        True,
        [1, 1, 2],
    )


def test_a_held_hand_in_counts_for_nothing(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=WRONG))
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))

    assert (
        standing_of(store, COURSE, "D26", "D26-001", NOW).completion.requirements[2].evidence
        == "nilai terbaik 0 %"
    )


def test_a_number_of_another_cohort_is_refused(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti")

    with pytest.raises(Refused) as refused:
        standing_of(store, COURSE, "D26", "D25-001", NOW)

    assert str(refused.value) == Contains('"D25-001" tidak ada', "psm status D26")


def test_a_cohort_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match='Angkatan "D26" tidak ada'):
        standings(store, COURSE, "D26", NOW)


def test_an_answer_that_is_held_is_said_to_wait_until_it_is_decided(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", attempt=2, id="ditahan"))

    steps = [
        standing.completion.requirements[1].next_step
        for standing in standings(store, COURSE, "D26", NOW)[1]
    ]
    decide(store, COURSE, "ditahan", "refused", "kartu orang lain", ACTOR, NOW)
    decided = standing_of(store, COURSE, "D26", "D26-001", NOW).completion.requirements[1].next_step

    assert steps == [
        Contains("Tes Awal", "menunggu keputusan petugas", "tidak perlu dikirim"),
        Contains("serahkan Tes Awal"),
    ]
    assert decided == Contains("serahkan Tes Awal")


def test_a_session_is_made_up_only_once_its_day_is_over(store: Store) -> None:
    a_cohort(store, "Siti")

    steps = [
        standing_of(store, COURSE, "D26", "D26-001", NOW + timedelta(days=days))
        .completion.requirements[0]
        .next_step
        for days in (0, 1, 2)
    ]

    assert steps[0] == Contains("yang akan datang", "perlu 13 JP")
    assert [str(step).partition(": ")[0] for step in steps[1:]] == ["Ikuti sesi pengganti"] * 2


def test_the_list_asks_as_many_questions_for_three_learners_as_for_one(store: Store) -> None:
    a_cohort(store, "Siti", cohort="SATU")
    a_cohort(store, "Siti", "Ujang", "Ani", cohort="TIGA")
    completes(store, COURSE, "SATU-001", "TIGA-001", "TIGA-002", "TIGA-003")

    assert questions(store, "SATU") == questions(store, "TIGA") == 11


def test_one_person_asks_as_many_questions_in_a_small_cohort_as_in_a_large_one(
    store: Store,
) -> None:
    a_cohort(store, "Siti", cohort="SATU")
    a_cohort(store, "Siti", "Ujang", "Ani", cohort="TIGA")
    completes(store, COURSE, "SATU-001", "TIGA-001", "TIGA-002", "TIGA-003")
    asked = []
    for cohort in ("SATU", "TIGA"):
        with questions_to(store) as questions_asked:
            standing_of(store, COURSE, cohort, f"{cohort}-001", NOW)
        asked.append(len(questions_asked))

    assert asked == [11, 11]


# ---- the rules a cohort adopted ------------------------------------------------------------------

STRICTER = a_course(completion=[COMPLETION[0] | {"share": "100"}, *COMPLETION[1:]])


def test_a_cohort_is_judged_by_the_rules_it_adopted_whatever_course_yml_says_now(
    store: Store,
) -> None:
    a_cohort(store, "Siti")
    adopts(store, COURSE)
    attends(store, "D26-001", *(session for session in HOURS if session != "dasar"))

    completion = standing_of(store, STRICTER, "D26", "D26-001", NOW).completion

    assert (completion.requirements[0].met, completion.requirements[0].needed) == (
        True,
        "sedikitnya 13 JP (80 %)",
    )
    assert completion.rules_version == version_of(COURSE.file)


def test_a_cohort_that_adopted_none_is_judged_by_course_yml(store: Store) -> None:
    a_cohort(store, "Siti")

    completion = standing_of(store, STRICTER, "D26", "D26-001", NOW).completion

    assert (completion.requirements[0].needed, completion.rules_version) == (
        "sedikitnya 16 JP (100 %)",
        version_of(STRICTER.file),
    )


def test_the_rules_of_another_cohort_do_not_count(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    a_cohort(store, "Siti")
    adopts(store, STRICTER, "D25")

    assert standing_of(store, COURSE, "D26", "D26-001", NOW).completion.rules_version == version_of(
        COURSE.file
    )


# ---- critical errors, observations, an officer's word, records -----------------------------------

SAFE = a_course(
    a_dangerous_test(),
    completion=[{"id": "aman", "kind": "no_critical", "quizzes": ["tes-akhir"], "title": "Aman"}],
)


def test_a_critical_error_stands_until_that_item_is_answered_right(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    met = []
    for attempt, answer in enumerate(("c", "b", "a"), 1):
        hands_in(
            store,
            SAFE,
            a_hand_in("D26-001", responses=RIGHT | {"satu": answer}, id=f"ke-{attempt}"),
        )
        met.append([standing.completion.met for standing in standings(store, SAFE, "D26", NOW)[1]])

    assert met == [[False, True], [False, True], [True, True]]


def test_what_trainers_and_officers_decided_last_counts(store: Store) -> None:
    course = a_course(
        completion=[COMPLETION[0], {"id": "praktik", "kind": "observed", "title": "Praktik"}],
        rubric=[a_criterion("sapa", minimum=3)],
    )
    a_cohort(store, "Siti", "Ujang")
    adopts(store, course)
    for level in (4, 2):
        observe(store, "D26-001", "sapa", level, "pelatih", NOW)
    for met in (False, True):
        override(store, "D26-001", "hadir", met, f"alasan {met}", ACTOR, NOW)
    override(store, "D26-002", "hadir", True, "sakit", ACTOR, NOW)
    override(store, "D26-002", "hadir", None, "keliru orang", ACTOR, NOW)

    _, (siti, ujang) = standings(store, course, "D26", NOW)

    assert [r.evidence for r in siti.completion.requirements] == [
        Contains("hadir 0 dari 16 JP", "ditetapkan petugas: alasan True"),
        "0 dari 1 kriteria tercapai",
    ]
    assert [r.evidence for r in ujang.completion.requirements] == [
        "hadir 0 dari 16 JP",
        "0 dari 1 kriteria tercapai",
    ]
    assert siti.facts.levels == {"sapa": 2}


@pytest.mark.parametrize("event", ["revoked", "superseded"])
def test_a_record_stands_beside_its_holder_while_it_is_valid(store: Store, event: str) -> None:
    a_cohort(store, "Siti", "Ujang")
    completes(store, COURSE, "D26-001", "D26-002")
    numbers = issues(store, COURSE)
    with arranging(store) as tx:
        add(
            tx,
            record_event,
            [
                {
                    "record": numbers[0],
                    "event": event,
                    "reason": "salah",
                    "actor": ACTOR,
                    "at": datetime(2026, 11, 25),
                }
            ],
        )

    assert [standing.record for standing in standings(store, COURSE, "D26", NOW)[1]] == [
        None,
        numbers[1],
    ]
    assert issues(store, COURSE) == []


def questions(store: Store, cohort: str) -> int:
    with questions_to(store) as asked:
        standings(store, COURSE, cohort, NOW)
    return len(asked)
