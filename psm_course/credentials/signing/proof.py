"""Data Integrity proofs by `eddsa-jcs-2022`: put one on a document, and tell whether a key made it.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.3. `rdfc` makes the second proof that some wallets ask for.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import Json, canonical, written
from psm_course.credentials.signing.identity import method_of
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multibase, to_multibase

CRYPTOSUITE = "eddsa-jcs-2022"


def sign(document: Mapping[str, Any], key: SigningKey, did: str, now: datetime) -> Json:
    """The document with its proof, as a list of one."""
    options = proof_options(CRYPTOSUITE, did, key, now)
    if "@context" in document:
        options["@context"] = document["@context"]
    return {**document, "proof": [{**options, "proofValue": to_multibase(key.sign(hash_data(document, options)))}]}


def proof_options(cryptosuite: str, did: str, key: SigningKey, now: datetime) -> Json:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": cryptosuite,
        "created": written(now),
        "verificationMethod": method_of(did, key.multikey),
        "proofPurpose": "assertionMethod",
    }


def hash_data(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """The 64 bytes that are signed: the hash of the options, then the hash of the document without its proof."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    return hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsigned)).digest()


def is_signed_by(key: PublicKey, document: Mapping[str, Any], proof: Mapping[str, Any]) -> bool:
    """Whether the proof is this key's, over exactly this document. Stricter than the standard: no context may have been added since."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if options.get("@context") != document.get("@context"):
        return False
    try:
        signature = from_multibase(proof["proofValue"])
    except (KeyError, ValueError, AttributeError):
        return False
    return key.has_signed(signature, hash_data(document, options))


def find_proof(document: Mapping[str, Any]) -> Json | None:
    """The document's own `eddsa-jcs-2022` proof; None when it has none or more than one."""
    proofs = document.get("proof")
    listed = proofs if isinstance(proofs, list) else [proofs]
    ours = [proof for proof in listed if isinstance(proof, dict) and proof.get("cryptosuite") == CRYPTOSUITE]
    return ours[0] if len(ours) == 1 else None
