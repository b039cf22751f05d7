"""Seal a backup with age (age-encryption.org): only opening needs the passphrase (decision 0074).

A sealed backup is a ZIP of three members: a text that explains the backup, the key sealed by the
passphrase, and the contents sealed by age. The last 64 bytes are the SHA-256, in hexadecimal, of
everything before them. So a cut or damaged copy is noticed before anybody types a passphrase.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519

from psm_course.errors import Refused
from psm_course.local_time import moment
from psm_course.registrar.certificates.keys.backup_key import BackupKey, open_backup_key

README, KEY, CONTENTS = "BACA-SAYA.txt", "kunci.json", "isi.age"
_DIGEST = 64  # letters of a SHA-256: the ZIP's comment
_LARGEST_KEY = 10_000
_PART = 1 << 20
_BROKEN = (
    "rusak: sebagian isinya berubah, atau belum tersalin sampai habis. Tidak ada yang diubah. Pakai"
    " salinan lain."
)
_READ_ME = """Cadangan register PSM dari kantor {office}, dibuat {made}.

Isinya disegel. Untuk memulihkannya di laptop mana pun, dengan frasa sandi kunci kantor saat
cadangan ini dibuat:

    psm restore {name}
"""


def seal(
    contents: Path, key: BackupKey, target: Path, name: str, office: str, made: datetime
) -> None:
    """Seal a plain ZIP into a new file.

    Args:
        contents: the plain ZIP.
        key: the backup key.
        target: the file to write.
        name, office, made: the final name of the backup, the office's code and the moment of the
            backup. They are written into the text that explains the backup.

    Raises:
        OSError: the file cannot be written.
    """
    # Stored: what is encrypted cannot be made smaller.
    with target.open("wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as outer:
        outer.writestr(README, _READ_ME.format(office=office, made=moment(made), name=name))
        outer.writestr(KEY, key.text)
        with contents.open("rb") as plain, outer.open(CONTENTS, "w", force_zip64=True) as sealed:
            pyrage.encrypt_io(plain, sealed, [x25519.Recipient.from_str(key.recipient)])
        # Room for the digest, which is written over it: the ZIP's own length field must not change.
        outer.comment = b"0" * _DIGEST
    with target.open("r+b") as written:
        digest = _digest_of_all_but_the_end(written)
        written.seek(-_DIGEST, 2)
        written.write(digest)


def unseal(path: Path, passphrase: str, target: Path) -> None:
    """Write the plain ZIP of a sealed backup to `target`.

    Raises:
        Refused: the file is no backup, it was damaged, or the passphrase is wrong.
    """
    with _opened(path) as outer:
        # Read whole below: a forged file must not fill the memory.
        if outer.getinfo(KEY).file_size > _LARGEST_KEY:
            raise Refused(f"{path} bukan cadangan buatan psm backup.")
        identity = open_backup_key(outer.read(KEY), passphrase, f"Cadangan {path}")
        with outer.open(CONTENTS) as sealed, target.open("wb") as plain:
            try:
                pyrage.decrypt_io(sealed, plain, [identity])
            except (pyrage.DecryptError, zipfile.BadZipFile, EOFError, ValueError):
                raise Refused(f"Cadangan {path} {_BROKEN}") from None


def refuse_broken(path: Path) -> None:
    """Check that a sealed backup is complete, before the passphrase is asked.

    Raises:
        Refused: the file is no backup, or it was damaged.
    """
    with _opened(path):
        pass


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            raise Refused(f"{path} bukan cadangan buatan psm backup. Tidak ada yang diubah.")
        digest = _digest_of_all_but_the_end(stream)
        # `min`: a file of less than 64 bytes has no place so far from its end.
        stream.seek(-min(_DIGEST, path.stat().st_size), 2)
        if stream.read() != digest:
            raise Refused(f"{path} bukan cadangan buatan psm backup, atau {_BROKEN}")
        try:
            outer = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError):
            raise Refused(f"Cadangan {path} {_BROKEN}") from None
        with outer:
            if outer.namelist() != [README, KEY, CONTENTS]:
                raise Refused(f"{path} bukan cadangan buatan psm backup. Tidak ada yang diubah.")
            yield outer


def _digest_of_all_but_the_end(stream: BinaryIO) -> bytes:
    """The SHA-256, as hexadecimal bytes, of everything before the last 64 bytes."""
    left = stream.seek(0, 2) - _DIGEST
    stream.seek(0)
    found = hashlib.sha256()
    while left > 0 and (part := stream.read(min(_PART, left))):
        found.update(part)
        left -= len(part)
    return found.hexdigest().encode()
