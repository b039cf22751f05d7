"""The office's offline key: made once, kept off the laptop, and used only to strike off a key that leaked. Decision 0129."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from psm_course.credentials.signing.key_files import seal, unseal
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.errors import Refused, cause
from psm_course.registrar.certificates.keyring import get_issuer, key_name, note_keys
from psm_course.registrar.files import private
from psm_course.settings import Settings
from psm_course.store.engine import Store

_LARGEST = 10_000


def check_new_root(settings: Settings, path: Path) -> Issuer:
    """The office; refused, before anybody thinks of a passphrase, where it has such a key, and for a file on the laptop's own folders."""
    issuer = get_issuer(settings)
    if issuer.root_key is not None:
        raise Refused(f"Kunci akar sudah ada (…{key_name(issuer.root_key)}) dan hanya dibuat satu kali. Pakai berkasnya atau salinannya.")
    for folder in (settings.root, settings.data):
        if path.resolve().is_relative_to(folder.resolve()):
            raise Refused(
                f"Kunci akar tidak boleh disimpan di folder kursus ({folder.resolve()}): siapa mencuri laptop akan mendapat keduanya. "
                "Tulis alamat di flashdisk, misalnya: psm keys root E:/akar.kunci"
            )
    if path.exists():
        raise Refused(f"{path} sudah ada dan tidak ditimpa. Tulis nama lain.")
    return issuer


def make_root_key(store: Store, settings: Settings, path: Path, passphrase: str, actor: str, now: datetime) -> Issuer:
    """A new offline key in a sealed file; of it the laptop keeps the public half. Refused as `check_new_root`."""
    issuer, key = check_new_root(settings, path), SigningKey.new()
    sealed = seal(key, passphrase)
    try:
        with open(path, "xb", opener=private) as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat ditulis: {cause(error)}.") from None
    with store.transaction() as tx:
        return note_keys(tx, settings, replace(issuer, root_key=key.multikey), "root key made", key.multikey, actor, now)


def open_root_key(settings: Settings, path: Path, passphrase: str) -> SigningKey:
    """The offline key from wherever it is kept: a flash drive keeps no rights, so nobody asks who else may read it.

    Refused when it is not this office's, or the passphrase is wrong.
    """
    wanted = get_issuer(settings).root_key
    if wanted is None:
        raise Refused("Kantor ini belum punya kunci akar. Buat dengan: psm keys root BERKAS")
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST)
    except OSError as error:
        raise Refused(f"Berkas kunci {path} tidak dapat dibaca: {cause(error)}.") from None
    key = unseal(raw, passphrase, f"Berkas kunci {path}")
    if key.multikey != wanted:
        raise Refused(f"{path} bukan kunci akar kantor ini (…{key_name(wanted)}). Pakai berkas yang benar, atau salinannya.")
    return key
