"""Marks of signatures, by which published lists identify certificates without a name.

A certificate has the same mark in any signed form.

Only a holder of the certificate can compute it: a signature cannot be guessed, as names and scores
could be.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from psm_course.credentials.signing.multibase import from_multibase
from psm_course.credentials.signing.proof import find_proof

_BYTES = 12  # 96 bits against another signature with the same mark


def mark_of(signature: bytes) -> str:
    """The mark of a signature: 16 letters of base64."""
    return base64.urlsafe_b64encode(hashlib.sha256(signature).digest()[:_BYTES]).decode()


def mark_of_document(document: Mapping[str, Any]) -> str:
    """The mark of a document's own proof. Empty if it has no readable one."""
    proof = find_proof(document)
    try:
        return mark_of(from_multibase(proof["proofValue"])) if proof else ""
    except (KeyError, ValueError, AttributeError):
        return ""


def mark_of_jwt(jwt: str) -> str:
    """The mark of a JSON Web Token.

    Raises:
        ValueError: it is no token.
    """
    signature = jwt.rpartition(".")[2]
    return mark_of(
        base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)
    )
