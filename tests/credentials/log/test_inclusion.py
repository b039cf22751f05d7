"""The leaf that tells of a record, and the proof beside a certificate:
written in one way, and read in no other.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from psm_course.credentials.documents import Json, Unreadable, canonical, read_document
from psm_course.credentials.log.inclusion import (
    Entered,
    Inclusion,
    Place,
    blind_of,
    content_digest,
    is_proof,
    leaf_of,
    read_entered,
    read_proof,
    write_proof,
)
from psm_course.credentials.log.merkle import leaf_hash

FIRST = Place("3276", "dinsos.depok.go.id/log/1", 7, 12, "2025-06-02T03:00:00Z")
ENTERED = Entered(FIRST, (40, 3, 41))
BLIND = blind_of(b"tanda tangan")
PATH = (bytes(32), bytes(range(32)))
PROOF = write_proof(FIRST, BLIND, PATH, "catatan")


# ---- places --------------------------------------------------------------------------------------


def test_leaves_of_one_issuing_follow_each_other_in_the_order_in_which_they_were_entered() -> None:
    places = [ENTERED.place_of(position) for position in (40, 3, 41, 4)]

    assert [(place.index, place.event) for place in places if place] == [(7, 12), (8, 13), (9, 14)]
    assert places[0] == FIRST
    assert places[3] is None


def test_what_was_entered_comes_back() -> None:
    assert read_entered(ENTERED.to_json()) == ENTERED
    assert (
        read_entered(ENTERED.to_json() | {"index": 0, "event": 0, "positions": [0]}).place_of(0)
        is not None
    )


WRONG_PLACES: list[Json] = [
    {"office": 3276},
    {"origin": 5},
    {"origin": "http://lain.example/log"},
    {"origin": ""},
    {"at": None},
    {"index": -1},
    {"index": True},
    {"index": "7"},
    {"event": -1},
    {"event": 12.5},
]


@pytest.mark.parametrize(
    "change", [*WRONG_PLACES, {"positions": [-1]}, {"positions": [3, True]}, {"positions": ["3"]}]
)
def test_what_was_entered_nowhere_is_unreadable(change: Json) -> None:
    with pytest.raises(Unreadable):
        read_entered(ENTERED.to_json() | change)


# ---- the leaf ------------------------------------------------------------------------------------


def test_a_leaf_is_the_event_salted_by_what_follows_from_the_signature() -> None:
    facts = {"number": "800.2/0007", "name": "Siti"}
    event = {
        "office": "3276",
        "id": 12,
        "at": "2025-06-02T03:00:00Z",
        "actor": "register",
        "verb": "record entered",
        "subject": "800.2/0007",
        "detail": {"content": hashlib.sha256(BLIND + canonical(facts)).hexdigest()},
        "lines": hashlib.sha256(b"").hexdigest(),
    }

    salt = hashlib.sha256(BLIND).digest()
    assert leaf_of(FIRST, BLIND, facts) == leaf_hash(
        hashlib.sha256(salt + canonical(event)).digest()
    )
    # It is one.
    assert content_digest(BLIND, facts) == event["detail"]["content"]  # type: ignore[index]
    assert blind_of(b"tanda tangan") == hashlib.sha256(b"psm-inclusion/1tanda tangan").digest()


# ---- the proof -----------------------------------------------------------------------------------


def test_a_proof_comes_back_as_it_was_written() -> None:
    assert read_proof(PROOF) == Inclusion(FIRST, BLIND, PATH, "catatan")
    assert is_proof(read_document(PROOF))
    assert not is_proof({"format": "psm-issuance/1"})


def with_change(change: Json) -> bytes:
    return canonical(read_document(PROOF) | change)


@pytest.mark.parametrize(
    "change",
    [
        *WRONG_PLACES,
        {"format": "psm-inclusion/2"},
        {"added": 1},
        {"blind": BLIND.hex()[:-2]},
        {"blind": BLIND.hex().upper()},
        {"blind": None},
        {"path": [base64.b64encode(bytes(31)).decode()]},
        {"path": [base64.b64encode(bytes(32)).decode() + "="]},
        {"path": ["AB!C"]},
        {"path": None},
        {"checkpoint": 5},
        {"checkpoint": None},
    ],
)
def test_a_broken_proof_says_nothing(change: Json) -> None:
    assert read_proof(with_change(change)) == Inclusion()


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", PROOF[:-1], PROOF + b" x"])
def test_what_is_no_proof_says_nothing(raw: Any) -> None:
    assert read_proof(raw) == Inclusion()
