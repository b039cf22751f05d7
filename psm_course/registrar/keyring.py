"""The office's signing keys: made, rotated, retired, struck off when they leaked. Private halves are sealed files; the list is public."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psm_course.credentials.documents import read_document
from psm_course.credentials.identity import did_key, did_web
from psm_course.credentials.key_files import read_key_file, write_key_file
from psm_course.credentials.keys import Issuer, PublicKey, SigningKey, read_issuer
from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Store

LIST = "keys.json"


@dataclass(frozen=True, slots=True)
class Signer:
    """The office with its key unlocked: what it takes to issue and to correct."""

    issuer: Issuer
    key: SigningKey


def find_issuer(settings: Settings) -> Issuer | None:
    """The office and every key it ever used; None before the first key."""
    path = settings.keys / LIST
    return read_issuer(read_document(path.read_bytes())) if path.is_file() else None


def get_issuer(settings: Settings) -> Issuer:
    found = find_issuer(settings)
    if found is None:
        raise Refused("Belum ada kunci penanda tangan. Buat dengan: psm keys new")
    return found


def new_key(store: Store, settings: Settings, organiser: str, passphrase: str, actor: str, now: datetime) -> Signer:
    """The office's first key. Refused when there is a key in use: that one is rotated."""
    issuer = find_issuer(settings)
    if issuer is not None and key_in_use(issuer) is not None:
        raise Refused("Sudah ada kunci yang dipakai. Ganti dengan: psm keys rotate")
    key = SigningKey.new()
    fresh = issuer or Issuer(_did(settings, key), organiser, settings.site_address or "https://situs.belum.diatur")
    return _put_in_use(store, settings, fresh, key, passphrase, "key made", actor, now)


def rotate_key(store: Store, settings: Settings, passphrase: str, actor: str, now: datetime) -> Signer:
    """A new key that signs from now on; the one before is retired, and what it signed stands."""
    issuer = get_issuer(settings)
    if issuer.did.startswith("did:key:"):
        raise Refused(
            "Kunci ini dibuat untuk percobaan, sebelum alamat situs diatur. "
            f"Isi site_address di psm.toml, pindahkan folder {settings.keys}, lalu: psm keys new"
        )
    return _put_in_use(store, settings, issuer, SigningKey.new(), passphrase, "key rotated", actor, now)


def retire_key(store: Store, settings: Settings, multikey: str, actor: str, now: datetime) -> Issuer:
    """The key signs no more; what it signed stands."""
    retired = get_issuer(settings).with_retired(find_multikey(settings, multikey), now)
    return _note(store, settings, retired, "key retired", multikey, actor, now)


def mark_compromised(store: Store, settings: Settings, multikey: str, actor: str, now: datetime) -> Issuer:
    """The key leaked: nothing it signed is believed any more, until it is signed anew with another (`resigning`)."""
    struck = get_issuer(settings).with_compromised(find_multikey(settings, multikey), now)
    return _note(store, settings, struck, "key compromised", multikey, actor, now)


def open_signer(settings: Settings, passphrase: str) -> Signer:
    """The office with the key that is in use. Refused when there is none, or the passphrase is wrong."""
    issuer = get_issuer(settings)
    current = key_in_use(issuer)
    if current is None:
        raise Refused("Tidak ada kunci yang dipakai. Buat dengan: psm keys new")
    return Signer(issuer, read_key_file(key_path(settings, current.multikey), passphrase))


def key_in_use(issuer: Issuer) -> PublicKey | None:
    return next((key for key in reversed(issuer.keys) if key.in_use), None)


def key_path(settings: Settings, multikey: str) -> Path:
    return settings.keys / f"{multikey[-12:]}.kunci"


def find_multikey(settings: Settings, written: str) -> str:
    """A key by its whole name or by its last letters. Refused when that is none of ours, or more than one."""
    found = [key.multikey for key in get_issuer(settings).keys if written and key.multikey.endswith(written)]
    if len(found) != 1:
        raise Refused(f'Kunci "{written}" tidak ada di daftar kunci. Lihat daftarnya: psm keys list')
    return found[0]


def _did(settings: Settings, key: SigningKey) -> str:
    """The site's own address; before it is known, a name that only this key carries (for trials and the demo)."""
    has_a_name = settings.site_address and not settings.site_address.startswith("http://127.0.0.1")
    return did_web(settings.site_address) if has_a_name else did_key(key)


def _put_in_use(
    store: Store, settings: Settings, issuer: Issuer, key: SigningKey, passphrase: str, verb: str, actor: str, now: datetime
) -> Signer:
    """The key file first: a crash in between leaves a key that nobody lists, never a listed key that nobody has."""
    listed = issuer.with_key(key, now)
    write_key_file(key_path(settings, key.multikey), key, passphrase)
    _note(store, settings, listed, verb, key.multikey, actor, now)
    return Signer(listed, key)


def _note(store: Store, settings: Settings, issuer: Issuer, verb: str, multikey: str, actor: str, now: datetime) -> Issuer:
    with store.transaction() as tx:
        audit.note(tx, actor, verb, multikey[-12:], now)
        _write_list(settings, issuer)
    return issuer


def _write_list(settings: Settings, issuer: Issuer) -> None:
    path = settings.keys / LIST
    half = path.with_suffix(".part")
    with half.open("w", encoding="utf-8") as stream:
        json.dump(issuer.to_json(), stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(path)
