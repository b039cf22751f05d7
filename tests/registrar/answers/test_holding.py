"""What cannot count at once is kept and held with its reason; what only looks odd is noted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from dirty_equals import Contains
from sqlalchemy import update

from psm_course.registrar.answers.hand_in import Receipt
from psm_course.registrar.answers.holding import REASONS, codes_of, sentence_of
from psm_course.store.engine import Store
from psm_course.store.people import people
from psm_course.store.rows import change
from psm_course.store.schema import cohort, enrolment
from tests.register_builders import (
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    arranging,
    hands_in,
    in_turn,
    register_of,
    sends,
    with_card,
)

COURSE = a_course(a_test("tes-akhir", attempts="1"))
DIGEST = COURSE.quizzes["tes-akhir"].digest
LATE = NOW + timedelta(hours=1)

Change = Callable[[Store, str], str]


def changed(**changes: Any) -> Change:
    return lambda _, document: json.dumps(json.loads(document) | changes)


def of_another_card(store: Store, document: str) -> str:
    """A neighbour's card, used under this number."""
    theirs = json.loads(
        with_card(store, json.dumps(json.loads(document) | {"participant": "D26-002"}))
    )["mac"]
    return json.dumps(json.loads(document) | {"mac": theirs})


def closed(store: Store) -> None:
    with arranging(store) as tx:
        # 9:00 in Depok, which is NOW.
        change(tx, update(cohort).values(closes_at=datetime(2026, 11, 24, 2)))


# ---- held ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        pytest.param(
            changed(quiz="tes-lama"), "unknown_quiz", Contains("tidak ada di kursus"), id="quiz"
        ),
        pytest.param(
            changed(digest="sha256:00"),
            "other_version",
            Contains("versi kuis yang lain"),
            id="version",
        ),
        pytest.param(
            changed(id="dua"),
            "too_many_attempts",
            Contains("kesempatan mengerjakan"),
            id="attempts",
        ),
    ],
)
def test_what_cannot_count_is_kept_and_held_with_its_reason(
    store: Store, change: Change, code: str, reason: object
) -> None:
    a_cohort(store, "Siti", "Ujang")
    if code == "too_many_attempts":
        hands_in(store, COURSE, a_hand_in("D26-001", id="satu"))
    before = register_of(store)
    document = with_card(store, in_turn(store, change(store, a_hand_in("D26-001", digest=DIGEST))))

    receipt, again = (sends(store, COURSE, document) for _ in range(2))

    assert (receipt.standing, receipt.codes, receipt.reason, receipt.outcome) == (
        "held",
        (code,),
        reason,
        None,
    )
    assert (again.standing, again.codes, again.reason, again.code) == (
        "known",
        (code,),
        reason,
        receipt.code,
    )
    after = register_of(store)
    assert [row[4:6] for row in after["submission"] if row not in before["submission"]] == [
        (document, code)
    ]
    assert after["attempt"] == before["attempt"]
    assert [row[3] for row in after["audit_event"][len(before["audit_event"]) :]] == [
        "submission held"
    ]


def test_what_is_handed_in_after_closing_is_held_and_on_the_last_moment_not(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    closed(store)

    receipts = [
        hands_in(store, COURSE, a_hand_in("D26-001"), NOW),
        hands_in(store, COURSE, a_hand_in("D26-002"), LATE),
    ]

    assert [(each.standing, each.codes, each.reason) for each in receipts] == [
        ("recorded", (), ""),
        ("held", ("after_closing",), Contains("sesudah angkatan ditutup")),
    ]


def test_everything_that_speaks_against_it_is_said_in_a_fixed_order(store: Store) -> None:
    """Whoever decides on a missing card has to know that it also came too late."""
    a_cohort(store, "Siti", "Ujang")
    hands_in(store, COURSE, a_hand_in("D26-001", id="satu"))
    closed(store)
    document = a_hand_in("D26-001", id="satu", digest="sha256:00")

    receipt = sends(store, COURSE, document, LATE)

    codes = ("id_reused", "no_card", "other_version", "too_many_attempts", "after_closing")
    assert receipt.codes == codes
    assert receipt.reason == "; ".join(REASONS[code] for code in codes)


def test_a_hand_in_of_an_erased_person_is_nobodys(store: Store) -> None:
    a_cohort(store, "Siti")
    with arranging(store) as tx:
        change(tx, update(enrolment).values(name="", erased_at=datetime(2026, 11, 24)))

    receipt = sends(store, COURSE, a_hand_in("D26-001"))

    assert (receipt.standing, receipt.codes) == ("quarantined", ("unknown_participant",))


def test_a_reason_of_the_first_register_stays_the_sentence_it_was() -> None:
    reason = "sudah 2 kali mengerjakan kuis ini"

    assert codes_of(reason) == ()
    assert sentence_of(reason) == reason


# ---- recorded ------------------------------------------------------------------------------------


def test_a_hand_in_with_the_right_card_is_recorded_without_a_note(store: Store) -> None:
    a_cohort(store, "Siti")

    receipt = hands_in(store, COURSE, with_card(store, a_hand_in("D26-001", digest=DIGEST)))

    assert (receipt.standing, receipt.notes) == ("recorded", ())


def test_every_single_change_breaks_the_mac(store: Store) -> None:
    a_cohort(store, "Siti")
    document = json.loads(with_card(store, a_hand_in("D26-001", digest=DIGEST)))
    changes = [
        {"responses": {"satu": "c"}},
        {"started_at": "2026-11-24T09:01:00+07:00"},
        {"id": "lain"},
        {"attempt": 2},
        {"x": None},
    ]

    receipts = [
        sends(store, COURSE, json.dumps(document | {"id": f"id-{n}"} | change))
        for n, change in enumerate(changes)
    ]

    assert [each.codes for each in receipts] == [("wrong_mac",)] * len(changes)


def test_the_mac_may_be_written_in_capitals(store: Store) -> None:
    a_cohort(store, "Siti")
    document = json.loads(with_card(store, a_hand_in("D26-001")))

    assert (
        hands_in(store, COURSE, json.dumps(document | {"mac": document["mac"].upper()})).standing
        == "recorded"
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(changed(participant="D26-099"), id="nobody"),
        pytest.param(changed(participant="d26-001"), id="small letters"),
        pytest.param(of_another_card, id="another card"),
        pytest.param(changed(mac="é"), id="no MAC at all"),
    ],
)
def test_what_no_card_vouches_for_is_kept_apart(store: Store, change: Change) -> None:
    a_cohort(store, "Siti", "Ujang")
    before = register_of(store)

    receipt = sends(store, COURSE, change(store, a_hand_in("D26-001", digest=DIGEST)))

    assert receipt.standing == "quarantined"
    assert register_of(store) | {"quarantine": []} == before


