"""Decisions: many in one go, and one that supersedes another."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from dirty_equals import Contains
from sqlalchemy import event

from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import Decision, decide, decide_all, list_held
from psm_course.registrar.answers.submitting import Desk, receive_submissions
from psm_course.registrar.completion.judging import standing_of
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    CARDS,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    register_of,
    sends,
    with_card,
)

COURSE = a_course()


def passed(store: Store, number: str = "D26-001") -> bool:
    judged = standing_of(store, COURSE, "D26", number, NOW).completion.requirements
    return next(each.met for each in judged if each.id == "akhir")


def junk(store: Store, count: int, responses: Mapping[str, str] = WRONG) -> list[str]:
    """Held for want of a card."""
    documents = [
        a_hand_in("D26-001", responses=responses, id=f"sampah-{n}", attempt=1).encode()
        for n in range(count)
    ]
    receive_submissions(Desk(store, COURSE.quizzes, CARDS), documents, ACTOR, NOW)
    return [each.id for each in list_held(store)]


@pytest.mark.parametrize("decision", ["refused", "accepted"])
def test_four_hundred_are_decided_in_one_go_in_as_many_statements_as_one(
    store: Store, decision: Decision
) -> None:
    a_cohort(store, "Siti")
    counts = []
    for count in (1, 400):
        ids = junk(store, count)
        asked: list[str] = []
        event.listen(
            store.engine, "before_cursor_execute", lambda *call, asked=asked: asked.append(call[2])
        )
        done = decide_all(store, COURSE, ids, decision, "dicocokkan dengan orangnya", ACTOR, NOW)
        counts.append(
            len([each for each in asked if each.startswith(("SELECT", "INSERT", "WITH"))])
        )

        assert (done.count, done.left, list_held(store)) == (len(ids), {}, ())

    assert counts[1] - counts[0] in {
        0,
        2,
    }  # 256 events of the log share a node, which is worked out and written where they end
    assert len(register_of(store)["decision"]) == 400  # the first of them was decided before
    assert passed(store) is False


def test_what_is_accepted_in_one_go_counts(store: Store) -> None:
    a_cohort(store, "Siti")
    ids = junk(store, 1, RIGHT)

    decide_all(store, COURSE, ids, "accepted", "dicocokkan dengan orangnya", ACTOR, NOW)

    assert passed(store) is True


def test_what_cannot_be_counted_is_left_and_said(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-001", id="baik"))
    sends(store, COURSE, a_hand_in("D26-001", "tes-lama", id="lama"))

    done = decide_all(
        store,
        COURSE,
        ["baik", "lama", "tidak ada"],
        "accepted",
        "dikerjakan di depan pelatih",
        ACTOR,
        NOW,
    )

    assert done.count == 1
    assert list(done.left.values()) == [Contains('"tes-lama" tidak ada', "kursus ini")]
    assert [each.id for each in list_held(store)] == ["lama"]


def test_with_nothing_that_waits_it_is_refused(store: Store) -> None:
    a_cohort(store, "Siti")

    with pytest.raises(Refused, match="menunggu keputusan"):
        decide_all(store, COURSE, ["tidak ada"], "refused", "kiriman orang iseng", ACTOR, NOW)


def test_what_was_counted_by_mistake_counts_no_more(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-001", responses=RIGHT, id="satu"))
    decide(store, COURSE, "satu", "accepted", "dikerjakan di depan pelatih", ACTOR, NOW)
    before = passed(store)

    with pytest.raises(Refused, match="sudah diputuskan: diterima"):
        decide(store, COURSE, "satu", "refused", "ternyata orang lain", ACTOR, NOW)
    decide(store, COURSE, "satu", "refused", "ternyata orang lain", ACTOR, NOW, again=True)

    assert (before, passed(store)) == (True, False)
    kept = register_of(store)
    assert [len(kept[table]) for table in ("decision", "attempt", "outcome")] == [
        2,
        1,
        2,
    ]  # appended, nothing taken out


def test_what_was_refused_by_mistake_counts_after_all_and_may_be_taken_back_again(
    store: Store,
) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-001", responses=RIGHT, id="satu"))
    decide(store, COURSE, "satu", "refused", "kiriman orang iseng", ACTOR, NOW)

    seen = []
    for decision in ("accepted", "refused", "accepted"):
        decide(
            store, COURSE, "satu", decision, "dicocokkan dengan orangnya", ACTOR, NOW, again=True
        )  # type: ignore[arg-type]
        seen.append(passed(store))

    assert seen == [True, False, True]


def test_a_void_attempt_keeps_its_number_and_uses_up_none(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-001", id="satu"))
    decide(store, COURSE, "satu", "accepted", "dikerjakan di depan pelatih", ACTOR, NOW)
    decide(store, COURSE, "satu", "refused", "ternyata orang lain", ACTOR, NOW, again=True)

    receipt = sends(store, COURSE, with_card(store, a_hand_in("D26-001", id="dua", attempt=2)))

    assert (receipt.standing, receipt.next_attempt) == ("recorded", 3)


def test_an_accepted_attempt_lets_in_what_waited_for_it(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, a_hand_in("D26-001", id="satu"))
    sends(store, COURSE, with_card(store, a_hand_in("D26-001", id="dua", attempt=2)))

    decide(store, COURSE, "satu", "accepted", "dikerjakan di depan pelatih", ACTOR, NOW)

    assert (list_held(store), len(register_of(store)["attempt"])) == ((), 2)


def test_what_waited_for_one_of_them_is_let_in_with_it(store: Store) -> None:
    a_cohort(store, "Siti")
    sends(store, COURSE, with_card(store, a_hand_in("D26-001", id="dua", attempt=2)))
    sends(store, COURSE, a_hand_in("D26-001", id="satu", attempt=1))

    done = decide_all(store, COURSE, ["satu"], "accepted", "pengirimnya dikenal", ACTOR, NOW)

    assert (done.count, list_held(store)) == (1, ())
    assert [row[-1] for row in register_of(store)["attempt"]] == [1, 2]
