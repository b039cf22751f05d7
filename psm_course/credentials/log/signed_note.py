"""Signed notes (C2SP): a text with signature lines below it. Checkpoints of logs have this form.

Source: https://c2sp.org/signed-note. Only Ed25519 keys are supported. A signature by an unknown key
is ignored. A wrong signature by a known key makes the note unreadable.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.signing.multibase import from_multikey

LARGEST = 100_000  # bytes: sixteen signatures of the longest kind there is, and the text
_ED25519 = b"\x01"
_ID = 4  # bytes of a key's id
_LINE = re.compile("— ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})")
_NOT_A_NOTE = (
    "Isinya bukan catatan bertanda tangan: barangkali terpotong atau tersalin sebagian. Salin lagi"
    " seluruhnya."
)
_CHANGED = "Tanda tangannya tidak cocok dengan isinya: ada yang berubah sejak ditandatangani."
_UNKNOWN = "Tidak ditandatangani dengan kunci kantor ini: barangkali milik kantor lain."


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes that identify a signer's key in a signature line.

    `name` is the name of the signer; for a log, it is the origin of the log. `public` is the public
    Ed25519 key, 32 bytes. The same key has another id if the signer has another name.
    """
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID]


def sign_note(text: str, name: str, keys: Sequence[SigningKey]) -> str:
    """Return a note: `text`, an empty line, and a signature line for each key.

    `text` must end in a line break. `name` is the name of the signer; each signature line contains
    it.
    """
    return f"{text}\n" + "".join(f"— {name} {_signature(text, name, key)}\n" for key in keys)


def _signature(text: str, name: str, key: SigningKey) -> str:
    return base64.b64encode(
        key_id(name, from_multikey(key.multikey)) + key.sign(text.encode())
    ).decode()


def note_text(note: str) -> str:
    """Return the text of a note, without its signature lines; no signature is verified.

    Raises:
        Unreadable: the input does not have the form of a note.
    """
    text, lines = _parts(note)
    if not all(map(_LINE.fullmatch, lines)):
        raise Unreadable(_NOT_A_NOTE)
    return text


def open_note(note: str, name: str, keys: Iterable[PublicKey]) -> str:
    """Return the text of a note, if at least one of the keys signed the note.

    `name` is the name of the signer. Signature lines with another name are ignored.

    Raises:
        Unreadable: the input is not a note; none of these keys signed the note; or a signature by
            one of these keys does not fit the text of the note.
    """
    text, lines = note_text(note), _parts(note)[1]
    known = {key_id(name, from_multikey(key.multikey)): key for key in keys}
    signed = [
        (known[raw[:_ID]], raw[_ID:])
        for owner, raw in map(_read_line, lines)
        if owner == name and raw[:_ID] in known
    ]
    if not signed:
        raise Unreadable(_UNKNOWN)
    if not all(key.has_signed(signature, text.encode()) for key, signature in signed):
        raise Unreadable(_CHANGED)
    return text


def _parts(note: str) -> tuple[str, list[str]]:
    """Return the text of a note with its last line break, and the signature lines."""
    if len(note) > LARGEST or re.search("[\x00-\x09\x0b-\x1f]", note):
        raise Unreadable(_NOT_A_NOTE)
    text, cut, signatures = note.rpartition("\n\n")
    if not cut or not text or not signatures.endswith("\n"):
        raise Unreadable(_NOT_A_NOTE)
    return f"{text}\n", signatures.removesuffix("\n").split("\n")


def _read_line(line: str) -> tuple[str, bytes]:
    """Read a signature line; returns two values, the signer's name and bytes.

    The bytes are the key id (four bytes), then the signature.
    """
    found = _LINE.fullmatch(line)
    try:
        raw = base64.b64decode(found[2], validate=True) if found else b""
    except binascii.Error:
        raw = b""
    # Encoded again: each signature has one writing only.
    if not found or len(raw) <= _ID or base64.b64encode(raw).decode() != found[2]:
        raise Unreadable(_NOT_A_NOTE)
    return found[1], raw
