"""The offline key (`root key`): made once, and not kept on the laptop.

It is used only to strike off a key that leaked (decision 0129).
"""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from psm_course.credentials.signing.key_files import seal, unseal
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.errors import Refused, cause
from psm_course.registrar.certificates.keys.keyring import get_issuer, key_name, note_keys
from psm_course.registrar.files import private
from psm_course.settings import Settings
from psm_course.store.engine import Store

_LARGEST_FILE = 10_000


def check_new_root(settings: Settings, path: Path) -> Issuer:
    """Check that an offline key may be made at `path`, before the passphrase is asked.

    The offline key is called root key in the code (`root_key` of an `Issuer`). Returns the
    office's identity and keys.

    Raises:
        Refused: the office has no key yet, or has an offline key already; the file exists; or
            `path` is in the course's folder or the data folder of this laptop.
    """
    issuer = get_issuer(settings)
    if issuer.root_key is not None:
        raise Refused(
            f"Kunci akar sudah ada (…{key_name(issuer.root_key)}) dan hanya dibuat satu kali. Pakai"
            " berkasnya atau salinannya."
        )
    for folder in (settings.root, settings.data):
        if path.resolve().is_relative_to(folder.resolve()):
            raise Refused(
                f"Kunci akar tidak boleh disimpan di folder kursus ({folder.resolve()}): siapa"
                " mencuri laptop akan mendapat keduanya. Tulis alamat di flashdisk, misalnya: psm"
                " keys root E:/akar.kunci"
            )
    if path.exists():
        raise Refused(f"{path} sudah ada dan tidak ditimpa. Tulis nama lain.")
    return issuer


def make_root_key(
    store: Store, settings: Settings, path: Path, passphrase: str, actor: str, now: datetime
) -> Issuer:
    """Make the offline key in an encrypted file at `path`; the laptop keeps only its public half.

    Returns the office with its changed keys.

    Raises:
        Refused: the office has no key yet, or has an offline key already; the file exists or
            cannot be written; or `path` is in the course's folder or the data folder of this
            laptop.
    """
    issuer, key = check_new_root(settings, path), SigningKey.new()
    sealed = seal(key, passphrase)
    try:
        # Never over an existing file: it may be the only copy of another key.
        with open(path, "xb", opener=private) as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat ditulis: {cause(error)}.") from None
    # The file first: a listed key without a file would be lost, and no second one can be made.
    with store.transaction() as tx:
        made = replace(issuer, root_key=key.multikey)
        return note_keys(tx, settings, made, "root key made", key.multikey, actor, now)


def open_root_key(settings: Settings, path: Path, passphrase: str) -> SigningKey:
    """Unlock the offline key in the file at `path`, which may be in any folder.

    File permissions are not checked, because a flash drive has none.

    Raises:
        Refused: the office has no offline key, the file has another key or cannot be read, or the
            passphrase is wrong.
    """
    wanted = get_issuer(settings).root_key
    if wanted is None:
        raise Refused("Kantor ini belum punya kunci akar. Buat dengan: psm keys root BERKAS")
    try:
        with path.open("rb") as stream:
            # Any file may be named here, and a key file is small.
            raw = stream.read(_LARGEST_FILE)
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat dibaca: {cause(error)}.") from None
    key = unseal(raw, passphrase, f"Berkas kunci {path}")
    if key.multikey != wanted:
        raise Refused(
            f"{path} bukan kunci akar kantor ini (…{key_name(wanted)}). Pakai berkas yang benar,"
            " atau salinannya."
        )
    return key
