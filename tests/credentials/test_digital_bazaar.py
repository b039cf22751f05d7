"""Our credentials, lists and DID document before Digital Bazaar's verifiers: code that is not ours, and that must also say no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from psm_course.credentials.formats.rdfc import with_rdfc_proof
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
    SIGNED,
    SITE,
    a_badge,
    a_record,
    status_lists,
)

INVALID = {"verified": False, "proofs": [False], "status": {}, "error": "Invalid signature."}


def stands(*, revoked: bool = False, proofs: int = 1) -> dict[str, Any]:
    return {"verified": True, "proofs": [True] * proofs, "status": {"revocation": revoked}, "error": None}


def test_genuine_credentials_are_verified(digital_bazaar: DigitalBazaar) -> None:
    attended = a_badge(a_record(kind="attended", score=None, number="800.2/0008"))
    expiring = a_badge(a_record(valid_until="2035-06-02"))

    assert digital_bazaar([a_badge(), attended, expiring], OFFICE, status_lists()) == [stands()] * 3


def test_a_second_proof_for_wallets_is_verified_beside_the_first(digital_bazaar: DigitalBazaar) -> None:
    both = with_rdfc_proof(a_badge(), KEY, OFFICE.did, SIGNED)
    alone = {**both, "proof": both["proof"][1:]}

    assert digital_bazaar([both, alone], OFFICE, status_lists()) == [stands(proofs=2), stands()]


def test_an_issuer_that_is_its_own_key_is_verified(digital_bazaar: DigitalBazaar) -> None:
    demo = Issuer(did_key(KEY), "Peragaan", SITE).with_key(KEY, BEFORE)

    assert digital_bazaar([a_badge(issuer=demo)], demo, status_lists(issuer=demo)) == [stands()]


def test_a_revoked_and_a_replaced_record_are_seen_to_be_revoked(digital_bazaar: DigitalBazaar) -> None:
    assert digital_bazaar([a_badge()], OFFICE, status_lists(revoked=[POSITION])) == [stands(revoked=True)]
    assert digital_bazaar([a_badge()], OFFICE, status_lists(replaced=[POSITION])) == [stands(revoked=True)]
    assert digital_bazaar([a_badge()], OFFICE, status_lists(revoked=[POSITION - 1, POSITION + 1])) == [stands()]


@pytest.mark.parametrize("name", ["id", "name", "validFrom", "awardedDate", "credentialSubject", "credentialStatus", "evidence"])
def test_a_changed_credential_is_refused(digital_bazaar: DigitalBazaar, name: str) -> None:
    other = a_badge(a_record(number="800.2/9999", issued_on="2025-06-01", course="Lain", name="Lain"))
    other["credentialStatus"] = other["credentialStatus"] | {"statusListIndex": "8", "id": "https://lain.example#8"}

    assert digital_bazaar([{**a_badge(), name: other[name]}], OFFICE, status_lists()) == [INVALID]


def test_a_changed_second_proof_is_refused(digital_bazaar: DigitalBazaar) -> None:
    both = with_rdfc_proof(a_badge(), KEY, OFFICE.did, SIGNED)

    assert digital_bazaar([{**both, "proof": both["proof"][1:], "name": "Lain"}], OFFICE, status_lists()) == [INVALID]


def test_a_list_by_another_key_is_refused(digital_bazaar: DigitalBazaar) -> None:
    (answer,) = digital_bazaar([a_badge()], OFFICE, status_lists(key=FOREIGN_KEY))

    assert (answer["verified"], answer["proofs"], answer["status"]) == (False, [True], {})


def test_a_retired_key_still_verifies_and_a_compromised_one_does_not(digital_bazaar: DigitalBazaar) -> None:
    first, second = OFFICE.with_key(NEXT_KEY, LISTED).keys
    retired = replace(OFFICE, keys=(first, second))
    compromised = replace(OFFICE, keys=(replace(first, compromised_at=LISTED), second))

    assert digital_bazaar([a_badge()], retired, status_lists(key=NEXT_KEY)) == [stands()]
    (answer,) = digital_bazaar([a_badge()], compromised, status_lists(key=NEXT_KEY))
    assert (answer["verified"], answer["proofs"]) == (False, [False])
    assert digital_bazaar([a_badge(key=NEXT_KEY, at=LISTED)], compromised, status_lists(key=NEXT_KEY)) == [stands()]
