"""Signing keys: sealed on disk and refused when others can read them; the public list, rotation,
retirement, compromise; the DID.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.credentials.signing import key_files
from psm_course.credentials.signing.identity import (
    did_document,
    did_document_path,
    did_key,
    did_web,
)
from psm_course.credentials.signing.key_files import read_key_file, seal, unseal, write_key_file
from psm_course.credentials.signing.keys import Issuer, PublicKey, SigningKey, read_issuer
from psm_course.errors import Refused
from tests.credentials.signed import BEFORE, FOREIGN_KEY, KEY, LISTED, NEXT_KEY, OFFICE
from tests.passphrases import new_salt

PASSPHRASE = "kuda batu hujan lampu"  # noqa: S105


def refusal(*arguments: Any) -> str:
    with pytest.raises(Refused) as refused:
        arguments[0](*arguments[1:])
    return str(refused.value)


# ---- key files -----------------------------------------------------------------------------------


def test_a_key_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "office" / "keys" / "baru.key"
    key = SigningKey.new()

    write_key_file(path, key, PASSPHRASE)

    assert read_key_file(path, PASSPHRASE).sign(b"halo") == key.sign(b"halo")
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (
        0o600,
        0o700,
    )


def test_a_key_file_of_an_earlier_version_opens() -> None:
    """Whatever the seal is made of: another would shut the offices out of their own keys."""
    earlier = {
        "format": "psm-signing-key/1",
        "public_key": "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd",
        "salt": "zmAkO55eDJNchkgHqssqDw==",
        "nonce": "L50E47w9SXiaJu2a",
        "sealed": "zDqFfxCdtf0hYTDzfotpACebTRZWLI1QspsmYIX3VU3BIlaK7YCTisMolmHcoC4p",
    }

    assert unseal(json.dumps(earlier).encode(), "dua belas hu").seed() == KEY.seed()


def test_a_key_is_sealed_with_a_salt_of_16_bytes_and_a_nonce_of_12() -> None:
    sealed = json.loads(seal(KEY, "dua belas hu"))

    assert [len(base64.b64decode(sealed[name])) for name in ("salt", "nonce")] == [16, 12]


def test_a_key_file_is_on_the_disk_before_anybody_relies_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = tmp_path / "a.key", list[bytes]()
    monkeypatch.setattr(os, "fsync", lambda _: kept.append(path.read_bytes()))

    write_key_file(path, KEY, PASSPHRASE)

    assert kept == [path.read_bytes()] != [b""]


def test_a_key_file_shows_its_public_half_only() -> None:
    sealed = seal(KEY, PASSPHRASE)

    assert json.loads(sealed)["public_key"] == KEY.multikey
    assert KEY.seed() not in sealed
    assert seal(KEY, PASSPHRASE) != sealed


def test_each_key_file_has_a_salt_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of tests, which seal all with one."""
    monkeypatch.setattr(key_files, "_new_salt", new_salt)

    salts = {base64.b64decode(json.loads(seal(KEY, PASSPHRASE))["salt"]) for _ in range(3)}

    assert [len(salt) for salt in salts] == [16, 16, 16]


def test_a_key_shows_its_public_half_only(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("x").error("%r %s", KEY, KEY)

    assert caplog.messages == [f"SigningKey({KEY.multikey}) SigningKey({KEY.multikey})"]


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    write_key_file(path, KEY, PASSPHRASE)

    assert refusal(write_key_file, path, FOREIGN_KEY, PASSPHRASE) == Contains(
        f" {path} tidak dapat ditulis", "bernama sama"
    )
    assert read_key_file(path, PASSPHRASE).multikey == KEY.multikey


def test_a_short_passphrase_is_refused() -> None:
    assert refusal(seal, KEY, "sebelas.123") == Contains("terlalu pendek", "sedikitnya 12 huruf")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o610])
def test_a_file_that_others_can_open_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.key"
    write_key_file(path, KEY, PASSPHRASE)
    path.chmod(mode)

    assert refusal(read_key_file, path, PASSPHRASE) == Contains(
        f" {path} dapat dibuka", f"orang lain (mode {mode:04o})", f": chmod 600 {path}"
    )


