"""Verdicts that age, and what an office's own lists know: worlds of their own, and what each makes
of a certificate in all its forms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.token import read_token
from psm_course.credentials.lists.digests import part_of
from psm_course.credentials.lists.status_list import VALID_DAYS
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.signing.marks import mark_of, mark_of_document
from tests.credentials.signed import (
    BEFORE,
    KEY,
    LISTED,
    NEXT_KEY,
    NOW,
    NUMBER,
    OFFICE,
    POSITION,
    SIGNED,
    a_badge,
    a_correction,
    a_record,
    an_address,
    an_issuance,
    as_bytes,
    corrections,
    status_lists,
)
from tests.credentials.tampered_pdf import a_pdf, genuine_pdf
from tests.credentials.tampered_png import baked
from tests.credentials.worlds import EARLIER_LISTS, World, office_with

Found = tuple[
    str, bytes, str, str, Mapping[str, Any]
]  # id, what is handed in, verdict, world, and what else is expected

END = LISTED + timedelta(days=VALID_DAYS)
SECOND = timedelta(seconds=1)
TEN_YEARS = NOW + timedelta(days=3_650)
OTHER_NUMBER = "800.2/0099/PSM-DASAR/VI/2025"
NEVER_ISSUED, OTHER_NAME = a_record(number=OTHER_NUMBER), a_record(name="Orang Lain")
OTHER_PART = next(
    f"800.2/{at:04}/X" for at in range(99) if part_of(f"800.2/{at:04}/X", 1) != part_of(NUMBER, 1)
)


def marks_under(record: Json, key: SigningKey = KEY, at: datetime = SIGNED) -> list[str]:
    """The marks of a record's signatures."""
    code = read_token(an_address(record, key=key, at=at))
    return [mark_of_document(a_badge(record, key=key, at=at)), mark_of(code.signature)]


def born(at: datetime) -> Issuer:
    """Our office, whose key was made later than we think."""
    return replace(OFFICE, keys=(replace(OFFICE.keys[0], created=at),))


def short_lists(*revoked: int) -> list[Json]:
    return status_lists(revoked, days=VALID_DAYS)


OWN = {NUMBER: marks_under(a_record())}
_SHARED = [an_issuance().to_json(), an_issuance(NEVER_ISSUED).to_json()]
_AGED = {
    "short": World(status_lists=short_lists()),
    "without-an-end": World(status_lists=EARLIER_LISTS),
    "one-of-two-short": World(status_lists=[status_lists(days=30)[0], status_lists()[1]]),
    "old-and-new": World(
        status_lists=[
            *short_lists(),
            *status_lists(at=LISTED + timedelta(days=200), days=VALID_DAYS),
        ]
    ),
    "short-and-revoked": World(status_lists=short_lists(POSITION)),
    "short-and-corrected": World(
        status_lists=short_lists(), corrections=[corrections(a_correction())]
    ),
    "short-and-digest-known": World(
        status_lists=short_lists(), pdfs={NUMBER: [hashlib.sha256(genuine_pdf()).hexdigest()]}
    ),
}
_LISTED = {
    "listed": World(marks=OWN),
    "listed-among-others": World(marks={OTHER_PART: ["A" * 16], **OWN}),
    "listed-in-parts": World(marks={OTHER_PART: ["A" * 16], **OWN}, letters=1),
    "number-not-listed": World(issuances=_SHARED, marks={OTHER_PART: ["A" * 16]}),
    "number-not-listed-in-parts": World(
        issuances=_SHARED, marks={OTHER_PART: ["A" * 16]}, letters=1
    ),
    "no-number-listed": World(issuances=_SHARED, marks={}),
    "other-marks-listed": World(issuances=_SHARED, marks={NUMBER: ["A" * 16]}),
    "number-alone-listed": World(marks={NUMBER: []}),
    "list-older-than-the-certificate": World(marks={}, listed=BEFORE + timedelta(days=2)),
    "list-of-the-same-day": World(marks={}, listed=SIGNED + timedelta(hours=1)),
    "listed-without-marks": World(pdfs={OTHER_PART: ["00" * 32]}),
    "not-listed-and-revoked": World(status_lists=status_lists([POSITION]), marks={}),
    "not-listed-and-old": World(status_lists=short_lists(), marks={}),
    "listed-and-old": World(status_lists=short_lists(), marks=OWN),
    "not-listed-and-no-status": World(status_lists=[], marks={}),
    "listed-anew": World(
        (office_with(compromised_at=LISTED),),
        status_lists(at=LISTED, key=NEXT_KEY),
        marks={NUMBER: [*OWN[NUMBER], *marks_under(a_record(), NEXT_KEY, LISTED)]},
    ),
    "retired-and-not-listed": World(
        (office_with(retired_at=LISTED),),
        status_lists(at=LISTED, key=NEXT_KEY),
        _SHARED,
        marks=OWN,
        listed=LISTED,
    ),
}
_KEYS = {
    "key-made-the-day-after": World((born(SIGNED + timedelta(days=1)),)),
    "key-made-later-that-day": World((born(SIGNED + timedelta(hours=1)),)),
    "key-made-that-second": World((born(SIGNED),)),
    "key-made-after-the-lists": World((born(LISTED + timedelta(days=1)),)),
}
AGED_WORLDS = _AGED | _LISTED | _KEYS


