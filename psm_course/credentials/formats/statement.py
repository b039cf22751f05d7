"""The statement: the facts that a valid signature proves.

Every signed form (credential or token) gives the same kind of statement: facts, issuer, places in
status lists, and dates.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time

from psm_course.credentials.documents import Json
from psm_course.credentials.lists.status_list import StatusPlace
from psm_course.credentials.log.inclusion import Inclusion
from psm_course.credentials.signing.keys import Issuer
from psm_course.local_time import WIB


@dataclass(frozen=True, slots=True)
class Statement:
    """Facts of a certificate whose signature was verified.

    `facts` contains signed facts only. `missing` contains the names of facts that are not known: a
    QR code has only the digest of the shared facts, and the verifier may lack the issuance document
    with the facts. `signed_by` is the time of signing; if only the day of signing is known, it is
    the end of that day. `mark` is the mark of the signature, a short code made from it.
    `inclusion` is the certificate's place in the open log, not verified; None if the certificate
    names no place.
    """

    issuer: Issuer
    facts: Json
    places: tuple[StatusPlace, ...]
    valid_from: datetime
    valid_until: datetime | None
    missing: tuple[str, ...] = ()
    signed_by: datetime | None = None
    mark: str = ""
    inclusion: Inclusion | None = None


def credential_id(did: str, number: str) -> str:
    """Return the id of a record's credential: a UUID made from the issuer's DID and the number.

    No certificate number is used twice, so no id is used twice.
    """
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{did}#{number}')}"


def start_of(day: str) -> datetime:
    """Return the first moment of a day (ISO date) by the office's clock, WIB.

    A record is valid from the first moment of its day of issue.
    """
    return datetime.combine(date.fromisoformat(day), time(), WIB)


def end_of(day: str) -> datetime:
    """Return the last second of a day (ISO date) by the office's clock, WIB."""
    return datetime.combine(date.fromisoformat(day), time(23, 59, 59), WIB)
