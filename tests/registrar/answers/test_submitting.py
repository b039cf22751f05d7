"""Taking in what phones hand in: a receipt means an attempt kept, and the same counts once."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import datetime

import pytest
from dirty_equals import Contains
from sqlalchemy import event

from psm_course.registrar.answers.hand_in import Receipt, Refusal, receipt_code
from psm_course.registrar.answers.submitting import TOGETHER, Desk, receive_submissions
from psm_course.store.completion.versions import QuizVersion
from psm_course.store.engine import Store
from tests.credentials.tampered_receipts import LOG_KEY
from tests.register_builders import (
    ACTOR,
    ARRANGED,
    CARDS,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    hands_in,
    register_of,
    sends,
    with_card,
)
from tests.round_trips import counted

COURSE = a_course()


def standing_and_reason(receipt: Receipt) -> tuple[str, object]:
    return receipt.standing, receipt.reason


def rows(store: Store) -> dict[str, int]:
    """Without the events of what the test wrote itself."""
    kept = register_of(store)
    kept["audit_event"] = [row for row in kept["audit_event"] if ARRANGED not in row]
    return {
        table: len(kept[table]) for table in ("submission", "attempt", "outcome", "audit_event")
    }


# ---- recorded ------------------------------------------------------------------------------------


def test_a_hand_in_is_recorded_graded_and_noted(store: Store) -> None:
    a_cohort(store, "Siti")
    document = with_card(store, a_hand_in("D26-001", responses=RIGHT | {"empat": "b"}))

    receipt = sends(store, COURSE, document)

    assert (receipt.participant, receipt.quiz, *standing_and_reason(receipt)) == (
        "D26-001",
        "tes-akhir",
        "recorded",
        "",
    )
    assert receipt.outcome is not None
    assert (receipt.outcome.points, receipt.outcome.maximum, receipt.outcome.passed) == (3, 4, True)
    at = datetime(2026, 11, 24, 2)
    kept = register_of(store)
    assert kept["submission"] == [
        ("D26-001/tes-akhir/1", at, "D26-001", "tes-akhir", document, None, None)
    ]
    assert kept["attempt"] == [(1, "D26-001/tes-akhir/1", "D26-001", "tes-akhir", True, 1)]
    assert [row[:-3] for row in kept["outcome"]] == [(1, 1, at, "3.0000000000", "4", True, "[]")]
    assert json.loads(kept["outcome"][0][-3]) == {
        name: {
            "points": "1" if name != "empat" else "0",
            "maximum": "1",
            "status": "marked",
            "message": "",
        }
        for name in RIGHT
    }
    assert kept["audit_event"][-1][1:-2] == (
        at,
        "petugas",
        "submission recorded",
        "D26-001/tes-akhir/1",
        '{"quiz": "tes-akhir"}',
    )
    bound = [(table, key) for _, table, key, _ in kept["log_entry"][-3:]]
    assert bound == [
        ("attempt", "[1]"),
        ("outcome", "[1]"),
        ("submission", '["D26-001/tes-akhir/1"]'),
    ]


def test_the_document_is_kept_byte_for_byte(store: Store) -> None:
    a_cohort(store, "Siti")
    document = (
        with_card(store, a_hand_in("D26-001", catatan="spasi  dua, é, 😀, \u2028")).replace(
            '", "', '" ,\t"'
        )
        + "  \n"
    )

    sends(store, COURSE, document)

    assert register_of(store)["submission"][0][4].encode() == document.encode()


def test_further_attempts_count_up(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    for number, identity in (
        ("D26-001", "a"),
        ("D26-002", "b"),
        ("D26-001", "c"),
        ("D26-001", "d"),
    ):
        hands_in(store, COURSE, a_hand_in(number, id=identity))

    assert [row[1:] for row in register_of(store)["attempt"]] == [
        ("a", "D26-001", "tes-akhir", True, 1),
        ("b", "D26-002", "tes-akhir", True, 1),
        ("c", "D26-001", "tes-akhir", True, 2),
        ("d", "D26-001", "tes-akhir", True, 3),
    ]


def test_answers_to_no_item_are_recorded_all_the_same(store: Store) -> None:
    a_cohort(store, "Siti")

    receipt = hands_in(store, COURSE, a_hand_in("D26-001", responses={"entah": [1, {"a": None}]}))

    assert receipt.standing == "recorded"
    assert json.loads(register_of(store)["outcome"][0][-3])["entah"]["status"] == "ungradable"


# ---- the same again ------------------------------------------------------------------------------


def test_the_same_hand_in_twice_counts_once_and_has_the_same_code(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001")
    first = hands_in(store, COURSE, document)
    before = register_of(store)

    again = hands_in(store, COURSE, document)

    assert again == Receipt(first.code, "D26-001", "tes-akhir", "known", next_attempt=2)
    assert register_of(store) == before


def test_the_same_hand_in_laid_out_otherwise_is_known(store: Store) -> None:
    """The desk may get it once from the phone and once inside a list that somebody collected."""
    a_cohort(store, "Siti")
    document = with_card(store, a_hand_in("D26-001"))
    first = sends(store, COURSE, document)
    before = register_of(store)

    again = sends(store, COURSE, json.dumps(json.loads(document), indent=2, ensure_ascii=True))

    assert again == Receipt(first.code, "D26-001", "tes-akhir", "known", next_attempt=2)
    assert register_of(store) == before


def test_other_answers_under_the_same_id_are_held_for_an_officer(store: Store) -> None:
    a_cohort(store, "Siti")
    first, other = (
        with_card(store, a_hand_in("D26-001", responses=given, attempt=n))
        for n, given in enumerate((WRONG, RIGHT), 1)
    )
    sends(store, COURSE, first)

    receipt = sends(store, COURSE, other)
    again = sends(store, COURSE, other)

    reason = Contains("id jawaban", "sudah dipakai")
    assert [standing_and_reason(each) for each in (receipt, again)] == [
        ("held", reason),
        ("known", reason),
    ]
    assert receipt.code == again.code
    assert [(row[0], row[4], row[5]) for row in register_of(store)["submission"]] == [
        ("D26-001/tes-akhir/1", first, None),
        (f"D26-001/tes-akhir/1#{receipt.code}", other, "id_reused"),
    ]
    assert rows(store) == {"submission": 2, "attempt": 1, "outcome": 1, "audit_event": 2}


# ---- attempts are counted ------------------------------------------------------------------------


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

    assert [(receipt.standing, receipt.codes) for receipt in receipts] == [
        ("recorded", ()),
        ("recorded", ()),
        ("held", ("too_many_attempts",)),
        ("recorded", ()),
        ("recorded", ()),
    ]


def test_a_hand_in_known_already_is_known_also_when_no_attempt_is_left(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="1"))
    a_cohort(store, "Siti")
    hands_in(store, course, a_hand_in("D26-001"))

    assert hands_in(store, course, a_hand_in("D26-001")).standing == "known"


# ---- receipts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "code"), [("", "H4NJ-JZPQ"), ("{}", "DU6Y-FRQP"), ("é", "MM4P-U6KY")]
)
def test_a_receipt_code_never_changes_between_versions(document: str, code: str) -> None:
    assert receipt_code(document.encode()) == code


def test_receipt_codes_differ_and_hold_no_letters_that_look_alike() -> None:
    codes = [receipt_code(a_hand_in(f"D26-{number:03}").encode()) for number in range(2000)]

    assert len(set(codes)) == 2000
    assert set("".join(codes)) == set("23456789ABCDEFGHJKMNPQRSTUVWXYZ-")
    assert {(len(code), code[4]) for code in codes} == {(9, "-")}


# ---- many at once --------------------------------------------------------------------------------


def test_many_documents_get_one_answer_each_in_their_order(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    first, other = (
        with_card(store, a_hand_in(number)).encode() for number in ("D26-001", "D26-002")
    )
    broken = b"rusak"

    answers = receive_submissions(
        Desk(store, COURSE.quizzes, CARDS), [broken, first, other, first, broken], ACTOR, NOW
    )

    assert [
        each.reason if isinstance(each, Refusal) else (each.participant, each.standing)
        for each in answers
    ] == [
        Contains("bukan JSON", "baris 1, kolom 1"),
        ("D26-001", "recorded"),
        ("D26-002", "recorded"),
        ("D26-001", "known"),
        Contains("bukan JSON", "baris 1, kolom 1"),
    ]
    assert rows(store) == {"submission": 2, "attempt": 2, "outcome": 2, "audit_event": 2}


def test_attempts_handed_in_together_count_up_to_the_limit(store: Store) -> None:
    course = a_course(a_test("tes-akhir", attempts="2"))
    a_cohort(store, "Siti")
    documents = [
        with_card(store, a_hand_in("D26-001", id=name, attempt=n)).encode()
        for n, name in enumerate("abc", 1)
    ]

    answers = receive_submissions(Desk(store, course.quizzes, CARDS), documents, ACTOR, NOW)

    assert [each.standing for each in answers if isinstance(each, Receipt)] == [
        "recorded",
        "recorded",
        "held",
    ]
    assert [row[-1] for row in register_of(store)["attempt"]] == [1, 2]


def test_more_documents_than_share_a_transaction_are_all_taken_in(store: Store) -> None:
    a_cohort(store, *[f"Orang {number}" for number in range(TOGETHER + 1)])
    documents = [
        with_card(store, a_hand_in(f"D26-{number:03}")).encode()
        for number in range(1, TOGETHER + 2)
    ]

    answers = receive_submissions(Desk(store, COURSE.quizzes, CARDS), documents, ACTOR, NOW)

    assert [each.participant for each in answers if isinstance(each, Receipt)] == [
        f"D26-{number:03}" for number in range(1, TOGETHER + 2)
    ]
    assert rows(store) == {"submission": 501, "attempt": 501, "outcome": 501, "audit_event": 501}


def test_the_number_of_statements_does_not_grow_with_the_documents(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang", "Rini", "Yuli")
    desk, asked, counts = Desk(store, COURSE.quizzes, CARDS), [], []
    held = [
        [with_card(store, a_hand_in(f"D26-{number:03}")).encode() for number in numbers]
        for numbers in ((1,), (2, 3, 4))
    ]
    event.listen(
        store.engine, "before_cursor_execute", lambda *call: asked.append(call[2].split()[0])
    )

    for documents in held:
        asked.clear()
        receive_submissions(desk, documents, ACTOR, NOW)
        counts.append(Counter(word for word in asked if word in {"SELECT", "INSERT", "DELETE"}))

    # Six questions, one for the numbers that come next and one for the log; what came before with
    # another card leaves the quarantine.
    assert counts == [{"SELECT": 8, "INSERT": 5, "DELETE": 1}] * 2


def test_a_hand_in_waits_thirteen_times_for_the_server(server_store: Store) -> None:
    """Twenty-one before what is written was sent together: 500 phones within ten seconds wait for
    each other's answers.
    """
    a_cohort(server_store, "Siti", "Ujang", "Rini")
    documents = [
        with_card(server_store, a_hand_in(f"D26-{number:03}")).encode() for number in (1, 2, 3)
    ]

    with counted(server_store) as (counting, trips):
        desk = Desk(counting, COURSE.quizzes, CARDS, LOG_KEY)
        receive_submissions(desk, documents[:1], ACTOR, NOW)  # the first one opens the connection
        waited = []
        for document in documents[1:]:
            before = len(trips)
            receive_submissions(desk, [document], ACTOR, NOW)
            waited.append(len(trips) - before)

    assert waited == [13, 13]


def test_many_desks_at_once_lose_nothing_and_count_nothing_twice(store: Store) -> None:
    a_cohort(store, *[f"Orang {number}" for number in range(1, 21)])
    documents = [a_hand_in(f"D26-{number:03}") for number in range(1, 21)]

    def one_desk() -> None:
        for document in documents:
            hands_in(store, COURSE, document, NOW)

    threads = [threading.Thread(target=one_desk) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert rows(store) == {"submission": 20, "attempt": 20, "outcome": 20, "audit_event": 20}


def test_answers_that_the_program_cannot_mark_are_kept_and_spoil_nothing(store: Store) -> None:
    """A fault put into one item: what a mistake of ours in a marker would do."""
    a_cohort(store, "Siti", "Ujang")
    desk = Desk(store, COURSE.quizzes, CARDS)
    grader = desk.graders.of("bimtek", QuizVersion("", COURSE.quizzes["tes-akhir"]))
    whole = grader.graders["satu"]
    grader.graders = {
        **grader.graders,
        "satu": lambda answer: whole(answer) if answer == "a" else 1 / 0,
    }  # type: ignore[dict-item]

    answers = receive_submissions(
        desk,
        [
            with_card(store, each).encode()
            for each in (a_hand_in("D26-001", responses=WRONG), a_hand_in("D26-002"))
        ],
        ACTOR,
        NOW,
    )

    assert [(each.standing, each.codes) for each in answers if isinstance(each, Receipt)] == [
        ("held", ("not_gradable",)),
        ("recorded", ()),
    ]
    assert rows(store) == {"submission": 2, "attempt": 1, "outcome": 1, "audit_event": 2}
