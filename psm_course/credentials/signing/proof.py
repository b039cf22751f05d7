"""Data Integrity proofs: add them to a document, and check that a key made them.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0. Our own programs check the proof
`eddsa-jcs-2022` (3.3). Documents for wallets and other validators also have a second proof,
`eddsa-rdfc-2022` (3.2). The `nonce` of the first proof is the digest of the second proof. So a
program that checks only the first proof notices if somebody exchanged the second one, and needs no
JSON-LD processor. Decision 0122.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from psm_course.credentials.documents import Json, canonical, written
from psm_course.credentials.signing.identity import method_of
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.linked_data import canonical_quads
from psm_course.credentials.signing.multibase import from_multibase, to_multibase

CRYPTOSUITE = "eddsa-jcs-2022"
FOR_WALLETS = "eddsa-rdfc-2022"
# Proofs that are looked at: checking takes time, and a stranger may have written the list.
_MOST_SIGNERS = 8


def sign_for_wallets(document: Mapping[str, Any], key: SigningKey, did: str, now: datetime) -> Json:
    """Return a document of linked data with its two proofs, `eddsa-jcs-2022` and `eddsa-rdfc-2022`.

    Raises:
        ValueError: the document has field names or types that the module `linked_data` does not
            know. This is a mistake of the caller.
    """
    second = _second_proof(document, key, did, now)
    return {
        **document,
        "proof": [_first_proof(document, key, did, now, nonce=_digest(second)), second],
    }


def sign(document: Mapping[str, Any], keys: Sequence[SigningKey], did: str, now: datetime) -> Json:
    """Return the document with one `eddsa-jcs-2022` proof for each key.

    The proofs do not depend on each other. `signers_among` tells which keys signed.
    """
    return {**document, "proof": [_first_proof(document, key, did, now) for key in keys]}


def _first_proof(
    document: Mapping[str, Any], key: SigningKey, did: str, now: datetime, **more: str
) -> Json:
    options = proof_options(CRYPTOSUITE, did, key, now) | more
    if "@context" in document:
        options["@context"] = document["@context"]
    return {**options, "proofValue": to_multibase(key.sign(hash_data(document, options)))}


def _second_proof(document: Mapping[str, Any], key: SigningKey, did: str, now: datetime) -> Json:
    options = proof_options(FOR_WALLETS, did, key, now)
    signed = (
        hashlib.sha256(canonical_quads(options)).digest()
        + hashlib.sha256(canonical_quads(document)).digest()
    )
    return options | {"proofValue": to_multibase(key.sign(signed))}


def proof_options(cryptosuite: str, did: str, key: SigningKey, now: datetime) -> Json:
    """Return the fields of a proof, without the signature."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": cryptosuite,
        "created": written(now),
        "verificationMethod": method_of(did, key.multikey),
        "proofPurpose": "assertionMethod",
    }


def hash_data(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes that a key signs for a proof.

    They are the SHA-256 of `options`, then the SHA-256 of the document without its proofs.
    """
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    return (
        hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsigned)).digest()
    )


def is_signed_by(key: PublicKey, document: Mapping[str, Any], proof: Mapping[str, Any]) -> bool:
    """True if this key made the proof, over exactly this document.

    The check is stricter than the standard: no context may have been added after signing.
    """
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if options.get("@context") != document.get("@context"):
        return False
    try:
        signature = from_multibase(proof["proofValue"])
    except (KeyError, ValueError, AttributeError):
        return False
    return key.has_signed(signature, hash_data(document, options))


def signers_among(
    document: Mapping[str, Any], did: str, multikeys: Collection[str]
) -> frozenset[str]:
    """Return those of `multikeys` that signed a document, each with a proof of its own.

    Only the first eight proofs of the document are checked.
    """
    named = {method_of(did, each): each for each in multikeys}
    found = set()
    for proof in _proofs(document)[:_MOST_SIGNERS]:
        method = (
            proof.get("verificationMethod")
            if isinstance(proof, dict) and proof.get("cryptosuite") == CRYPTOSUITE
            else None
        )
        multikey = named.get(method) if isinstance(method, str) else None
        if (
            multikey
            and is_assertion(proof)
            and is_signed_by(PublicKey(multikey, datetime.min), document, proof)
        ):
            found.add(multikey)
    return frozenset(found)


def is_assertion(proof: Mapping[str, Any]) -> bool:
    """True if a proof says that it is a Data Integrity proof with the purpose `assertionMethod`.

    The signature is not checked.
    """
    return (
        proof.get("type") == "DataIntegrityProof" and proof.get("proofPurpose") == "assertionMethod"
    )


def is_one_of_its_set(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bool:
    """True if no proof was added to the document, exchanged or removed after signing.

    `proof` is the document's `eddsa-jcs-2022` proof, which the caller has already verified. The
    `nonce` of `proof` must be the digest of the only other proof. If `proof` has no `nonce`, the
    document must have no other proof.
    """
    digests = [
        _digest(each) if isinstance(each, dict) else False
        for each in _proofs(document)
        if each is not proof
    ]
    return digests == ([proof["nonce"]] if "nonce" in proof else [])


def _digest(proof: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a proof as base58btc text.

    It is not written in hexadecimal, because such a digest sometimes looks like a NIK.
    """
    return to_multibase(hashlib.sha256(canonical(proof)).digest())


def _proofs(document: Mapping[str, Any]) -> list[Any]:
    proofs = document.get("proof")
    return proofs if isinstance(proofs, list) else [proofs]


def find_proof(document: Mapping[str, Any]) -> Json | None:
    """Return the document's `eddsa-jcs-2022` proof; None if it has none or more than one."""
    ours = [
        proof
        for proof in _proofs(document)
        if isinstance(proof, dict) and proof.get("cryptosuite") == CRYPTOSUITE
    ]
    return ours[0] if len(ours) == 1 else None
