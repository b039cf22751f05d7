"""Our credentials, lists and DID document before Digital Bazaar's verifiers: code that is not ours,
and that must also say no.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from psm_course.credentials.documents import Json
from psm_course.credentials.signing.identity import did_key
from psm_course.credentials.signing.keys import Issuer
from tests.credentials.conftest import DigitalBazaar
from tests.credentials.signed import (
    BEFORE,
    FOREIGN_KEY,
    KEY,
    LISTED,
    NEXT_KEY,
    OFFICE,
    POSITION,
    SITE,
    a_badge,
    a_record,
    status_lists,
)

INVALID = {
    "verified": False,
    "proofs": [False, False],
    "status": {},
    "error": "Invalid signature.; Invalid signature.",
}
EARLIER = Path(__file__).parent / "earlier"


def stands(*, revoked: bool = False, proofs: int = 2) -> dict[str, Any]:
    return {
        "verified": True,
        "proofs": [True] * proofs,
        "status": {"revocation": revoked},
        "error": None,
    }


def earlier(name: str) -> Json:
    """What an office signed when there was one proof."""
    document: Json = json.loads((EARLIER / f"{name}.json").read_text(encoding="utf-8"))
    return document


def test_genuine_credentials_are_verified(digital_bazaar: DigitalBazaar) -> None:
    attended = a_badge(a_record(kind="attended", score=None, number="800.2/0008"))
    expiring = a_badge(a_record(valid_until="2035-06-02"))

    assert digital_bazaar([a_badge(), attended, expiring], OFFICE, status_lists()) == [stands()] * 3


def test_each_proof_is_verified_alone(digital_bazaar: DigitalBazaar) -> None:
    alone = [{**a_badge(), "proof": [proof]} for proof in a_badge()["proof"]]

    assert digital_bazaar(alone, OFFICE, status_lists()) == [stands(proofs=1)] * 2


def test_what_was_issued_with_one_proof_stands_beside_lists_of_one_or_two(
    digital_bazaar: DigitalBazaar,
) -> None:
    certificates = [earlier("certificate"), earlier("attended")]

    for lists in ([earlier("0-revocation"), earlier("0-refresh")], status_lists()):
        assert digital_bazaar(certificates, OFFICE, lists) == [stands(proofs=1)] * 2
    assert digital_bazaar([a_badge()], OFFICE, [earlier("0-revocation")]) == [stands()]


def test_lists_are_verified_themselves(digital_bazaar: DigitalBazaar) -> None:
    assert digital_bazaar(status_lists(), OFFICE, []) == [{**stands(), "status": {}}] * 2


def test_an_issuer_that_is_its_own_key_is_verified(digital_bazaar: DigitalBazaar) -> None:
    demo = Issuer(did_key(KEY), "Peragaan", SITE).with_key(KEY, BEFORE)

    assert digital_bazaar([a_badge(issuer=demo)], demo, status_lists(issuer=demo)) == [stands()]


def test_a_revoked_and_a_replaced_record_are_seen_to_be_revoked(
    digital_bazaar: DigitalBazaar,
) -> None:
    assert digital_bazaar([a_badge()], OFFICE, status_lists(revoked=[POSITION])) == [
        stands(revoked=True)
    ]
    assert digital_bazaar([a_badge()], OFFICE, status_lists(replaced=[POSITION])) == [
        stands(revoked=True)
    ]
    assert digital_bazaar(
        [a_badge()], OFFICE, status_lists(revoked=[POSITION - 1, POSITION + 1])
    ) == [stands()]


@pytest.mark.parametrize(
    "name",
    ["id", "name", "validFrom", "awardedDate", "credentialSubject", "credentialStatus", "evidence"],
)
def test_a_changed_credential_is_refused(digital_bazaar: DigitalBazaar, name: str) -> None:
    other = a_badge(
        a_record(number="800.2/9999", issued_on="2025-06-01", course="Lain", name="Lain")
    )
    other["credentialStatus"] = other["credentialStatus"] | {
        "statusListIndex": "8",
        "id": "https://lain.example#8",
    }

    assert digital_bazaar([{**a_badge(), name: other[name]}], OFFICE, status_lists()) == [INVALID]


def test_a_second_proof_of_another_certificate_is_seen_to_be_wrong(
    digital_bazaar: DigitalBazaar,
) -> None:
    """It is content with one good proof; our own verifiers are not."""
    other = a_badge(a_record(number="800.2/0008"))["proof"][1]

    (answer,) = digital_bazaar(
        [{**a_badge(), "proof": [a_badge()["proof"][0], other]}], OFFICE, status_lists()
    )

    assert answer["proofs"] == [True, False]


def test_a_list_by_another_key_is_refused(digital_bazaar: DigitalBazaar) -> None:
    (answer,) = digital_bazaar([a_badge()], OFFICE, status_lists(key=FOREIGN_KEY))

    assert (answer["verified"], answer["proofs"], answer["status"]) == (False, [True, True], {})


def test_a_retired_key_still_verifies_and_a_compromised_one_does_not(
    digital_bazaar: DigitalBazaar,
) -> None:
    first, second = OFFICE.with_key(NEXT_KEY, LISTED).keys
    retired = replace(OFFICE, keys=(first, second))
    compromised = replace(OFFICE, keys=(replace(first, compromised_at=LISTED), second))

    assert digital_bazaar([a_badge()], retired, status_lists(key=NEXT_KEY)) == [stands()]
    (answer,) = digital_bazaar([a_badge()], compromised, status_lists(key=NEXT_KEY))
    assert (answer["verified"], answer["proofs"]) == (False, [False, False])
    assert digital_bazaar(
        [a_badge(key=NEXT_KEY, at=LISTED)], compromised, status_lists(key=NEXT_KEY)
    ) == [stands()]
