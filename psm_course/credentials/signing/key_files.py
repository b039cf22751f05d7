"""Key files: sealed with a passphrase, readable by their owner only.

A key file is written completely or not at all, and never overwritten.

The file is encrypted with AES-256-GCM. The encryption key is computed from the passphrase with
scrypt (RFC 7914). So a thief who guesses passphrases needs 128 MB of memory and a third of a second
for each guess. The usual key files of our library (PKCS#8) are weaker: only 2,048 rounds of PBKDF2.
Decision 0019.
"""

import base64
import json
import os
import stat
import sys
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.signing.keys import SigningKey
from psm_course.errors import Refused, cause

FORMAT = "psm-signing-key/1"
SHORTEST_PASSPHRASE = 12
_LARGEST = 10_000


def seal(key: SigningKey, passphrase: str) -> bytes:
    """Encrypt a key with a passphrase; returns the content of a key file.

    The content is JSON. The public half of the key can be read without the passphrase.

    Raises:
        Refused: the passphrase is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(
            f"Frasa sandi kunci terlalu pendek: pakai sedikitnya {SHORTEST_PASSPHRASE} huruf,"
            " misalnya empat kata acak."
        )
    salt, nonce = _new_salt(), os.urandom(12)
    sealed = AESGCM(_key_from(passphrase, salt)).encrypt(nonce, key.seed(), _bound(key.multikey))
    written = {
        "format": FORMAT,
        "public_key": key.multikey,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "sealed": _text(sealed),
    }
    return json.dumps(written, indent=1).encode() + b"\n"


def unseal(raw: bytes, passphrase: str, named: str = "Berkas kunci") -> SigningKey:
    """Decrypt the key in the content of a key file.

    Args:
        raw: the content of the file.
        named: the name of the file in error messages.

    Raises:
        Refused: the passphrase is wrong, or the content is not a sealed key.
    """
    document = _read(raw, named)
    try:
        salt, nonce, sealed = (
            base64.b64decode(document[name], validate=True) for name in ("salt", "nonce", "sealed")
        )
        seed = AESGCM(_key_from(passphrase, salt)).decrypt(
            nonce, sealed, _bound(document["public_key"])
        )
        return SigningKey.from_seed(seed)
    except (KeyError, TypeError, ValueError):
        raise Refused(f"{named} rusak. Pakai salinannya.") from None
    except InvalidTag:
        raise Refused(
            f"{named} tidak terbuka: frasa sandinya salah, atau berkasnya rusak. Coba lagi, atau"
            " pakai salinannya."
        ) from None


def write_key_file(path: Path, key: SigningKey, passphrase: str) -> None:
    """Write a new sealed key file with mode 0600, in a folder with mode 0700.

    Raises:
        Refused: the file exists (a key is never overwritten), the file cannot be written, or the
            passphrase is too short.
    """
    sealed = seal(key, passphrase)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat ditulis: {cause(error)}.") from None


def read_key_file(path: Path, passphrase: str) -> SigningKey:
    """Read and decrypt the key in a key file.

    Raises:
        Refused: other users may read the file, the passphrase is wrong, the file cannot be read, or
            the file contains no sealed key.
    """
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            raw = stream.read(_LARGEST)
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat dibaca: {cause(error)}.") from None
    # Windows keeps rights in lists that these bits do not show.
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refused(
            f"Berkas kunci {path} dapat dibuka orang lain (mode {stat.S_IMODE(mode):04o})."
            f" Jalankan: chmod 600 {path}"
        )
    return unseal(raw, passphrase, f"Berkas kunci {path}")


def _read(raw: bytes, named: str) -> Json:
    try:
        document = read_document(raw)
    except Unreadable:
        document = {}
    if document.get("format") != FORMAT:
        raise Refused(f"{named} bukan kunci penanda tangan. Pakai berkas buatan `psm keys new`.")
    return document


def _new_salt() -> bytes:
    return os.urandom(16)


def _key_from(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode())


def _bound(multikey: str) -> bytes:
    """Return the associated data for AES-GCM: the format and the public key of a key file.

    A key file contains format and public key unencrypted. Because of the associated data,
    decryption fails if somebody changed the public key in the file.
    """
    return f"{FORMAT} {multikey}".encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
