"""Who really handed in: the card, an earlier one, none, or somebody else's. Each test is something
that a stranger tried.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.domain.card import mac_key
from psm_course.grading.submission import card_mac
from psm_course.registrar.answers.deciding import decide
from psm_course.registrar.completion.judging import standing_of
from psm_course.store.engine import Store
from psm_course.store.people import cards
from tests.register_builders import (
    ACTOR,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_dangerous_test,
    a_hand_in,
    a_test,
    arranging,
    attends,
    hands_in,
    register_of,
    sends,
    with_card,
)

COURSE = a_course()
CRITICAL = {"id": "aman", "kind": "no_critical", "quizzes": ["tes-akhir"], "title": "Aman"}
PASSED = {"id": "akhir", "kind": "passed", "quizzes": ["tes-akhir"], "title": "Lulus tes akhir"}


def signed_by_nobody(document: str) -> str:
    bare = json.loads(document)
    return json.dumps(bare | {"mac": card_mac(mac_key("0" * 17), bare)})


def gets_a_new_card(store: Store, number: str) -> None:
    with arranging(store) as tx:
        cards.raise_serial(tx, number)


def met(store: Store, course: Any = COURSE, number: str = "D26-001") -> dict[str, bool]:
    return {
        each.id: each.met
        for each in standing_of(store, course, "D26", number, NOW).completion.requirements
    }


def next_step(store: Store, requirement: str, course: Any = COURSE) -> str | None:
    judged = standing_of(store, course, "D26", "D26-001", NOW).completion.requirements
    return next(each.next_step for each in judged if each.id == requirement)


# ---- a stranger, by number alone -----------------------------------------------------------------


def test_a_stranger_without_the_card_cannot_pass_for_somebody(store: Store) -> None:
    a_cohort(store, "Siti")

    receipt = sends(store, COURSE, a_hand_in("D26-001", responses=RIGHT))

    assert (receipt.standing, receipt.codes, receipt.reason) == (
        "held",
        ("no_card",),
        "tanpa kartu peserta",
    )
    assert len(receipt.code) == 9
    assert not met(store)["akhir"]


def test_eight_dangerous_answers_by_number_alone_do_not_un_pass(store: Store) -> None:
    course = a_course(
        a_dangerous_test(id="tes-akhir", without_card="counted"), completion=(PASSED, CRITICAL)
    )
    a_cohort(store, "Siti")
    hands_in(store, course, a_hand_in("D26-001", id="siti"))

    for n in range(8):
        sends(store, course, a_hand_in("D26-001", responses={"satu": "c"}, id=f"orang-lain-{n}"))

    assert met(store, course) == {"akhir": True, "aman": True}


def test_leaving_the_mac_out_is_no_way_round_it(store: Store) -> None:
    """What Siti's own phone sent, and the same without her card."""
    a_cohort(store, "Siti")
    own = with_card(store, a_hand_in("D26-001", id="siti"))
    without = json.dumps(
        {name: value for name, value in json.loads(own).items() if name != "mac"} | {"id": "lain"}
    )

    first, second, third = (
        sends(store, COURSE, without),
        sends(store, COURSE, own),
        sends(store, COURSE, without),
    )

    assert [each.standing for each in (first, second, third)] == ["held", "recorded", "known"]
    assert len(register_of(store)["attempt"]) == 1


def test_a_stranger_uses_up_nobodys_attempts(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="1"))
    a_cohort(store, "Siti")
    for n in range(3):
        sends(store, course, a_hand_in("D26-001", responses=WRONG, id=f"orang-lain-{n}"))

    receipt = sends(store, course, with_card(store, a_hand_in("D26-001", id="siti", attempt=1)))

    assert (receipt.standing, receipt.next_attempt) == ("recorded", 2)


@pytest.mark.parametrize(
    "forged",
    [a_hand_in("D26-001"), signed_by_nobody(a_hand_in("D26-001"))],
    ids=["without a card", "wrong card"],
)
def test_forged_ones_never_say_that_nothing_need_be_sent_again(store: Store, forged: str) -> None:
    a_cohort(store, "Siti")

    for n in range(2):
        sends(store, COURSE, json.dumps(json.loads(forged) | {"id": f"palsu-{n}"}))

    assert next_step(store, "akhir") == Contains("serahkan Tes Akhir")