def forms(record: Json | None = None, **how: Any) -> Iterator[tuple[str, bytes]]:
    """A certificate in every form that there is."""
    record = record or a_record()
    badge = a_badge(record, **how)
    yield from (("json", as_bytes(badge)), ("token", an_address(record, **how).encode()))
    yield from (("pdf", a_pdf({"credential.json": as_bytes(badge)})), ("png", baked(badge)))


def aged() -> Iterator[Found]:
    yield from _by_age()
    yield from _by_lists()
    yield from _by_keys()


def _by_age() -> Iterator[Found]:
    known: dict[str, Any] = {"record": a_record(), "as_of": LISTED}
    for form, given in forms():
        for name, world, verdict, now in (
            ("last-second", "short", "valid", END),
            ("a-second-later", "short", "stale", END + SECOND),
            ("ten-years", "short", "stale", TEN_YEARS),
            ("last-second-without-an-end", "without-an-end", "valid", END),
            ("a-second-later-without-an-end", "without-an-end", "stale", END + SECOND),
            ("one-of-two", "one-of-two-short", "stale", LISTED + timedelta(days=31)),
            ("revoked-for-ever", "short-and-revoked", "revoked", TEN_YEARS),
        ):
            yield f"age/{name}/{form}", given, verdict, world, known | {"now": now}
        newer = {
            "now": LISTED + timedelta(days=300),
            "record": a_record(),
            "as_of": LISTED + timedelta(days=200),
        }
        yield f"age/newer-list-counts/{form}", given, "valid", "old-and-new", newer
        corrected = {"now": TEN_YEARS, "record": a_record(), "as_of": LISTED + timedelta(hours=1)}
        yield f"age/corrected-for-ever/{form}", given, "revoked", "short-and-corrected", corrected
    yield (
        "age/digest-known/pdf",
        genuine_pdf(),
        "stale",
        "short-and-digest-known",
        known | {"now": TEN_YEARS},
    )
    edited = a_pdf({"credential.json": as_bytes(a_badge())}, pages=3)
    yield (
        "age/digest-known-and-edited/pdf",
        edited,
        "tampered",
        "short-and-digest-known",
        known | {"now": TEN_YEARS},
    )


def _by_lists() -> Iterator[Found]:
    known: dict[str, Any] = {"record": a_record(), "as_of": LISTED}
    for form, given in forms():
        for world in (
            "listed",
            "listed-among-others",
            "listed-in-parts",
            "number-alone-listed",
            "listed-without-marks",
        ):
            yield f"listed/{world}/{form}", given, "valid", world, known
        for world in (
            "number-not-listed",
            "number-not-listed-in-parts",
            "no-number-listed",
            "other-marks-listed",
        ):
            yield f"listed/{world}/{form}", given, "unlisted", world, known
        yield (
            f"listed/list-older-than-the-certificate/{form}",
            given,
            "valid",
            "list-older-than-the-certificate",
            known,
        )
        same_day = known | {"as_of": LISTED if form == "token" else SIGNED + timedelta(hours=1)}
        yield (
            f"listed/list-of-the-same-day/{form}",
            given,
            "valid" if form == "token" else "unlisted",
            "list-of-the-same-day",
            same_day,
        )
        yield f"listed/revoked/{form}", given, "revoked", "not-listed-and-revoked", known
        yield (
            f"listed/not-listed-and-old/{form}",
            given,
            "unlisted",
            "not-listed-and-old",
            known | {"now": TEN_YEARS},
        )
        yield (
            f"listed/listed-and-old/{form}",
            given,
            "stale",
            "listed-and-old",
            known | {"now": TEN_YEARS},
        )
        yield f"listed/no-status/{form}", given, "unlisted", "not-listed-and-no-status", known
    yield from _by_thieves()


def _by_thieves() -> Iterator[Found]:
    """What whoever stole a key, or kept a retired one, could sign."""
    for name, record in (("number-never-issued", NEVER_ISSUED), ("another-name", OTHER_NAME)):
        shown = {"record": record, "as_of": LISTED}
        for form, given in forms(record):
            yield f"listed/{name}/{form}", given, "unlisted", "retired-and-not-listed", shown
    for form, given in forms(at=SIGNED - timedelta(days=30)):
        yield (
            f"listed/dated-back/{form}",
            given,
            "unlisted",
            "retired-and-not-listed",
            {"record": a_record(), "as_of": LISTED},
        )
    for form, given in forms(key=NEXT_KEY, at=LISTED):
        shown = {"record": a_record(), "as_of": LISTED}
        token_of_a_day = (
            form == "token"
        )  # the list is of the morning, and a token tells its day only
        yield f"listed/signed-anew/{form}", given, "valid", "listed-anew", shown
        yield (
            f"listed/signed-anew-and-not-listed/{form}",
            given,
            "valid" if token_of_a_day else "unlisted",
            "retired-and-not-listed",
            shown,
        )


def _by_keys() -> Iterator[Found]:
    known: dict[str, Any] = {"record": a_record(), "as_of": LISTED}
    for form, given in forms():
        yield f"key/made-the-day-after/{form}", given, "tampered", "key-made-the-day-after", {}
        tells_its_day_only = form == "token"
        later = ("valid", known) if tells_its_day_only else ("tampered", {})
        yield (
            f"key/made-later-that-day/{form}",
            given,
            later[0],
            "key-made-later-that-day",
            later[1],
        )
        yield f"key/made-that-second/{form}", given, "valid", "key-made-that-second", known
    for form, given in forms(at=LISTED + timedelta(days=1, hours=1)):
        yield (
            f"key/made-after-the-lists/{form}",
            given,
            "stale",
            "key-made-after-the-lists",
            {"record": a_record()},
        )
