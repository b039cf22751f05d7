"""What the shim wrote down: each change to files, each sync, each answer to a phone, in order."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct("=IIQQQ")
_RECEIPT = re.compile(rb'"receipt":\s*"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the trace.

    `kind`: C made, W written, T cut to a length (`offset`), S synced, D folder synced, R renamed
    (`data`: the new name), U removed, X sent to somebody (`data`: what was sent).
    """

    kind: str
    path: str
    inode: int
    offset: int
    data: bytes

    @property
    def receipts(self) -> list[str]:
        """Codes of receipts in what was sent."""
        return [code.decode() for code in _RECEIPT.findall(self.data)] if self.kind == "X" else []


def read_trace(path: Path) -> list[Change]:
    return list(_changes(path.read_bytes()))


def _changes(raw: bytes) -> Iterator[Change]:
    at = 0
    while at < len(raw):
        kind, path_length, inode, offset, data_length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        path = raw[at : at + path_length].decode()
        at += path_length
        yield Change(chr(kind), path, inode, offset, raw[at : at + data_length])
        at += data_length