def test_a_wrong_passphrase_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    write_key_file(path, KEY, PASSPHRASE)

    said = refusal(read_key_file, path, "salah salah salah")

    assert said == Contains(f" {path} tidak terbuka", "frasa sandinya salah")
    assert "salah salah" not in said


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(read_key_file, tmp_path / "a.key", PASSPHRASE) == Contains(
        f" {tmp_path}/a.key ", "dibaca: tidak ditemukan"
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"halo",
        b"{}",
        b"-----BEGIN PRIVATE KEY-----",
        b'{"format": "psm-keys/1"}',
        os.urandom(20_000),
    ],
)
def test_a_file_that_is_no_key_is_refused(raw: bytes) -> None:
    assert refusal(unseal, raw, PASSPHRASE) == Contains(
        "bukan kunci penanda tangan", "`psm keys new`"
    )


@pytest.mark.parametrize("name", ["public_key", "salt", "nonce", "sealed"])
def test_a_file_with_a_part_missing_or_broken_is_refused(name: str) -> None:
    sealed = json.loads(seal(KEY, PASSPHRASE))
    without = {key: value for key, value in sealed.items() if key != name}

    assert (
        refusal(unseal, json.dumps(without).encode(), PASSPHRASE)
        == "Berkas kunci rusak. Pakai salinannya."
    )
    assert refusal(unseal, json.dumps(sealed | {name: "?"}).encode(), PASSPHRASE).startswith(
        ("Berkas kunci rusak", "Berkas kunci tidak terbuka")
    )


@pytest.mark.parametrize("name", ["salt", "nonce", "sealed"])
def test_a_file_with_a_stray_letter_is_refused(name: str) -> None:
    sealed = json.loads(seal(KEY, PASSPHRASE))

    assert "rusak. Pakai" in refusal(
        unseal, json.dumps(sealed | {name: f"{sealed[name]}?"}).encode(), PASSPHRASE
    )


def test_a_file_cannot_name_another_key_than_it_holds() -> None:
    sealed = json.loads(seal(KEY, PASSPHRASE)) | {"public_key": FOREIGN_KEY.multikey}

    assert refusal(unseal, json.dumps(sealed).encode(), PASSPHRASE).startswith(
        "Berkas kunci tidak terbuka"
    )


# ---- the public list -----------------------------------------------------------------------------


def test_a_new_key_retires_the_one_before() -> None:
    issuer = OFFICE.with_key(NEXT_KEY, LISTED)

    assert issuer.keys == (
        PublicKey(KEY.multikey, BEFORE, retired_at=LISTED),
        PublicKey(NEXT_KEY.multikey, LISTED),
    )
    assert [key.in_use for key in issuer.keys] == [False, True]


def test_a_compromised_key_is_marked_and_the_others_are_not() -> None:
    issuer = OFFICE.with_key(NEXT_KEY, LISTED).with_compromised(KEY.multikey, LISTED)

    assert [key.compromised_at for key in issuer.keys] == [LISTED, None]
    assert OFFICE.with_retired(KEY.multikey, LISTED).keys == (
        PublicKey(KEY.multikey, BEFORE, retired_at=LISTED),
    )


def test_a_key_is_not_taken_in_twice_and_an_unknown_one_is_not_retired() -> None:
    assert refusal(OFFICE.with_key, KEY, LISTED) == Contains("sudah ada di daftar")
    assert refusal(OFFICE.with_retired, NEXT_KEY.multikey, LISTED) == Contains(
        f"{NEXT_KEY.multikey} tidak ada"
    )
    assert refusal(OFFICE.with_compromised, NEXT_KEY.multikey, LISTED) == Contains(
        f"{NEXT_KEY.multikey} tidak ada"
    )


def test_the_list_comes_back_from_its_file() -> None:
    issuer = OFFICE.with_key(NEXT_KEY, LISTED).with_compromised(KEY.multikey, LISTED)

    assert read_issuer(json.loads(json.dumps(issuer.to_json()))) == issuer
    assert issuer.to_json()["keys"][0] == {
        "public_key": KEY.multikey,
        "created": "2025-01-06T01:00:00Z",
        "retired_at": "2025-06-08T23:00:00Z",
        "compromised_at": "2025-06-08T23:00:00Z",
    }


