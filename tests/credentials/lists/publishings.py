"""An office's site on its days: a key is changed, struck off or stolen, or a record revoked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from psm_course.credentials.documents import Json, canonical, written
from psm_course.credentials.lists.corrections import sign_corrections
from psm_course.credentials.lists.digests import sign_digests
from psm_course.credentials.lists.snapshot import digest_of, read_snapshot, sign_snapshot
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.multibase import to_multibase
from psm_course.credentials.signing.proof import sign
from tests.credentials.signed import (
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
    """The copy, but for these documents."""
    return {path: document for path, document in copy.items() if path not in paths}


def with_parts(copy: Copy, other: Copy, *paths: str) -> Copy:
    """The copy with these documents of another one."""
    return {**copy, **{path: other[path] for path in paths}}


def naming(copy: Copy, lists: Mapping[str, Json], signers: Sequence[SigningKey]) -> Copy:
    """The copy with these lists, and with its snapshot naming them."""
    whole = copy["snapshot.json"]
    unsigned = {name: whole[name] for name in whole if name != "proof"}
    files = {
        path: {"sha256": digest_of(each), "length": len(canonical(each))}
        for path, each in lists.items()
    }
    made, did = read_snapshot(whole).made, whole["issuer"]["id"]
    snapshot = sign(unsigned | {"files": files}, signers, did, made)
    return {**copy, **lists, "snapshot.json": snapshot}


def with_other_signature(document: Json) -> Json:
    """The document with the signature of something else in the proof that we check."""
    ours, *others = document["proof"]
    return {**document, "proof": [ours | {"proofValue": to_multibase(bytes([7]) * 64)}, *others]}


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

# ---- certificates of those days ------------------------------------------------------------------


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
BY_NEXT = Certificate(NEXT_KEY, LISTED + 4 * DAY)
BY_THIRD = Certificate(THIRD_KEY, LISTED + 7 * DAY)
BY_THIEF = Certificate(THIEF, LISTED + 2 * DAY)


# ---- cases ---------------------------------------------------------------------------------------


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
class Row:
    """A case for each form of a certificate. The verdict stands on the `lists` of this copy."""

    name: str
    copies: tuple[Copy, ...]
    certificate: Certificate
    verdict: str
    lists: Copy | None = None
    now: datetime = NOW

    def cases(self) -> Iterator[Renewed]:
        as_of = read_snapshot(self.lists["snapshot.json"]).made if self.lists else None
        for form, given in self.certificate.forms():
            name = f"{self.name}/{form}"
            yield Renewed(name, self.copies, given, self.verdict, as_of, self.now)
