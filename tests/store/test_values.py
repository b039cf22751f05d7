"""The questions the register answers: values in, the same values out, in a stated order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dirty_equals import Contains
from sqlalchemy import text

from psm_course.content.quiz import Quiz
from psm_course.domain.register import (
    Attempt,
    AttendanceMark,
    Cohort,
    CompletionRecord,
    Enrolment,
    KeptSubmission,
)
from psm_course.errors import Refused
from psm_course.grading.outcome import Outcome
from psm_course.store import audit
from psm_course.store.answers import attempts, submissions
from psm_course.store.answers.attempts import NewAttempt
from psm_course.store.attendance import attendance
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from tests.builders import graded
from tests.register_builders import DEPOK, NOW, RIGHT, WRONG, a_cohort, a_test, arranging


def an_outcome(right: bool, quiz: Quiz | None = None) -> Outcome:
    return graded(quiz or a_test(), RIGHT if right else WRONG)


def recorded(
    store: Store, name: str, number: str, quiz: str, sequence: int, outcome: Outcome
) -> int:
    with arranging(store) as tx:
        submissions.add_submissions(tx, [KeptSubmission(name, NOW, number, quiz, "{}", None)])
        attempts.add_attempts(tx, [NewAttempt(name, number, quiz, sequence, outcome, NOW)])
        return int(tx.execute(text("SELECT max(id) FROM attempt")).scalar_one())


# ---- people --------------------------------------------------------------------------------------


def test_cohorts_are_listed_oldest_first(store: Store) -> None:
    known = [
        Cohort("B", "Kedua", date(2026, 12, 1)),
        Cohort("Z", "Pertama", date(2026, 11, 24)),
        Cohort("A", "Ketiga", date(2026, 12, 1)),
    ]
    with arranging(store) as tx:
        for cohort in known:
            cohorts.add_cohort(tx, cohort)

        assert [cohort.id for cohort in cohorts.list_cohorts(tx)] == ["Z", "A", "B"]
        assert cohorts.get_cohort(tx, "B") == known[0]


def test_a_cohort_that_is_not_there_is_refused_with_those_that_are(store: Store) -> None:
    a_cohort(store, cohort="D25")
    a_cohort(store, cohort="D26")

    with arranging(store) as tx, pytest.raises(Refused) as refused:
        cohorts.get_cohort(tx, "D27")

    assert str(refused.value) == Contains('"D27" tidak ada', ": D25, D26.", "psm cohort new")


def test_enrolments_come_back_by_number_and_only_of_their_cohort(store: Store) -> None:
    a_cohort(store, "Lain", cohort="D25")
    enrolled = a_cohort(store, "Siti Rahayu", "Ujang", "Ng Đặng 'Ñoño'")

    with arranging(store) as tx:
        assert people.list_enrolments(tx, "D26") == enrolled
        assert people.find_enrolment(tx, "D26-003") == Enrolment(
            "D26-003", "D26", "Ng Đặng 'Ñoño'", DEPOK
        )
        assert people.find_enrolment(tx, "D26-004") is None


def test_a_changed_enrolment_keeps_its_number_and_cohort(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")

    with arranging(store) as tx:
        people.change_enrolments(
            tx, [Enrolment("D26-001", "D26", "Siti Rahayu Ningsih", "32.76.05.1005")]
        )

        assert people.list_enrolments(tx, "D26") == (
            Enrolment("D26-001", "D26", "Siti Rahayu Ningsih", "32.76.05.1005"),
            Enrolment("D26-002", "D26", "Ujang", DEPOK),
        )


# ---- attendance ----------------------------------------------------------------------------------


def test_the_latest_mark_of_a_session_counts_and_all_are_kept(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    with arranging(store) as tx:
        attendance.add_marks(
            tx,
            [
                AttendanceMark("D26-001", "buka", "absent"),
                AttendanceMark("D26-002", "buka", "excused"),
            ],
            "petugas",
            NOW,
        )
        attendance.add_marks(
            tx,
            [
                AttendanceMark("D26-001", "buka", "present"),
                AttendanceMark("D26-001", "dasar", "late"),
            ],
            "petugas",
            NOW,
        )

        assert attendance.presence_of_cohort(tx, "D26") == {
            "D26-001": {"buka": "present", "dasar": "late"},
            "D26-002": {"buka": "excused"},
        }
        assert tx.execute(text("SELECT count(*) FROM attendance_mark")).scalar() == 4


# ---- attempts ------------------------------------------------------------------------------------


def test_a_submission_is_found_again_as_it_was_handed_in(store: Store) -> None:
    document = '{"a": "  spasi dua,\t tab, 😀 \\u0000"}'
    with arranging(store) as tx:
        new = KeptSubmission("5f0c", NOW, "D26-001", "tes", document, "unknown_quiz")
        submissions.add_submissions(tx, [new])

        assert submissions.find_submission(tx, "5f0c") == new
        assert submissions.find_submission(tx, "5f0d") is None


def test_attempts_come_back_in_order_with_exact_points(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    recorded(store, "satu", "D26-001", "tes-akhir", 1, an_outcome(right=False))
    recorded(store, "dua", "D26-001", "tes-akhir", 2, an_outcome(right=True))

    with arranging(store) as tx:
        found = attempts.attempts_of_cohort(tx, "D26")

    assert found == {
        "D26-001": [
            Attempt("D26-001", "tes-akhir", 1, Decimal(0), Decimal(4), passed=False, critical=()),
            Attempt("D26-001", "tes-akhir", 2, Decimal(4), Decimal(4), passed=True, critical=()),
        ]
    }


def test_the_latest_outcome_of_an_attempt_counts(store: Store) -> None:
    a_cohort(store, "Siti")
    attempt = recorded(store, "satu", "D26-001", "tes-akhir", 1, an_outcome(right=False))
    with arranging(store) as tx:
        attempts.add_outcomes(tx, [(attempt, an_outcome(right=True), NOW + timedelta(days=1))])

        assert [
            (a.points, a.passed) for a in attempts.attempts_of_cohort(tx, "D26")["D26-001"]
        ] == [(4, True)]
        assert attempts.taken_by(tx, {"D26-001"})["D26-001", "tes-akhir"].counting == 1


def test_the_newest_quiz_is_that_of_the_attempt_recorded_last_in_the_cohort(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    a_cohort(store, "Lain", cohort="D25")
    with arranging(store) as tx:
        assert attempts.newest_quiz(tx, "D26") is None
    recorded(store, "satu", "D26-001", "tes-akhir", 1, an_outcome(right=True))
    recorded(store, "dua", "D26-002", "tes-awal", 1, an_outcome(right=True))
    recorded(store, "tiga", "D25-001", "tes-akhir", 1, an_outcome(right=True))

    with arranging(store) as tx:
        assert attempts.newest_quiz(tx, "D26") == "tes-awal"


# ---- records and audit ---------------------------------------------------------------------------


def test_records_come_back_as_issued_in_the_order_they_were_numbered(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    issued = [
        CompletionRecord(
            "B/2",
            "D26-001",
            "passed",
            NOW,
            {"name": "Siti", "score": None, "sessions": [{"title": "é", "hours": 1}]},
        ),
        CompletionRecord(
            "A/1",
            "D26-002",
            "attended",
            NOW,
            {"name": "Ujang"},
            None,
            7,
            "k1",
            "{}",
            "https://…/v#…",
        ),
    ]
    with arranging(store) as tx:
        records.add_record(tx, issued[0], DEPOK, "bimtek", 2026, 2)
        records.add_record(tx, issued[1], DEPOK, "bimtek", 2026, 1)

        assert records.records_of_cohort(tx, "D26") == (issued[1], issued[0])


def test_the_last_sequence_counts_within_its_course_and_year(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    with arranging(store) as tx:
        records.add_record(
            tx, CompletionRecord("1", "D26-001", "passed", NOW, {}), DEPOK, "bimtek", 2026, 41
        )

        assert [
            records.last_sequence(tx, *series)
            for series in (("bimtek", 2026), ("bimtek", 2027), ("lanjutan", 2026))
        ] == [41, 0, 0]


def test_an_audit_note_holds_who_what_and_when(store: Store) -> None:
    with arranging(store) as tx:
        audit.note(tx, "petugas", "roster imported", "D26", NOW, changed=0, added=3)

        assert audit.list_events(tx) == (
            audit.Event(NOW, "petugas", "roster imported", "D26", {"added": 3, "changed": 0}, 1),
        )
