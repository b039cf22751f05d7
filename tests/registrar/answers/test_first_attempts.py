"""Who sat a test: first attempts that count, each person's own, with what was asked; and which
cohort and test somebody means.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from psm_course.content.quiz import Quiz
from psm_course.domain.register import HeldSession
from psm_course.errors import Refused
from psm_course.registrar.answers.first_attempts import (
    Sat,
    first_attempts_of,
    named_quiz,
    results,
    watched_test,
)
from psm_course.registrar.people.cohorts import archive_cohort
from psm_course.registrar.people.merging import merge_persons
from psm_course.registrar.people.one_person import withdraw_person
from psm_course.registrar.people.today import cohort_in_the_hall, named_cohort
from psm_course.store.engine import Store
from psm_course.store.people.schedule import add_sessions
from tests.builders import a_choice, a_quiz
from tests.register_builders import (
    ACTOR,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    adopts,
    arranging,
    hands_in,
    sends,
)
from tests.registrar.answers.keys import applied

COURSE = a_course()


def sat(store: Store, cohort: str = "D26", quiz: str = "tes-akhir") -> Sat:
    with store.reading() as tx:
        return first_attempts_of(tx, COURSE, named_cohort(tx, cohort), quiz)


def who(found: Sat) -> dict[str, float]:
    """Points earned by each person."""
    return {
        sitting.person: sum(answer.earned or 0 for answer in sitting.answers)
        for sitting in found.sittings
    }


def test_first_attempts_count_and_later_ones_do_not(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))
    hands_in(store, COURSE, a_hand_in("D26-002", responses=WRONG | {"satu": "a"}))
    hands_in(store, COURSE, a_hand_in("D26-002", responses=RIGHT, id="lagi"))
    hands_in(store, COURSE, a_hand_in("D26-003", "tes-awal", WRONG))

    found = sat(store)

    assert (found.expected, who(found)) == (3, {"D26-001": 4, "D26-002": 1})
    assert [(each.item.id, each.share, each.count) for each in results(found)] == [
        ("dua", 0.5, 2),
        ("empat", 0.5, 2),
        ("tiga", 0.5, 2),
        ("satu", 1.0, 2),
    ]


def test_before_anybody_sat_it_there_is_nothing(store: Store) -> None:
    a_cohort(store, "Siti")

    found = sat(store)

    assert (found.expected, found.sittings, results(found), found.may_be_shown, found.is_over) == (
        1,
        (),
        (),
        False,
        False,
    )


@pytest.mark.parametrize(("expected", "is_over"), [(0, False), (1, True), (2, True), (3, False)])
def test_it_is_over_when_all_who_are_expected_sat_it(
    store: Store, expected: int, is_over: bool
) -> None:
    a_cohort(store, "Siti", "Ujang")
    for number in ("D26-001", "D26-002"):
        hands_in(store, COURSE, a_hand_in(number))

    found = sat(store)

    assert (found.expected, found.is_over) == (2, True)
    assert replace(found, expected=expected).is_over == is_over
    assert not replace(found, expected=0, sittings=()).is_over


def test_what_cannot_be_graded_or_was_not_asked_tells_nothing_of_an_item(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT | {"satu": "z", "lain": "a"}))
    hands_in(store, COURSE, a_hand_in("D26-002", responses=WRONG))

    found = sat(store)

    assert [item.id for item in found.items] == ["satu", "dua", "tiga", "empat"]
    assert {each.item.id: (each.share, each.count) for each in results(found)} == {
        "satu": (0.0, 1),
        "dua": (0.5, 2),
        "tiga": (0.5, 2),
        "empat": (0.5, 2),
    }


def test_what_is_worth_no_points_has_no_share_of_them(store: Store) -> None:
    """An officer left "satu" out; "dua" counts as before."""
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))
    applied(store, COURSE, satu="disregard")

    (sitting,) = sat(store).sittings

    assert [answer.earned for answer in sitting.answers] == [None, 1, 1, 1]


def test_only_tests_are_offered_where_the_name_is_none(store: Store) -> None:
    a_cohort(store, "Siti")
    practice, bank = a_test("latihan", use="practice"), a_test("soal", use="bank")
    adopts(store, a_course(*COURSE.quizzes.values(), practice, bank))

    with pytest.raises(Refused, match=r"Tesnya: tes-awal, tes-akhir\.$"):
        sat(store, quiz="xyz")


def test_answers_without_a_card_are_not_counted_and_are_told_apart(store: Store) -> None:
    """Ujang has both: his own count."""
    a_cohort(store, "Siti", "Ujang")
    counted = a_course(a_test("tes-awal", use="pretest"), a_test(without_card="counted"))
    sends(store, counted, a_hand_in("D26-001", responses=WRONG, attempt=1))
    sends(store, counted, a_hand_in("D26-002", responses=WRONG, attempt=1, id="tanpa kartu"))
    hands_in(store, counted, a_hand_in("D26-002", responses=RIGHT))

    found = sat(store)

    assert (who(found), found.without_card) == ({"D26-002": 4}, 1)


def test_two_numbers_that_are_one_person_sat_it_once(store: Store) -> None:
    a_cohort(store, "Siti", "Siti R.")
    hands_in(store, COURSE, a_hand_in("D26-002", responses=WRONG))
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT))
    merge_persons(store, "D26-001", "D26-002", "orang yang sama", ACTOR, NOW)

    found = sat(store)

    assert (found.expected, who(found)) == (1, {"D26-001": 0})


def test_who_withdrew_is_not_counted(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    for number in ("D26-001", "D26-002"):
        hands_in(store, COURSE, a_hand_in(number))
    withdraw_person(store, "D26-002", "sakit", ACTOR, NOW)

    found = sat(store)

    assert (found.expected, list(who(found))) == (1, ["D26-001"])


def test_an_archived_cohort_can_be_read(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001"))
    archive_cohort(store, "D26", "selesai", ACTOR, NOW)

    assert who(sat(store)) == {"D26-001": 4}


def another_wording(quiz: Quiz) -> Quiz:
    items = [a_choice("satu", prompt="Soal yang ditulis ulang"), *quiz.items[1:]]
    return a_quiz(items, title=quiz.header.title)


def test_an_item_of_another_wording_is_another_item(store: Store) -> None:
    """Siti's page was made before the wording changed, Ujang's after."""
    a_cohort(store, "Siti", "Ujang")
    before, after = a_test(), another_wording(a_test())
    for quiz, number in ((before, "D26-001"), (after, "D26-002")):
        adopts(store, a_course(a_test("tes-awal", use="pretest"), quiz))
        hands_in(store, COURSE, a_hand_in(number, digest=quiz.digest))

    found = sat(store)

    assert [item.id for item in found.items] == ["satu", "satu", "dua", "tiga", "empat"]
    assert {item.prompt for item in found.items[:2]} == {"Soal choice", "Soal yang ditulis ulang"}
    assert sorted(each.count for each in results(found)) == [1, 1, 2, 2, 2]


def test_an_item_that_has_left_the_quiz_keeps_its_id(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001"))
    shorter = a_test()
    shorter = type(shorter)(shorter.header, shorter.items[:1])
    with store.reading() as tx:
        found = first_attempts_of(tx, a_course(shorter), named_cohort(tx, "D26"), "tes-akhir")

    assert [item.prompt for item in found.items] == ["Soal choice", "dua", "empat", "tiga"]


def test_names_are_taken_in_any_case_and_the_nearest_is_named(store: Store) -> None:
    a_cohort(store, "Siti")

    assert sat(store, "d26", "Tes-Akhir").quiz.id == "tes-akhir"
    with pytest.raises(Refused, match=r'Angkatan "D62".* Anda D26\?'):
        sat(store, "D62")
    with pytest.raises(Refused, match=r'"tes-ahir".* Anda tes-akhir\?'):
        sat(store, quiz="tes-ahir")
    with pytest.raises(Refused, match="Tesnya: tes-awal, tes-akhir"):
        sat(store, quiz="xyz")


def test_the_room_watches_the_test_that_was_handed_in_last(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")

    def watched() -> str:
        with store.reading() as tx:
            return watched_test(tx, COURSE, named_cohort(tx, "D26")).id

    assert watched() == "tes-awal"
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal"))
    hands_in(store, COURSE, a_hand_in("D26-001"))
    assert watched() == "tes-akhir"
    hands_in(store, COURSE, a_hand_in("D26-002", "tes-awal"))
    assert watched() == "tes-awal"


@pytest.mark.parametrize("use", ["practice", "posttest", "bank"])
def test_without_a_hand_in_or_an_opening_test_no_test_is_watched(store: Store, use: str) -> None:
    a_cohort(store, "Siti")

    with store.reading() as tx, pytest.raises(Refused, match="tidak punya tes"):
        watched_test(tx, a_course(a_test("tes-akhir", use=use)), named_cohort(tx, "D26"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("xyz-123", "Tesnya: tes-awal, tes-akhir."), ("tes-ahkir", "Maksud Anda tes-akhir?")],
)
def test_a_quiz_is_named_by_its_id_in_any_letters_and_another_is_refused_with_the_nearest(
    name: str, said: str
) -> None:
    course = a_course(
        a_test("tes-awal", use="pretest"),
        a_test(),
        a_test("latihan", use="practice"),
        a_test("bank", use="bank"),
    )

    assert named_quiz(course, " TES-Akhir ").id == "tes-akhir"
    with pytest.raises(Refused) as refused:
        named_quiz(course, name)
    assert str(refused.value).endswith(said)


def test_todays_cohort_is_the_one_that_meets_today(store: Store) -> None:
    def today(at: datetime = NOW) -> str:
        with store.reading() as tx:
            return cohort_in_the_hall(tx, "", at).id

    a_cohort(store, "Siti")
    a_cohort(store, "Ujang", cohort="D27")
    with pytest.raises(Refused, match=r'bersesi hari ini.* angkatan="D27"'):
        today()
    with arranging(store) as tx:
        add_sessions(
            tx,
            "D26",
            [HeldSession("buka", NOW.date()), HeldSession("tutup", NOW.date() + timedelta(days=1))],
        )
        add_sessions(tx, "D27", [HeldSession("tutup", NOW.date() + timedelta(days=1))])

    assert today() == "D26"
    with pytest.raises(Refused, match=r'2 angkatan: D26, D27\..* angkatan="D26"\.'):
        today(NOW + timedelta(days=1))
    archive_cohort(store, "D27", "selesai", ACTOR, NOW)
    assert today(NOW + timedelta(days=1)) == "D26"
