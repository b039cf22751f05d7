"""Taking in what phones hand in: a receipt given is an attempt kept, and the same hand-in twice counts once."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from psm_course.registrar.submitting import Receipt, receipt_code
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from tests.register_builders import NOW, RIGHT, WRONG, a_cohort, a_course, a_hand_in, a_test, hands_in, register_of

COURSE = a_course()


def standing_and_reason(receipt: Receipt) -> tuple[str, str]:
    return receipt.standing, receipt.reason


def rows(store: Store) -> dict[str, int]:
    return {table: len(kept) for table, kept in register_of(store).items() if table in ("submission", "attempt", "outcome", "audit_event")}


# ---- recorded ----------------------------------------------------------------------------------------------------------------


def test_a_hand_in_is_recorded_graded_and_noted(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001", responses=RIGHT | {"empat": "b"})

    receipt = hands_in(store, COURSE, document)

    assert (receipt.participant, receipt.quiz, *standing_and_reason(receipt)) == ("D26-001", "tes-akhir", "recorded", "")
    assert receipt.outcome is not None
    assert (receipt.outcome.points, receipt.outcome.maximum, receipt.outcome.passed) == (3, 4, True)
    at = "2026-11-24 02:00:00.000000"
    kept = register_of(store)
    assert kept["submission"] == [("D26-001/tes-akhir/1", at, "D26-001", "tes-akhir", document, None)]
    assert kept["attempt"] == [(1, "D26-001/tes-akhir/1", "D26-001", "tes-akhir", 1)]
    assert [row[:-1] for row in kept["outcome"]] == [(1, 1, at, "3.0000000000", "4", 1, "[]")]
    assert json.loads(kept["outcome"][0][-1]) == {
        name: {"points": "1" if name != "empat" else "0", "maximum": "1", "status": "marked", "message": ""} for name in RIGHT
    }
    assert kept["audit_event"] == [(1, at, "petugas", "submission recorded", "D26-001/tes-akhir/1", '{"quiz": "tes-akhir"}')]


def test_the_document_is_kept_byte_for_byte(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001", catatan="spasi  dua, é, 😀, \u2028").replace('", "', '" ,\t"') + "  \n"

    hands_in(store, COURSE, document)

    assert register_of(store)["submission"][0][4].encode() == document.encode()


def test_further_attempts_count_up(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    for number, identity in (("D26-001", "a"), ("D26-002", "b"), ("D26-001", "c"), ("D26-001", "d")):
        hands_in(store, COURSE, a_hand_in(number, id=identity))

    assert [row[1:] for row in register_of(store)["attempt"]] == [
        ("a", "D26-001", "tes-akhir", 1),
        ("b", "D26-002", "tes-akhir", 1),
        ("c", "D26-001", "tes-akhir", 2),
        ("d", "D26-001", "tes-akhir", 3),
    ]


def test_answers_to_no_item_are_recorded_all_the_same(store: Store) -> None:
    a_cohort(store, "Siti")

    receipt = hands_in(store, COURSE, a_hand_in("D26-001", responses={"entah": [1, {"a": None}]}))

    assert receipt.standing == "recorded"
    assert json.loads(register_of(store)["outcome"][0][-1])["entah"]["status"] == "ungradable"


# ---- the same again ----------------------------------------------------------------------------------------------------------


def test_the_same_hand_in_twice_counts_once_and_has_the_same_code(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001")
    first = hands_in(store, COURSE, document)
    before = register_of(store)

    again = hands_in(store, COURSE, document)

    assert again == Receipt(first.code, "D26-001", "tes-akhir", "known")
    assert register_of(store) == before


def test_the_same_hand_in_laid_out_otherwise_is_known(store: Store) -> None:
    """The desk may get it once from the phone and once inside a list that somebody collected."""
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001")
    first = hands_in(store, COURSE, document)
    before = register_of(store)

    again = hands_in(store, COURSE, json.dumps(json.loads(document), indent=2, ensure_ascii=True))

    assert again == Receipt(first.code, "D26-001", "tes-akhir", "known")
    assert register_of(store) == before


def test_other_answers_under_the_same_id_are_held_for_an_officer(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", responses=WRONG))
    other = a_hand_in("D26-001", responses=RIGHT)

    receipt = hands_in(store, COURSE, other)
    again = hands_in(store, COURSE, other)

    reason = "id jawaban ini sudah dipakai jawaban lain"
    assert [standing_and_reason(each) for each in (receipt, again)] == [("held", reason), ("known", reason)]
    assert receipt.code == again.code
    assert [(row[0], row[4], row[5]) for row in register_of(store)["submission"]] == [
        ("D26-001/tes-akhir/1", a_hand_in("D26-001", responses=WRONG), None),
        (f"D26-001/tes-akhir/1#{receipt.code}", other, reason),
    ]
    assert rows(store) == {"submission": 2, "attempt": 1, "outcome": 1, "audit_event": 2}


# ---- held --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"participant": "D26-099"}, "nomor peserta ini tidak ada di register"),
        ({"participant": "d26-001"}, "nomor peserta ini tidak ada di register"),
        ({"quiz": "tes-lama"}, "kuis ini tidak ada di kursus"),
    ],
)
def test_what_cannot_count_is_kept_and_held(store: Store, changes: dict[str, Any], reason: str) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001", **changes)

    receipt = hands_in(store, COURSE, document)
    again = hands_in(store, COURSE, document)

    assert [standing_and_reason(each) for each in (receipt, again)] == [("held", reason), ("known", reason)]
    assert [row[4:] for row in register_of(store)["submission"]] == [(document, reason)]
    assert rows(store) == {"submission": 1, "attempt": 0, "outcome": 0, "audit_event": 1}
    assert register_of(store)["audit_event"][0][3] == "submission held"


def test_an_attempt_too_many_is_held_for_that_learner_and_quiz_only(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="2"), a_test("latihan", use="practice"))
    a_cohort(store, "Siti", "Ujang")
    hand_ins = [
        a_hand_in("D26-001", id="a"),
        a_hand_in("D26-001", id="b"),
        a_hand_in("D26-001", id="c"),
        a_hand_in("D26-002", id="d"),
        a_hand_in("D26-001", "latihan", id="e"),
    ]

    receipts = [hands_in(store, course, document) for document in hand_ins]

    assert [standing_and_reason(receipt) for receipt in receipts] == [
        ("recorded", ""),
        ("recorded", ""),
        ("held", "sudah 2 kali mengerjakan kuis ini"),
        ("recorded", ""),
        ("recorded", ""),
    ]


def test_a_hand_in_known_already_is_known_also_when_no_attempt_is_left(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="1"))
    a_cohort(store, "Siti")
    hands_in(store, course, a_hand_in("D26-001"))

    assert hands_in(store, course, a_hand_in("D26-001")).standing == "known"


# ---- receipts ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("document", "code"), [("", "H4NJ-JZPQ"), ("{}", "DU6Y-FRQP"), ("é", "MM4P-U6KY")])
def test_a_receipt_code_never_changes_between_versions(document: str, code: str) -> None:
    assert receipt_code(document.encode()) == code


def test_receipt_codes_differ_and_hold_no_letters_that_look_alike() -> None:
    codes = [receipt_code(a_hand_in(f"D26-{number:03}").encode()) for number in range(2000)]

    assert len(set(codes)) == 2000
    assert set("".join(codes)) == set("23456789ABCDEFGHJKMNPQRSTUVWXYZ-")
    assert {(len(code), code[4]) for code in codes} == {(9, "-")}


# ---- many at once ------------------------------------------------------------------------------------------------------------


def test_many_phones_at_once_lose_nothing_and_count_nothing_twice(store: Store, tmp_path: Any) -> None:
    a_cohort(store, *[f"Orang {number}" for number in range(1, 21)])
    documents = [a_hand_in(f"D26-{number:03}") for number in range(1, 21)]

    def one_desk() -> None:
        desk = open_store(tmp_path / "register.db")
        for document in documents:
            hands_in(desk, COURSE, document, NOW)
        desk.close()

    threads = [threading.Thread(target=one_desk) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert rows(store) == {"submission": 20, "attempt": 20, "outcome": 20, "audit_event": 20}
