"""*Sebelum menerbitkan*: everything an officer looks at, on one page; it stops nothing."""

from __future__ import annotations

from datetime import timedelta

from dirty_equals import Contains

from psm_course.registrar.reports.clearing import before_issuing, notes_in
from psm_course.store.engine import Store
from tests.builders import a_choice, a_quiz
from tests.register_builders import (
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    attends,
    completes,
    hands_in,
    issues,
    sends,
)

COURSE = a_course(
    a_quiz([a_choice(name) for name in RIGHT], id="tes-awal", use="pretest"),
    a_test("tes-akhir", time_limit="30"),
)


def test_with_nothing_open_it_says_nothing(store: Store) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")

    assert before_issuing(store, COURSE, "D26").summary == ""


def test_everything_to_look_at_is_on_it(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang", "Rini", "王")
    for number in ("D26-001", "D26-002", "D26-004"):
        attends(store, number)
    for number in ("D26-001", "D26-002"):  # the same wrong answers to all four
        hands_in(store, COURSE, a_hand_in(number, responses=WRONG))
    late = (NOW + timedelta(hours=9)).isoformat()
    hands_in(
        store,
        COURSE,
        a_hand_in("D26-003", started_at=NOW.isoformat(), finished_at=late),
        NOW + timedelta(hours=10),
    )
    for n in range(5):
        hands_in(store, COURSE, a_hand_in("D26-004", id=f"coba-{n}"))
    sends(store, COURSE, a_hand_in("D26-002", id="tanpa kartu"))

    found = before_issuing(store, COURSE, "D26")

    assert [each.id for each in found.held] == ["tanpa kartu"]
    assert [each.participant for each in found.noted] == ["D26-003"]
    assert [each.notes for each in found.noted] == ["over_time"]
    assert [notes_in(each) for each in found.noted] == [Contains("lebih lama")]
    assert [(quiz, pair.first, pair.second, pair.same) for quiz, pair in found.copied] == [
        ("tes-akhir", "D26-001", "D26-002", 4)
    ]
    assert [(each.number, each.count) for each in found.tries] == [("D26-004", 5)]
    assert [each.number for each in found.unmarked] == ["D26-003"]
    assert found.unprintable == (("D26-004", "王"),)
    assert found.summary.split(", ") == [
        "1 jawaban ditahan",
        "1 jawaban dengan catatan",
        Contains("1 pasang", "salah yang sama"),
        "1 orang mencoba berkali-kali",
        "1 orang tanpa tanda hadir",
        Contains("1 nama", "tidak dapat dicetak"),
    ]


def test_notes_stop_no_certificate(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    completes(store, COURSE, "D26-001", "D26-002")
    for number in ("D26-001", "D26-002"):
        hands_in(store, COURSE, a_hand_in(number, responses=WRONG, id=f"lagi {number}"))

    noted = before_issuing(store, COURSE, "D26").copied

    assert (len(noted), len(issues(store, COURSE))) == (1, 2)


def test_another_cohorts_affairs_are_not_on_it(store: Store) -> None:
    a_cohort(store, "Siti")
    a_cohort(store, "Rini", cohort="L26")
    attends(store, "D26-001")
    sends(store, COURSE, a_hand_in("L26-001"))

    assert before_issuing(store, COURSE, "D26").summary == ""
