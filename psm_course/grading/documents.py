"""Reads submission documents from a stream or a pasted text.

A stream may have one JSON document on each line, one document over many lines, or a JSON list of
documents. Reading one document a line needs the same small amount of memory for any number of
lines. A pasted text may have other words between the documents.
"""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

import orjson

from psm_course.grading.mending import BEGINNING, mend, whole_until
from psm_course.grading.submission import CURLY, LARGEST

_QUOTED = re.compile(f'["{CURLY}]')
# An object as it is to be read, and where its pieces stand: from and to.
Placed = tuple[str, tuple[tuple[int, int], ...]]
_TOGETHER = 512
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """The submissions found in a text, each with the line (from 1) on which it begins.

    `other_lines` is the number of lines that belong to no submission.
    """

    documents: tuple[tuple[int, bytes], ...]
    other_lines: int


def documents_in(text: bytes) -> DocumentsFound:
    """Find every submission in a text as people paste it.

    A text may have several submissions: in a list, over many lines, or after `[24/11 09:12] Ibu
    Siti:`. A document is returned byte for byte, or repaired if a messenger broke its lines. A
    damaged document that cannot be repaired is returned up to the end of its line, so that the
    caller can refuse it and name the reason.
    """
    if text.startswith(_UTF16):
        text = text.decode("utf-16", "replace").encode()
    # What is no UTF-8 travels through unchanged, and is refused with the document that holds it.
    written = text.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    found: list[tuple[int, bytes]] = []
    covered: set[int] = set()
    lines = _LineNumbers(written)
    for document, pieces in _objects(written):
        found.append((lines.at(pieces[0][0]), document.encode("utf-8", "surrogateescape")))
        for start, end in pieces:
            covered.update(range(lines.at(start), lines.at(end) + 1))
    other_lines = sum(
        1
        for number, each in enumerate(written.split("\n"), 1)
        if number not in covered and re.search(r"\w", each)
    )
    return DocumentsFound(tuple(found), other_lines)


class _LineNumbers:
    """Finds the line number of a position in a text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, place: int) -> int:
        """Return the line (from 1) of a position, which is counted in characters from 0."""
        return bisect_left(self._ends, place) + 1


def _objects(text: str) -> Iterator[Placed]:
    """Yield each JSON object in a text with its position.

    Braces around a text without any quotation mark are skipped, because they are not JSON.
    """
    taken: tuple[tuple[int, int], ...] = ()  # the further lines of a mended one are nobody else's
    start = text.find("{")
    while start >= 0:
        end = next((until for since, until in taken if since <= start < until), 0)
        if not end:
            found, end = _object_at(text, start)
            yield from found
            taken = (
                *(piece for piece in taken if piece[1] > start),
                *(piece for _, pieces in found for piece in pieces[1:]),
            )
        start = text.find("{", end)


def _object_at(text: str, start: int) -> tuple[tuple[Placed, ...], int]:
    """Read the object whose first brace is at `start`; the object may be whole or damaged.

    Returns two values: a tuple with the object (empty if the text in braces has no quotation mark,
    so that it is not JSON), and the position from which to search for the next object.
    """
    end = whole_until(text, start)
    if not end and (mended := mend(text, start)):
        return ((mended.document, mended.pieces),), mended.pieces[0][1]
    end = end or _broken_until(text, start)
    return (((text[start:end], ((start, end),)),) if _QUOTED.search(text, start, end) else ()), end


def _broken_until(text: str, start: int) -> int:
    """Return the position at which the broken object at `start` ends.

    This is the start of the next document on the same line, or else the end of the line.
    """
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    other = text.find(BEGINNING, start + 1, line_end)
    return line_end if other < 0 else other


def documents(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the documents of a stream one by one, each with its line number (from 1), as bytes.

    A line longer than the largest submission is cut; `read_submission` then refuses the line.
    """
    lines = _lines(stream)
    head = [next(lines, b"").removeprefix(codecs.BOM_UTF8)]
    if not _is_whole(head[0]):
        head += _up_to(lines, LARGEST)
    whole = b"".join(head)
    if _is_whole(whole):
        yield from _split(whole)
        rest = enumerate(lines, len(head) + 1)
    else:
        rest = enumerate(chain(head, lines), 1)
    for number, line in rest:
        if line.strip():
            yield number, line.strip()


def documents_together(stream: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
    """Yield the documents of a stream in lists.

    A list has some hundred documents, or fewer if the documents are large. Each document is a pair:
    its line number (from 1), and its bytes.
    """
    some, size = list[tuple[int, bytes]](), 0
    for line, document in documents(stream):
        some.append((line, document))
        size += len(document)
        if len(some) == _TOGETHER or size > LARGEST:
            yield some
            some, size = [], 0
    if some:
        yield some


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LARGEST + 2):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 2)


def _up_to(lines: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield the next lines, until they have more than `size` bytes together."""
    for line in lines:
        yield line
        size -= len(line)
        if size < 0:
            return


def _is_whole(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _split(text: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each document of a text that is a JSON list; yield any other text as one document.

    The line number of every document is 1.
    """
    if not text.lstrip().startswith(b"["):
        yield 1, text
        return
    for document in orjson.loads(text):
        try:
            yield 1, orjson.dumps(document)
        except TypeError:  # nested deeper than can be written: no submission, and refused as such
            yield 1, b"null"
