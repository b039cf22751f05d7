"""Two numbers that are one person: merged, and taken apart again where it was a mistake."""

from __future__ import annotations

from datetime import timedelta

from dirty_equals import Contains

from psm_course.domain.register import AttendanceMark
from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.completion.judging import standing_of, standings
from psm_course.registrar.people.merging import merge_persons, unmerge_persons
from psm_course.registrar.people.own_page import own_page
from psm_course.registrar.people.privacy import numbers_of_person
from psm_course.store.attendance import attendance
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    CARDS,
    NOW,
    WRONG,
    a_cohort,
    a_hand_in,
    a_signer,
    adopts,
    arranging,
    attends,
    card_of,
    completes,
    enrolled_in,
    events_of,
    hands_in,
    issues,
    register_of,
)
from tests.registrar.people.years import COURSE, WHY, in_another_year, linked, refusal

# ---- merged --------------------------------------------------------------------------------------


def test_of_two_numbers_that_are_one_everything_counts_for_the_one_that_is_kept(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu", "Ujang")
    adopts(store, COURSE)
    attends(store, "D26-001", "buka", "dasar", "ppks", "sehat")
    attends(store, "D26-002", "anak", "difabel", "rujuk", "tutup")
    with arranging(store) as tx:  # the sheet had both lines, and a stroke where the other one stood
        attendance.add_marks(
            tx,
            [
                AttendanceMark("D26-001", "anak", "absent"),
                AttendanceMark("D26-002", "buka", "absent"),
            ],
            ACTOR,
            NOW,
        )
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", WRONG))
    hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir"))
    written = register_of(store)
    old_card = card_of(store, "D26-002")

    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)

    _, everybody = standings(store, COURSE, "D26", NOW)
    assert [(each.enrolment.number, each.completion.met) for each in everybody] == [
        ("D26-001", True),
        ("D26-003", False),
    ]
    assert standing_of(store, COURSE, "D26", "D26-001", NOW) == everybody[0]
    assert own_page(store, COURSE, CARDS, "D26-002", old_card, NOW).standing == everybody[0]
    assert (
        hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir", id="lagi")).standing == "recorded"
    )
    assert (
        register_of(store)["attendance_mark"][: len(written["attendance_mark"])]
        == written["attendance_mark"]
    )
    assert enrolled_in(store)[1].left_to == "D26-001"
    assert len(issues(store, COURSE)) == 1


def test_a_merge_of_two_certificates_or_two_cohorts_is_refused(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    completes(store, COURSE, "D26-001", "D26-002")
    issues(store, COURSE)
    in_another_year(store, "Siti Rahayu")

    assert "Cabut satu dulu" in refusal(
        store, merge_persons, store, "D26-001", "D26-002", WHY, ACTOR, NOW
    )
    assert "psm person link D26-001 D28-001" in refusal(
        store, merge_persons, store, "D26-001", "D28-001", WHY, ACTOR, NOW
    )


def test_a_certificate_of_the_number_that_went_counts_and_no_second_one_is_issued(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    completes(store, COURSE, "D26-002")
    (record,) = issues(store, COURSE)

    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)

    assert standing_of(store, COURSE, "D26", "D26-001", NOW).record == record
    assert issues(store, COURSE) == []


# ---- merged by mistake ---------------------------------------------------------------------------


def test_two_that_were_merged_by_mistake_each_have_their_own_again(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu", "Siti Rahayuuu")
    in_another_year(store, "Siti Rahayuu")
    adopts(store, COURSE)
    linked(store, "D26-002", "D28-001")
    attends(store, "D26-001", "buka", "dasar")
    hands_in(store, COURSE, a_hand_in("D26-002"))
    with arranging(
        store
    ) as tx:  # the other one's stroke came later: merging writes the better mark again
        attendance.add_marks(tx, [AttendanceMark("D26-002", "buka", "absent")], ACTOR, NOW)
    merge_persons(store, "D26-002", "D26-003", WHY, ACTOR, NOW)
    before, persons = standings(store, COURSE, "D26", NOW)[1], register_of(store)["person"]
    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)

    kept = unmerge_persons(store, "d26-002", "ternyata orang lain", ACTOR, NOW)

    assert kept.number == "D26-001"
    assert standings(store, COURSE, "D26", NOW)[1] == before
    assert [(each.left_as, each.left_to) for each in enrolled_in(store)] == [
        (None, None),
        (None, None),
        ("merged", "D26-002"),
    ]
    assert numbers_of_person(store, "D26-001") == ("D26-001",)
    assert numbers_of_person(store, "D26-002") == ("D26-002", "D26-003", "D28-001")
    assert len(register_of(store)["person"]) == len(persons)
    assert [(verb, subject, detail) for _, verb, subject, detail in events_of(store)[-2:]] == [
        ("persons unmerged", "D26-002", {"from": "D26-001", "reason": "ternyata orang lain"}),
        ("persons unmerged", "D26-001", {"from": "D26-002"}),
    ]


def test_a_mark_that_merging_wrote_for_the_better_is_taken_back(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    adopts(store, COURSE)
    with arranging(store) as tx:
        attendance.add_marks(tx, [AttendanceMark("D26-002", "buka", "present")], ACTOR, NOW)
        attendance.add_marks(tx, [AttendanceMark("D26-001", "buka", "absent")], ACTOR, NOW)
    written = register_of(store)["attendance_mark"]
    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW + timedelta(minutes=1))
    merged = standing_of(store, COURSE, "D26", "D26-001", NOW).facts.presence

    unmerge_persons(store, "D26-002", "ternyata orang lain", ACTOR, NOW + timedelta(minutes=2))

    assert merged == {"buka": "present"}
    assert [
        standing_of(store, COURSE, "D26", number, NOW).facts.presence
        for number in ("D26-001", "D26-002")
    ] == [
        {"buka": "absent"},
        {"buka": "present"},
    ]
    assert register_of(store)["attendance_mark"][:2] == written


def test_after_a_certificate_was_issued_two_numbers_are_taken_apart_only_once_it_is_revoked(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    adopts(store, COURSE)
    completes(store, COURSE, "D26-002")
    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)
    (record,) = issues(store, COURSE)

    said = refusal(store, unmerge_persons, store, "D26-002", WHY, ACTOR, NOW)
    revoke(store, a_signer(), [record], "salah orang", ACTOR, NOW)
    unmerge_persons(store, "D26-002", WHY, ACTOR, NOW)

    assert said == Contains("terbit sesudah", f"psm revoke {record}")
    assert [each.completion.met for each in standings(store, COURSE, "D26", NOW)[1]] == [
        False,
        True,
    ]
    assert "tidak sedang digabung" in refusal(
        store, unmerge_persons, store, "D26-002", WHY, ACTOR, NOW
    )
