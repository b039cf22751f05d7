"""The tree of RFC 6962: known roots, the definition as the standard writes it,
and proofs that hold for nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from psm_course.credentials.log.merkle import (
    EMPTY,
    Growing,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_inclusion,
)
from tests.credentials.log.made_up import between

# The entries and roots that implementations of Certificate Transparency test themselves with.
ENTRIES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SIZES = range(1, 35)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(index).encode()) for index in range(size)]


def as_the_standard_defines(hashes: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(
        b"\x01" + as_the_standard_defines(hashes[:half]) + as_the_standard_defines(hashes[half:])
    ).digest()


# ---- roots ---------------------------------------------------------------------------------------


def test_known_entries_have_their_known_roots() -> None:
    hashes = [leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]

    assert [root_of(hashes[:size]).hex() for size in range(1, 9)] == list(ROOTS)


def test_a_tree_of_nothing_has_the_digest_of_nothing() -> None:
    assert (
        root_of([]).hex()
        == EMPTY.hex()
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize("size", [*SIZES, 255, 256, 257, 1000])
def test_a_root_is_as_the_standard_defines_it(size: int) -> None:
    assert root_of(leaves(size)) == as_the_standard_defines(leaves(size))


@pytest.mark.parametrize("size", SIZES)
def test_a_tree_of_full_parts_has_the_root_of_its_leaves(size: int) -> None:
    tree = Growing()

    for place in range(0, size - size % 4, 4):
        tree.append(root_of(leaves(size)[place : place + 4]), height=2)
    for each in leaves(size)[size - size % 4 :]:
        tree.append(each)

    assert tree.root() == root_of(leaves(size))


def test_a_leaf_is_never_taken_for_a_node() -> None:
    one, other = leaves(2)

    assert leaf_hash(one + other) != node_hash(one, other)


# ---- an entry is in the tree ---------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_every_entry_is_proven_at_its_place_and_nowhere_else(size: int) -> None:
    hashes, root = leaves(size), root_of(leaves(size))

    for index in range(size):
        proof = inclusion_proof(index, size, between(hashes))
        fitting = [
            place
            for place in range(-1, size + 1)
            if verify_inclusion(hashes[index], place, size, proof, root)
        ]

        assert fitting == [index]


@pytest.mark.parametrize("size", SIZES)
def test_no_other_proof_holds(size: int) -> None:
    hashes, root, index = leaves(size), root_of(leaves(size)), size // 2
    proof = inclusion_proof(index, size, between(hashes))
    wrong = [
        (*proof, EMPTY),
        *(proof[:place] for place in range(len(proof))),
        *(proof[place:] for place in range(1, len(proof))),
    ]
    wrong += [(*proof[:place], EMPTY, *proof[place + 1 :]) for place in range(len(proof))]

    assert not any(verify_inclusion(hashes[index], index, size, each, root) for each in wrong)
    assert not verify_inclusion(EMPTY, index, size, proof, root)
    assert not verify_inclusion(hashes[index], index, size, proof, EMPTY)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(3, 3, between(leaves(3)))
