"""Proofs: the W3C's published vectors bit for bit, and what a changed document, proof or key does to one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from psm_course.credentials.documents import canonical, instant
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multibase, to_multibase
from psm_course.credentials.signing.proof import find_proof, hash_data, is_signed_by, sign
from tests.credentials.signed import BEFORE, FOREIGN_KEY, KEY, OFFICE, SIGNED, a_badge

VECTOR: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "eddsa-jcs-2022.json").read_text(encoding="utf-8"))
W3C_KEY = SigningKey.from_seed(from_multibase(VECTOR["key"]["privateKeyMultibase"])[2:])
OURS = PublicKey(KEY.multikey, BEFORE)


def test_the_key_of_the_vector_is_read() -> None:
    assert W3C_KEY.multikey == VECTOR["key"]["publicKeyMultibase"]


def test_the_canonical_forms_and_hashes_are_those_of_the_vector() -> None:
    options, unsigned = VECTOR["options"], VECTOR["unsigned"]

    assert canonical(unsigned).decode() == VECTOR["canonical_document"]
    assert canonical(options).decode() == VECTOR["canonical_options"]
    assert hashlib.sha256(canonical(unsigned)).hexdigest() == VECTOR["document_hash"]
    assert hash_data(unsigned, options).hex() == VECTOR["options_hash"] + VECTOR["document_hash"]


def test_the_signature_is_that_of_the_vector_bit_for_bit() -> None:
    did = f"did:key:{W3C_KEY.multikey}"

    signed = sign(VECTOR["unsigned"], W3C_KEY, did, instant(VECTOR["options"]["created"]))

    assert signed == {**VECTOR["signed"], "proof": [VECTOR["signed"]["proof"]]}
    assert from_multibase(signed["proof"][0]["proofValue"]).hex() == VECTOR["signature"]


def test_the_signed_document_of_the_vector_is_believed() -> None:
    proof = find_proof(VECTOR["signed"])

    assert proof == VECTOR["signed"]["proof"]
    assert is_signed_by(PublicKey(W3C_KEY.multikey, BEFORE), VECTOR["signed"], proof)


def test_the_order_of_names_does_not_count() -> None:
    signed = a_badge()

    assert is_signed_by(OURS, dict(reversed(signed.items())), dict(reversed(signed["proof"][0].items())))


@pytest.mark.parametrize("name", [*a_badge()])
def test_a_document_with_any_part_changed_is_not_believed(name: str) -> None:
    signed = a_badge()
    proof = signed["proof"][0]

    assert is_signed_by(OURS, signed, proof)
    assert is_signed_by(OURS, {**signed, name: "lain"}, proof) == (name == "proof")


@pytest.mark.parametrize("name", [*a_badge()["proof"][0], "added"])
def test_a_proof_with_any_part_changed_is_not_believed(name: str) -> None:
    signed = a_badge()

    assert not is_signed_by(OURS, signed, signed["proof"][0] | {name: "z1"})


def test_a_proof_is_not_another_keys() -> None:
    signed = a_badge()

    assert not is_signed_by(PublicKey(FOREIGN_KEY.multikey, BEFORE), signed, signed["proof"][0])


def test_a_context_added_later_is_not_believed() -> None:
    signed = a_badge()

    assert not is_signed_by(OURS, {**signed, "@context": [*signed["@context"], "https://lain.example"]}, signed["proof"][0])


def test_a_document_without_a_context_can_be_signed() -> None:
    signed = sign({"a": 1}, KEY, OFFICE.did, SIGNED)

    assert "@context" not in signed["proof"][0]
    assert is_signed_by(OURS, signed, signed["proof"][0])


@pytest.mark.parametrize("proofs", [None, [], "proof", [{}], [{"cryptosuite": "eddsa-rdfc-2022"}], [{"cryptosuite": "eddsa-jcs-2022"}] * 2])
def test_none_or_two_proofs_of_ours_are_none(proofs: object) -> None:
    assert find_proof({"proof": proofs}) is None


# ---- multibase ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    # https://datatracker.ietf.org/doc/html/draft-msporny-base58-03 section 5
    [
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (b"The quick brown fox jumps over the lazy dog.", "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
        (b"\0", "z1"),
    ],
)
def test_base58_is_that_of_its_draft(raw: bytes, text: str) -> None:
    assert (to_multibase(raw), from_multibase(text)) == (text, raw)


@pytest.mark.parametrize("text", ["", "2NEpo", "z0", "zI", "z l", "z" + "1" * 128])
def test_what_is_no_base58_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base58|substring"):
        from_multibase(text)
