"""The snapshot: what it says of keys and lists, when it counts a turn of keys, and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from psm_course.credentials.documents import Json, Unreadable, canonical
from psm_course.credentials.lists.snapshot import Snapshot, digest_of, read_snapshot, sign_snapshot
from psm_course.credentials.signing.keys import Issuer, PublicKey, SigningKey
from tests.credentials.signed import (
    BEFORE,
    KEY,
    LISTED,
    NEXT_KEY,
    OFFICE,
    a_correction,
    corrections,
)

LIST = corrections(a_correction())
LOG: Json = {"origin": "dinsos.depok.go.id/psm", "size": 3, "root": "x"}
RETIRED = PublicKey(KEY.multikey, BEFORE, retired_at=LISTED)
STRUCK = PublicKey(KEY.multikey, BEFORE, compromised_at=LISTED)
NEXT = PublicKey(NEXT_KEY.multikey, LISTED)
ROOT = SigningKey.from_seed(bytes(range(3, 35))).multikey


def a_snapshot(
    issuer: Issuer = OFFICE,
    previous: Snapshot | None = None,
    version: int = 1,
    keys: Sequence[SigningKey] = (KEY,),
) -> Json:
    return sign_snapshot(issuer, previous, version, {"perbaikan.json": LIST}, LOG, keys, LISTED)


def with_keys(*keys: PublicKey, log: tuple[PublicKey, ...] = (), root: str | None = None) -> Issuer:
    return Issuer(OFFICE.did, OFFICE.name, OFFICE.site, keys, log, root)


def test_what_is_signed_comes_back() -> None:
    issuer = with_keys(RETIRED, NEXT, log=(NEXT,), root=ROOT)

    read = read_snapshot(a_snapshot(issuer))

    assert (read.issuer, read.version, read.turns) == (issuer, 1, ())
    assert (read.made, read.valid_until) == (LISTED, LISTED + timedelta(days=180))
    assert read.files == {"perbaikan.json": digest_of(LIST)}
    assert read.document["files"]["perbaikan.json"]["length"] == len(canonical(LIST))


def test_it_stands_by_the_newest_key_in_use_and_names_those_struck_off() -> None:
    read = read_snapshot(a_snapshot(with_keys(STRUCK, NEXT)))

    assert (read.signs, read.struck, read.in_use) == (
        NEXT_KEY.multikey,
        {KEY.multikey},
        {NEXT_KEY.multikey},
    )
    assert (
        read_snapshot(a_snapshot(with_keys(PublicKey(KEY.multikey, BEFORE), NEXT))).signs
        == NEXT_KEY.multikey
    )
    assert (
        read_snapshot(a_snapshot(with_keys(RETIRED))).signs,
        read_snapshot(a_snapshot(with_keys(RETIRED))).struck,
    ) == (None, set())


def test_a_turn_is_counted_where_keys_change_and_nowhere_else() -> None:
    first = read_snapshot(a_snapshot())
    same = read_snapshot(a_snapshot(previous=first, version=2))
    turned = read_snapshot(a_snapshot(with_keys(RETIRED, NEXT), same, 3))
    rooted = read_snapshot(a_snapshot(with_keys(RETIRED, NEXT, root=ROOT), turned, 4))

    assert [each.turns for each in (first, same, turned, rooted)] == [(), (), (3,), (3, 4)]
    assert (first.document["previous"], same.document["previous"]) == (
        None,
        f"sha256:{first.digest}",
    )


def test_keys_of_the_log_alone_are_no_turn() -> None:
    first = read_snapshot(a_snapshot())

    assert read_snapshot(a_snapshot(replace(OFFICE, log_keys=(NEXT,)), first, 2)).turns == ()


A_KEY = a_snapshot()["keys"][0]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "x"},
        {"issuer": None},
        {"issuer": {"id": OFFICE.did, "name": OFFICE.name}},
        {"issuer": {"id": 1, "name": OFFICE.name, "site": OFFICE.site}},
        {"issuer": {"id": OFFICE.did, "name": 1, "site": OFFICE.site}},
        {"issuer": {"id": OFFICE.did, "name": OFFICE.name, "site": 1}},
        {"version": 0},
        {"version": -1},
        {"version": True},
        {"version": "1"},
        {"turns": [0]},
        {"turns": [1.0]},
        {"turns": None},
        {"root_key": "z6x"},
        {"root_key": 5},
        {"made": "2025-06-09T06:00:00"},
        {"validUntil": None},
        {"files": {"perbaikan.json": {}}},
        {"files": {"perbaikan.json": {"sha256": "0" * 63}}},
        {"files": {"perbaikan.json": {"sha256": "0" * 65}}},
        {"files": {"perbaikan.json": {"sha256": [0] * 64}}},
        {"files": []},
        {"keys": [A_KEY | {"multikey": "z6x"}]},
        {"keys": [A_KEY | {"created": None}]},
        {"keys": [A_KEY | {"retired": ""}]},
        {"keys": [A_KEY | {"compromised": "kemarin"}]},
        {"keys": [{}]},
    ],
)
def test_what_is_no_snapshot_is_unreadable(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_snapshot(a_snapshot() | change)
