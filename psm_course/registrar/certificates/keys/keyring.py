"""The office's signing keys: make, rotate, retire, mark as leaked.

The private half of each key is in a sealed file: encrypted with a passphrase. The list of the
public halves is not encrypted. The key that decrypts backups is in `backup_key`, the offline key in
`root_key`.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.signing.identity import did_key, did_web
from psm_course.credentials.signing.key_files import read_key_file, write_key_file
from psm_course.credentials.signing.keys import (
    Issuer,
    PublicKey,
    SigningKey,
    log_key_json,
    read_issuer,
)
from psm_course.errors import Refused
from psm_course.local_time import day
from psm_course.registrar.certificates.keys.backup_key import make_backup_key
from psm_course.registrar.files import write_whole
from psm_course.registrar.log.log_key import log_keys
from psm_course.registrar.reasons import make_reason
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Connection, Store
from psm_course.store.log.epochs import log_host, raise_epoch
from psm_course.store.log.state import log_state

NO_SITE = "https://situs.belum.diatur"
_SHORTEST_ENDING = 4


@dataclass(frozen=True, slots=True)
class Signer:
    """The office with its unlocked signing key, which issuing and correcting need.

    `settings` name the folders of published and printed files. Before the office signs, the
    register is compared with these files. If a file is newer, the register is an old copy, and
    signing is refused. If `settings` is None, nothing is compared.
    """

    issuer: Issuer
    key: SigningKey
    settings: Settings | None = None


def find_issuer(settings: Settings) -> Issuer | None:
    """Read the office's identity and every key it ever used; None before the office has a key.

    Raises:
        Refused: the list of keys is broken.
    """
    path = settings.key_list
    try:
        if not path.is_file():
            return None
        return replace(read_issuer(read_document(path.read_bytes())), log_keys=log_keys(settings))
    except Unreadable:
        raise Refused(
            f"Daftar kunci {path} rusak. Kembalikan berkas itu dari salinan folder kunci; jangan"
            " membuat kunci baru."
        ) from None


def get_issuer(settings: Settings) -> Issuer:
    """Read the office's identity and every key it ever used.

    Raises:
        Refused: there is no key yet, or the list of keys is broken.
    """
    found = find_issuer(settings)
    if found is None:
        raise Refused("Belum ada kunci penanda tangan. Buat dengan: psm keys new")
    return found


def keys_now(settings: Settings) -> Json:
    """Make the content of `keys.json`, the published list of keys, from the present keys.

    The built site may have an older `keys.json`. Before the office has a signing key, the content
    is the log keys only.

    Raises:
        Refused: a list of keys is broken.
    """
    issuer = find_issuer(settings)
    if issuer is not None:
        return issuer.to_json()
    return {"log_keys": [log_key_json(key) for key in log_keys(settings)]}


def new_key(
    store: Store, settings: Settings, organiser: str, passphrase: str, actor: str, now: datetime
) -> Signer:
    """Make the office's first key, or the next one if no key is in use; return it unlocked.

    `organiser` is the office's name, which is used only for the first key.

    Raises:
        Refused: a key is in use (then rotate it), or the office has a key for trials (a key that
            was made before the site had an address).
    """
    key = SigningKey.new()
    with store.transaction() as tx:
        office = check_new_key(settings) or _new_office(settings, organiser, key)
        made = _put_in_use(tx, settings, office, key, passphrase, "key made", actor, now)
        _name_log_by_site(tx, made.issuer, actor, now)
    return made


def check_new_key(settings: Settings) -> Issuer | None:
    """Check that a new key may be made, before the passphrase is asked.

    Returns the office's identity and keys; None if the office never had a key.

    Raises:
        Refused: a key is in use (then rotate it), or the office has a key for trials (a key that
            was made before the site had an address).
    """
    issuer = find_issuer(settings)
    if issuer is not None:
        if key_in_use(issuer) is not None:
            raise Refused("Sudah ada kunci yang dipakai. Ganti dengan: psm keys rotate")
        _refuse_second_trial(settings, issuer)
    return issuer


def check_rotation(settings: Settings) -> Issuer:
    """Check that the key may be rotated, before the passphrase is asked.

    Returns the office's identity and keys.

    Raises:
        Refused: there is no key, or the key is for trials: it was made before the site had an
            address, and cannot be rotated.
    """
    issuer = get_issuer(settings)
    _refuse_second_trial(settings, issuer)
    return issuer


def rotate_key(
    store: Store, settings: Settings, passphrase: str, actor: str, now: datetime
) -> Signer:
    """Make a key that signs from now on, and retire the key before it.

    All that the earlier key signed stays valid.

    Raises:
        Refused: there is no key, or the key is for trials: it was made before the site had an
            address, and cannot be rotated.
    """
    with store.transaction() as tx:
        issuer, key = check_rotation(settings), SigningKey.new()
        return _put_in_use(tx, settings, issuer, key, passphrase, "key rotated", actor, now)


def retire_key(
    store: Store, settings: Settings, multikey: str, actor: str, now: datetime
) -> Issuer:
    """Stop using a key. All that it signed stays valid. Returns the office with its changed keys.

    Raises:
        Refused: the key is unknown, leaked, or already retired. A retired key keeps the day on
            which it was first retired.
    """
    with store.transaction() as tx:
        issuer = get_issuer(settings)
        key = _find_good(issuer, multikey)
        if key.retired_at is not None:
            raise Refused(f"Kunci itu sudah tidak dipakai sejak {day(key.retired_at)}.")
        retired = issuer.with_retired(key.multikey, now)
        return note_keys(tx, settings, retired, "key retired", key.multikey, actor, now)


def mark_compromised(
    store: Store, settings: Settings, multikey: str, actor: str, now: datetime
) -> Issuer:
    """Mark a key as leaked. Returns the office with its changed keys.

    All that the key signed is invalid until it is signed again (`correcting.resign_all`).

    Raises:
        Refused: the key is unknown, or marked already.
    """
    with store.transaction() as tx:
        issuer = get_issuer(settings)
        key = _find_good(issuer, multikey)
        struck = issuer.with_compromised(key.multikey, now)
        return note_keys(tx, settings, struck, "key compromised", key.multikey, actor, now)


def _find_good(issuer: Issuer, written: str) -> PublicKey:
    """Find a key by the last letters of its multikey; refuse a key that is marked as leaked."""
    key = find_key(issuer, written)
    if key.compromised_at is not None:
        raise Refused(f"Kunci itu sudah dicoret pada {day(key.compromised_at)}.")
    return key


def open_signer(settings: Settings, passphrase: str) -> Signer:
    """Unlock the key in use; return the office with this key.

    Raises:
        Refused: no key is in use, the passphrase is wrong, the key file is broken or has another
            key, or the site's address in the settings is not the one in the list of keys.
    """
    issuer = get_issuer(settings)
    site = settings.site_address.rstrip("/")
    # Printed QR codes lead to the old address for ever.
    if site and issuer.site not in (site, NO_SITE):
        raise Refused(
            f"Alamat situs di psm.toml ({site}) bukan alamat yang tertulis di kunci"
            f" ({issuer.site}), dan kode QR lama menunjuk ke sana. Kembalikan site_address, atau"
            f" pindahkan folder {settings.keys} lalu buat kunci baru: psm keys new"
        )
    current = key_in_use(issuer)
    if current is None:
        raise Refused("Tidak ada kunci yang dipakai. Buat dengan: psm keys new")
    path = key_path(settings, current.multikey)
    key = read_key_file(path, passphrase)
    if key.multikey != current.multikey:
        raise Refused(f"Berkas kunci {path} tertukar dengan kunci lain. Pakai salinannya.")
    return Signer(issuer, key, settings)


def make_key_for_backups(settings: Settings, passphrase: str) -> None:
    """Make the backup key of an office whose signing key was made before there were backups.

    Raises:
        Refused: the signing key cannot be unlocked; for example, the passphrase is wrong.
    """
    key = open_signer(settings, passphrase).key
    make_backup_key(settings, key, key_path(settings, key.multikey).read_bytes())


def key_in_use(issuer: Issuer) -> PublicKey | None:
    """The key that signs now; None if no key is in use."""
    return next((key for key in reversed(issuer.keys) if key.in_use), None)


def key_name(multikey: str) -> str:
    """The short name of a key: the last twelve letters of its multikey."""
    return multikey[-12:]


def key_path(settings: Settings, multikey: str) -> Path:
    """The path of the encrypted file that holds the private half of a key."""
    return settings.keys / f"{key_name(multikey)}.kunci"


def find_key(issuer: Issuer, written: str) -> PublicKey:
    """Find a key by its multikey, or by the last letters of its multikey (at least four).

    Raises:
        Refused: no key of the office ends with these letters, or more than one does.
    """
    # Shorter endings would soon fit more than one key.
    found = [
        key
        for key in issuer.keys
        if len(written) >= _SHORTEST_ENDING and key.multikey.endswith(written)
    ]
    if len(found) != 1:
        raise Refused(
            f'Kunci "{written}" tidak ada di daftar kunci. Lihat daftarnya: psm keys list'
        )
    return found[0]


def _new_office(settings: Settings, organiser: str, key: SigningKey) -> Issuer:
    """Make the identity (DID) of a new office.

    The DID is made from the address of the site. If there is no address, or the address is this
    computer (`localhost`), the DID is made from the key.
    """
    site = settings.site_address.rstrip("/")
    if not site or urlsplit(site).hostname in ("127.0.0.1", "localhost"):
        return Issuer(did_key(key), organiser, site or NO_SITE)
    return Issuer(did_web(site), organiser, site)


def is_for_trials(issuer: Issuer) -> bool:
    """True if the office's keys were made before the site had an address.

    Such keys cannot be looked up on a site, so outsiders cannot find out whose they are.
    """
    return issuer.did.startswith("did:key:")


def _name_log_by_site(tx: Connection, issuer: Issuer, actor: str, now: datetime) -> None:
    """Begin a new epoch of the log if the name of the log has another host than the site.

    The name of a log begins with the host of the site that publishes the log. If the site has no
    address yet, nothing changes.
    """
    host = "" if issuer.site == NO_SITE else log_host(issuer.site)
    if host and host != log_state(tx).origin.partition("/")[0]:
        raise_epoch(tx, host, actor, now, make_reason("alamat situs ditetapkan", (), ()))


def _refuse_second_trial(settings: Settings, issuer: Issuer) -> None:
    if is_for_trials(issuer) and issuer.keys:
        raise Refused(
            "Kunci ini dibuat untuk percobaan, sebelum alamat situs diatur, dan hanya dapat"
            f" dipakai satu kali. Isi site_address di psm.toml, pindahkan folder {settings.keys},"
            " lalu: psm keys new"
        )


def _put_in_use(
    tx: Connection,
    settings: Settings,
    issuer: Issuer,
    key: SigningKey,
    passphrase: str,
    verb: str,
    actor: str,
    now: datetime,
) -> Signer:
    """Write the files of a new key, then list it as the key in use.

    A crash between these two steps leaves a key that is not listed, never a listed key without a
    file. `verb` is the verb of the event in the log, such as "key made".
    """
    listed = issuer.with_key(key, now)
    path = key_path(settings, key.multikey)
    write_key_file(path, key, passphrase)
    make_backup_key(settings, key, path.read_bytes())
    note_keys(tx, settings, listed, verb, key.multikey, actor, now)
    return Signer(listed, key, settings)


def note_keys(
    tx: Connection,
    settings: Settings,
    issuer: Issuer,
    verb: str,
    multikey: str,
    actor: str,
    now: datetime,
) -> Issuer:
    """Write the list of keys to its file, and an event about the key `multikey` into the log.

    `verb` is the verb of the event, such as "key retired". Returns `issuer` unchanged.
    """
    audit.note(tx, actor, verb, key_name(multikey), now)
    # Last: if the file cannot be written, the event is not kept either.
    write_whole(
        settings.key_list, json.dumps(issuer.to_json(), ensure_ascii=False, indent=1).encode()
    )
    return issuer
