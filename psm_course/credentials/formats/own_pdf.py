"""Reads the attachments of our own PDFs directly from the bytes, without a PDF library.

A PDF library takes twenty times as long, because it also reads the pages. Use this module only for
a PDF whose digest the office published. Such a PDF is byte for byte a file of the office. Somebody
could forge any other PDF in such a way that this module reads it differently than other programs.
If a PDF is not laid out like our own PDFs, the caller must use the library.
"""

import re
import zlib
from typing import NamedTuple

_END = re.compile(rb"startxref\r?\n(\d{1,8})\r?\n%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\r?\n0 (\d{1,5})\r?\n")
_ROOT = re.compile(rb"/Root (\d{1,5}) 0 R")
_NAMES = re.compile(
    rb"/Names<</EmbeddedFiles<</Names\[((?:\([A-Za-z0-9.-]+\)\d{1,5} 0 R\s?)+)\]>>>>"
)
_NAMED = re.compile(rb"\(([^)]+)\)(\d+) 0 R")
_FILE = re.compile(rb"/EF<</F (\d{1,5}) 0 R")
_STREAM = re.compile(
    rb"<</Length (\d{1,7})/Type/EmbeddedFile(/Filter/FlateDecode)?"
    rb"(?:/Subtype/[\w#]+|/Params<<[^<>]*>>)*>>\nstream\n"
)
_ENTRY = 20  # bytes of one line of the table
_TAIL = 1_024
_LARGEST = 8_000_000


class Attachment(NamedTuple):
    """A file attached to a PDF."""

    name: str
    content: bytes


def attachments_of(pdf: bytes) -> list[Attachment] | None:
    """Return the files attached to a PDF; None if it is not laid out like our own PDFs."""
    try:
        return _attachments(_Objects(pdf))
    except (_Unlike, zlib.error):
        return None


class _Unlike(Exception):
    """Raised if a PDF does not have the layout of our own PDFs, so a PDF library must read it."""


def _attachments(objects: "_Objects") -> list[Attachment]:
    named = _found(_NAMES.search(objects.content(objects.root)))
    return [
        Attachment(name.decode(), _unpacked(objects, int(number)))
        for name, number in _NAMED.findall(named[1])
    ]


def _unpacked(objects: "_Objects", number: int) -> bytes:
    file = _found(_FILE.search(objects.content(number)))
    start = objects.start(int(file[1]))
    head = _found(_STREAM.match(objects.pdf, start))
    packed = objects.pdf[head.end() : head.end() + int(head[1])]
    if not objects.pdf.startswith(b"\nendstream\nendobj\n", head.end() + len(packed)):
        raise _Unlike
    if head[2] is None:
        return packed
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(packed, _LARGEST)
    if not unpacker.eof or unpacker.unused_data:
        raise _Unlike
    return content


class _Objects:
    """The objects of a PDF which has only one table of objects (xref), at the end of the file."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        table = int(_found(_END.search(pdf, max(0, len(pdf) - _TAIL)))[1])
        head = _found(_TABLE.match(pdf, table))
        self._count, self._lines = int(head[1]), head.end()
        trailer = pdf[self._lines + _ENTRY * self._count :]
        # An earlier table, or a lock: not as we print.
        if not trailer.startswith(b"trailer\n") or b"/Prev" in trailer or b"/Encrypt" in trailer:
            raise _Unlike
        self.root = int(_found(_ROOT.search(trailer))[1])

    def start(self, number: int) -> int:
        """Return the index of the byte after an object's first line (`12 0 obj`).

        `number` is the number of the object, here 12.
        """
        at = self._lines + _ENTRY * number
        line, head = self.pdf[at : at + _ENTRY], b"%d 0 obj\n" % number
        if not 0 < number < self._count or not line[:10].isdigit() or line[10:18] != b" 00000 n":
            raise _Unlike
        if not self.pdf.startswith(head, int(line[:10])):
            raise _Unlike
        return int(line[:10]) + len(head)

    def content(self, number: int) -> bytes:
        """Return the bytes of the object with this number; the object must have no stream."""
        start = self.start(number)
        content, end, _ = self.pdf[start : start + _TAIL].partition(b"\nendobj\n")
        if not end:
            raise _Unlike
        return content


def _found(match: re.Match[bytes] | None) -> re.Match[bytes]:
    if match is None:
        raise _Unlike
    return match
