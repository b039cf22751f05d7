"""Decides which keys and lists to believe when an office's snapshot changed (decision 0129).

A verifier is a person or program that checks certificates. A new snapshot is compared with the
snapshot that the verifier accepted earlier. A new snapshot with a higher number is accepted if it
is signed with a key that the verifier already knows. Without a higher number, it is accepted only
if the offline key signed it and it strikes off more keys. If the office has an offline key, only a
snapshot signed by the offline key can strike off a key. The examples in
`tests/credentials/renewed.py` test this module and the verification page.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, instant
from psm_course.credentials.lists.paths import KEYS, SNAPSHOT, TURNS
from psm_course.credentials.lists.snapshot import Snapshot, digest_of, office_named, read_snapshot
from psm_course.credentials.signing.keys import Issuer, read_issuer
from psm_course.credentials.signing.proof import signers_among
from psm_course.credentials.verification.published import Published, published_at
from psm_course.errors import Refused

BROKEN = (
    "Snapshot penerbit di salinan situs itu rusak, atau tidak ditandatangani kuncinya sendiri."
    " Ambil lagi dari situsnya."
)
Copy = Mapping[str, Json]  # the documents of a copied site, by path


def trusted(copies: Iterable[Copy]) -> Published:
    """Return the verified documents in copies of offices' sites, given with the oldest copy first.

    The first snapshot of an office is believed. The next snapshot is accepted only if it is signed
    with keys in the last snapshot that was accepted (`successor`). A document is left out if the
    newest accepted snapshot lists another version of the document, unless the document is newer
    than the snapshot.

    Raises:
        Refused: the first snapshot is broken, or its own key did not sign it.
    """
    given = list(copies)
    known = _newest(given)
    listed = [read_issuer(copy[KEYS]) for copy in given if SNAPSHOT not in copy]
    issuers = [each.issuer for each in known.values()] + [
        each for each in listed if each.did not in known
    ]
    documents = [
        (path, document)
        for copy in given
        for path, document in copy.items()
        if _is_current(known, path, document)
    ]
    return published_at(issuers, documents, snapshots=known)


def _newest(copies: Iterable[Copy]) -> dict[str, Snapshot]:
    """Return the newest snapshot that may be accepted for each office, by the office's DID.

    `copies` are copies of offices' sites, oldest first.

    Raises:
        Refused: the first snapshot is broken, or its own key did not sign it.
    """
    known: dict[str, Snapshot] = {}
    for copy in copies:
        if SNAPSHOT not in copy:
            continue
        did = office_named(copy[SNAPSHOT])
        if found := renewed(known.get(did), copy):
            known[did] = found
        elif not known:
            raise Refused(BROKEN)
    return known


def renewed(known: Snapshot | None, copy: Copy) -> Snapshot | None:
    """Return the newest snapshot in a copy of a site that may be accepted after `known`.

    `known` is the newest snapshot that the verifier has accepted until now; None if there is none.
    The keys may have changed several times since `known`. The copy also contains the snapshots in
    which keys changed, and they are tried one after another. If no snapshot in the copy may be
    accepted, the result is `known`.
    """
    found = successor(known, copy[SNAPSHOT])
    if found is not known or known is None:
        return found
    for turn in _turns(copy[SNAPSHOT]):
        if missed := copy.get(f"{TURNS}/{turn}.json"):
            known = successor(known, missed)
    return successor(known, copy[SNAPSHOT])


def _turns(document: Json) -> tuple[int, ...]:
    with suppress(Unreadable):
        return read_snapshot(document).turns
    return ()


def successor(known: Snapshot | None, document: Mapping[str, Any]) -> Snapshot | None:
    """Return the snapshot in `document` if it may be accepted after `known`, else `known`.

    `known` is the newest snapshot that the verifier has accepted until now; None if there is none.
    """
    try:
        new = read_snapshot(document)
    except Unreadable:
        return known
    if known is not None and (
        new.issuer.did != known.issuer.did
        or (new.version <= known.version and new.struck <= known.struck)
    ):
        return known
    asked = {new.signs, *((known.issuer.root_key, *known.in_use) if known else ())}
    signers = signers_among(document, new.issuer.did, {each for each in asked if each})
    return (
        new if new.signs in signers and (known is None or _follows(known, new, signers)) else known
    )


def _follows(known: Snapshot, new: Snapshot, signers: frozenset[str]) -> bool:
    """True if a verifier that has accepted the snapshot `known` may now accept `new`.

    `signers` are the keys (multikeys) whose signatures on `new` are valid.
    """
    root = known.issuer.root_key
    if root in signers and new.struck > known.struck:
        # A thief may have made the known snapshot, so its version and the keys that it added do not
        # matter.
        return True
    if new.version <= known.version or not _keeps_keys(known.issuer, new.issuer):
        return False
    if root in signers:
        return True
    if root is not None and (new.struck != known.struck or new.issuer.root_key != root):
        return False
    left = known.in_use - new.struck
    # An office that never made an offline key: once all its keys are struck off, its site's own
    # word is all there is.
    return bool(left & signers) or (root is None and not left)


def _keeps_keys(known: Issuer, new: Issuer) -> bool:
    """True if `new` lists every key of `known`, and no retired or compromised key is in use again.

    A key that `known` lists as retired must have the same time of retirement in `new`. A key that
    `known` lists as compromised must be compromised in `new` too.
    """
    later = {key.multikey: key for key in new.keys}
    return all(
        key.multikey in later
        and (key.compromised_at is None or later[key.multikey].compromised_at is not None)
        and (key.retired_at is None or later[key.multikey].retired_at == key.retired_at)
        for key in known.keys
    )


def _is_current(known: Mapping[str, Snapshot], path: str, document: Json) -> bool:
    """True if a copy's document at this path may be used, according to the snapshots in `known`.

    It may be used if the snapshot lists the digest of this document, if the snapshot is older than
    the document, or if no snapshot lists the document.
    """
    snapshot = known.get(office_named(document))
    if snapshot is None or path not in snapshot.files:
        return True
    with suppress(Unreadable):
        if digest_of(document) == snapshot.files[path]:
            return True
    dated = _date_of(document)
    return dated is not None and dated > snapshot.made


def _date_of(document: Json) -> datetime | None:
    try:
        return instant(document["validFrom"] if "validFrom" in document else document["as_of"])
    except (KeyError, TypeError, ValueError):
        return None
