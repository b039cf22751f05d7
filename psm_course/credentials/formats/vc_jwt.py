"""The credential as a JSON Web Token (Open Badges 3.0, section 8.2).

This form is for wallets that cannot read the proof inside a credential.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import instant
from psm_course.credentials.signing.identity import method_of
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_base64url

# RFC 9864 would have it called Ed25519; Open Badges 3.0 and the verifiers say EdDSA.
ALGORITHM = "EdDSA"
_NAMES = {"iss", "jti", "sub", "nbf", "exp", "proof"}  # what only one of the two has


def sign_jwt(credential: Mapping[str, Any], key: SigningKey, did: str) -> str:
    """Sign the contents of a credential, without its proofs, as a compact JSON Web Token.

    `did` is the DID of the office that signs. The same credential and key always give the same
    text.
    """
    import jwt  # noqa: PLC0415 - takes a fifth of a second to load, and only who signs needs it

    said = {name: value for name, value in credential.items() if name != "proof"}
    names = {
        "iss": did,
        "jti": said["id"],
        "sub": said["credentialSubject"]["id"],
        "nbf": _seconds(instant(said["validFrom"])),
    }
    ends = {"exp": _seconds(instant(said["validUntil"]))} if "validUntil" in said else {}
    headers = {"typ": "JWT", "kid": method_of(did, key.multikey)}
    return jwt.encode({**said, **names, **ends}, key.private, algorithm=ALGORITHM, headers=headers)


def is_jwt_of(token: str, credential: Mapping[str, Any], key: PublicKey) -> bool:
    """True if this key signed the token and the token has the contents of the credential.

    Raises:
        ValueError: the text is not a token.
    """
    signed, _, signature = token.rpartition(".")
    said = json.loads(from_base64url(signed.partition(".")[2]))
    claims, expected = (
        {name: value for name, value in each.items() if name not in _NAMES}
        for each in (said, credential)
    )
    return key.has_signed(from_base64url(signature), signed.encode()) and claims == expected


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
