"""The leaf of the open log that tells of a record: where it is, what it says, and the proof that travels beside a certificate.

Who holds a certificate can work out its leaf; to everybody else it says nothing. Decision 0137.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, canonical, read_document
from psm_course.credentials.log.checkpoint import ORIGIN
from psm_course.credentials.log.merkle import leaf_hash

FORMAT = "psm-inclusion/1"
ACTOR, VERB = "register", "record entered"  # no officer's name: whoever checks a certificate has to know the whole event
_NO_ROWS = hashlib.sha256(b"").hexdigest()  # the event binds no row of the register
_HASH = 32
_NOT_A_PROOF = "Bukti catatan ini tidak utuh."


@dataclass(frozen=True, slots=True)
class Place:
    """A leaf: the office's code, the log's name, the index there, and of its event the number and the moment (UTC, as the log has it)."""

    office: str
    origin: str
    index: int
    event: int
    at: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered at one issuing: the place of the first, and the places in the status lists, in the order of the leaves."""

    first: Place
    positions: tuple[int, ...]

    def place_of(self, position: int) -> Place | None:
        """The leaf of who has this place in the status lists; None where nobody of this issuing has it."""
        if position not in self.positions:
            return None
        first, offset = self.first, self.positions.index(position)
        return Place(first.office, first.origin, first.index + offset, first.event + offset, first.at)

    def to_json(self) -> Json:
        return {**asdict(self.first), "positions": [*self.positions]}


def read_entered(document: Mapping[str, Any]) -> Entered:
    """As an issuance has it. Unreadable for what is none; other exceptions of a wrong form are the caller's."""
    entered = Entered(_place(document), tuple(document["positions"]))
    if not all(type(each) is int and each >= 0 for each in entered.positions):
        raise Unreadable(_NOT_A_PROOF)
    return entered


def _place(document: Mapping[str, Any]) -> Place:
    place = Place(*(document[name] for name in Place.__slots__))
    texts, numbers = (place.office, place.origin, place.at), (place.index, place.event)
    is_whole = all(isinstance(each, str) for each in texts) and all(type(each) is int and each >= 0 for each in numbers)
    if not is_whole or not ORIGIN.fullmatch(place.origin):
        raise Unreadable(_NOT_A_PROOF)
    return place


# ---- what the leaf says ------------------------------------------------------------------------------------------------------


def blind_of(signature: bytes) -> bytes:
    """What hides a record's facts in its leaf: 32 bytes that follow from the signature of its QR code, so they are erased with it."""
    return hashlib.sha256(FORMAT.encode() + signature).digest()


def salt_of(blind: bytes) -> bytes:
    """The salt of the event, which stays in the register for ever: nobody gets back from it to the blind."""
    return hashlib.sha256(blind).digest()


def content_digest(blind: bytes, facts: Mapping[str, Any]) -> str:
    """What the event says of the record, in hexadecimal. Unreadable for facts that have no canonical form."""
    return hashlib.sha256(blind + canonical(facts)).hexdigest()


def leaf_of(place: Place, blind: bytes, facts: Mapping[str, Any]) -> bytes:
    """The hash of the leaf that these facts must have at this place: as the log makes entries (`store.ledger.entry_of`)."""
    event = {
        "office": place.office,
        "id": place.event,
        "at": place.at,
        "actor": ACTOR,
        "verb": VERB,
        "subject": facts["number"],
        "detail": {"content": content_digest(blind, facts)},
        "lines": _NO_ROWS,
    }
    return leaf_hash(hashlib.sha256(salt_of(blind) + canonical(event)).digest())


# ---- the proof beside a certificate ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What a certificate, or the proof beside it, says of its leaf. `place` None: it says nothing that could be followed.

    `path` are the hashes beside the way up to the root of `checkpoint`, a signed note; empty where it comes of a QR code.
    """

    place: Place | None = None
    blind: bytes = b""
    path: tuple[bytes, ...] = ()
    checkpoint: str = ""


def write_proof(place: Place, blind: bytes, path: Sequence[bytes], checkpoint: str) -> bytes:
    """The file that stands beside the credential."""
    hashes = [base64.b64encode(each).decode() for each in path]
    return canonical({"format": FORMAT, **asdict(place), "blind": blind.hex(), "path": hashes, "checkpoint": checkpoint})


def is_proof(document: Mapping[str, Any]) -> bool:
    """Whether it says that it is one."""
    return document.get("format") == FORMAT


def read_proof(raw: bytes) -> Inclusion:
    """What such a file says, believed by nobody yet; one that is broken says nothing."""
    try:
        document = read_document(raw)
        path = tuple(base64.b64decode(each, validate=True) for each in document["path"])
        found = Inclusion(_place(document), bytes.fromhex(document["blind"]), path, document["checkpoint"])
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        return Inclusion()
    is_whole = isinstance(found.checkpoint, str) and all(len(each) == _HASH for each in (found.blind, *found.path))
    # What could be written in two ways is read in one only.
    is_own = is_whole and found.place is not None and canonical(document) == write_proof(found.place, found.blind, path, found.checkpoint)
    return found if is_own else Inclusion()
