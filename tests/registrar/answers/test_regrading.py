"""Marking a quiz again: what would change is shown first, then all of it is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from psm_course.content.quiz import Quiz
from psm_course.domain.register import KeptSubmission
from psm_course.grading.grade import Grader, scoring_digest
from psm_course.registrar.answers import remarking
from psm_course.registrar.answers.deciding import decide
from psm_course.registrar.answers.hand_in import read_hand_in
from psm_course.registrar.answers.regrading import dispositions_in_force
from psm_course.registrar.answers.remarking import OtherQuiz
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.completion.cohort_rules import Move
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.cohorts import archive_cohort, reopen_cohort
from psm_course.store.answers import attempts, submissions
from psm_course.store.answers.attempts import NewAttempt
from psm_course.store.answers.dispositions import NewDisposition
from psm_course.store.completion.versions import QuizVersion, find_adoption
from psm_course.store.engine import Store
from tests.builders import a_submission
from tests.register_builders import (
    ACTOR,
    CARDS,
    COMPLETION,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_dangerous_test,
    a_hand_in,
    a_test,
    adopts,
    arranging,
    attends,
    hands_in,
    office_adopts,
    register_of,
    sends,
    signed,
)
from tests.registrar.answers.keys import (
    BEFORE,
    CORRECTED,
    COURSE,
    applied,
    keyed,
    scores,
    tried,
    two_cohorts,
)

# ---- seeing first --------------------------------------------------------------------------------


def test_a_dry_run_lists_every_change_and_changes_nothing(store: Store) -> None:
    record = two_cohorts(store)
    before = register_of(store)

    done, changes = tried(store, CORRECTED)

    assert scores(changes) == [("D26-001", 3, 2, -1), ("D26-002", 2, 3, 1), ("D26-003", 4, 3, 0)]
    assert (done.attempts, done.changed, done.unchanged, done.unreadable, done.up, done.down) == (
        4,
        3,
        1,
        0,
        1,
        1,
    )
    assert done.cohorts == {"D26": 3}
    assert done.moves == [
        Move("D26-001", "attended", gains=False, record=None),
        Move("D26-001", "passed", gains=False, record=record),
        Move("D26-002", "attended", gains=True, record=None),
        Move("D26-002", "passed", gains=True, record=None),
    ]
    assert (done.people, done.records, done.touched, done.touched_records) == (3, 2, 1, [record])
    assert register_of(store) == before


def test_marking_again_by_the_same_key_changes_nothing(store: Store) -> None:
    two_cohorts(store)

    done, changes = tried(store, COURSE)

    assert (changes, done.attempts, done.unchanged, done.moves) == ([], 4, 4, [])


@pytest.mark.parametrize(
    ("dispositions", "expected"),
    [
        (
            {"dua": "disregard"},
            [
                ("D26-001", 3, 3, 0),
                ("D26-002", 2, 2, 0),
                ("D26-003", 4, 3, 0),
                ("D25-001", 0, 0, 0),
            ],
        ),
        ({"dua": "full"}, [("D26-001", 3, 4, 0), ("D26-002", 2, 3, 1), ("D25-001", 0, 1, 0)]),
    ],
)
def test_a_disposition_on_an_item_is_tried_before_it_is_kept(
    store: Store, dispositions: dict[str, NewDisposition], expected: list[Any]
) -> None:
    two_cohorts(store)

    _, changes = tried(store, COURSE, **dispositions)

    assert sorted(scores(changes)) == sorted(expected)
    assert register_of(store)["disposition"] == []


# ---- keeping it ----------------------------------------------------------------------------------


def test_applying_appends_outcomes_and_does_what_the_dry_run_said(store: Store) -> None:
    two_cohorts(store)
    before = register_of(store)
    expected, _ = tried(store, CORRECTED)

    done = applied(store, CORRECTED)

    after = register_of(store)
    assert done == expected
    assert after["outcome"][: len(before["outcome"])] == before["outcome"]
    key = scoring_digest(CORRECTED.quizzes["tes-akhir"], {})
    assert [
        (Decimal(row[3]), row[5], row[8]) for row in after["outcome"][len(before["outcome"]) :]
    ] == [
        (2, False, key),
        (3, True, key),
        (3, True, key),
    ]
    added = {"outcome", "audit_event", "log_entry"}
    assert {name: rows for name, rows in after.items() if name not in added} == {
        name: rows for name, rows in before.items() if name not in added
    }
    assert [standing.completion.met for standing in standings(store, CORRECTED, "D26", NOW)[1]] == [
        False,
        True,
        True,
    ]
    assert tried(store, CORRECTED)[1] == []


def test_applying_is_noted_once_and_takes_no_record(store: Store) -> None:
    record = two_cohorts(store)

    applied(store, COURSE, dua="disregard", tiga="full")

    assert register_of(store)["audit_event"][-1][2:6] == (
        ACTOR,
        "quiz regraded",
        "tes-akhir",
        '{"attempts": 4, "changed": 4, "disregard_items": "dua", "full_items": "tiga"}',
    )
    assert standings(store, COURSE, "D26", NOW)[1][0].record == record


def test_a_disposition_counts_for_who_hands_in_later_and_for_the_next_regrade(store: Store) -> None:
    two_cohorts(store)
    applied(store, COURSE, dua="full")

    receipt = hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir", WRONG, id="lagi"))

    assert receipt.outcome is not None
    assert (receipt.outcome.points, receipt.outcome.scoring) == (
        1,
        scoring_digest(COURSE.quizzes["tes-akhir"], {"dua": "full"}),
    )
    assert tried(store, COURSE)[1] == []


def test_a_desk_that_is_open_learns_of_a_disposition(store: Store) -> None:
    a_cohort(store, "Siti")
    desk = Desk(store, COURSE.quizzes, CARDS)
    points = []
    for attempt, name in enumerate(("satu-kali", "dua-kali"), 1):
        document = signed(a_hand_in("D26-001", "tes-akhir", WRONG, id=name, attempt=attempt))
        (receipt,) = desk.record([read_hand_in(document.encode(), ACTOR, NOW)])
        assert receipt.outcome is not None
        points.append(receipt.outcome.points)
        applied(store, COURSE, dua="full")

    assert points == [0, 1]


def test_a_disposition_taken_back_gives_the_marks_as_they_were(store: Store) -> None:
    two_cohorts(store)
    before = [standing.completion for standing in standings(store, COURSE, "D26", NOW)[1]]
    applied(store, COURSE, dua="disregard")

    applied(store, COURSE, dua="none")

    assert [standing.completion for standing in standings(store, COURSE, "D26", NOW)[1]] == before
    assert [row[1:5] for row in register_of(store)["disposition"]] == [
        ("bimtek", "tes-akhir", "dua", "disregard"),
        ("bimtek", "tes-akhir", "dua", "none"),
    ]


def test_an_item_that_returns_to_the_quiz_counts_again_for_whoever_had_it(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))
    test = COURSE.quizzes["tes-akhir"]
    applied(store, a_course(BEFORE, Quiz(test.header, test.items[1:])))

    _, changes = tried(store, COURSE)

    assert [(each.before.maximum, each.after.maximum) for each in changes] == [(3, 4)]
    assert scores(changes) == [("D26-001", 3, 4, 0)]


def test_an_attempt_that_an_officer_accepted_is_marked_again_too(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-001", "tes-akhir", RIGHT))
    decide(
        store, COURSE, "D26-001/tes-akhir/1", "accepted", "dikerjakan di depan pelatih", ACTOR, NOW
    )

    done, changes = tried(store, CORRECTED)

    assert (done.attempts, scores(changes)) == (1, [("D26-001", 4, 3, 0)])


def test_a_document_that_can_no_longer_be_read_leaves_the_figures(store: Store) -> None:
    a_cohort(store, "Siti")
    with arranging(store) as tx:
        graded = Grader(COURSE.quizzes["tes-akhir"]).grade(
            a_submission(RIGHT, participant="D26-001")
        )
        submissions.add_submissions(
            tx, [KeptSubmission("ke-1", NOW, "D26-001", "tes-akhir", "{}", None)]
        )
        attempts.add_attempts(tx, [NewAttempt("ke-1", "D26-001", "tes-akhir", 1, graded, NOW)])

    done = applied(store, CORRECTED)

    assert (done.attempts, done.unreadable, done.changed, done.unchanged) == (1, 1, 0, 0)
    assert len(register_of(store)["outcome"]) == 1


# ---- which cohorts -------------------------------------------------------------------------------


def test_it_is_said_how_the_quiz_differs_from_what_each_cohort_has(store: Store) -> None:
    two_cohorts(store)
    adopts(store, COURSE, "D25")
    adopts(store, a_course(BEFORE, a_test("tes-akhir", attempts="2")), "D26")
    office_adopts(store, CORRECTED)

    done, _ = tried(store, CORRECTED)

    assert done.others == (
        OtherQuiz(("D25",), ("1 butir berubah kuncinya",)),
        OtherQuiz(("D26",), ("attempts 2 → -", "1 butir berubah kuncinya")),
    )


def test_a_regrade_moves_this_quiz_of_a_cohort_and_no_other(store: Store) -> None:
    two_cohorts(store)
    adopts(store, COURSE)
    newest = office_adopts(
        store,
        a_course(a_test("tes-awal", use="pretest", attempts="3"), CORRECTED.quizzes["tes-akhir"]),
    )

    done = applied(store, CORRECTED)

    with store.reading() as tx:
        adoption = find_adoption(tx, "D26")
    assert [other.cohorts for other in done.others] == [("D26",)]
    assert adoption is not None
    assert adoption.quiz("tes-akhir") == QuizVersion(newest.digest, CORRECTED.quizzes["tes-akhir"])
    assert adoption.course.quizzes["tes-awal"].header.attempts is None
    assert tried(store, CORRECTED)[0].others == ()


def test_an_archived_cohort_keeps_its_marks_until_it_is_opened_again(store: Store) -> None:
    two_cohorts(store)
    adopts(store, COURSE)
    office_adopts(store, CORRECTED)
    archive_cohort(store, "D26", "kegiatan selesai", ACTOR, NOW)
    before = register_of(store)["outcome"]

    done = applied(store, CORRECTED)

    assert (done.attempts, done.changed, done.archived, done.others) == (1, 0, ("D26",), ())
    assert register_of(store)["outcome"] == before
    reopen_cohort(store, "D26", "nilai keliru", ACTOR, NOW)
    assert (tried(store, CORRECTED)[0].changed, applied(store, CORRECTED).archived) == (3, ())


# ---- critical errors across attempts -------------------------------------------------------------


SAFE = [
    COMPLETION[0],
    {"id": "aman", "kind": "no_critical", "quizzes": ["tes-akhir"], "title": "Aman"},
]


def test_an_error_that_a_new_key_calls_critical_is_closed_by_what_was_right_since(
    store: Store,
) -> None:
    plain, dangerous = (
        a_course(a_test(), completion=SAFE),
        a_course(a_dangerous_test(), completion=SAFE),
    )
    a_cohort(store, "Siti", "Ujang")
    for number in ("D26-001", "D26-002"):
        attends(store, number)
        hands_in(store, plain, a_hand_in(number, responses=RIGHT | {"satu": "c"}))
    hands_in(store, plain, a_hand_in("D26-001", responses=RIGHT, id="lagi"))

    done, _ = tried(store, dangerous)

    assert [(move.number, move.kind, move.gains) for move in done.moves] == [
        ("D26-002", "attended", False),
        ("D26-002", "passed", False),
    ]
    applied(store, dangerous)
    assert [standing.completion.met for standing in standings(store, dangerous, "D26", NOW)[1]] == [
        True,
        False,
    ]


def test_rulings_are_in_force_until_they_are_taken_back(store: Store) -> None:
    two_cohorts(store)

    applied(store, CORRECTED, satu="full", dua="disregard")
    assert dispositions_in_force(store, COURSE, "tes-akhir") == {"satu": "full", "dua": "disregard"}
    assert dispositions_in_force(store, COURSE, "tes-awal") == {}
    applied(store, CORRECTED, satu="none")
    assert dispositions_in_force(store, COURSE, "tes-akhir") == {"dua": "disregard"}


def test_only_the_first_of_many_moves_and_records_are_listed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_cohorts(store)
    monkeypatch.setattr(remarking, "_KEPT", 1)

    done, _ = tried(store, keyed(satu="b", tiga="b"))

    assert (done.touched, len(done.touched_records), len(done.moves)) == (2, 1, 1)


def test_a_disposition_counts_in_an_officers_decision(store: Store) -> None:
    two_cohorts(store)
    sends(store, COURSE, a_hand_in("D26-002", "tes-akhir", WRONG, id="tanpa kartu"))
    applied(store, COURSE, dua="full")

    receipt = decide(store, COURSE, "tanpa kartu", "accepted", "pengirimnya dikenal", ACTOR, NOW)

    assert receipt.outcome is not None
    assert receipt.outcome.points == 1
