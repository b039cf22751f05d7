"""Checkpoints: the size and root of an office's log, signed.

A checkpoint is written as a signed note, and in a short form that officers can type. A signed note
is a text with signature lines below the text (https://c2sp.org/signed-note). Source:
https://c2sp.org/tlog-checkpoint. `registrar/log/checkpoints.py` makes and stores checkpoints.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.log.signed_note import note_text, open_note, sign_note
from psm_course.credentials.signing.keys import PublicKey, SigningKey

_SHORT_ROOT = 8  # bytes of the root in the short form
_ROOT = 32
ORIGIN = re.compile(r"(?P<host>[^\s+/]+)/log/(?P<epoch>[1-9][0-9]{0,8})")
_SIZE = re.compile("0|[1-9][0-9]{0,14}")
_SHORT_FORM = re.compile(
    r"([1-9][0-9]{0,8}):(0|[1-9][0-9]{0,14}):((?:[0-9a-f]{4}[ .-]?){3}[0-9a-f]{4})", re.IGNORECASE
)
_NOT_A_CHECKPOINT = "Isinya bukan puncak catatan register: barangkali terpotong, atau berkas lain."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one moment: `size` is its number of events, `root` the hash over all of them.

    `origin` is the name of the log, `HOST/log/EPOCH`. `root` has 32 bytes. If the checkpoint was
    read from the short form that somebody typed, `root` has only the first eight bytes, and
    `origin` has no host.
    """

    origin: str
    size: int
    root: bytes

    @property
    def epoch(self) -> int:
        """The number of the log; a restore or a new address of the site begins a new log."""
        return int(self.origin.rpartition("/")[2])

    @property
    def host(self) -> str:
        """The host in `origin`; empty if the checkpoint was typed in short form."""
        return self.origin.partition("/log/")[0]

    @property
    def short_form(self) -> str:
        """Epoch, size and the beginning of the root, to print and to type.

        For example `1:3021:9f3a 01bc 77de 2201`.
        """
        return f"{self.epoch}:{self.size}:{self.root[:_SHORT_ROOT].hex(' ', -2)}"

    def fits(self, root: bytes) -> bool:
        """True if `root` (32 bytes) is the same as the root of this checkpoint.

        If the checkpoint was typed in short form, only the first eight bytes are compared.
        """
        return root.startswith(self.root)


def write_checkpoint(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> str:
    """Write a checkpoint as a signed note; returns the note with its signature lines.

    The note has one signature line for each key, in the order of `keys`. Each line contains the
    name of the log and the id of the key.
    """
    return sign_note(_text(checkpoint), checkpoint.origin, keys)


def _text(checkpoint: Checkpoint) -> str:
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"


def read_checkpoint(text: str, public_keys: Iterable[PublicKey]) -> Checkpoint:
    """Read a checkpoint from a signed note that at least one of these keys signed.

    Raises:
        Unreadable: the note has no checkpoint, the note was changed, or none of these keys signed
            the note.
    """
    return _read_signed(text, tuple(public_keys))


@lru_cache(maxsize=16)  # certificates printed together have one checkpoint
def _read_signed(text: str, public_keys: tuple[PublicKey, ...]) -> Checkpoint:
    claimed = read_unsigned(text)
    open_note(text, claimed.origin, public_keys)
    return claimed


def read_unsigned(text: str) -> Checkpoint:
    """Read a checkpoint from a signed note, without verifying the signatures.

    A signed note is a text with signature lines below the text. The first three lines of the text
    are origin, size and root of the checkpoint. Further lines of the text are ignored.

    Raises:
        Unreadable: `text` is not a signed note, or the note has no checkpoint.
    """
    lines = note_text(text).split("\n")[:-1]
    if (
        len(lines) < 3
        or not all(lines)
        or not ORIGIN.fullmatch(lines[0])
        or not _SIZE.fullmatch(lines[1])
    ):
        raise Unreadable(_NOT_A_CHECKPOINT)
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != _ROOT or base64.b64encode(root).decode() != lines[2]:
        raise Unreadable(_NOT_A_CHECKPOINT)
    return Checkpoint(lines[0], int(lines[1]), root)


def read_short_form(text: str) -> Checkpoint | None:
    """Read the short form of a checkpoint, as an officer typed it; None for any other text."""
    found = _SHORT_FORM.fullmatch(text.strip())
    if not found:
        return None
    return Checkpoint(
        f"/log/{int(found[1])}", int(found[2]), bytes.fromhex(re.sub("[ .-]", "", found[3]))
    )


def find_short_form(text: str) -> Checkpoint | None:
    """Find the first short form of a checkpoint in a longer text, such as that of a printed page.

    None if the text contains no short form.
    """
    found = _SHORT_FORM.search(text)
    return read_short_form(found[0]) if found else None
