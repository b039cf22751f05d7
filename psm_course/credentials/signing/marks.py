"""Marks of signatures, by which published lists identify certificates without a name.

Each signed form of a certificate (JSON, JSON Web Token, QR code) has its own signature, and so its
own mark. Only a holder of the certificate can compute its mark: nobody can guess a signature, but
names and scores can be guessed.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from psm_course.credentials.signing.multibase import from_base64url, from_multibase
from psm_course.credentials.signing.proof import find_proof

_BYTES = 12  # 96 bits against another signature with the same mark


def mark_of(signature: bytes) -> str:
    """The mark of a signature: 16 letters of base64."""
    return base64.urlsafe_b64encode(hashlib.sha256(signature).digest()[:_BYTES]).decode()


def mark_of_document(document: Mapping[str, Any]) -> str:
    """The mark of a document's own proof (`proof.find_proof`); empty without a readable proof."""
    proof = find_proof(document)
    try:
        return mark_of(from_multibase(proof["proofValue"])) if proof else ""
    except (KeyError, ValueError, AttributeError):
        return ""


def mark_of_jwt(jwt: str) -> str:
    """The mark of a JSON Web Token's signature.

    Raises:
        ValueError: the signature is not base64url.
    """
    return mark_of(from_base64url(jwt.rpartition(".")[2]))
