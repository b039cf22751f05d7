"""A record in the open log: the place and the hash of its leaf, and the proof of inclusion.

Each record has a leaf of its own in the open log. A person who has the certificate can compute the
hash of this leaf; to everybody else, the leaf reveals nothing. The proof is a file attached to the
certificate's PDF. Decision 0137.
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
# No officer's name: whoever checks a certificate has to know the whole event.
ACTOR, VERB = "register", "record entered"
_NO_ROWS = hashlib.sha256(b"").hexdigest()  # the event binds no row of the register
_HASH = 32
_NOT_A_PROOF = "Bukti catatan ini tidak utuh."


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a leaf in an office's log.

    `office` is the office code, `origin` the name of the log, `index` the leaf's index in the log,
    from 0. `event` is the number of the event that the leaf stands for, `at` the time of the event
    (UTC, as text).
    """

    office: str
    origin: str
    index: int
    event: int
    at: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The places in the open log of all records that were issued together.

    `first` is the place of the first record's leaf; the other leaves follow directly after it.
    `positions` are the records' positions in the status lists, in the order of the leaves.
    """

    first: Place
    positions: tuple[int, ...]

    def place_of(self, position: int) -> Place | None:
        """Return the place in the log of the record at this position in the status lists.

        None if the record is not of this issuing.
        """
        if position not in self.positions:
            return None
        first, offset = self.first, self.positions.index(position)
        return Place(
            first.office, first.origin, first.index + offset, first.event + offset, first.at
        )

    def to_json(self) -> Json:
        """Return the places as the value of `log` in an issuance document."""
        return {**asdict(self.first), "positions": [*self.positions]}


def read_entered(document: Mapping[str, Any]) -> Entered:
    """Read where the records of an issuance document are in the log: the document's value `log`.

    Raises:
        Unreadable: a value is invalid.
        KeyError: a field is missing.
        TypeError: a field has the wrong type.
    """
    entered = Entered(_place(document), tuple(document["positions"]))
    if not all(type(each) is int and each >= 0 for each in entered.positions):
        raise Unreadable(_NOT_A_PROOF)
    return entered


def _place(document: Mapping[str, Any]) -> Place:
    place = Place(*(document[name] for name in Place.__slots__))
    texts, numbers = (place.office, place.origin, place.at), (place.index, place.event)
    is_whole = all(isinstance(each, str) for each in texts) and all(
        type(each) is int and each >= 0 for each in numbers
    )
    if not is_whole or not ORIGIN.fullmatch(place.origin):
        raise Unreadable(_NOT_A_PROOF)
    return place


# ---- what the leaf says --------------------------------------------------------------------------


def blind_of(signature: bytes) -> bytes:
    """Compute the 32 secret bytes that hide a record's facts in its leaf (the blind).

    The blind is a hash of `signature`, the signature of the record's QR code. After the register
    has erased this signature, the register cannot compute the blind any more.
    """
    return hashlib.sha256(FORMAT.encode() + signature).digest()


def salt_of(blind: bytes) -> bytes:
    """Compute the salt of a record's event from the record's blind.

    The salt is hashed together with the event to make the leaf. `blind` is the 32 secret bytes that
    hide the record's facts (`blind_of`). The register keeps the salt for ever; nobody can compute
    the blind from the salt.
    """
    return hashlib.sha256(blind).digest()


def content_digest(blind: bytes, facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of the blind followed by a record's facts in canonical JSON.

    The event of the record in the log contains this digest instead of the facts.

    Raises:
        Unreadable: the facts have no canonical form.
    """
    return hashlib.sha256(blind + canonical(facts)).hexdigest()


def leaf_of(place: Place, blind: bytes, facts: Mapping[str, Any]) -> bytes:
    """Compute the hash of the leaf that a record with these facts must have at this place.

    `store.ledger.entry_of` makes the entries of the log in the same way.
    """
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


# ---- the proof beside a certificate --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The place in the log that a proof or a QR code names; nothing in it is verified.

    `place` is the place of the leaf; None if the proof is broken, or if the issuance of the QR code
    does not list the record. `blind` contains the 32 secret bytes of the leaf (`blind_of`).
    `checkpoint` is a signed note with size and root of the log. `path` is the inclusion proof: the
    hashes from the leaf up to this root. `path` and `checkpoint` are empty if the place is from a
    QR code.
    """

    place: Place | None = None
    blind: bytes = b""
    path: tuple[bytes, ...] = ()
    checkpoint: str = ""


def write_proof(place: Place, blind: bytes, path: Sequence[bytes], checkpoint: str) -> bytes:
    """Return the content of a certificate's proof file: canonical JSON, to publish.

    Args:
        place: the place of the certificate's leaf in the log.
        blind: the 32 secret bytes of the leaf (`blind_of`).
        path: the hashes from the leaf up to the root (`merkle.inclusion_proof`).
        checkpoint: the signed note with this root.
    """
    hashes = [base64.b64encode(each).decode() for each in path]
    return canonical(
        {
            "format": FORMAT,
            **asdict(place),
            "blind": blind.hex(),
            "path": hashes,
            "checkpoint": checkpoint,
        }
    )


def is_proof(document: Mapping[str, Any]) -> bool:
    """True if the `format` of a document is that of a proof; nothing else is checked."""
    return document.get("format") == FORMAT


def read_proof(raw: bytes) -> Inclusion:
    """Read the file of a proof; nothing in it is verified.

    If the file is broken, the result is an empty `Inclusion`.
    """
    try:
        document = read_document(raw)
        path = tuple(base64.b64decode(each, validate=True) for each in document["path"])
        found = Inclusion(
            _place(document), bytes.fromhex(document["blind"]), path, document["checkpoint"]
        )
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        return Inclusion()
    is_whole = isinstance(found.checkpoint, str) and all(
        len(each) == _HASH for each in (found.blind, *found.path)
    )
    if not is_whole or found.place is None:
        return Inclusion()
    # What could be written in two ways is read in one only. Its layout does not matter.
    own = write_proof(found.place, found.blind, path, found.checkpoint)
    return found if raw == own or canonical(document) == own else Inclusion()