def test_a_hand_in_without_a_card_that_counts_is_noted(store: Store) -> None:
    a_cohort(store, "Siti")

    receipt = sends(
        store, a_course(a_test("tes-akhir", without_card="counted")), a_hand_in("D26-001")
    )

    assert (receipt.standing, receipt.notes) == ("recorded", ("no_card",))
    assert receipt.reason_and_notes == Contains("tanpa kartu")
    assert json.loads(register_of(store)["audit_event"][-1][5]) == {
        "quiz": "tes-akhir",
        "notes": "no_card",
    }


@pytest.mark.parametrize(
    ("started", "finished", "is_odd"),
    [
        pytest.param(
            "2026-11-24T08:30:00+07:00", "2026-11-24T08:50:00+07:00", False, id="just now"
        ),
        pytest.param(
            "2026-11-03T08:30:00+07:00", "2026-11-03T08:50:00+07:00", False, id="three weeks late"
        ),
        pytest.param(
            "2026-11-24T08:30:00", "2026-11-24T08:50:00", False, id="no zone: Depok's time"
        ),
        pytest.param(
            "2026-11-24T10:30:00Z", "2026-11-24T11:00:00Z", False, id="another zone's clock"
        ),
        pytest.param(
            "2025-11-24T08:30:00+07:00", "2025-11-24T08:50:00+07:00", True, id="a year behind"
        ),
        pytest.param(
            "2027-11-24T08:30:00+07:00", "2027-11-24T08:50:00+07:00", True, id="a year ahead"
        ),
        pytest.param(
            "1970-01-01T00:00:10+07:00", "2026-11-24T08:50:00+07:00", True, id="set right meanwhile"
        ),
        pytest.param(
            "2026-11-24T08:50:00+07:00",
            "2026-11-24T08:30:00+07:00",
            True,
            id="finished before it started",
        ),
        pytest.param("kemarin", "2026-11-24T08:50:00+07:00", True, id="no moment"),
        pytest.param(
            "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", True, id="ends of time"
        ),
        pytest.param(None, None, False, id="not written"),
    ],
)
def test_an_odd_clock_is_noted_and_the_moment_of_receipt_counts(
    store: Store, started: Any, finished: Any, is_odd: bool
) -> None:
    a_cohort(store, "Siti")

    receipt = hands_in(
        store,
        COURSE,
        with_card(store, a_hand_in("D26-001", started_at=started, finished_at=finished)),
    )

    assert (receipt.standing, receipt.notes) == ("recorded", ("odd_clock",) if is_odd else ())
    assert register_of(store)["submission"][0][1] == datetime(2026, 11, 24, 2)


def test_a_hand_in_of_no_version_is_of_no_other_version(store: Store) -> None:
    a_cohort(store, "Siti")

    assert hands_in(store, COURSE, a_hand_in("D26-001", digest=None)).standing == "recorded"


def test_what_a_receipt_says_of_itself() -> None:
    reason = "kuis ini tidak ada di kursus"
    receipt = Receipt(
        "AAAA-BBBB",
        "D26-001",
        "tes-akhir",
        "held",
        reason,
        notes=("no_card", "odd_clock"),
    )

    assert receipt.reason_and_notes.split("; ") == [
        reason,
        Contains("tanpa kartu"),
        Contains("jam ponsel"),
    ]


def test_learners_are_those_in_the_register(store: Store) -> None:
    a_cohort(store, "Siti")
    closed(store)

    with store.reading() as tx:
        found = people.learners(tx, {"D26-001", "D26-002"})

    assert found == {"D26-001": people.Learner(1, NOW, "D26", "bimtek")}
