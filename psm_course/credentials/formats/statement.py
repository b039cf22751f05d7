"""The statement: the facts that a valid signature proves, the same for every signed form.

It has the facts, the issuer, the places in status lists, and the dates.
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
    """Signed facts, whose signature was verified.

    `facts` holds signed facts only. `missing` names the facts of an issuance that is not available
    here. `signed_by` is the time of signing, or the end of the day if only the day is known. `mark`
    is the mark of its signature (`signing.marks`). `inclusion` claims its place in the open log;
    None if there is no claim.
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
    """The id of a record's credential, made from issuer and number.

    Numbers never repeat, so ids do not.
    """
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{did}#{number}')}"


def start_of(day: str) -> datetime:
    """The first moment of a day (ISO date) by the office's clock, WIB.

    A record is valid from then on.
    """
    return datetime.combine(date.fromisoformat(day), time(), WIB)


def end_of(day: str) -> datetime:
    """The last second of a day (ISO date) by the office's clock, WIB."""
    return datetime.combine(date.fromisoformat(day), time(23, 59, 59), WIB)
