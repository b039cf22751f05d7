"""The published log, checked as somebody outside would: from the static files alone, with hashlib
and nothing of ours but the key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from psm_course.credentials.signing.multibase import from_multikey
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import Signer, new_key
from psm_course.registrar.certificates.publishing import public_files
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.tree import find_epochs
from tests.published import site_of
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, completes, register_of

COURSE = a_course()
SITE = "https://dinsos.depok.go.id/psm"
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one test


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var", site_address=SITE)


@pytest.fixture
def signer(store: Store, settings: Settings) -> Signer:
    return new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)


def does(store: Store, deeds: int) -> None:
    with store.transaction() as tx:
        audit.note_all(
            tx,
            [audit.Deed(NOW, ACTOR, "signed in", f"akun-{number}", {}) for number in range(deeds)],
        )


# ---- somebody outside ----------------------------------------------------------------------------


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def checkpoint_at(site: Path) -> tuple[str, int, bytes]:
    """Origin, size and root, once a log key of `keys.json` has signed them."""
    text, _, lines = (site / "log/checkpoint").read_text(encoding="utf-8").rpartition("\n\n")
    origin, size, root = text.split("\n")
    listed = [
        from_multikey(key["multikey"])
        for key in json.loads((site / "keys.json").read_text())["log_keys"]
    ]
    signed = {
        base64.b64decode(line.split(" ")[2])[:4]: base64.b64decode(line.split(" ")[2])[4:]
        for line in lines.splitlines()
    }
    (key,) = [key for key in listed if sha(origin.encode(), b"\n\x01", key)[:4] in signed]
    Ed25519PublicKey.from_public_bytes(key).verify(
        signed[sha(origin.encode(), b"\n\x01", key)[:4]], f"{text}\n".encode()
    )
    return origin, int(size), base64.b64decode(root)


def hashes_at(site: Path, level: int, size: int) -> Iterator[bytes]:
    """The hashes of a level as its tiles hold them, for a tree of so many leaves."""
    count = size >> 8 * level
    for number in range(-(-count // 256)):
        assert number < 1000
        width = min(256, count - number * 256)
        content = (
            site / f"log/tile/{level}/{number:03}{'' if width == 256 else f'.p/{width}'}"
        ).read_bytes()
        assert len(content) == width * 32
        yield from (content[place : place + 32] for place in range(0, len(content), 32))


def root_over(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it stands there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01", root_over(leaves[:cut]), root_over(leaves[cut:]))


def entries_at(site: Path, size: int) -> Iterator[bytes]:
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        bundle = (
            site / f"log/tile/entries/{number:03}{'' if width == 256 else f'.p/{width}'}"
        ).read_bytes()
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            yield bundle[2 : 2 + length]
            bundle = bundle[2 + length :]


# ---- what they find ------------------------------------------------------------------------------


@pytest.mark.parametrize("deeds", [0, 254, 600])
def test_anybody_recomputes_the_root_from_the_static_files(
    store: Store, settings: Settings, signer: Signer, tmp_path: Path, deeds: int
) -> None:
    does(store, deeds)
    site = tmp_path / "unggahan"
    site_of(store, settings, site)

    origin, size, root = checkpoint_at(site)

    assert origin == "dinsos.depok.go.id/log/2"
    assert size == deeds + 1  # and the one with which the log of this address began
    leaves = list(hashes_at(site, 0, size))
    assert root_over(leaves) == root
    assert [sha(b"\x00", entry) for entry in entries_at(site, size)] == leaves
    above = [root_over(leaves[number * 256 : number * 256 + 256]) for number in range(size // 256)]
    assert list(hashes_at(site, 1, size)) == above


def test_an_older_checkpoint_is_proven_to_be_the_beginning_of_the_newer(
    store: Store, settings: Settings, signer: Signer, tmp_path: Path
) -> None:
    does(store, 300)
    site = tmp_path / "unggahan"
    site_of(store, settings, site)
    _, size_then, root_then = checkpoint_at(site)
    files_then = {
        path: path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and "tile" in path.parts
    }
    does(store, 20)

    site_of(store, settings, site)

    _, size, _ = checkpoint_at(site)
    assert size == size_then + 20
    assert root_over(list(hashes_at(site, 0, size))[:size_then]) == root_then
    # The partial tiles of that day are still there.
    assert root_over(list(hashes_at(site, 0, size_then))) == root_then
    assert {path: path.read_bytes() for path in files_then} == files_then


def test_partial_tiles_of_a_published_checkpoint_stay_with_the_next_publishing(
    store: Store, settings: Settings, signer: Signer
) -> None:
    does(store, 5)
    then = public_files(store, settings)
    does(store, 5)

    later = public_files(store, settings)

    partial = {path: content for path, content in then.items() if ".p/" in path}
    assert len(partial) >= 2
    assert partial.items() <= later.items()


def test_a_log_that_ended_is_published_to_its_end(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    does(store, 3)
    new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)

    files = public_files(store, settings)

    with store.reading() as tx:
        first, second = find_epochs(tx)
    assert (first.origin, second.origin) == ("kantor-32.76/log/1", "dinsos.depok.go.id/log/2")
    ended = files["log/1/checkpoint"].decode().split("\n")
    assert ended[:2] == ["kantor-32.76/log/1", str(first.size)]
    leaves = files[f"log/1/tile/0/000.p/{first.size}"]
    assert root_over(
        [leaves[place : place + 32] for place in range(0, len(leaves), 32)]
    ) == base64.b64decode(ended[2])


def test_the_office_key_countersigns_and_its_word_stays_published(
    store: Store, settings: Settings, signer: Signer
) -> None:
    countersigned = public_files(store, settings, signer.key)["log/checkpoint"].decode()
    does(store, 1)

    later = public_files(store, settings)

    assert countersigned.count("\n— ") == 2
    assert later["log/checkpoint"].decode().count("\n— ") == 1
    assert later["log/checkpoint-kantor"].decode() == countersigned


# ---- what they do not find -----------------------------------------------------------------------


def test_what_is_published_of_the_log_tells_nothing_of_anybody(
    store: Store, settings: Settings, signer: Signer
) -> None:
    completes(
        store,
        COURSE,
        *[person.number for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat")],
    )
    issue_records(store, COURSE, settings, signer, "D26", ACTOR, NOW)

    files = {
        path: content
        for path, content in public_files(store, settings).items()
        if path.startswith("log/")
    }

    rows = [
        (table, [value for value in row if value is not None])
        for table, rows in register_of(store).items()
        for row in rows
    ]
    values = {str(value).encode() for _, row in rows for value in row if len(str(value)) > 5}
    assert {b"Siti Rahayu", b"D26-001", b"record issued"} <= values
    published = b"".join(content for path, content in files.items() if "tile" in path)
    assert [value for value in values if value in published] == []
    # Nor a digest that somebody could guess a name by: every published hash is of a salt that stays
    # in the register.
    guesses = [*values, *(json.dumps(value.decode()).encode() for value in values)]
    digests = [sha(*salted, guess) for guess in guesses for salted in ((), (b"\x00",))] + [
        sha(b"\x00", sha(guess)) for guess in guesses
    ]
    assert [digest for digest in digests if digest in published] == []


def test_two_offices_where_the_same_was_done_publish_nothing_alike(
    store: Store, settings: Settings, signer: Signer
) -> None:
    with store.transaction() as tx:
        audit.note(tx, ACTOR, "signed in", "akun", NOW)
        audit.note(tx, ACTOR, "signed in", "akun", NOW)

    leaves = [
        content
        for path, content in public_files(store, settings).items()
        if path.startswith("log/tile/0/")
    ][-1]

    found = [leaves[place : place + 32] for place in range(0, len(leaves), 32)]
    assert len(set(found)) == len(found)
    assert os.urandom(32) not in found