def test_ones_own_held_answers_do_say_it(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, with_card(store, a_hand_in("D26-001", digest="sha256:lama")))

    assert "tidak perlu dikirim lagi" in str(next_step(store, "akhir"))


# ---- without a card, where the quiz lets it count ------------------------------------------------


def test_where_the_quiz_says_so_it_counts_without_a_card_and_hurts_nobody(store: Store) -> None:
    course = a_course(
        a_dangerous_test(id="tes-akhir", without_card="counted", attempts="1"),
        completion=(PASSED, CRITICAL),
    )
    a_cohort(store, "Siti")

    counted = sends(store, course, a_hand_in("D26-001", responses=RIGHT, id="tanpa kartu"))
    before = met(store, course)
    own = sends(
        store,
        course,
        with_card(store, a_hand_in("D26-001", responses=WRONG, id="dengan kartu", attempt=1)),
    )

    assert (counted.standing, counted.notes, before["akhir"]) == ("recorded", ("no_card",), True)
    # Never over one with the card.
    assert (own.standing, met(store, course)["akhir"]) == ("recorded", False)


def test_let_in_later_it_still_counts_as_nobodys_own(store: Store) -> None:
    course = a_course(a_test("tes-akhir", without_card="counted"), completion=(PASSED,))
    a_cohort(store, "Siti")
    stranger = a_hand_in("D26-001", responses=RIGHT, id="tanpa kartu", attempt=2)
    own = [
        with_card(store, a_hand_in("D26-001", responses=WRONG, id=str(n), attempt=n))
        for n in (1, 2)
    ]

    held, *recorded = (sends(store, course, each) for each in (stranger, *own))

    assert (held.standing, held.codes) == ("held", ("not_next",))
    assert [(each.standing, each.next_attempt) for each in recorded] == [
        ("recorded", 2),
        ("recorded", 3),
    ]
    assert not met(store, course)["akhir"]
    assert sends(store, course, stranger).reason == ""  # it waits no longer


def test_a_dangerous_answer_without_a_card_plants_no_critical_error(store: Store) -> None:
    course = a_course(
        a_dangerous_test(id="tes-akhir", without_card="counted"), completion=(PASSED, CRITICAL)
    )
    a_cohort(store, "Siti")

    sends(store, course, a_hand_in("D26-001", responses={"satu": "c"}))

    assert met(store, course)["aman"]


# ---- a card that was replaced --------------------------------------------------------------------


def test_what_the_lost_card_signed_is_held_and_not_thrown_away(store: Store) -> None:
    a_cohort(store, "Siti")
    document = with_card(store, a_hand_in("D26-001"))
    gets_a_new_card(store, "D26-001")

    receipt = sends(store, COURSE, document)

    assert (receipt.standing, receipt.codes, receipt.next_attempt) == (
        "held",
        ("earlier_card",),
        None,
    )


def test_held_for_the_old_card_it_counts_once_it_comes_signed_by_the_new_one(store: Store) -> None:
    a_cohort(store, "Siti")
    document = with_card(store, a_hand_in("D26-001"))
    gets_a_new_card(store, "D26-001")
    sends(store, COURSE, document)

    anew = sends(store, COURSE, with_card(store, document))
    again = sends(store, COURSE, with_card(store, document))

    assert [(each.standing, each.reason) for each in (anew, again)] == [
        ("recorded", ""),
        ("known", ""),
    ]
    assert (len(register_of(store)["submission"]), len(register_of(store)["attempt"])) == (1, 1)


