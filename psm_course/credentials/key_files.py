"""Key files on disk: written whole, readable by their owner only, and refused when others can read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from psm_course.credentials.keys import SigningKey, unseal
from psm_course.errors import Refused, cause

_LARGEST = 10_000


def write_key_file(path: Path, key: SigningKey, passphrase: str) -> None:
    """A new sealed key file with mode 0600 in a folder with mode 0700. Refused when there is one already: a key is never overwritten."""
    pem = key.sealed(passphrase)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat ditulis: {cause(error)}.") from None


def read_key_file(path: Path, passphrase: str) -> SigningKey:
    """The key in the file. Refused when others may read it, when the passphrase is wrong or when it is no key."""
    try:
        with path.open("rb") as stream:
            if os.name != "nt":  # Windows keeps rights in lists that these bits do not show
                _refuse_shared(path, os.fstat(stream.fileno()).st_mode)
            pem = stream.read(_LARGEST)
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat dibaca: {cause(error)}.") from None
    return unseal(pem, passphrase, f"Berkas kunci {path}")


def _refuse_shared(path: Path, mode: int) -> None:
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refused(f"Berkas kunci {path} dapat dibuka orang lain (mode {stat.S_IMODE(mode):04o}). Jalankan: chmod 600 {path}")
