"""Our credentials before what wallets ask (DCC's verifier-core): second proof, dates, lists and
schema; it must also say no.
"""

from __future__ import annotations

from typing import Any

import pytest

from psm_course.credentials.signing.identity import did_key
from psm_course.credentials.signing.keys import Issuer
from tests.credentials.conftest import Wallets
from tests.credentials.signed import (
    BEFORE,
    FOREIGN_KEY,
    KEY,
    OFFICE,
    POSITION,
    SITE,
    a_badge,
    a_record,
    status_lists,
)

DEMO = Issuer(did_key(KEY), "Peragaan", SITE).with_key(KEY, BEFORE)
REFUSED = {"steps": {}, "schema": [], "errors": ["The signature is not valid."]}


def stands(**changes: bool) -> dict[str, Any]:
    """`registered_issuer`: no registry of issuers was asked."""
    steps = {
        "valid_signature": True,
        "revocation_status": True,
        "expiration": True,
        "registered_issuer": False,
    } | changes
    return {"steps": steps, "schema": [True], "errors": []}


def test_genuine_credentials_are_verified(wallets: Wallets) -> None:
    attended = a_badge(a_record(kind="attended", score=None, number="800.2/0008"), issuer=DEMO)
    expiring = a_badge(a_record(valid_until="2035-06-02"), issuer=DEMO)

    assert (
        wallets([a_badge(issuer=DEMO), attended, expiring], DEMO, status_lists(issuer=DEMO))
        == [stands()] * 3
    )


def test_an_office_with_a_site_is_verified_by_what_its_site_says(wallets: Wallets) -> None:
    assert wallets([a_badge()], OFFICE, status_lists()) == [stands()]


def test_an_expired_and_a_revoked_record_are_seen_to_be_so(wallets: Wallets) -> None:
    expired, current = (
        a_badge(a_record(valid_until="2025-06-03"), issuer=DEMO),
        a_badge(issuer=DEMO),
    )

    assert wallets([expired], DEMO, status_lists(issuer=DEMO)) == [stands(expiration=False)]
    assert wallets([current], DEMO, status_lists(revoked=[POSITION], issuer=DEMO)) == [
        stands(revocation_status=False)
    ]


@pytest.mark.parametrize(
    "name", ["id", "name", "validFrom", "credentialSubject", "evidence", "credentialSchema"]
)
def test_a_changed_credential_is_refused(wallets: Wallets, name: str) -> None:
    other = a_badge(
        a_record(number="800.2/9999", issued_on="2025-06-01", course="Lain", name="Lain"),
        issuer=DEMO,
    )
    other["credentialSchema"] = []

    assert wallets(
        [{**a_badge(issuer=DEMO), name: other[name]}], DEMO, status_lists(issuer=DEMO)
    ) == [REFUSED]


def test_one_of_another_key_and_one_with_the_first_proof_alone_are_refused(
    wallets: Wallets,
) -> None:
    forged, first = a_badge(issuer=DEMO, key=FOREIGN_KEY), a_badge(issuer=DEMO)

    answers = wallets(
        [forged, {**first, "proof": first["proof"][:1]}], DEMO, status_lists(issuer=DEMO)
    )

    assert [answer["steps"] for answer in answers] == [{}, {}]
    assert all(answer["errors"] for answer in answers)
