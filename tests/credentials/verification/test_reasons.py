"""What the sentence beside a verdict tells:
the reason as written, what is lacking, and the worse of two pieces of news.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from psm_course.credentials.verification.verdict import Verdict
from psm_course.credentials.verification.verification import CHANGED_PDF, COMPARE, LACKS, verify
from tests.credentials.signed import (
    KEY,
    LISTED,
    NOW,
    NUMBER,
    OFFICE,
    POSITION,
    SIGNED,
    a_badge,
    a_correction,
    an_address,
    as_bytes,
    corrections,
    status_lists,
)
from tests.credentials.tampered_pdf import a_pdf, genuine_pdf
from tests.credentials.worlds import World

KNOWN = {NUMBER: [hashlib.sha256(genuine_pdf()).hexdigest()]}
EDITED = a_pdf({"credential.json": as_bytes(a_badge())}, pages=3)


def said(given: bytes, world: World) -> Verdict:
    return verify(given, world.published(), NOW)


def test_a_page_is_to_be_compared_and_a_changed_one_is_told() -> None:
    assert said(genuine_pdf(), World(pdfs=KNOWN)).reason.endswith(COMPARE)
    assert said(EDITED, World()).reason.endswith(COMPARE)
    assert said(EDITED, World(pdfs=KNOWN)).reason == CHANGED_PDF
    assert COMPARE not in said(as_bytes(a_badge()), World()).reason


def test_of_a_changed_page_whose_certificate_was_revoked_both_are_told() -> None:
    revoked = World(pdfs=KNOWN, status_lists=status_lists([POSITION]))
    both = said(EDITED, revoked)

    assert both.verdict == "revoked"
    assert both.reason == f"{said(as_bytes(a_badge()), revoked).reason} {CHANGED_PDF}"


@pytest.mark.parametrize(
    "world", [World(issuances=[]), World(issuances=[], status_lists=status_lists([POSITION]))]
)
def test_what_is_lacking_is_told_of_a_code_alone(world: World) -> None:
    assert said(an_address().encode(), world).reason.endswith(LACKS)
    assert LACKS not in said(as_bytes(a_badge()), world).reason
    assert LACKS not in said(an_address().encode(), World()).reason


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Nama salah", "Nama salah."),
        ("Salah.", "Salah."),
        ("Salah!", "Salah!"),
        ("Salah?", "Salah?"),
    ],
)
@pytest.mark.parametrize("by", [None, "800.2/0012/PSM-DASAR/VI/2025"])
def test_the_reason_of_a_correction_ends_a_sentence(
    written: str, told: str, by: str | None
) -> None:
    corrected = World(corrections=[corrections(a_correction(reason=written, superseded_by=by))])

    assert said(as_bytes(a_badge()), corrected).reason.endswith(f"Alasan: {told}")


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_key_signs_until_the_second_in_which_it_is_retired(seconds: int) -> None:
    retired = replace(
        OFFICE, keys=(replace(OFFICE.keys[0], retired_at=SIGNED + timedelta(seconds=seconds)),)
    )
    world = World(
        (retired,), status_lists=status_lists(at=SIGNED - timedelta(days=1), key=KEY), issuances=[]
    )

    assert said(as_bytes(a_badge()), world).verdict == (
        "unknown_issuer" if seconds < 0 else "valid"
    )


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_list_knows_what_was_signed_until_its_own_second(seconds: int) -> None:
    world = World(marks={}, listed=SIGNED + timedelta(seconds=seconds))

    assert said(as_bytes(a_badge()), world).verdict == ("valid" if seconds < 0 else "unlisted")


def test_a_verdict_as_json_leaves_out_a_log_that_nobody_looked_into() -> None:
    bare = Verdict("valid", "Asli.", {"a": 1}, LISTED, "7", {"b": 2})

    assert bare.to_json() == {
        "verdict": "valid",
        "record": {"a": 1},
        "status_as_of": "2025-06-08T23:00:00Z",
        "reason": "Asli.",
        "superseded_by": "7",
        "receipt": {"b": 2},
    }
    assert replace(bare, log={"index": 3}).to_json() == bare.to_json() | {"log": {"index": 3}}
    assert Verdict("unreadable", "Rusak.").to_json()["status_as_of"] is None
