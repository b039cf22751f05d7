"""The issuance document (*terbitan*): facts that all certificates of one issuing share.

For example the course, the sessions and the signatory. The office publishes the document once. A QR
code contains only the digest of the document, so that the code stays small. Decision 0018.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, canonical
from psm_course.credentials.formats.badge import PERSONAL
from psm_course.credentials.log.inclusion import Entered, read_entered

FORMAT = "psm-issuance/1"
DIGEST = 12  # bytes: 96 bits against another document with the same digest
_NOT_ONE = "Dokumen terbitan tidak terbaca."


@dataclass(frozen=True)
class Issuance:
    """Facts that all certificates of one issuing share.

    `facts` are the shared facts. All certificate numbers begin with `before` and end with `after`,
    for example `800.2/` and `/PSM-DASAR/XI/2026`; only the middle differs. `log` contains the place
    of each certificate in the open log; None for issuances from before the open log contained
    certificates.
    """

    did: str
    before: str
    after: str
    facts: Json
    log: Entered | None = None

    @cached_property
    def digest(self) -> bytes:
        """The first 12 bytes of the SHA-256 of the issuance document in canonical JSON."""
        return hashlib.sha256(canonical(self.to_json())).digest()[:DIGEST]

    @property
    def file_name(self) -> str:
        """The name of the published document, in the site's folder `terbitan/`."""
        return f"{self.digest.hex()}.json"

    def covers(self, content: Mapping[str, Any]) -> bool:
        """True if this record has the shared facts of the issuance, and its number fits.

        A number fits if it begins with `before` and ends with `after`.
        """
        number = content["number"]
        return (
            number.startswith(self.before)
            and number.endswith(self.after)
            and len(number) >= len(self.before) + len(self.after)
            and shared_facts(content) == self.facts
        )

    def inner(self, number: str) -> str:
        """The middle part of a certificate number, between `before` and `after`.

        A QR code contains only this part of the number.
        """
        return number[len(self.before) : len(number) - len(self.after)]

    def to_json(self) -> Json:
        """The document to publish."""
        said = {
            "format": FORMAT,
            "issuer": self.did,
            "number": {"before": self.before, "after": self.after},
            "facts": self.facts,
        }
        return said if self.log is None else said | {"log": self.log.to_json()}


def shared_facts(content: Mapping[str, Any]) -> Json:
    """Return the facts of a record that are not personal: all except those named in `PERSONAL`."""
    return {name: value for name, value in content.items() if name not in PERSONAL}


def issuances_of(contents: Sequence[Mapping[str, Any]], did: str) -> tuple[Issuance, ...]:
    """Return the issuances to publish for these records, as few as possible.

    There is one issuance for each group of records with the same shared facts. The issuances are in
    the order of the first record of each group. `did` is the office's DID (its identifier, such as
    `did:web:…`).
    """
    groups: dict[bytes, list[Mapping[str, Any]]] = {}
    for content in contents:
        groups.setdefault(canonical(shared_facts(content)), []).append(content)
    return tuple(_issuance(group, did) for group in groups.values())


def _issuance(group: list[Mapping[str, Any]], did: str) -> Issuance:
    numbers = [content["number"] for content in group]
    before = _common_start(numbers)
    backwards = [number[len(before) :][::-1] for number in numbers]
    return Issuance(did, before, _common_start(backwards)[::-1], shared_facts(group[0]))


def _common_start(texts: list[str]) -> str:
    first, last = min(texts), max(texts)  # what these two share, all between them share
    length = next((at for at, letter in enumerate(first) if letter != last[at]), len(first))
    return first[:length]


def read_issuance(document: Mapping[str, Any]) -> Issuance:
    """Read a published issuance.

    The document has no signature: the caller must compare `Issuance.digest` with the digest in the
    signed QR code.

    Raises:
        Unreadable: the document is not an issuance.
    """
    try:
        entered = read_entered(document["log"]) if "log" in document else None
        issuance = Issuance(
            document["issuer"],
            document["number"]["before"],
            document["number"]["after"],
            document["facts"],
            entered,
        )
    except (KeyError, TypeError):
        raise Unreadable(_NOT_ONE) from None
    texts = (issuance.did, issuance.before, issuance.after)
    if (
        not all(isinstance(text, str) for text in texts)
        or not isinstance(issuance.facts, dict)
        or issuance.to_json() != document
    ):
        raise Unreadable(_NOT_ONE)
    return issuance
