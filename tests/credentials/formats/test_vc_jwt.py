"""The credential as a JSON Web Token, before two libraries that are not ours; they also say no."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.vc_jwt import is_jwt_of, sign_jwt
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multikey
from tests.credentials.conftest import Jose
from tests.credentials.signed import FOREIGN_KEY, KEY, OFFICE, SIGNED, a_badge, a_record


def a_jwt(record: Json | None = None, key: SigningKey = KEY) -> str:
    return sign_jwt(a_badge(record), key, OFFICE.did)


def openbadgeslib() -> Any:
    key = Ed25519PublicKey.from_public_bytes(from_multikey(KEY.multikey))
    return OB3Verifier(
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), OFFICE.did
    )


def test_jose_reads_the_credential_and_who_signed_it(jose: Jose) -> None:
    badge = a_badge()

    (answer,) = jose([a_jwt()], OFFICE)

    assert answer["head"] == {"alg": "EdDSA", "typ": "JWT", "kid": f"{OFFICE.did}#{KEY.multikey}"}
    names = {"iss": OFFICE.did, "jti": badge["id"], "sub": badge["credentialSubject"]["id"]}
    dates = {"nbf": int(datetime.fromisoformat("2025-06-02T00:00:00+07:00").timestamp())}
    assert answer["says"] == {
        **{word: value for word, value in badge.items() if word != "proof"},
        **names,
        **dates,
    }


def test_jose_refuses_an_expired_a_changed_and_a_foreign_one(jose: Jose) -> None:
    head, body, signature = a_jwt().split(".")
    other = a_jwt(a_record(name="Lain")).split(".")[1]
    tokens = [
        a_jwt(a_record(valid_until="2025-06-03")),
        f"{head}.{other}.{signature}",
        a_jwt(key=FOREIGN_KEY),
    ]

    assert [answer["error"] for answer in jose(tokens, OFFICE)] == [
        "ERR_JWT_EXPIRED",
        "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
        "ERR_JWKS_NO_MATCHING_KEY",
    ]
    assert body != other


@pytest.mark.parametrize(
    "record",
    [a_record(), a_record(kind="attended", score=None), a_record(valid_until="2035-06-02")],
)
def test_openbadgeslib_believes_it(record: Json) -> None:
    assert openbadgeslib().verify(a_jwt(record)).id == a_badge(record)["id"]


def test_openbadgeslib_refuses_a_changed_and_an_expired_one() -> None:
    head, _, signature = a_jwt().split(".")
    changed = f"{head}.{a_jwt(a_record(name='Lain')).split('.')[1]}.{signature}"

    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        openbadgeslib().verify(changed)
    with pytest.raises(OB3VerificationError, match="expired"):
        openbadgeslib().verify(a_jwt(a_record(valid_until="2025-06-03")))


def test_the_same_record_gives_the_same_text() -> None:
    assert a_jwt() == a_jwt()


def test_a_token_is_that_of_its_credential_by_its_key_and_of_no_other() -> None:
    ours, others = (PublicKey(key.multikey, SIGNED) for key in (KEY, FOREIGN_KEY))

    for record in (a_record(), a_record(valid_until="2035-06-02")):
        assert is_jwt_of(a_jwt(record), a_badge(record), ours)
        assert not is_jwt_of(a_jwt(record), a_badge(record), others)
        assert not is_jwt_of(a_jwt(record, FOREIGN_KEY), a_badge(record), ours)
        assert not is_jwt_of(a_jwt(record), a_badge(record) | {"name": "Lain"}, ours)


@pytest.mark.parametrize("token", ["", "e30", "e30.?.", "e30.e3.", "e30.e30.?"])
def test_what_is_no_token_is_said_to_be_none(token: str) -> None:
    with pytest.raises(ValueError, match=r"base64|JSON|Expecting"):
        is_jwt_of(token, a_badge(), PublicKey(KEY.multikey, SIGNED))
