"""The snapshot: it lists an office's keys and the digests of its newest lists.

A snapshot is numbered, dated and signed. Decision 0129. The module `verification.trust` decides if
a verifier may accept a new snapshot in the place of an older one.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, canonical, instant, written
from psm_course.credentials.lists.status_list import VALID_DAYS
from psm_course.credentials.signing.keys import Issuer, PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multikey
from psm_course.credentials.signing.proof import sign

FORMAT = "psm-snapshot/1"
_NOT_ONE = "Snapshot penerbit tidak terbaca: terpotong atau berubah. Ambil lagi dari situsnya."
_CERTIFICATES, _LOG = "certificates", "log"
_DIGEST = 64  # hexadecimal letters of SHA-256


@dataclass(frozen=True)
class Snapshot:
    """The contents of a snapshot; its signatures are not verified.

    Attributes:
        issuer: the office, with every key that it ever used, and its offline key.
        version: the number of the snapshot, from 1.
        turns: version numbers of the snapshots in which the office's keys changed, except the first
            snapshot.
        files: SHA-256 (hex) of the canonical JSON of each list, by path below the site.
        document: the snapshot as JSON, as it was published.
    """

    issuer: Issuer
    version: int
    made: datetime
    valid_until: datetime
    turns: tuple[int, ...]
    files: Mapping[str, str]
    document: Json

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the snapshot's document in canonical JSON."""
        return digest_of(self.document)

    @property
    def signs(self) -> str | None:
        """The multikey of the key in use, which must sign the snapshot; None if none is in use."""
        return next((key.multikey for key in reversed(self.issuer.keys) if key.in_use), None)

    @property
    def struck(self) -> frozenset[str]:
        """The keys (multikeys) that were struck off as compromised."""
        return frozenset(key.multikey for key in self.issuer.keys if key.compromised_at is not None)

    @property
    def in_use(self) -> frozenset[str]:
        """The keys (multikeys) that may sign now."""
        return frozenset(key.multikey for key in self.issuer.keys if key.in_use)


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a document in canonical JSON, the published form of lists."""
    return hashlib.sha256(canonical(document)).hexdigest()


def sign_snapshot(
    issuer: Issuer,
    previous: Snapshot | None,
    version: int,
    lists: Mapping[str, Json],
    log: Json,
    keys: Sequence[SigningKey],
    now: datetime,
) -> Json:
    """Sign a snapshot, the dated set of everything published; returns the document to publish.

    Args:
        issuer: the office and its keys.
        previous: the snapshot before this one; None for the first.
        version: number of the new snapshot, from 1.
        lists: the published lists, by path below the site.
        log: origin, size and root of the office's log.
        keys: the keys to sign with. One of them is the key in use. If keys changed, verifiers may
            not know this key yet. Then a key that they trust must sign too: one that `previous`
            lists as in use, or the offline key (rules: `verification.trust.successor`).
        now: the time of signing, aware.
    """
    turns = list(previous.turns) if previous else []
    if previous and (previous.issuer.keys, previous.issuer.root_key) != (
        _keys(_as_json(issuer))[0],
        issuer.root_key,
    ):
        turns.append(version)
    document = {
        "format": FORMAT,
        "issuer": {"id": issuer.did, "name": issuer.name, "site": issuer.site},
        "version": version,
        "previous": f"sha256:{previous.digest}" if previous else None,
        "made": written(now),
        "validUntil": written(now + timedelta(days=VALID_DAYS)),
        "root_key": issuer.root_key,
        "keys": _as_json(issuer),
        "turns": turns,
        "files": {
            path: {"sha256": digest_of(each), "length": len(canonical(each))}
            for path, each in lists.items()
        },
        "log": log,
    }
    return sign(document, keys, issuer.did, now)


def office_named(document: Mapping[str, Any]) -> str:
    """Return the DID of the office that a document names as its issuer.

    If the document names no issuer, the result is some other text, such as "None".
    """
    office = document.get("issuer")
    return str(office.get("id") if isinstance(office, dict) else office)


def read_snapshot(document: Mapping[str, Any]) -> Snapshot:
    """Read a snapshot; its signatures are not verified.

    Raises:
        Unreadable: the document is not a snapshot, or is incomplete.
    """
    try:
        office, version, turns = document["issuer"], document["version"], tuple(document["turns"])
        issuer = Issuer(
            office["id"],
            office["name"],
            office["site"],
            *_keys(document["keys"]),
            document["root_key"],
        )
        files = {path: _sha256(each) for path, each in document["files"].items()}
        if (
            document["format"] != FORMAT
            or not all(isinstance(each, str) for each in (issuer.did, issuer.name, issuer.site))
            or not all(type(each) is int and each > 0 for each in (version, *turns))
        ):
            raise Unreadable(_NOT_ONE)
        if issuer.root_key is not None:
            from_multikey(issuer.root_key)
        return Snapshot(
            issuer,
            version,
            instant(document["made"]),
            instant(document["validUntil"]),
            turns,
            files,
            dict(document),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(_NOT_ONE) from None


def _sha256(entry: Mapping[str, Any]) -> str:
    found = entry["sha256"]
    if not isinstance(found, str) or len(found) != _DIGEST:
        raise ValueError("no digest")
    return found


def _keys(
    entries: Iterable[Mapping[str, Any]],
) -> tuple[tuple[PublicKey, ...], tuple[PublicKey, ...]]:
    """Read the `keys` of a snapshot; returns the keys for certificates, and the keys of the log."""
    read = [(entry["purposes"], _key(entry)) for entry in entries]
    return tuple(key for purposes, key in read if _CERTIFICATES in purposes), tuple(
        key for purposes, key in read if _LOG in purposes
    )


def _key(entry: Mapping[str, Any]) -> PublicKey:
    from_multikey(entry["multikey"])
    retired, compromised = (
        instant(entry[each]) if entry[each] is not None else None
        for each in ("retired", "compromised")
    )
    return PublicKey(entry["multikey"], instant(entry["created"]), retired, compromised)


def _as_json(issuer: Issuer) -> list[Json]:
    """Return the `keys` of a snapshot: every key of the office, with its purpose and dates."""
    listed = [(key, _CERTIFICATES) for key in issuer.keys] + [
        (key, _LOG) for key in issuer.log_keys
    ]
    return [
        {
            "multikey": key.multikey,
            "purposes": [purpose],
            "created": written(key.created),
            "retired": written(key.retired_at) if key.retired_at else None,
            "compromised": written(key.compromised_at) if key.compromised_at else None,
        }
        for key, purpose in listed
    ]
