"""Proofs: the W3C's vectors bit for bit, and what a changed document, proof or key does to one."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from psm_course.credentials.documents import Json, canonical, instant
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.linked_data import canonical_quads
from psm_course.credentials.signing.marks import mark_of, mark_of_document, mark_of_jwt
from psm_course.credentials.signing.multibase import from_multibase, from_multikey, to_multibase
from psm_course.credentials.signing.proof import (
    CRYPTOSUITE,
    find_proof,
    hash_data,
    is_one_of_its_set,
    is_signed_by,
    proof_options,
    sign,
    signers_among,
)
from tests.credentials.signed import BEFORE, FOREIGN_KEY, KEY, OFFICE, SIGNED, a_badge

VECTOR: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "eddsa-jcs-2022.json").read_text(encoding="utf-8")
)
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

    signed = sign(VECTOR["unsigned"], [W3C_KEY], did, instant(VECTOR["options"]["created"]))

    assert signed == {**VECTOR["signed"], "proof": [VECTOR["signed"]["proof"]]}
    assert from_multibase(signed["proof"][0]["proofValue"]).hex() == VECTOR["signature"]


def test_the_signed_document_of_the_vector_is_believed() -> None:
    proof = find_proof(VECTOR["signed"])

    assert proof == VECTOR["signed"]["proof"]
    assert is_signed_by(PublicKey(W3C_KEY.multikey, BEFORE), VECTOR["signed"], proof)


def test_the_order_of_names_does_not_count() -> None:
    signed = a_badge()

    assert is_signed_by(
        OURS, dict(reversed(signed.items())), dict(reversed(signed["proof"][0].items()))
    )


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

    assert not is_signed_by(
        OURS,
        {**signed, "@context": [*signed["@context"], "https://lain.example"]},
        signed["proof"][0],
    )


@pytest.mark.parametrize("context", [None, ["lain"], ["satu", "lain"]])
def test_a_proof_that_was_made_for_another_context_is_not_believed(
    context: list[str] | None,
) -> None:
    """Though the same key signed both: else two readers of a document could read two things."""
    document = {"@context": ["satu"], "a": 1}
    options = proof_options(CRYPTOSUITE, OFFICE.did, KEY, SIGNED) | (
        {"@context": context} if context else {}
    )

    assert not is_signed_by(
        OURS,
        document,
        options | {"proofValue": to_multibase(KEY.sign(hash_data(document, options)))},
    )


def test_a_document_without_a_context_can_be_signed() -> None:
    signed = sign({"a": 1}, [KEY], OFFICE.did, SIGNED)

    assert "@context" not in signed["proof"][0]
    assert is_signed_by(OURS, signed, signed["proof"][0])


@pytest.mark.parametrize(
    "proofs",
    [
        None,
        [],
        "proof",
        [{}],
        [{"cryptosuite": "eddsa-rdfc-2022"}],
        [{"cryptosuite": "eddsa-jcs-2022"}] * 2,
    ],
)
def test_none_or_two_proofs_of_ours_are_none(proofs: object) -> None:
    assert find_proof({"proof": proofs}) is None


# ---- several signers -----------------------------------------------------------------------------

SIGNERS = [KEY, FOREIGN_KEY]
NAMED = [key.multikey for key in SIGNERS]


def signed_by_both(**changes: Any) -> Json:
    """A document that both keys signed; the fields of each proof changed before it was signed."""
    document, proofs = {"a": 1}, list[Json]()
    for key in SIGNERS:
        options = proof_options(CRYPTOSUITE, OFFICE.did, key, SIGNED) | changes
        proofs.append(
            {**options, "proofValue": to_multibase(key.sign(hash_data(document, options)))}
        )
    return {**document, "proof": proofs}


def test_everybody_who_signed_is_found() -> None:
    signed = sign({"a": 1}, SIGNERS, OFFICE.did, SIGNED)

    assert signed == signed_by_both()
    assert signers_among(signed, OFFICE.did, NAMED) == {*NAMED}
    assert signers_among(signed, OFFICE.did, NAMED[:1]) == {NAMED[0]}
    assert signers_among(signed, "did:web:lain.example", NAMED) == frozenset()
    assert signers_among(signed | {"proof": signed["proof"][1]}, OFFICE.did, NAMED) == {NAMED[1]}


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Proof"},
        {"proofPurpose": "authentication"},
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"verificationMethod": ["a"]},
    ],
    ids="".join,
)
def test_who_signed_something_else_is_no_signer(changes: Json) -> None:
    assert signers_among(signed_by_both(**changes), OFFICE.did, NAMED) == frozenset()


def test_eight_proofs_are_looked_at_and_whatever_they_are() -> None:
    ours = sign({"a": 1}, [KEY], OFFICE.did, SIGNED)["proof"]
    others = [
        None,
        "proof",
        7,
        [],
        {},
        {"cryptosuite": CRYPTOSUITE},
        {"cryptosuite": CRYPTOSUITE, "verificationMethod": 1},
    ]

    assert signers_among({"a": 1, "proof": [*others, *ours]}, OFFICE.did, NAMED) == {KEY.multikey}
    assert signers_among({"a": 1, "proof": [*others, {}, *ours]}, OFFICE.did, NAMED) == frozenset()


# ---- both proofs ---------------------------------------------------------------------------------


def test_a_document_has_exactly_the_proofs_that_were_made_together() -> None:
    signed = a_badge()
    first, second = signed["proof"]

    def is_whole(*proofs: object) -> bool:
        return is_one_of_its_set({**signed, "proof": [*proofs]}, first)

    assert is_whole(first, second)
    assert is_whole(second, first)
    assert not is_whole(first)
    assert not is_whole(first, second, second)
    assert not is_whole(first, second | {"created": first["created"], "added": 1})
    assert not any(
        is_whole(first, other)
        for other in (None, [], "proof", second["proofValue"], first["nonce"])
    )


def test_the_second_proof_is_made_by_the_same_key_over_the_linked_data() -> None:
    signed = a_badge()
    second = signed["proof"][1]
    value = from_multibase(second.pop("proofValue"))
    halves = (
        canonical_quads(each)
        for each in (second, {name: each for name, each in signed.items() if name != "proof"})
    )

    assert OURS.has_signed(value, b"".join(hashlib.sha256(half).digest() for half in halves))


# ---- marks ---------------------------------------------------------------------------------------


def test_a_mark_is_96_bits_of_the_digest_of_a_signature() -> None:
    value = a_badge()["proof"][0]["proofValue"]
    mark = base64.urlsafe_b64encode(hashlib.sha256(from_multibase(value)).digest())[:16].decode()

    assert mark_of(from_multibase(value)) == mark_of_document(a_badge()) == mark


@pytest.mark.parametrize("proof", [None, {}, {"proofValue": 1}, {"proofValue": "?"}])
def test_a_document_without_a_readable_proof_has_no_mark(proof: Json | None) -> None:
    assert mark_of_document({"proof": proof and {"cryptosuite": CRYPTOSUITE, **proof}}) == ""


@pytest.mark.parametrize("length", [62, 63, 64])
def test_a_jwt_has_the_mark_of_its_signature(length: int) -> None:
    signature = bytes([0xFB, 0xFF] * 32)[:length]
    written = base64.urlsafe_b64encode(signature).decode().rstrip("=")

    assert mark_of_jwt(f"e30.e30.{written}") == mark_of(signature)


@pytest.mark.parametrize("jwt", ["e30.e30.?", "e30.e30.AAAAA", "e30.e30.AA AA"])
def test_what_is_no_jwt_has_no_mark(jwt: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        mark_of_jwt(jwt)


# ---- multibase -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    # https://datatracker.ietf.org/doc/html/draft-msporny-base58-03 section 5
    [
        (b"Hello World!", "z2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "z11233QC4"),
        (b"", "z"),
        (b"\0", "z1"),
    ],
)
def test_base58_is_that_of_its_draft(raw: bytes, text: str) -> None:
    assert (to_multibase(raw), from_multibase(text)) == (text, raw)


def test_the_longest_base58_has_128_letters() -> None:
    assert from_multibase("z" + "1" * 127) == bytes(127)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xed\x01" + bytes(31),
        b"\xed\x01" + bytes(33),
        b"\xed\x02" + bytes(32),
        b"\xec\x01" + bytes(32),
    ],
)
def test_what_is_no_key_of_32_bytes_is_no_multikey(raw: bytes) -> None:
    with pytest.raises(ValueError, match="not an Ed25519 Multikey"):
        from_multikey(to_multibase(raw))


@pytest.mark.parametrize("text", ["", "2NEpo", "z0", "zI", "z l", "z" + "1" * 128])
def test_what_is_no_base58_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base58|substring"):
        from_multibase(text)
