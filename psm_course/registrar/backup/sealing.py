"""Sealing a backup by age (age-encryption.org): anybody may seal, only who has the passphrase opens. Decision 0074.

A sealed backup is a ZIP of three members: a page to read, the age identity sealed by the passphrase, and the contents sealed to its
recipient. So the file opens on a laptop that has nothing else, with the tools of age too: `unzip`, then `age -d -i kunci.age isi.age`. Its
last 64 letters are the SHA-256 of all before them, so that a copy that was cut off or hurt is known before anybody types a passphrase.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from psm_course.credentials.documents import Unreadable, read_document
from psm_course.errors import Refused
from psm_course.local_time import moment
from psm_course.registrar.files import write_whole
from psm_course.settings import Settings

KEY_FILE = "cadangan.kunci"
KEY_FORMAT = "psm-backup-key/1"
README, IDENTITY, CONTENTS = "BACA-SAYA.txt", "kunci.age", "isi.age"
_DIGEST = 64  # letters of a SHA-256, the ZIP's comment
_LARGEST_IDENTITY = 10_000
_PART = 1 << 20
_BROKEN = "rusak: sebagian isinya berubah, atau belum tersalin sampai habis. Tidak ada yang diubah. Pakai salinan lain"
_READ_ME = """Cadangan register PSM dari kantor {office}, dibuat {made}.

Isinya disegel. Untuk memulihkannya di laptop mana pun, dengan frasa sandi kunci kantor saat cadangan ini dibuat:

    psm restore {name}

Tanpa program itu pun dapat dibuka, dengan alat age: age -d -i kunci.age isi.age > isi.zip
"""


@dataclass(frozen=True, slots=True)
class BackupKey:
    """To whom backups are sealed (`age1…`), and the identity that opens them, itself sealed by a passphrase (age, armoured)."""

    recipient: str
    sealed: str


def find_backup_key(settings: Settings) -> BackupKey | None:
    """None before the office has one. Refused when the file is broken."""
    path = settings.keys / KEY_FILE
    if not path.is_file():
        return None
    try:
        document = read_document(path.read_bytes())
        if document["format"] != KEY_FORMAT:
            raise Unreadable("another format")
        return BackupKey(str(x25519.Recipient.from_str(document["recipient"])), document["identity"])
    except (Unreadable, KeyError, TypeError, pyrage.RecipientError):
        raise Refused(f"Kunci cadangan {path} rusak. Pindahkan berkas itu, lalu: psm backup") from None


def make_backup_key(settings: Settings, passphrase: str) -> BackupKey:
    """A new pair, sealed by the passphrase; in place of the one before, whose sealed half every earlier backup carries along."""
    identity = x25519.Identity.generate()
    sealed = by_passphrase.encrypt(str(identity).encode(), passphrase, armored=True).decode()
    key = BackupKey(str(identity.to_public()), sealed)
    written = {"format": KEY_FORMAT, "recipient": key.recipient, "identity": key.sealed}
    write_whole(settings.keys / KEY_FILE, json.dumps(written, indent=1).encode() + b"\n")
    return key


def seal(contents: Path, key: BackupKey, target: Path, office: str, made: datetime) -> None:
    """The contents, sealed into a new file at `target`. OSError where it cannot be written."""
    name = target.name.removesuffix(".part")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as outer:
        outer.writestr(README, _READ_ME.format(office=office, made=moment(made), name=name))
        outer.writestr(IDENTITY, key.sealed)
        with contents.open("rb") as plain, outer.open(CONTENTS, "w", force_zip64=True) as sealed:
            pyrage.encrypt_io(plain, sealed, [x25519.Recipient.from_str(key.recipient)])
        outer.comment = b"0" * _DIGEST
    with target.open("r+b") as stream:
        digest = _digest_of_all_but_the_end(stream)
        stream.seek(-_DIGEST, 2)
        stream.write(digest)


def unseal(path: Path, passphrase: str, target: Path) -> None:
    """The contents of a sealed backup, written to `target`.

    Raises:
        Refused: it is no backup, it was hurt on the way, or the passphrase is another.
    """
    with _opened(path) as outer:
        identity = _identity(path, outer, passphrase)
        with outer.open(CONTENTS) as sealed, target.open("wb") as plain:
            try:
                pyrage.decrypt_io(sealed, plain, [identity])
            except (pyrage.DecryptError, zipfile.BadZipFile, EOFError, ValueError):
                raise Refused(f"Cadangan {path} {_BROKEN}.") from None


def refuse_broken(path: Path) -> None:
    """What can be said before anybody is asked for the passphrase. Refused as `unseal`."""
    with _opened(path):
        pass


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with path.open("rb") as stream:
        if not zipfile.is_zipfile(stream):
            raise Refused(f"{path} bukan cadangan buatan psm backup, atau {_BROKEN}.")
        digest = _digest_of_all_but_the_end(stream)
        stream.seek(-_DIGEST, 2)
        if stream.read() != digest:
            raise Refused(f"Cadangan {path} {_BROKEN}.")
        try:
            outer = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError):
            raise Refused(f"Cadangan {path} {_BROKEN}.") from None
        with outer:
            if outer.namelist() != [README, IDENTITY, CONTENTS]:
                raise Refused(f"{path} bukan cadangan buatan psm backup.")
            yield outer


def _identity(path: Path, outer: zipfile.ZipFile, passphrase: str) -> x25519.Identity:
    if outer.getinfo(IDENTITY).file_size > _LARGEST_IDENTITY:
        raise Refused(f"{path} bukan cadangan buatan psm backup.")
    try:
        return x25519.Identity.from_str(by_passphrase.decrypt(outer.read(IDENTITY), passphrase).decode())
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError):
        raise Refused(
            f"Cadangan {path} tidak terbuka: frasa sandinya salah. Pakai frasa sandi kunci kantor saat cadangan itu dibuat."
        ) from None


def _digest_of_all_but_the_end(stream: BinaryIO) -> bytes:
    """SHA-256, in letters, of everything before the last 64 bytes."""
    left = stream.seek(0, 2) - _DIGEST
    stream.seek(0)
    found = hashlib.sha256()
    while left > 0 and (part := stream.read(min(_PART, left))):
        found.update(part)
        left -= len(part)
    return found.hexdigest().encode()
