"""Hand-ins that no card vouches for: no receipt, no row in the register, no room without end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from psm_course.registrar.answers.deciding import decide
from psm_course.registrar.answers.quarantining import (
    KEPT_FOR,
    MOST_IN_ALL,
    MOST_OF_AN_ADDRESS,
    admit,
    purge,
    quarantined,
)
from psm_course.registrar.answers.submitting import MOST_WITHOUT_CARD, Desk, read_hand_in
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    CARDS,
    NOW,
    RIGHT,
    a_cohort,
    a_hand_in,
    register_of,
    sends,
    with_card,
)
from tests.registrar.answers.test_who_handed_in import COURSE, met, signed_by_nobody


@pytest.mark.parametrize(
    ("document", "why"),
    [
        pytest.param(signed_by_nobody(a_hand_in("D26-001")), "wrong_mac", id="wrong MAC"),
        pytest.param(a_hand_in("D26-099"), "unknown_participant", id="unknown number"),
    ],
)
def test_what_no_card_vouches_for_gets_no_receipt_and_is_not_in_the_register(
    store: Store, document: str, why: str
) -> None:
    a_cohort(store, "Siti")
    before = {table: rows for table, rows in register_of(store).items() if table != "quarantine"}

    receipts = [sends(store, COURSE, document, address="10.0.0.7") for _ in range(2)]

    assert {(each.standing, each.code, each.codes, each.next_attempt) for each in receipts} == {
        ("quarantined", "", (why,), None)
    }
    found = quarantined(store)
    assert [(each.address, each.count) for each in found.sources] == [("10.0.0.7", 1)]
    assert {
        table: rows for table, rows in register_of(store).items() if table != "quarantine"
    } == before


def test_one_address_cannot_fill_the_quarantine(store: Store) -> None:
    a_cohort(store, "Siti")
    for n in range(MOST_OF_AN_ADDRESS.documents + 5):
        sends(store, COURSE, a_hand_in("D26-099", id=f"palsu-{n}"), address="10.0.0.7")
    sends(store, COURSE, a_hand_in("D26-099", id="lain"), address="10.0.0.8")

    most = MOST_OF_AN_ADDRESS.documents
    assert [(each.address, each.count) for each in quarantined(store).sources] == [
        ("10.0.0.7", most),
        ("10.0.0.8", 1),
    ]
    assert (
        purge(store, "10.0.0.7", ACTOR, NOW),
        quarantined(store).count,
        purge(store, None, ACTOR, NOW),
    ) == (most, 1, 1)


def test_so_many_of_one_number_wait_without_a_card_and_what_comes_with_it_is_never_refused(
    store: Store,
) -> None:
    a_cohort(store, "Siti", "Budi")
    many = range(MOST_WITHOUT_CARD + 5)
    made_up = [
        sends(store, COURSE, a_hand_in("D26-001", id=f"palsu-{n}"), address=f"10.0.0.{n}").standing
        for n in many
    ]
    at_once = [
        read_hand_in(a_hand_in("D26-002", id=f"budi-{n}").encode(), ACTOR, NOW, "10.0.0.7")
        for n in many
    ]
    together = [each.standing for each in Desk(store, COURSE.quizzes, CARDS).record(at_once)]
    at_the_desk = sends(store, COURSE, a_hand_in("D26-001", id="diantar"))
    own = sends(
        store,
        COURSE,
        with_card(store, a_hand_in("D26-001", id="asli", responses=RIGHT)),
        address="10.0.0.7",
    )
    decide(store, COURSE, "palsu-0", "refused", "Kiriman orang iseng.", ACTOR, NOW)
    decide(store, COURSE, "palsu-1", "refused", "Kiriman orang iseng.", ACTOR, NOW)
    later = sends(store, COURSE, a_hand_in("D26-001", id="susulan"), address="10.0.0.7")

    assert made_up == together == ["held"] * MOST_WITHOUT_CARD + ["quarantined"] * 5
    assert (at_the_desk.standing, own.standing, later.standing) == ("held", "recorded", "held")


def much(name: str, participant: str = "D26-099", letters: int = 900_000) -> str:
    """A document of nearly the largest size."""
    return a_hand_in(participant, id=name, responses={"satu": "x" * letters})


def test_one_address_cannot_fill_the_quarantine_with_few_large_documents(store: Store) -> None:
    a_cohort(store, "Siti")
    for n in range(12):
        sends(store, COURSE, much(f"besar-{n}"), address="10.0.0.7")
    sends(store, COURSE, a_hand_in("D26-099", id="kecil"), address="10.0.0.7")

    assert {each.submission for each in quarantined(store).newest} == {
        "besar-0",
        "besar-1",
        "kecil",
    }
    assert 2 * 900_000 < MOST_OF_AN_ADDRESS.letters < 3 * 900_000


def test_what_lies_in_quarantine_for_two_months_goes_when_the_next_comes(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(
        store,
        COURSE,
        a_hand_in("D26-099", id="lama"),
        address="10.0.0.7",
        now=NOW - KEPT_FOR - timedelta(minutes=1),
    )
    sends(
        store,
        COURSE,
        a_hand_in("D26-099", id="muda"),
        address="10.0.0.7",
        now=NOW - KEPT_FOR + timedelta(minutes=1),
    )
    sends(store, COURSE, a_hand_in("D26-099", id="baru"), address="10.0.0.7")

    assert {each.submission for each in quarantined(store).newest} == {"muda", "baru"}


@pytest.mark.parametrize(
    ("letters", "address", "standing"),
    [(100_000, "10.0.0.7", "quarantined"), (1000, "10.0.0.7", "held"), (100_000, "", "held")],
    ids=["large", "small", "large, brought to the desk"],
)
def test_what_anybody_can_send_is_kept_for_ever_only_while_it_is_small(
    store: Store, letters: int, address: str, standing: str
) -> None:
    a_cohort(store, "Siti")

    receipt = sends(store, COURSE, much("tanpa-kartu", "D26-001", letters), address=address)

    assert receipt.standing == standing


def test_a_large_document_with_the_right_card_is_never_refused(store: Store) -> None:
    a_cohort(store, "Siti")
    for n in range(12):
        sends(store, COURSE, much(f"besar-{n}"), address="10.0.0.7")

    receipt = sends(store, COURSE, with_card(store, much("asli", "D26-001")), address="10.0.0.7")

    assert receipt.standing != "quarantined"
    assert receipt.code


def test_sent_again_with_the_right_card_it_is_recorded_as_new(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001")
    first = sends(store, COURSE, signed_by_nobody(document))

    again = sends(store, COURSE, with_card(store, document))

    assert (first.standing, again.standing, quarantined(store).count) == (
        "quarantined",
        "recorded",
        0,
    )


def test_an_officer_who_knows_the_sender_takes_it_in_and_decides(store: Store) -> None:
    """The number on the phone was a slip: everybody can still finish."""
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-010", id="salah ketik"))

    kept = admit(store, quarantined(store).newest[0].digest, "nomornya salah ketik", ACTOR, NOW)
    decide(
        store,
        COURSE,
        kept.id,
        "accepted",
        "dicocokkan dengan orangnya",
        ACTOR,
        NOW,
        participant="D26-001",
    )

    assert (kept.held, met(store)["akhir"], quarantined(store).count) == (
        "unknown_participant",
        True,
        0,
    )


def test_the_limits_are_those_of_decision_0060() -> None:
    mebibyte = 1024 * 1024

    assert [
        (most.documents, most.letters / mebibyte) for most in (MOST_OF_AN_ADDRESS, MOST_IN_ALL)
    ] == [(50, 2), (2000, 16)]
    assert (MOST_WITHOUT_CARD, KEPT_FOR.days) == (20, 60)
