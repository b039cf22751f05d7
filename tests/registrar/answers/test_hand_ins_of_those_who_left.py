"""What somebody hands in after they left the cohort: it waits, and says why; of two numbers that
are one it counts.
"""

from __future__ import annotations

from datetime import date

import pytest
from dirty_equals import Contains

from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import decide, decide_all, list_held
from psm_course.registrar.completion.judging import standing_of
from psm_course.registrar.people.adding import Newcomer
from psm_course.registrar.people.cohorts import archive_cohort
from psm_course.registrar.people.merging import merge_persons
from psm_course.registrar.people.one_person import (
    move_person,
    readmit_person,
    replace_person,
    withdraw_person,
)
from psm_course.store.engine import Store
from psm_course.store.people import cohorts
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    adopts,
    arranging,
    hands_in,
    register_of,
)

COURSE = a_course()
WHY = "permintaan peserta"


def leaves(store: Store, how: str) -> None:
    """D26-001 withdraws, moves to D27, or gives the seat to another person."""
    with arranging(store) as tx:
        cohorts.add_cohort(tx, Cohort("D27", "Angkatan D27", date(2026, 12, 1), course="bimtek"))
    if how == "withdrawn":
        withdraw_person(store, "D26-001", WHY, ACTOR, NOW)
    elif how == "moved":
        move_person(store, "D26-001", "D27", WHY, ACTOR, NOW)
    else:
        replace_person(
            store, REGION, "D26-001", Newcomer("Rini Lestari", "Beji"), "", WHY, ACTOR, NOW
        )


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("withdrawn", Contains("mengundurkan diri")),
        ("moved", Contains("pindah angkatan")),
        ("replaced", Contains("digantikan orang lain")),
    ],
)
def test_the_answers_of_somebody_who_left_wait_and_say_so(
    store: Store, how: str, said: object
) -> None:
    a_cohort(store, "Siti Rahayu")
    leaves(store, how)

    receipt = hands_in(store, COURSE, a_hand_in("D26-001"))

    assert (receipt.standing, receipt.codes, receipt.reason) == ("held", (how,), said)
    assert len(receipt.code) == 9
    assert register_of(store)["attempt"] == []


def test_what_somebody_handed_in_before_leaving_stays_counted(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    hands_in(store, COURSE, a_hand_in("D26-001"))
    leaves(store, "withdrawn")
    readmit_person(store, "D26-001", "ternyata dapat ikut", ACTOR, NOW)

    again = hands_in(store, COURSE, a_hand_in("D26-001", id="lagi"))

    assert (again.standing, again.next_attempt) == ("recorded", 3)


def test_the_answers_of_somebody_who_moved_are_counted_for_the_new_number(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    leaves(store, "moved")
    hands_in(store, COURSE, a_hand_in("D26-001"))

    receipt = decide(
        store,
        COURSE,
        "D26-001/tes-akhir/1",
        "accepted",
        "dikerjakan di depan pelatih",
        ACTOR,
        NOW,
        "D27-001",
    )

    assert (receipt.participant, receipt.standing) == ("D27-001", "recorded")
    assert [
        attempt.quiz for attempt in standing_of(store, COURSE, "D27", "D27-001", NOW).attempts
    ] == ["tes-akhir"]


def test_the_answers_signed_by_a_merged_numbers_card_count_for_the_one_that_is_kept(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    adopts(store, COURSE)
    merge_persons(store, "D26-001", "D26-002", "terdaftar dua kali", ACTOR, NOW)

    receipt = hands_in(store, COURSE, a_hand_in("D26-002"))

    assert (receipt.standing, list_held(store)) == ("recorded", ())
    assert [
        (each.number, each.passed)
        for each in standing_of(store, COURSE, "D26", "D26-001", NOW).attempts
    ] == [("D26-001", True)]


def test_nothing_is_counted_in_a_cohort_that_was_put_away(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    leaves(store, "withdrawn")
    hands_in(store, COURSE, a_hand_in("D26-001"))
    archive_cohort(store, "D26", "kegiatan selesai", ACTOR, NOW)
    said: object = Contains("Angkatan D26 sudah diarsipkan", "psm cohort reopen D26")

    with pytest.raises(Refused) as refused:
        decide(
            store,
            COURSE,
            "D26-001/tes-akhir/1",
            "accepted",
            "dikerjakan di depan pelatih",
            ACTOR,
            NOW,
        )
    many = decide_all(
        store,
        COURSE,
        ["D26-001/tes-akhir/1"],
        "accepted",
        "dikerjakan di depan pelatih",
        ACTOR,
        NOW,
    )

    assert str(refused.value) == said
    assert (many.count, list(many.left.values()), len(list_held(store))) == (0, [said], 1)
