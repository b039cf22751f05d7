"""Signing keys: the private half, and the public list that says which keys to believe, and until when. On disk: `key_files`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from psm_course.credentials.documents import instant, written
from psm_course.credentials.signing.multibase import from_multikey, to_multikey
from psm_course.errors import Refused

FORMAT = "psm-keys/1"
KEY_LIST_NOT_READ = "Daftar kunci tidak terbaca. Pakai keys.json yang diterbitkan bersama situs."


@dataclass(frozen=True)
class SigningKey:
    """The private half of an Ed25519 key. It never shows itself in a log: `repr` gives the public half."""

    _private: Ed25519PrivateKey

    @classmethod
    def new(cls) -> SigningKey:
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key of 32 given bytes: one unsealed, a published test vector, a repeatable demo."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @cached_property
    def multikey(self) -> str:
        """The public half, `z6Mk…`; also the key's id."""
        return to_multikey(self._private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"SigningKey({self.multikey})"

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    @property
    def private(self) -> Ed25519PrivateKey:
        """The private half as the library has it; only for what signs in a form of its own (`vc_jwt`)."""
        return self._private

    def seed(self) -> bytes:
        """The private half itself; only to be sealed (`key_files`)."""
        return self._private.private_bytes_raw()


@dataclass(frozen=True)
class PublicKey:
    """A key as published. `retired_at`: signs no more, but what it signed stands. `compromised_at`: nothing it signed is believed."""

    multikey: str
    created: datetime
    retired_at: datetime | None = None
    compromised_at: datetime | None = None

    @cached_property
    def _raw(self) -> bytes:
        return from_multikey(self.multikey)

    @cached_property
    def kid(self) -> bytes:
        """Four bytes that find the key of a token; they prove nothing."""
        return hashlib.sha256(self._raw).digest()[:4]

    @property
    def in_use(self) -> bool:
        return self.retired_at is None and self.compromised_at is None

    def has_signed(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self._raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Issuer:
    """An office that signs: its DID, its name, the address of its site (no slash at the end) and every key it ever used.

    `log_keys` sign its log and its receipts, and nothing else: no certificate is believed for their sake. `root_key` is its offline key,
    by whose word alone a key is struck off; None before it was made.
    """

    did: str
    name: str
    site: str
    keys: tuple[PublicKey, ...] = ()
    log_keys: tuple[PublicKey, ...] = ()
    root_key: str | None = None

    def find_key(self, multikey: str) -> PublicKey | None:
        return next((key for key in self.keys if key.multikey == multikey), None)

    def with_key(self, key: SigningKey, now: datetime) -> Issuer:
        """The list with one key more, which signs from now on; the one before it is retired."""
        if self.find_key(key.multikey):
            raise Refused("Kunci itu sudah ada di daftar kunci.")
        earlier = tuple(replace(each, retired_at=now) if each.in_use else each for each in self.keys)
        return replace(self, keys=(*earlier, PublicKey(key.multikey, now)))

    def with_retired(self, multikey: str, now: datetime) -> Issuer:
        return self._with(replace(self._get_key(multikey), retired_at=now))

    def with_compromised(self, multikey: str, now: datetime) -> Issuer:
        """From now on nothing that this key signed is believed: every record must be signed anew with another key."""
        return self._with(replace(self._get_key(multikey), compromised_at=now))

    def _get_key(self, multikey: str) -> PublicKey:
        key = self.find_key(multikey)
        if key is None:
            raise Refused(f"Kunci {multikey} tidak ada di daftar kunci.")
        return key

    def _with(self, changed: PublicKey) -> Issuer:
        return replace(self, keys=tuple(changed if key.multikey == changed.multikey else key for key in self.keys))

    def to_json(self) -> dict[str, Any]:
        """What `keys.json` holds."""
        listed = {"format": FORMAT, "issuer": self.did, "name": self.name, "site": self.site, "keys": [_key_json(key) for key in self.keys]}
        root = {"root_key": self.root_key} if self.root_key else {}
        return listed | root | ({"log_keys": [log_key_json(key) for key in self.log_keys]} if self.log_keys else {})


def read_issuer(document: Mapping[str, Any]) -> Issuer:
    """The issuer of a `keys.json`. Refused when it is no such document."""
    try:
        if document["format"] != FORMAT:
            raise Refused(KEY_LIST_NOT_READ)
        keys = tuple(_read_key(key) for key in document["keys"])
        log_keys = tuple(read_log_key(key) for key in document.get("log_keys", ()))
        root = document.get("root_key")
        issuer = Issuer(document["issuer"], document["name"], document["site"], keys, log_keys, root)
        if root is not None:
            from_multikey(root)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(KEY_LIST_NOT_READ) from None
    if not all(isinstance(each, str) for each in (issuer.did, issuer.name, issuer.site)):
        raise Refused(KEY_LIST_NOT_READ)
    return issuer


def _key_json(key: PublicKey) -> dict[str, Any]:
    return {
        "public_key": key.multikey,
        "created": written(key.created),
        "retired_at": written(key.retired_at) if key.retired_at else None,
        "compromised_at": written(key.compromised_at) if key.compromised_at else None,
    }


def _read_key(entry: Mapping[str, Any]) -> PublicKey:
    from_multikey(entry["public_key"])
    retired, compromised = entry["retired_at"], entry["compromised_at"]
    return PublicKey(
        entry["public_key"],
        instant(entry["created"]),
        instant(retired) if retired is not None else None,
        instant(compromised) if compromised is not None else None,
    )


def log_key_json(key: PublicKey) -> dict[str, Any]:
    """A log key as lists of them name it."""
    return {"multikey": key.multikey, "created": written(key.created)} | ({"retired": written(key.retired_at)} if key.retired_at else {})


def read_log_key(entry: Mapping[str, Any]) -> PublicKey:
    """One of such a list; KeyError, TypeError or ValueError for what is none."""
    from_multikey(entry["multikey"])
    retired = entry.get("retired")
    return PublicKey(entry["multikey"], instant(entry["created"]), instant(retired) if retired is not None else None)
