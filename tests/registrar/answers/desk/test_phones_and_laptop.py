"""A phone is paired with a card, and who has no phone sits a test on the office's laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from psm_course.domain.card import mac_key, pairing_proof
from psm_course.errors import Refused
from psm_course.registrar.answers.laptop import Sitting, open_sitting
from psm_course.registrar.answers.pairing import Paired, pair_phone
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.people.cards import REPLACED
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.people import cards
from tests.register_builders import (
    ACTOR,
    CARDS,
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    adopts,
    arranging,
    card_of,
    events_of,
    hands_in,
)

COURSE = a_course(
    a_test("tes-awal", use="pretest"),
    a_test("tes-akhir"),
    a_test("latihan", use="practice"),
    a_test("bank", use="bank"),
)


def a_desk(store: Store) -> Desk:
    return Desk(store, COURSE.quizzes, CARDS)


def proof(number: str = "D26-001", serial: int = 1) -> str:
    return pairing_proof(mac_key(CARDS.code(number, serial)), number)


def refusal(*asked: Any) -> str:
    with pytest.raises(Refused) as refused:
        asked[0](*asked[1:])
    return str(refused.value)


# ---- a phone -------------------------------------------------------------------------------------


def test_a_paired_phone_learns_who_it_is_and_the_next_attempt_at_each_test(store: Store) -> None:
    a_cohort(store, "Siti Nurhayati, S.Sos", "Ujang")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal"))
    hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir"))

    paired = pair_phone(a_desk(store), "D26-001", proof())

    assert paired == Paired("Siti N", {"tes-awal": 2, "tes-akhir": 1, "bank": 1})
    assert pair_phone(a_desk(store), "d26-001\0", proof()) == paired


def test_of_an_adopted_course_it_learns_the_tests_of_that(store: Store) -> None:
    a_cohort(store, "Siti")
    adopts(store, a_course(a_test("tes-baru"), a_test("latihan", use="practice")))

    assert pair_phone(a_desk(store), "D26-001", proof()).next_attempts == {"tes-baru": 1}


def test_with_an_earlier_card_it_is_told_to_take_the_present_one(store: Store) -> None:
    a_cohort(store, "Siti")
    with arranging(store) as tx:
        cards.raise_serial(tx, "D26-001")

    assert refusal(pair_phone, a_desk(store), "D26-001", proof()) == REPLACED
    assert pair_phone(a_desk(store), "D26-001", proof(serial=2)).name == "Siti"


def test_whether_the_number_or_the_code_is_wrong_is_not_told(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    said = {
        refusal(pair_phone, a_desk(store), number, shown)
        for number, shown in (
            ("D26-001", proof("D26-002")),
            ("D26-001", ""),
            ("D26-099", proof("D26-099")),
            ("D26-001" + "x" * 90, proof()),
        )
    }

    assert len(said) == 1
    assert said != {REPLACED}


# ---- the laptop ----------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office whose built site has a page for each test but one."""
    settings = Settings(data=tmp_path)
    site = settings.site
    for path, quizzes in (
        ("index.html", ""),
        ("tes/akhir.html", "tes-akhir"),
        ("tes/lain.html", "latihan bank"),
    ):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(
            "".join(f'<main data-quiz="{quiz}"></main>' for quiz in quizzes.split()),
            encoding="utf-8",
        )
    return settings


def test_the_address_of_a_sitting_has_the_card_behind_its_hash_and_the_log_tells_of_it(
    store: Store, settings: Settings
) -> None:
    a_cohort(store, "Siti")

    sitting = open_sitting(a_desk(store), settings, "D26-001", "tes-akhir", ACTOR, NOW)

    assert sitting == Sitting(
        f"/tes/akhir.html#duduk=D26-001.{card_of(store, 'D26-001')}.tes-akhir", "Tes Akhir"
    )
    assert events_of(store)[-1] == (
        ACTOR,
        "laptop sitting opened",
        "D26-001",
        {"quiz": "tes-akhir"},
    )


@pytest.mark.parametrize(
    ("number", "quiz", "said"),
    [
        ("D26-099", "tes-akhir", '"D26-099" tidak ada di register'),
        ("x" * 50, "tes-akhir", f'"{"x" * 40}" tidak ada di register'),
        ("D26-001", "lain", "Pilih tes"),
        ("D26-001", "latihan", "Pilih tes"),
        ("D26-001", "bank", "Pilih tes"),
        ("D26-001", "tes-awal", "belum memuat tes itu"),
    ],
)
def test_what_cannot_be_sat_is_refused_and_not_noted(
    store: Store, settings: Settings, number: str, quiz: str, said: str
) -> None:
    a_cohort(store, "Siti")
    before = events_of(store)

    assert said in refusal(open_sitting, a_desk(store), settings, number, quiz, ACTOR, NOW)
    assert events_of(store) == before
