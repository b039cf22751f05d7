"""Which keys and which lists to believe, where an office's snapshot has been renewed since somebody last looked. Decision 0129.

A reader that knows an office takes a later snapshot by the word of the keys it knows, and a strike-off by the word of the office's offline
key alone; never an older one. `tests/credentials/renewed.py` is the table of cases, which the page runs over too.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, instant
from psm_course.credentials.lists.places import KEYS, SNAPSHOT, TURNS
from psm_course.credentials.lists.snapshot import Snapshot, digest_of, read_snapshot
from psm_course.credentials.signing.keys import Issuer, read_issuer
from psm_course.credentials.signing.proof import signers_among
from psm_course.credentials.verification.published import Published, published_at
from psm_course.errors import Refused

BROKEN = "Snapshot penerbit di salinan situs itu rusak, atau tidak ditandatangani kuncinya sendiri. Ambil lagi dari situsnya."
Copy = Mapping[str, Json]  # what somebody has of a site: documents by path


def trusted(copies: Iterable[Copy]) -> Published:
    """What copies of offices' sites say together, the one known longest first: the first of an office is believed, later ones must follow
    from it.

    Raises:
        Refused: the first copy is broken; a later one counts for nothing then.
    """
    given = list(copies)
    known = _newest(given)
    listed = [read_issuer(copy[KEYS]) for copy in given if SNAPSHOT not in copy]
    issuers = [each.issuer for each in known.values()] + [each for each in listed if each.did not in known]
    documents = [(path, document) for copy in given for path, document in copy.items() if _is_current(known, path, document)]
    return published_at(issuers, documents, snapshots=known)


def _newest(copies: Iterable[Copy]) -> dict[str, Snapshot]:
    """The newest believable snapshot of each office."""
    known: dict[str, Snapshot] = {}
    for copy in copies:
        if SNAPSHOT not in copy:
            continue
        did = _office_of(copy[SNAPSHOT])
        if found := renewed(known.get(did), copy):
            known[did] = found
        elif not known:
            raise Refused(BROKEN)
    return known


def _office_of(document: Json) -> str:
    office = document.get("issuer")
    return str(office.get("id")) if isinstance(office, dict) else ""


def renewed(known: Snapshot | None, copy: Copy) -> Snapshot | None:
    """The newest snapshot that a reader believes who knows this one. What she missed meanwhile is looked for too, where keys changed."""
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
    """The snapshot of this document, where it may follow the known one; else the known one."""
    try:
        new = read_snapshot(document)
    except Unreadable:
        return known
    if known is not None and (new.issuer.did != known.issuer.did or (new.version <= known.version and new.struck <= known.struck)):
        return known
    asked = {new.signs, *((known.issuer.root_key, *known.in_use) if known else ())}
    signers = signers_among(document, new.issuer.did, {each for each in asked if each})
    return new if new.signs in signers and (known is None or _follows(known, new, signers)) else known


def _follows(known: Snapshot, new: Snapshot, signers: frozenset[str]) -> bool:
    """Whether a reader who knows the one takes the other by the word of these."""
    root = known.issuer.root_key
    if root in signers and new.struck > known.struck:
        return True  # whatever a thief made of the known one since: its version and the keys it added count for nothing
    if new.version <= known.version or not _keeps_keys(known.issuer, new.issuer):
        return False
    if root in signers:
        return True
    if root is not None and (new.struck != known.struck or new.issuer.root_key != root):
        return False
    left = known.in_use - new.struck
    # An office that never made an offline key: once all its keys are struck off, its site's own word is all there is.
    return bool(left & signers) or (root is None and not left)


def _keeps_keys(known: Issuer, new: Issuer) -> bool:
    """What was listed stays listed, what was retired or struck off stays so."""
    later = {key.multikey: key for key in new.keys}
    return all(
        key.multikey in later
        and (key.compromised_at is None or later[key.multikey].compromised_at is not None)
        and (key.retired_at is None or later[key.multikey].retired_at == key.retired_at)
        for key in known.keys
    )


def _is_current(known: Mapping[str, Snapshot], path: str, document: Json) -> bool:
    """Whether a list is the one that its office's snapshot names, or a later one."""
    snapshot = known.get(_named_office(document))
    if snapshot is None or path not in snapshot.files:
        return True
    with suppress(Unreadable):
        if digest_of(document) == snapshot.files[path]:
            return True
    dated = _date_of(document)
    return dated is not None and dated > snapshot.made


def _named_office(document: Json) -> str:
    office = document.get("issuer")
    return str(office.get("id") if isinstance(office, dict) else office)


def _date_of(document: Json) -> datetime | None:
    try:
        return instant(document["validFrom"] if "validFrom" in document else document["as_of"])
    except (KeyError, TypeError, ValueError):
        return None