def test_what_an_officer_refused_counts_no_more_once_it_comes_signed(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001", responses=RIGHT)
    sends(store, COURSE, document)
    decide(store, COURSE, "D26-001/tes-akhir/1", "refused", "bukan jawabannya", ACTOR, NOW)

    receipt = sends(store, COURSE, with_card(store, document))

    assert (receipt.standing, register_of(store)["attempt"]) == ("known", [])


# ---- a phone cannot choose -----------------------------------------------------------------------


def test_a_phone_that_chose_a_draw_is_held(store: Store) -> None:
    a_cohort(store, "Siti")

    receipt = sends(store, COURSE, with_card(store, a_hand_in("D26-001", attempt=4711)))

    assert (receipt.standing, receipt.codes, receipt.next_attempt) == ("held", ("not_next",), 1)


def test_what_came_out_of_turn_is_let_in_once_it_is_next(store: Store) -> None:
    a_cohort(store, "Siti")
    third, second, first = (
        with_card(store, a_hand_in("D26-001", id=str(n), attempt=n)) for n in (3, 2, 1)
    )

    receipts = [sends(store, COURSE, each) for each in (third, second, first)]

    assert [(each.standing, each.next_attempt) for each in receipts] == [
        ("held", 1),
        ("held", 1),
        ("recorded", 4),
    ]
    assert sorted(row[-1] for row in register_of(store)["attempt"]) == [1, 2, 3]
    assert [sends(store, COURSE, each).reason for each in (third, second)] == ["", ""]


def test_out_of_turn_does_not_let_in_more_than_the_limit(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="1"))
    a_cohort(store, "Siti")
    sends(store, course, with_card(store, a_hand_in("D26-001", id="2", attempt=2)))

    sends(store, course, with_card(store, a_hand_in("D26-001", id="1", attempt=1)))

    assert len(register_of(store)["attempt"]) == 1


def test_a_try_before_the_cool_down_is_over_is_held_by_the_offices_clock(store: Store) -> None:
    course = a_course(a_test("tes-akhir", cool_down="60"))
    a_cohort(store, "Siti")
    hands_in(store, course, a_hand_in("D26-001", id="1"))

    early = hands_in(store, course, a_hand_in("D26-001", id="2"), NOW + timedelta(minutes=59))
    late = hands_in(store, course, a_hand_in("D26-001", id="3"), NOW + timedelta(minutes=60))

    assert [(each.standing, each.codes) for each in (early, late)] == [
        ("held", ("too_soon",)),
        ("recorded", ()),
    ]


@pytest.mark.parametrize(
    ("minutes", "noted"), [(34, ()), (36, ("over_time",)), (9 * 60, ("over_time",))]
)
def test_nine_hours_on_a_thirty_minute_test_are_noted(
    store: Store, minutes: int, noted: tuple[str, ...]
) -> None:
    course = a_course(a_test("tes-akhir", time_limit="30"))
    a_cohort(store, "Siti")
    finished = (NOW + timedelta(minutes=minutes)).isoformat()

    receipt = hands_in(
        store,
        course,
        a_hand_in("D26-001", started_at=NOW.isoformat(), finished_at=finished),
        NOW + timedelta(hours=10),
    )

    assert (receipt.standing, receipt.notes) == ("recorded", noted)


def test_answered_faster_than_it_can_be_read_is_noted(store: Store) -> None:
    course = a_course(a_test("tes-akhir"))
    a_cohort(store, "Siti")

    receipt = hands_in(
        store, course, a_hand_in("D26-001", started_at=NOW.isoformat(), finished_at=NOW.isoformat())
    )

    assert (receipt.standing, receipt.notes) == ("recorded", ("too_fast",))


# ---- everybody can still finish ------------------------------------------------------------------


@pytest.mark.parametrize("state", ["lost card", "lost phone", "number only"])
def test_everybody_can_still_finish(store: Store, state: str) -> None:
    a_cohort(store, "Siti")
    attends(store, "D26-001")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", WRONG))
    if state == "lost card":  # kartu baru, and what the old one signed is decided
        held = with_card(store, a_hand_in("D26-001"))
        gets_a_new_card(store, "D26-001")
        sends(store, COURSE, held)
        decide(
            store,
            COURSE,
            "D26-001/tes-akhir/1",
            "accepted",
            "dikerjakan di depan pelatih",
            ACTOR,
            NOW,
        )
    if state == "lost phone":  # the office's laptop, with the same card
        hands_in(store, COURSE, a_hand_in("D26-001", id="laptop"))
    if state == "number only":
        sends(store, COURSE, a_hand_in("D26-001"))
        decide(
            store,
            COURSE,
            "D26-001/tes-akhir/1",
            "accepted",
            "dikerjakan di depan pelatih",
            ACTOR,
            NOW,
        )

    assert all(met(store).values())
