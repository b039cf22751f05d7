"""A made-up open log with one certificate in it, and what the office published besides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from psm_course.credentials.documents import Json, canonical, read_document
from psm_course.credentials.formats.issuance import Issuance
from psm_course.credentials.formats.token import (
    read_token,
    sign_token,
    token_address,
    token_inclusion,
)
from psm_course.credentials.log.checkpoint import Checkpoint, write_checkpoint
from psm_course.credentials.log.inclusion import Entered, Inclusion, Place, leaf_of, write_proof
from psm_course.credentials.log.merkle import RootBetween, inclusion_proof, leaf_hash, root_of
from psm_course.credentials.log.tiles import tile_files
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.verification.published import Published, published
from tests.credentials.signed import (
    KEY,
    POSITION,
    SIGNED,
    SITE,
    a_correction,
    a_record,
    an_issuance,
    corrections,
    status_lists,
)
from tests.credentials.tampered_receipts import LOG_KEY, OFFICE_WITH_LOG

ORIGIN, FOREIGN_ORIGIN = "dinsos.depok.go.id/log/1", "lain.example/log/1"
SIZE, INDEX, AT = 700, 300, "2025-06-02T03:00:00"
EARLIER_SIZE, TOO_SHORT = 520, 290
FIRST = Place("3276", ORIGIN, INDEX - 1, 1_300, AT)  # the one before it was entered with it
ENTERED = Entered(FIRST, (POSITION - 1, POSITION, POSITION + 9))
Files = Mapping[str, bytes]


@cache
def issuance() -> Issuance:
    return replace(an_issuance(), log=ENTERED)


def address(
    position: int = POSITION, key: SigningKey = KEY, shared: Issuance | None = None, **changes: Any
) -> bytes:
    """The text of a code whose issuance says where it was entered."""
    return token_address(
        SITE, sign_token(a_record(**changes), shared or issuance(), position, key, SIGNED)
    ).encode()


@cache
def inclusion() -> Inclusion:
    found = token_inclusion(read_token(address().decode()), issuance())
    assert found is not None
    return found


@cache
def world(name: str) -> Published:
    """What the office published."""
    told = world_json(name)
    return published([_office(name)], told["status_lists"], told["issuances"], told["corrections"])


def world_json(name: str) -> Json:
    """The same as documents."""
    return {
        "keys": [_office(name).to_json()],
        "status_lists": status_lists() if name != "no-lists" else [],
        "issuances": [issuance().to_json(), an_issuance().to_json()],
        "corrections": [corrections(a_correction())] if name == "revoked" else [],
        "digests": [],
    }


def _office(name: str) -> Issuer:
    return replace(OFFICE_WITH_LOG, log_keys=()) if name == "without-log-keys" else OFFICE_WITH_LOG


# ---- the log -------------------------------------------------------------------------------------


@cache
def entries() -> tuple[bytes, ...]:
    """Those of others are made up; the leaf of ours is worked out as a reader does."""
    return tuple(hashlib.sha256(f"entry {at}".encode()).digest() for at in range(70_000))


@cache
def leaves_of_others() -> tuple[bytes, ...]:
    return tuple(leaf_hash(each) for each in entries())


@cache
def leaves(size: int) -> tuple[bytes, ...]:
    found = [*leaves_of_others()[:size]]
    ours = inclusion()
    assert ours.place is not None
    if size > INDEX:
        found[INDEX] = leaf_of(ours.place, ours.blind, a_record())
    return tuple(found)


@cache
def root_at(size: int) -> bytes:
    return root_of(leaves(size))


def between(leaf_hashes: Sequence[bytes]) -> RootBetween:
    return lambda start, stop: root_of(leaf_hashes[start:stop])


@cache
def path_of_ours(size: int) -> tuple[bytes, ...]:
    return inclusion_proof(INDEX, size, between(leaves(size)))


def note(
    size: int = SIZE, origin: str = ORIGIN, key: SigningKey = LOG_KEY, root: bytes | None = None
) -> bytes:
    return write_checkpoint(Checkpoint(origin, size, root or root_at(size)), [key]).encode()


@cache
def log(size: int = SIZE, without_ours: bool = False) -> dict[str, bytes]:
    """The published files, without bundles of entries: no reader of a certificate needs them."""
    hashes = leaves_of_others()[:size] if without_ours else leaves(size)
    return {"checkpoint": note(size, root=root_of(hashes)), **_tiles(hashes)}


def _tiles(hashes: Any) -> dict[str, bytes]:
    """Tiles over hashes of leaves, the level that `tile_files` makes of entries."""
    level, found = [*hashes], dict[str, bytes]()
    for depth in range(3):
        for number in range(-(-len(level) // 256)):
            some = level[number * 256 : (number + 1) * 256]
            part = "" if len(some) == 256 else f".p/{len(some)}"
            found[f"tile/{depth}/{number:03}{part}"] = b"".join(some)
        level = [root_of(level[at * 256 : (at + 1) * 256]) for at in range(len(level) // 256)]
    return found


assert {path for path, _ in tile_files(entries()[:SIZE]) if "entries" not in path} == {
    *_tiles(entries()[:SIZE])
}


def proof(
    size: int = SIZE, key: SigningKey = LOG_KEY, checkpoint: bytes | None = None, **changes: Any
) -> bytes:
    ours = inclusion()
    assert ours.place is not None
    path = path_of_ours(size)
    made = write_proof(ours.place, ours.blind, path, (checkpoint or note(size, key=key)).decode())
    return canonical(read_document(made) | changes) if changes else made


def with_file(path: str, content: bytes | None, size: int = SIZE) -> dict[str, bytes]:
    """The log with one file changed, or without it."""
    others = {name: each for name, each in log(size).items() if name != path}
    return others if content is None else {**others, path: content}


def seen(size: int, epoch: int = 1, root: bytes | None = None) -> Checkpoint:
    """A checkpoint that somebody kept; one longer than the log has the root of all of it."""
    known = root or root_at(min(size, SIZE))
    return Checkpoint(f"dinsos.depok.go.id/log/{epoch}", size, known)
