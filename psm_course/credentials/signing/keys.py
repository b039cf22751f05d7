"""Signing keys: private keys, and the public list of an office's keys, with dates.

The files of private keys are in `key_files`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
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
    """A private Ed25519 key. `repr` shows only the public half, to keep the key out of logs."""

    private: Ed25519PrivateKey

    @classmethod
    def new(cls) -> SigningKey:
        """Make a new random key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """Make the key from its 32 private bytes, as `SigningKey.seed` returns them.

        This is used for a key from a key file, a test vector or a repeatable demo.
        """
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @cached_property
    def multikey(self) -> str:
        """The public half of the key as text, `z6Mk…`. This text is also the id of the key."""
        return to_multikey(self.private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"SigningKey({self.multikey})"

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of a message (64 bytes)."""
        return self.private.sign(message)

    def seed(self) -> bytes:
        """Return the 32 bytes of the private key; only for encrypting it (`key_files`)."""
        return self.private.private_bytes_raw()


@dataclass(frozen=True)
class PublicKey:
    """A public key of an office, as published, with its dates.

    From `retired_at` on, the key signs nothing more, but its earlier signatures stay valid. If
    `compromised_at` is set, no signature of the key is believed.
    """

    multikey: str
    created: datetime
    retired_at: datetime | None = None
    compromised_at: datetime | None = None

    @cached_property
    def _raw(self) -> bytes:
        return from_multikey(self.multikey)

    @cached_property
    def kid(self) -> bytes:
        """The first four bytes of the key's SHA-256, by which a token names the key.

        The four bytes only help to find the key quickly. Two keys can have the same four bytes, so
        the signature must be checked with the key itself.
        """
        return hashlib.sha256(self._raw).digest()[:4]

    @property
    def in_use(self) -> bool:
        """True if the key may sign now: it is neither retired nor compromised."""
        return self.retired_at is None and self.compromised_at is None

    def has_signed(self, signature: bytes, message: bytes) -> bool:
        """True if this key made this signature, and the signed message is exactly `message`."""
        try:
            _checking(self._raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@lru_cache(maxsize=16)
def _checking(raw: bytes) -> Ed25519PublicKey:
    """Return a public key (32 bytes) as an object of `cryptography` that checks signatures.

    The object is cached, because most certificates that are checked together have the same key.
    """
    return Ed25519PublicKey.from_public_bytes(raw)


@dataclass(frozen=True)
class Issuer:
    """An office that signs: its DID, name, site and every key that it ever used.

    `site` is an address without a slash at the end. `log_keys` sign the office's log and receipts
    only, never a certificate. `root_key` is the office's offline key (multikey), the only key that
    may strike off another key; None before the offline key was made.
    """

    did: str
    name: str
    site: str
    keys: tuple[PublicKey, ...] = ()
    log_keys: tuple[PublicKey, ...] = ()
    root_key: str | None = None

    def find_key(self, multikey: str) -> PublicKey | None:
        """Return the key with this multikey; None if the office has no such key."""
        return next((key for key in self.keys if key.multikey == multikey), None)

    def with_key(self, key: SigningKey, now: datetime) -> Issuer:
        """Return a copy of the office with one more key, which signs from now on.

        The key in use until now is retired.

        Raises:
            Refused: the key is already listed.
        """
        if self.find_key(key.multikey):
            raise Refused("Kunci itu sudah ada di daftar kunci.")
        earlier = tuple(
            replace(each, retired_at=now) if each.in_use else each for each in self.keys
        )
        return replace(self, keys=(*earlier, PublicKey(key.multikey, now)))

    def with_retired(self, multikey: str, now: datetime) -> Issuer:
        """Return a copy of the office in which this key is retired; its signatures stay valid.

        Raises:
            Refused: the key is not listed.
        """
        return self._with(replace(self._get_key(multikey), retired_at=now))

    def with_compromised(self, multikey: str, now: datetime) -> Issuer:
        """Return a copy of the office in which no signature of this key is believed.

        Every record that the key signed must be signed again.

        Raises:
            Refused: the key is not listed.
        """
        return self._with(replace(self._get_key(multikey), compromised_at=now))

    def _get_key(self, multikey: str) -> PublicKey:
        key = self.find_key(multikey)
        if key is None:
            raise Refused(f"Kunci {multikey} tidak ada di daftar kunci.")
        return key

    def _with(self, changed: PublicKey) -> Issuer:
        return replace(
            self,
            keys=tuple(changed if key.multikey == changed.multikey else key for key in self.keys),
        )

    def to_json(self) -> dict[str, Any]:
        """The office and its keys as the content of `keys.json`."""
        listed = {
            "format": FORMAT,
            "issuer": self.did,
            "name": self.name,
            "site": self.site,
            "keys": [_key_json(key) for key in self.keys],
        }
        if self.root_key:
            listed["root_key"] = self.root_key
        if self.log_keys:
            listed["log_keys"] = [log_key_json(key) for key in self.log_keys]
        return listed


def read_issuer(document: Mapping[str, Any]) -> Issuer:
    """Read an office and its public keys from the content of a `keys.json`.

    Raises:
        Refused: the content is not that of a `keys.json`.
    """
    try:
        if document["format"] != FORMAT:
            raise Refused(KEY_LIST_NOT_READ)
        keys = tuple(_read_key(key) for key in document["keys"])
        log_keys = tuple(read_log_key(key) for key in document.get("log_keys", ()))
        root = document.get("root_key")
        issuer = Issuer(
            document["issuer"], document["name"], document["site"], keys, log_keys, root
        )
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
    """Return a log key as an entry of `log_keys` in `keys.json`."""
    return {"multikey": key.multikey, "created": written(key.created)} | (
        {"retired": written(key.retired_at)} if key.retired_at else {}
    )


def read_log_key(entry: Mapping[str, Any]) -> PublicKey:
    """Read one entry of `log_keys` in a `keys.json`.

    Raises:
        KeyError: a field is missing.
        TypeError: a field has the wrong type.
        ValueError: the key or a time is invalid.
    """
    from_multikey(entry["multikey"])
    retired = entry.get("retired")
    return PublicKey(
        entry["multikey"],
        instant(entry["created"]),
        instant(retired) if retired is not None else None,
    )
