"""The table of renewed trust, for the library, the command and the page: what somebody knew of an
office's site, and what she finds.

`copies` are what she has of it, by path below the site, known longest first. `as_of` is the date of
the lists that her verdict stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from psm_course.credentials.documents import Json, written
from psm_course.credentials.lists.corrections import sign_corrections
from psm_course.credentials.lists.digests import sign_digests
from psm_course.credentials.lists.snapshot import read_snapshot, sign_snapshot
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.proof import sign_by
from tests.credentials.signed import (
    BEFORE,
    FOREIGN_KEY,
    FOREIGN_OFFICE,
    KEY,
    LISTED,
    NEXT_KEY,
    OFFICE,
    POSITION,
    SIGNED,
    a_badge,
    a_correction,
    a_record,
    an_address,
    an_issuance,
    as_bytes,
    status_lists,
)

ROOT, OTHER_ROOT, THIRD_KEY, THIEF = (
    SigningKey.from_seed(bytes([number]) * 32) for number in range(101, 105)
)
DAY = timedelta(days=1)
NOW = LISTED + 30 * DAY
LOG = {"origin": "dinsos.depok.go.id/log/1", "size": 1, "root": "00" * 32}
# Amber: genuine, but no list says how it stands (`as_of` is None), or what says so is too old.
GREEN, AMBER = "valid", "stale"

Copy = Mapping[str, Json]


def published(
    issuer: Issuer,
    version: int,
    signers: Sequence[SigningKey],
    at: datetime,
    before: Copy | None = None,
    revoked: Sequence[int] = (),
    also: Copy | None = None,
) -> Copy:
    """Everything on a site at one publishing; the first of the signers signs the lists. `also`:
    what stays there from earlier.
    """
    key, corrected = signers[0], [a_correction()] if revoked else []
    lists = {
        each["id"].removeprefix(f"{issuer.site}/"): each
        for each in status_lists(revoked, key=key, issuer=issuer, at=at)
    }
    lists |= {
        "perbaikan.json": sign_corrections(issuer, corrected, key, at),
        "sidik.json": sign_digests(issuer, {}, key, at),
    }
    known = read_snapshot(before["snapshot.json"]) if before else None
    snapshot = sign_snapshot(issuer, known, version, lists, LOG, signers, at)
    shared = an_issuance(issuer=issuer)
    turn = {f"snapshot/{version}.json": snapshot} if version in snapshot["turns"] else {}
    kept = {path: each for path, each in (before or {}).items() if path.startswith("snapshot/")}
    return {
        **lists,
        **kept,
        **turn,
        **(also or {}),
        f"terbitan/{shared.file_name}": shared.to_json(),
        "snapshot.json": snapshot,
    }


def without(copy: Copy, *paths: str) -> Copy:
    return {path: document for path, document in copy.items() if path not in paths}


def struck(issuer: Issuer, key: SigningKey, at: datetime) -> Issuer:
    return issuer.with_compromised(key.multikey, at)


def laid(copies: tuple[Copy, ...], folder: Path) -> list[Path]:
    """The copies as folders."""
    places = []
    for number, copy in enumerate(copies):
        for path, document in copy.items():
            (folder / str(number) / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / str(number) / path).write_bytes(as_bytes(document))
        places.append(folder / str(number))
    return places


# ---- the office's days ---------------------------------------------------------------------------

PINNED = replace(OFFICE, root_key=ROOT.multikey)
FIRST = published(PINNED, 1, [KEY], LISTED)
ROTATED = PINNED.with_key(NEXT_KEY, LISTED + 2 * DAY)
SECOND = published(ROTATED, 2, [NEXT_KEY, KEY], LISTED + 3 * DAY, FIRST)
AGAIN = ROTATED.with_key(THIRD_KEY, LISTED + 5 * DAY)
THIRD = published(AGAIN, 3, [THIRD_KEY, NEXT_KEY], LISTED + 6 * DAY, SECOND)
FOURTH = published(AGAIN, 4, [THIRD_KEY], LISTED + 8 * DAY, THIRD)

LEAKED = struck(PINNED, KEY, LISTED + 2 * DAY).with_key(NEXT_KEY, LISTED + 2 * DAY)
STRUCK = published(LEAKED, 2, [NEXT_KEY, ROOT], LISTED + 3 * DAY, FIRST)
AFTER_IT = published(LEAKED, 3, [NEXT_KEY], LISTED + 5 * DAY, STRUCK)
STOLEN = PINNED.with_key(THIEF, LISTED + DAY)
POISON = published(STOLEN, 1_000_000, [THIEF, KEY], LISTED + DAY, FIRST)

REVOKED = published(PINNED, 2, [KEY], LISTED + 3 * DAY, FIRST, revoked=[POSITION])

ROOTLESS = published(OFFICE, 1, [KEY], LISTED)
ROOTLESS_LEAKED = struck(OFFICE, KEY, LISTED + 2 * DAY).with_key(NEXT_KEY, LISTED + 2 * DAY)


@dataclass(frozen=True)
class Renewed:
    """One case: what is at hand, what is handed in, and what must come out."""

    id: str
    copies: tuple[Copy, ...]
    given: bytes
    verdict: str
    as_of: datetime | None = None
    now: datetime = NOW

    def expected(self) -> Json:
        return {
            "verdict": self.verdict,
            "status_as_of": written(self.as_of) if self.as_of else None,
        }


@dataclass(frozen=True)
class Certificate:
    """The same record, as a credential and as the text of a QR."""

    key: SigningKey = KEY
    at: datetime = SIGNED
    valid_until: str = ""

    def forms(self) -> Iterator[tuple[str, bytes]]:
        record = a_record(valid_until=self.valid_until) if self.valid_until else a_record()
        yield "json", as_bytes(a_badge(record, key=self.key, at=self.at, issuer=OFFICE))
        yield "qr", an_address(record, key=self.key, at=self.at).encode()


OLD = Certificate()
BY_NEXT, BY_THIRD = (
    Certificate(NEXT_KEY, LISTED + 4 * DAY),
    Certificate(THIRD_KEY, LISTED + 7 * DAY),
)
BY_THIEF = Certificate(THIEF, LISTED + 2 * DAY)

_Row = tuple[str, tuple[Copy, ...], Certificate, str, datetime | None]


def renewed_cases() -> list[Renewed]:
    rows = [*_rotation(), *_strike_off(), *_rollback(), *_mixed(), *_broken()]
    cases = [
        Renewed(f"{name}/{form}", copies, given, verdict, as_of)
        for name, copies, what, verdict, as_of in rows
        for form, given in what.forms()
    ]
    cases += [
        Renewed(f"{name}/{form}", copies, given, verdict, as_of, now)
        for name, copies, what, verdict, as_of, now in _clocks()
        for form, given in what.forms()
    ]
    assert len({case.id for case in cases}) == len(cases) >= 60
    return cases


def _made(copy: Copy) -> datetime:
    return read_snapshot(copy["snapshot.json"]).made


def _rotation() -> Iterator[_Row]:
    yield "a single copy", (FIRST,), OLD, GREEN, _made(FIRST)
    yield "rotated, signed before", (FIRST, SECOND), OLD, GREEN, _made(SECOND)
    yield "rotated, signed by the next", (FIRST, SECOND), BY_NEXT, GREEN, _made(SECOND)
    yield "rotated, not seen yet", (FIRST,), BY_NEXT, "unknown_issuer", None
    yield (
        "rotated, signed by the old one since",
        (FIRST, SECOND),
        Certificate(KEY, LISTED + 4 * DAY),
        "unknown_issuer",
        None,
    )
    yield "rotated twice, one missed", (FIRST, THIRD), BY_THIRD, GREEN, _made(THIRD)
    yield "rotated twice, long ago", (FIRST, FOURTH), BY_THIRD, GREEN, _made(FOURTH)
    yield (
        "rotated twice, what was missed is gone",
        (FIRST, without(THIRD, "snapshot/2.json")),
        BY_THIRD,
        "unknown_issuer",
        None,
    )
    alone = published(ROTATED, 2, [NEXT_KEY], LISTED + 3 * DAY, FIRST)
    yield "the next key by its own word", (FIRST, alone), BY_NEXT, "unknown_issuer", None
    yield (
        "by the old key's word alone",
        (FIRST, published(ROTATED, 2, [KEY], LISTED + 3 * DAY, FIRST)),
        BY_NEXT,
        "unknown_issuer",
        None,
    )
    by_root = published(ROTATED, 2, [NEXT_KEY, ROOT], LISTED + 3 * DAY, FIRST)
    yield (
        "the old key is lost, the offline one vouches",
        (FIRST, by_root),
        BY_NEXT,
        GREEN,
        _made(by_root),
    )
    strangers = published(PINNED.with_key(THIEF, LISTED + DAY), 2, [THIEF], LISTED + DAY, FIRST)
    yield "a stranger's key", (FIRST, strangers), BY_THIEF, "unknown_issuer", None
    fewer = replace(ROTATED, keys=ROTATED.keys[1:])
    yield (
        "the old key is listed no more",
        (FIRST, published(fewer, 2, [NEXT_KEY, KEY], LISTED + 3 * DAY, FIRST)),
        BY_NEXT,
        "unknown_issuer",
        None,
    )
    revived = replace(ROTATED, keys=(replace(ROTATED.keys[0], retired_at=None), ROTATED.keys[1]))
    back = published(revived, 3, [NEXT_KEY], LISTED + 9 * DAY, SECOND)
    yield (
        "the retired key comes back",
        (SECOND, back),
        Certificate(KEY, LISTED + 4 * DAY),
        "unknown_issuer",
        None,
    )


def _strike_off() -> Iterator[_Row]:
    yield "struck off, the thief's", (FIRST, STRUCK), OLD, "revoked", None
    yield "struck off, signed anew", (FIRST, STRUCK), BY_NEXT, GREEN, _made(STRUCK)
    yield "struck off, seen late", (FIRST, AFTER_IT), OLD, "revoked", None
    yield "struck off, seen late, signed anew", (FIRST, AFTER_IT), BY_NEXT, GREEN, _made(AFTER_IT)
    without_root = published(LEAKED, 2, [NEXT_KEY], LISTED + 3 * DAY, FIRST)
    yield (
        "struck off without the offline key",
        (FIRST, without_root),
        BY_NEXT,
        "unknown_issuer",
        None,
    )
    by_both = published(LEAKED, 2, [NEXT_KEY, KEY], LISTED + 3 * DAY, FIRST)
    yield (
        "struck off by the word of the leaked key",
        (FIRST, by_both),
        BY_NEXT,
        "unknown_issuer",
        None,
    )
    by_other = published(LEAKED, 2, [NEXT_KEY, OTHER_ROOT], LISTED + 3 * DAY, FIRST)
    yield "struck off by another offline key", (FIRST, by_other), BY_NEXT, "unknown_issuer", None
    swapped = published(
        replace(STOLEN, root_key=OTHER_ROOT.multikey), 2, [THIEF, KEY], LISTED + DAY, FIRST
    )
    yield (
        "the thief names an offline key of his",
        (FIRST, swapped),
        BY_THIEF,
        "unknown_issuer",
        None,
    )
    yield (
        "the thief was believed, then struck off",
        (FIRST, POISON, STRUCK),
        BY_THIEF,
        "unknown_issuer",
        None,
    )
    yield (
        "the thief was believed, then struck off, signed anew",
        (FIRST, POISON, STRUCK),
        BY_NEXT,
        GREEN,
        _made(STRUCK),
    )
    yield (
        "the thief was believed, the strike-off seen late",
        (FIRST, POISON, AFTER_IT),
        BY_NEXT,
        GREEN,
        _made(AFTER_IT),
    )
    yield "the thief comes back", (FIRST, STRUCK, POISON), BY_THIEF, "unknown_issuer", None
    yield "the thief comes back, with the old key", (FIRST, STRUCK, POISON), OLD, "revoked", None
    forgiven = replace(
        LEAKED,
        keys=(
            replace(LEAKED.keys[0], compromised_at=None, retired_at=LISTED + 2 * DAY),
            *LEAKED.keys[1:],
        ),
    )
    yield (
        "the strike-off is taken back",
        (STRUCK, published(forgiven, 3, [NEXT_KEY], LISTED + 4 * DAY, STRUCK)),
        OLD,
        "revoked",
        None,
    )
    by_root = published(forgiven, 3, [NEXT_KEY, ROOT], LISTED + 4 * DAY, STRUCK)
    yield "the strike-off is taken back, even so", (STRUCK, by_root), OLD, "revoked", None
    own_word = published(ROOTLESS_LEAKED, 2, [NEXT_KEY], LISTED + 3 * DAY, ROOTLESS)
    yield "no offline key, struck off", (ROOTLESS, own_word), OLD, "revoked", None
    yield (
        "no offline key, struck off, signed anew",
        (ROOTLESS, own_word),
        BY_NEXT,
        GREEN,
        _made(own_word),
    )
    made = published(PINNED, 2, [KEY], LISTED + DAY, ROOTLESS)
    later = published(LEAKED, 3, [NEXT_KEY], LISTED + 3 * DAY, made)
    yield (
        "an offline key was made, struck off without it",
        (ROOTLESS, made, later),
        BY_NEXT,
        "unknown_issuer",
        None,
    )


def _rollback() -> Iterator[_Row]:
    """An older part where a newer is known. The record was revoked in the second publishing."""
    yield "revoked", (FIRST, REVOKED), OLD, "revoked", _made(REVOKED)
    yield "the whole site of before", (REVOKED, FIRST), OLD, "revoked", _made(REVOKED)
    yield (
        "the snapshot of before",
        (REVOKED, {**REVOKED, "snapshot.json": FIRST["snapshot.json"]}),
        OLD,
        "revoked",
        _made(REVOKED),
    )
    plain = without(REVOKED, "perbaikan.json")
    lists = ("status/0-revocation.json", "status/0-refresh.json")
    yield "the list of before", ({**plain, lists[0]: FIRST[lists[0]]},), OLD, AMBER, None
    yield (
        "the other list of before",
        ({**plain, lists[1]: FIRST[lists[1]]},),
        OLD,
        "revoked",
        _made(REVOKED),
    )
    yield (
        "both lists of before",
        ({**plain, **{path: FIRST[path] for path in lists}},),
        OLD,
        AMBER,
        None,
    )
    corrected = {**without(REVOKED, *lists), "perbaikan.json": FIRST["perbaikan.json"]}
    yield "the corrections of before, and no list", (corrected,), OLD, AMBER, None
    yield (
        "the corrections of before",
        ({**REVOKED, "perbaikan.json": FIRST["perbaikan.json"]},),
        OLD,
        "revoked",
        _made(REVOKED),
    )
    yield (
        "all lists of before",
        ({**FIRST, "snapshot.json": REVOKED["snapshot.json"]},),
        OLD,
        AMBER,
        None,
    )
    yield "the keys of before a strike-off", (STRUCK, FIRST), OLD, "revoked", None
    twin = published(PINNED, 2, [KEY], LISTED + 3 * DAY, FIRST)
    yield (
        "another one of the same number",
        (REVOKED, without(twin, *lists, "perbaikan.json")),
        OLD,
        "revoked",
        _made(REVOKED),
    )
    yield "the first of two rotations again", (THIRD, SECOND), BY_THIRD, GREEN, _made(THIRD)


def _mixed() -> Iterator[_Row]:
    """Parts of two publishings, as in the middle of an upload."""
    lists = ("status/0-revocation.json", "status/0-refresh.json", "perbaikan.json", "sidik.json")
    newer = {path: REVOKED[path] for path in lists}
    yield "new lists, old snapshot", ({**FIRST, **newer},), OLD, "revoked", _made(REVOKED)
    yield (
        "one new list, old snapshot",
        ({**FIRST, lists[0]: REVOKED[lists[0]]},),
        OLD,
        "revoked",
        _made(REVOKED),
    )
    yield "new snapshot, no list yet", (without(REVOKED, *lists),), OLD, AMBER, None
    yield "new snapshot, one list yet", (without(REVOKED, lists[0], lists[2]),), OLD, AMBER, None
    by_next = {path: SECOND[path] for path in lists}
    yield "lists of the next key, old snapshot", ({**FIRST, **by_next},), OLD, AMBER, None
    yield (
        "new keys, lists of the old key",
        ({**FIRST, "snapshot.json": SECOND["snapshot.json"]},),
        OLD,
        AMBER,
        None,
    )
    changed = {**FIRST[lists[0]], "validFrom": written(LISTED + 9 * DAY)}
    yield "a list dated later by somebody", ({**FIRST, lists[0]: changed},), OLD, AMBER, None
    elsewhere = published(FOREIGN_OFFICE, 9, [FOREIGN_KEY], LISTED + 9 * DAY)
    yield "another office's snapshot", (FIRST, elsewhere), OLD, GREEN, _made(FIRST)
    yield (
        "another office's lists",
        (FIRST, {**elsewhere, "snapshot.json": FIRST["snapshot.json"]}),
        OLD,
        GREEN,
        _made(FIRST),
    )


def _broken() -> Iterator[_Row]:
    """A snapshot that is not whole changes nothing for who knows an earlier one."""
    whole, there = STRUCK["snapshot.json"], without(STRUCK, "snapshot/2.json")
    for name, document in {
        "empty": {},
        "truncated": {name: whole[name] for name in list(whole)[:6]},
        "without a proof": {**whole, "proof": []},
        "with a number that is none": {**whole, "version": "2"},
        "with a key that is none": {
            **whole,
            "keys": [*whole["keys"], {**whole["keys"][0], "multikey": "z6Mk"}],
        },
        "of a later format": {**whole, "format": "psm-snapshot/2"},
        "changed": {**whole, "version": 7},
        "signed by others only": sign_by(
            {name: whole[name] for name in whole if name != "proof"}, [THIEF], OFFICE.did, NOW
        ),
    }.items():
        yield (
            f"a snapshot {name}",
            (FIRST, {**there, "snapshot.json": document}),
            BY_NEXT,
            "unknown_issuer",
            None,
        )


def _clocks() -> Iterator[
    tuple[str, tuple[Copy, ...], Certificate, str, datetime | None, datetime]
]:
    ends = Certificate(valid_until="2025-06-10")
    shared = an_issuance(a_record(valid_until=ends.valid_until))
    beside = {**FIRST, f"terbitan/{shared.file_name}": shared.to_json()}
    yield "expired", (FIRST, SECOND), ends, "revoked", _made(SECOND), NOW
    yield "expired, the clock set back", (FIRST, SECOND), ends, "revoked", _made(SECOND), BEFORE
    yield "not expired yet", (beside,), ends, GREEN, _made(FIRST), LISTED + timedelta(hours=1)
    yield "the clock set back", (FIRST, SECOND), OLD, GREEN, _made(SECOND), BEFORE
    yield "the clock set back, struck off", (FIRST, STRUCK), OLD, "revoked", None, BEFORE
    yield "the clock ahead, struck off", (FIRST, STRUCK), OLD, "revoked", None, NOW + 4000 * DAY
    yield (
        "the clock ahead, revoked",
        (FIRST, REVOKED),
        OLD,
        "revoked",
        _made(REVOKED),
        NOW + 4000 * DAY,
    )
    yield (
        "the snapshot expired, a key nobody knows",
        (FIRST,),
        BY_NEXT,
        "unknown_issuer",
        None,
        NOW + 4000 * DAY,
    )
    yield from _old_snapshots()


def _old_snapshots() -> Iterator[
    tuple[str, tuple[Copy, ...], Certificate, str, datetime | None, datetime]
]:
    """A snapshot holds for 180 days. These lists hold for longer, so that it alone is judged."""
    end = LISTED + 180 * DAY
    later = end + timedelta(seconds=1)
    yield "the snapshot's last second", (FIRST,), OLD, GREEN, _made(FIRST), end
    yield "the snapshot expired", (FIRST,), OLD, AMBER, _made(FIRST), later
    yield (
        "the snapshot expired after ten years",
        (FIRST,),
        OLD,
        AMBER,
        _made(FIRST),
        NOW + 3_650 * DAY,
    )
    newer = published(PINNED, 2, [KEY], LISTED + 170 * DAY, FIRST)
    beside = {
        **FIRST,
        **{
            path: newer[path]
            for path in ("status/0-revocation.json", "status/0-refresh.json", "sidik.json")
        },
    }
    yield "the snapshot expired, newer lists beside it", (beside,), OLD, AMBER, _made(FIRST), later
    yield "the snapshot expired, a newer one seen", (FIRST, newer), OLD, GREEN, _made(newer), later
    yield (
        "the snapshot expired, a newer one by a stranger",
        (FIRST, published(PINNED, 2, [THIEF], end, FIRST)),
        OLD,
        AMBER,
        _made(FIRST),
        later,
    )
    yield (
        "the snapshot expired, the older site comes back",
        (newer, FIRST),
        OLD,
        GREEN,
        _made(newer),
        later,
    )
    elsewhere = published(FOREIGN_OFFICE, 9, [FOREIGN_KEY], LISTED + 170 * DAY)
    yield (
        "the snapshot expired, another office's did not",
        (FIRST, elsewhere),
        OLD,
        AMBER,
        _made(FIRST),
        later,
    )
    yield (
        "the snapshot expired, revoked",
        (FIRST, REVOKED),
        OLD,
        "revoked",
        _made(REVOKED),
        LISTED + 200 * DAY,
    )
    yield (
        "the snapshot expired, struck off",
        (FIRST, STRUCK),
        OLD,
        "revoked",
        None,
        LISTED + 200 * DAY,
    )
    yield (
        "the snapshot expired, rotated",
        (FIRST, SECOND),
        BY_NEXT,
        AMBER,
        _made(SECOND),
        LISTED + 200 * DAY,
    )
    without_end = {
        name: value
        for name, value in FIRST["snapshot.json"].items()
        if name not in {"validUntil", "proof"}
    }
    endless = {
        **FIRST,
        "snapshot.json": sign_by(
            {**without_end, "version": 2}, [KEY], OFFICE.did, LISTED + 170 * DAY
        ),
    }
    yield (
        "the snapshot expired, the next has no end",
        (FIRST, endless),
        OLD,
        AMBER,
        _made(FIRST),
        later,
    )
