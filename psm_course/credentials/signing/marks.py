"""Marks of signatures, by which published lists identify certificates without a name.

Each signed form of a certificate (JSON, JSON Web Token, QR code) has its own signature, and so its
own mark. Only somebody who has the certificate can compute the mark: names and scores can be
guessed, but nobody can guess a signature.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from psm_course.credentials.signing.multibase import from_base64url, from_multibase
from psm_course.credentials.signing.proof import find_proof

_BYTES = 12  # 96 bits against another signature with the same mark


def mark_of(signature: bytes) -> str:
    """Return the mark of a signature: 16 letters of base64, from a hash of the signature."""
    return base64.urlsafe_b64encode(hashlib.sha256(signature).digest()[:_BYTES]).decode()


def mark_of_document(document: Mapping[str, Any]) -> str:
    """Return the mark of the signature in a document's `eddsa-jcs-2022` proof.

    The result is "" if the document has no such proof or more than one, or if its signature cannot
    be read.
    """
    proof = find_proof(document)
    try:
        return mark_of(from_multibase(proof["proofValue"])) if proof else ""
    except (KeyError, ValueError, AttributeError):
        return ""


def mark_of_jwt(jwt: str) -> str:
    """Return the mark of the signature of a JSON Web Token.

    Raises:
        ValueError: the signature is not base64url.
    """
    return mark_of(from_base64url(jwt.rpartition(".")[2]))
