"""What a valid signature says, in whichever form it came: the facts, whose they are, where their status stands, and when they hold."""

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
    """`facts` holds signed facts only. `missing` names those that were signed by a digest whose document is not at hand.

    `signed_by` is when it was signed, or the end of that day where only that is told; `mark` is that of its signature (`signing.marks`).
    `inclusion` says where the open log tells of it; None where nothing does.
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
    """The id of a record's credential, which its number and its issuer determine. Numbers never repeat, so ids do not."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{did}#{number}')}"


def start_of(day: str) -> datetime:
    """A record holds from the first moment of its day of issue, by the office's clock."""
    return datetime.combine(date.fromisoformat(day), time(), WIB)


def end_of(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(23, 59, 59), WIB)
