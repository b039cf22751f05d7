"""A receipt is a promise: signed, about one document, naming its place in the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from psm_course.credentials.documents import Json
from psm_course.credentials.log.receipt import digest_of, is_signed_by, read_receipt, short_code
from psm_course.credentials.signing.keys import PublicKey
from psm_course.domain.register import KeptSubmission, Reason
from psm_course.grading.submission import canonical
from psm_course.registrar.answers.deciding import Decision, decide
from psm_course.registrar.answers.hand_in import Receipt, read_hand_in
from psm_course.registrar.answers.promising import receipt_for
from psm_course.registrar.answers.submitting import Desk
from psm_course.store import audit
from psm_course.store.answers import submissions
from psm_course.store.engine import Store
from psm_course.store.log.epochs import raise_epoch
from psm_course.store.log.state import log_state
from tests.credentials.tampered_receipts import LOG_KEY
from tests.databases import leaf_index
from tests.register_builders import ACTOR, CARDS, NOW, a_cohort, a_course, a_hand_in, with_card

COURSE = a_course()
KEY = PublicKey(LOG_KEY.multikey, NOW)


@pytest.fixture
def desk(store: Store) -> Desk:
    a_cohort(store, "Siti", "Ujang")
    return Desk(store, COURSE.quizzes, CARDS, LOG_KEY)


def receive(desk: Desk, *documents: str, minutes: int = 0) -> list[Receipt]:
    return desk.record(
        [read_hand_in(each.encode(), ACTOR, NOW + timedelta(minutes=minutes)) for each in documents]
    )


def own(store: Store, number: str = "D26-001", **changes: Any) -> str:
    return with_card(store, a_hand_in(number, **changes))


def signed(receipt: Receipt) -> Json:
    assert receipt.signed is not None
    return receipt.signed


def leaf_of(store: Store, subject: str) -> int:
    """The place of the oldest event about a hand-in."""
    with store.reading() as tx:
        return leaf_index(tx, audit.list_events(tx, subject)[-1].id)


def decide_as(store: Store, subject: str, decision: Decision) -> None:
    decide(store, COURSE, subject, decision, "kartu tertinggal", ACTOR, NOW)


def test_a_recorded_hand_in_is_promised_where_it_stands_in_the_log(
    store: Store, desk: Desk
) -> None:
    document = own(store, id="siti")
    receive(desk, own(store, "D26-002", id="ujang"))

    (receipt,) = receive(desk, document)

    assert signed(receipt) | {"signature": ""} == {
        "format": "psm-receipt/1",
        "office": store.office,
        "quiz": "tes-akhir",
        "participant": "D26-001",
        "document": digest_of(canonical(json.loads(document))),
        "standing": "recorded",
        "received_at": "2026-11-24T02:00:00Z",
        "log": {"origin": f"kantor-{store.office}/log/1", "index": leaf_of(store, "siti")},
        "key": LOG_KEY.multikey,
        "signature": "",
    }
    assert is_signed_by(KEY, signed(receipt))
    assert short_code(signed(receipt)["document"]) == receipt.code


def test_a_held_hand_in_is_promised_as_held(store: Store, desk: Desk) -> None:
    (receipt,) = receive(desk, a_hand_in("D26-001", id="tanpa kartu"))

    assert (receipt.standing, signed(receipt)["standing"]) == ("held", "held")
    assert signed(receipt)["log"]["index"] == leaf_of(store, "tanpa kartu")


@pytest.mark.parametrize(
    "forged",
    [a_hand_in("D26-999"), a_hand_in("D26-001", mac="00")],
    ids=["nobody's number", "nobody's card"],
)
def test_what_nobody_s_card_vouches_for_is_promised_nothing(desk: Desk, forged: str) -> None:
    (receipt,) = receive(desk, forged)

    assert (receipt.standing, receipt.code, receipt.signed) == ("quarantined", "", None)


def test_the_same_hand_in_always_has_the_same_receipt(store: Store, desk: Desk) -> None:
    document = own(store, id="siti")
    (first,) = receive(desk, document)
    receive(desk, own(store, "D26-002", id="ujang"))

    again, laid_out = receive(
        desk, document, json.dumps(json.loads(document), indent=1), minutes=90
    )

    assert [again.standing, laid_out.standing] == ["known", "known"]
    assert first.signed == again.signed == laid_out.signed


def test_twice_at_the_same_moment_has_one_receipt(store: Store, desk: Desk) -> None:
    document = own(store, id="siti")

    first, second = receive(desk, document, document)

    assert (first.standing, second.standing) == ("recorded", "known")
    assert signed(first) == signed(second)


@pytest.mark.parametrize(("decision", "standing"), [("accepted", "recorded"), ("refused", "held")])
def test_after_a_decision_the_receipt_says_how_it_stands_now(
    store: Store, desk: Desk, decision: Decision, standing: str
) -> None:
    document = a_hand_in("D26-001", id="tanpa kartu")
    (before,) = receive(desk, document)
    decide_as(store, "tanpa kartu", decision)

    (after,) = receive(desk, document)

    assert signed(after) == signed(before) | {
        "standing": standing,
        "signature": signed(after)["signature"],
    }
    assert is_signed_by(KEY, signed(after))


def test_what_was_promised_before_a_new_log_keeps_its_place_in_the_old_one(
    store: Store, desk: Desk
) -> None:
    document = own(store, id="siti")
    (before,) = receive(desk, document)
    with store.transaction() as tx:
        raise_epoch(tx, "situs.example", ACTOR, NOW, Reason("alamat baru"))

    known, new = receive(desk, document, own(store, "D26-002", id="ujang"))

    with store.reading() as tx:
        size = log_state(tx).size
    assert known.signed == before.signed
    assert signed(new)["log"] == {"origin": "situs.example/log/2", "index": size - 1}


def test_an_officer_can_have_the_receipt_written_again(store: Store, desk: Desk) -> None:
    document = own(store, id="siti")
    (receipt,) = receive(desk, document)
    with store.reading() as tx:
        kept = submissions.find_submission(tx, "siti")

    assert isinstance(kept, KeptSubmission)
    assert receipt_for(store, LOG_KEY, kept) == receipt.signed
    assert read_receipt(signed(receipt)).code == receipt.code


def test_a_desk_without_a_key_gives_the_code_alone(store: Store) -> None:
    a_cohort(store, "Siti")
    desk = Desk(store, COURSE.quizzes, CARDS)

    (receipt,) = receive(desk, own(store))

    assert (len(receipt.code), receipt.signed) == (9, None)


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    asked: list[str] = []

    def count(*given: Any) -> None:
        asked.append(str(given[2]))

    event.listen(store.engine, "before_cursor_execute", count)
    yield asked
    event.remove(store.engine, "before_cursor_execute", count)


def test_receipts_cost_as_many_statements_for_forty_as_for_two(store: Store, desk: Desk) -> None:
    counts = []
    for how_many in (2, 40):
        documents = [
            own(store, "D26-001", id=f"{how_many}-{n}", attempt=n + 1) for n in range(how_many)
        ]
        with statements(store) as asked:
            receive(desk, *documents)
        counts.append(len(asked))

    assert counts[0] == counts[1]