def test_the_list_comes_back_with_its_log_keys_and_the_offline_key() -> None:
    log_keys = (
        PublicKey(NEXT_KEY.multikey, BEFORE, retired_at=LISTED),
        PublicKey(FOREIGN_KEY.multikey, LISTED),
    )
    issuer = replace(OFFICE, log_keys=log_keys, root_key=KEY.multikey)

    assert read_issuer(json.loads(json.dumps(issuer.to_json()))) == issuer
    assert issuer.to_json()["root_key"] == KEY.multikey
    assert issuer.to_json()["log_keys"] == [
        {
            "multikey": NEXT_KEY.multikey,
            "created": "2025-01-06T01:00:00Z",
            "retired": "2025-06-08T23:00:00Z",
        },
        {"multikey": FOREIGN_KEY.multikey, "created": "2025-06-08T23:00:00Z"},
    ]
    assert not {"root_key", "log_keys"} & {*OFFICE.to_json()}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "psm-keys/2"},
        {"issuer": 1},
        {"name": 1},
        {"site": None},
        {"root_key": "z6Mk"},
        {"root_key": ""},
        {"log_keys": [{}]},
        {"log_keys": [{"multikey": "z6Mk", "created": "2025-01-06T01:00:00Z"}]},
        {"keys": None},
        {"keys": [None]},
        {"keys": [{}]},
        {"keys": [OFFICE.to_json()["keys"][0] | {"public_key": "z6Mk"}]},
        {"keys": [OFFICE.to_json()["keys"][0] | {"retired_at": 5}]},
        {"keys": [OFFICE.to_json()["keys"][0] | {"compromised_at": ""}]},
        {"keys": [OFFICE.to_json()["keys"][0] | {"created": "2025-01-06"}]},
    ],
)
def test_what_is_no_list_of_keys_is_refused(change: dict[str, Any]) -> None:
    assert refusal(read_issuer, OFFICE.to_json() | change) == Contains(
        "Daftar kunci tidak terbaca", "keys.json"
    )


# ---- the DID -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "did", "path"),
    # https://w3c-ccg.github.io/did-method-web/ section 2.5
    [
        ("https://w3c-ccg.github.io", "did:web:w3c-ccg.github.io", ".well-known/did.json"),
        (
            "https://w3c-ccg.github.io/user/alice",
            "did:web:w3c-ccg.github.io:user:alice",
            "did.json",
        ),
        (
            "https://example.com:3000/user/alice",
            "did:web:example.com%3A3000:user:alice",
            "did.json",
        ),
        ("https://Dinsos.Depok.go.id/", "did:web:dinsos.depok.go.id", ".well-known/did.json"),
        ("https://localhost:8443", "did:web:localhost%3A8443", ".well-known/did.json"),
    ],
)
def test_a_site_has_its_did(site: str, did: str, path: str) -> None:
    assert (did_web(site), did_document_path(site)) == (did, path)


@pytest.mark.parametrize(
    "site",
    [
        "",
        "dinsos.depok.go.id",
        "http://dinsos.depok.go.id",
        "https://",
        "https://10.0.0.1/psm",
        "https://[::1]",
        "https://a b.id",
        "https://u@dinsos.id",
        "https://dinsos.id/?a",
        "https://dinsos.id/#a",
        "https://dinsos.id:x",
        "https://dinsos.id:99999",
    ],
)
def test_a_site_without_a_proper_address_is_refused(site: str) -> None:
    assert refusal(did_web, site) == Contains(
        f'situs "{site}" tidak dapat', "https://dinsos.contoh.go.id/psm"
    )


def test_the_document_lists_retired_keys_and_lets_a_compromised_one_sign_for_nobody() -> None:
    issuer = (
        OFFICE.with_key(NEXT_KEY, LISTED)
        .with_key(FOREIGN_KEY, LISTED + timedelta(days=1))
        .with_compromised(NEXT_KEY.multikey, LISTED)
    )
    first, second, third = (f"{OFFICE.did}#{key.multikey}" for key in issuer.keys)

    document = did_document(issuer)

    assert document["assertionMethod"] == [first, third]
    assert [method["id"] for method in document["verificationMethod"]] == [first, second, third]
    assert document["verificationMethod"][1] == {
        "id": second,
        "type": "Multikey",
        "controller": OFFICE.did,
        "publicKeyMultibase": NEXT_KEY.multikey,
        "revoked": "2025-06-08T23:00:00Z",
    }


def test_a_key_is_its_own_did_in_demos() -> None:
    assert did_key(KEY) == f"did:key:{KEY.multikey}"
    assert (
        Issuer(did_key(KEY), "Peragaan", "http://localhost")
        .with_key(KEY, BEFORE)
        .find_key(KEY.multikey)
        is not None
    )
