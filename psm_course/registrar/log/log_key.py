"""The log key signs checkpoints and receipts all day, so it has no passphrase (decision 0069).

At every publication the office key, which needs a passphrase, signs a snapshot that lists the log
keys. If the file of the log key is lost, a new log key is made at once, because a hand-in must not
wait. Earlier log keys stay in the list.
"""

import base64
import json
import os
import secrets
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from psm_course.credentials.documents import Json, Unreadable, instant, read_document, written
from psm_course.credentials.signing.keys import (
    PublicKey,
    SigningKey,
    log_key_json,
    read_issuer,
    read_log_key,
)
from psm_course.errors import Refused, cause
from psm_course.registrar.files import write_whole
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Store

KEY, LIST = "catatan.kunci", "catatan.json"

_KEY_FORMAT, _LIST_FORMAT = "psm-log-key/1", "psm-log-keys/1"
_LARGEST = 100_000
_NAME = 12  # last letters of a key, as `keyring.key_name`


def open_log_key(settings: Settings) -> SigningKey:
    """Open the log key; make a new one if its file does not exist.

    A key that is not yet in the list of log keys is added, and the earlier ones are retired.

    Raises:
        Refused: the key file can be read by others, is broken, or cannot be read or written; or the
            list is broken or cannot be read.
    """
    path = settings.keys / KEY
    key, created = _read_key(path) or _make_key(path)
    _list_key(settings, key, created)
    return key


def log_keys(settings: Settings) -> tuple[PublicKey, ...]:
    """Read every log key that this office ever had, oldest first; empty if there is no key yet.

    Raises:
        Refused: the list is broken or cannot be read.
    """
    path = settings.keys / LIST
    try:
        document = read_document(path.read_bytes())
        return tuple(read_log_key(entry) for entry in document[_LIST_FORMAT])
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Refused(
            f"Daftar kunci catatan ({path}) tidak dapat dibaca: {cause(error)}."
        ) from None
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        raise Refused(
            f"Daftar kunci catatan ({path}) rusak. Kembalikan berkas itu dari cadangan."
        ) from None


def trusted_keys(settings: Settings) -> tuple[PublicKey, ...]:
    """The keys that may have signed the log: all log keys, and every office key that did not leak.

    Raises:
        Refused: the list of log keys is broken or cannot be read.
    """
    try:
        office = read_issuer(read_document(settings.key_list.read_bytes())).keys
    except (OSError, Unreadable, Refused):
        # Before the first key, or broken: who uses those keys says so.
        office = ()
    return (*log_keys(settings), *(key for key in office if key.compromised_at is None))


def note_log_key(store: Store, settings: Settings, actor: str, now: datetime) -> None:
    """Write into the log which log key signs from now on, unless the log names this key already.

    Raises:
        Refused: the log key cannot be opened (`open_log_key`).
    """
    name = open_log_key(settings).multikey[-_NAME:]
    with store.reading() as tx:
        is_known = any(
            event.verb == "log key made" for event in audit.list_events(tx, subject=name)
        )
    if not is_known:
        with store.transaction() as tx:
            audit.note(tx, actor, "log key made", name, now)


# ---- the files -----------------------------------------------------------------------------------


def _read_key(path: Path) -> tuple[SigningKey, datetime] | None:
    """Read the log key and the moment at which it was made; None if there is no file."""
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            raw = stream.read(_LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused(f"Kunci catatan ({path}) tidak dapat dibaca: {cause(error)}.") from None
    # Windows keeps rights in lists that these bits do not show.
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refused(
            f"Kunci catatan ({path}) dapat dibuka orang lain (mode {stat.S_IMODE(mode):04o})."
            f" Jalankan: chmod 600 {path}"
        )
    try:
        return _as_key(read_document(raw))
    except (Unreadable, KeyError, TypeError, ValueError):
        raise Refused(
            f"Kunci catatan ({path}) rusak. Kembalikan berkas itu dari cadangan. Bila tidak ada,"
            " pindahkan yang rusak: kunci baru dibuat sendiri."
        ) from None


def _as_key(document: Json) -> tuple[SigningKey, datetime]:
    key = SigningKey.from_seed(base64.b64decode(document["seed"], validate=True))
    if document["format"] != _KEY_FORMAT or document["public_key"] != key.multikey:
        raise ValueError("not a log key")
    return key, instant(document["created"])


def _make_key(path: Path) -> tuple[SigningKey, datetime]:
    """Make a new log key in a file that only its owner may read.

    If two programs do this at the same time, the later one uses the key of the earlier one.
    """
    key, created = SigningKey.new(), datetime.now(UTC)
    made = {
        "format": _KEY_FORMAT,
        "public_key": key.multikey,
        "created": written(created),
        "seed": base64.b64encode(key.seed()).decode(),
    }
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(json.dumps(made, indent=1).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        # Unlike a rename, this fails if another program has made the key meanwhile.
        os.link(half, path)
    except FileExistsError:
        return _read_key(path) or _make_key(path)
    except OSError as error:
        raise Refused(
            f"Kunci catatan ({path}) tidak dapat ditulis: {cause(error)}. Periksa folder itu, lalu"
            " ulangi."
        ) from None
    finally:
        half.unlink(missing_ok=True)
    return key, created


def _list_key(settings: Settings, key: SigningKey, created: datetime) -> None:
    """Add a key at the end of the list, and retire the keys before it.

    If the key is in the list already, nothing changes.
    """
    known = log_keys(settings)
    if any(each.multikey == key.multikey for each in known):
        return
    earlier = tuple(
        each if each.retired_at else replace(each, retired_at=created) for each in known
    )
    listed = [log_key_json(each) for each in (*earlier, PublicKey(key.multikey, created))]
    write_whole(settings.keys / LIST, json.dumps({_LIST_FORMAT: listed}, indent=1).encode())
