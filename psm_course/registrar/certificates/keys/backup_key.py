"""The backup key: made with each signing key and opened by the same passphrase (decision 0074).

The key has two parts (age, X25519). With the public `recipient` everybody may encrypt (seal) a
backup; only the secret identity decrypts a backup. The file of the backup key holds the identity,
encrypted with the signing key, and the signing key, encrypted with the passphrase. Each backup
holds a copy of this file. So a new laptop needs only a backup and the passphrase to restore.
"""

import base64
import json
import os
from dataclasses import dataclass

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import x25519

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.signing.key_files import unseal
from psm_course.credentials.signing.keys import SigningKey
from psm_course.errors import Refused
from psm_course.registrar.files import write_whole
from psm_course.settings import Settings

FILE = "cadangan.json"
FORMAT = "psm-backup-key/1"
_NONCE = 12


@dataclass(frozen=True, slots=True)
class BackupKey:
    """The backup key of an office.

    `recipient` (`age1…`) is the public part, which encrypts backups. `text` is the content of the
    key's JSON file, with the encrypted identity that decrypts backups.
    """

    recipient: str
    text: bytes


def make_backup_key(
    settings: Settings, signing: SigningKey, sealed_signing_key: bytes
) -> BackupKey:
    """Make a new backup key; its file replaces the file of the present backup key.

    Args:
        settings: has the folder of keys.
        signing: the signing key; its passphrase opens the backup key too.
        sealed_signing_key: the content of the signing key's file, which is copied into the new
            file.

    Raises:
        OSError: the file cannot be written.
    """
    identity = x25519.Identity.generate()
    nonce = os.urandom(_NONCE)
    # The format is authenticated too, so this cannot pass for another sealed thing.
    sealed = nonce + AESGCM(_key_from(signing)).encrypt(
        nonce, str(identity).encode(), FORMAT.encode()
    )
    document = {
        "format": FORMAT,
        "recipient": str(identity.to_public()),
        "identity": base64.b64encode(sealed).decode(),
        "signing_key": json.loads(sealed_signing_key),
    }
    text = json.dumps(document, indent=1).encode() + b"\n"
    write_whole(settings.keys / FILE, text)
    return BackupKey(str(identity.to_public()), text)


def find_backup_key(settings: Settings) -> BackupKey | None:
    """Read the backup key from its file; None before the office has a backup key.

    Raises:
        Refused: the file is broken.
    """
    path = settings.keys / FILE
    if not path.is_file():
        return None
    try:
        text = path.read_bytes()
        return BackupKey(str(x25519.Recipient.from_str(_read(text)["recipient"])), text)
    except (Unreadable, KeyError, TypeError, pyrage.RecipientError):
        raise Refused(
            f"Kunci cadangan {path} rusak. Pindahkan berkas itu, lalu: psm backup"
        ) from None


def open_backup_key(text: bytes, passphrase: str, named: str) -> x25519.Identity:
    """Decrypt the secret identity that opens backups.

    Args:
        text: the content of the backup key's file.
        passphrase: the passphrase of the signing key in that file.
        named: a name for the file in error messages, such as "Cadangan E:/a.zip".

    Raises:
        Refused: the passphrase is wrong, or the file is no backup key.
    """
    try:
        document = _read(text)
        signing = unseal(json.dumps(document["signing_key"]).encode(), passphrase, named)
        sealed = base64.b64decode(document["identity"], validate=True)
        opened = AESGCM(_key_from(signing)).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], FORMAT.encode()
        )
        return x25519.Identity.from_str(opened.decode())
    except (Unreadable, KeyError, TypeError, ValueError, InvalidTag, pyrage.IdentityError):
        raise Refused(
            f"{named} rusak: kuncinya tidak utuh. Tidak ada yang diubah. Pakai salinan lain."
        ) from None


def _read(text: bytes) -> Json:
    document = read_document(text)
    if document["format"] != FORMAT:
        raise Unreadable("another format")
    return document


def _key_from(signing: SigningKey) -> bytes:
    # Derived, so that the signing key itself never encrypts anything.
    return HKDF(SHA256(), 32, None, FORMAT.encode()).derive(signing.seed())
