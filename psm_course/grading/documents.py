"""Submission documents from a stream: JSON lines, one JSON document over many lines, or a JSON list. Memory stays flat for lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

import orjson

from psm_course.grading.submission import LARGEST


def documents(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Line number (from 1) and bytes of each document. A line longer than the largest submission comes cut, and is then refused."""
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


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LARGEST + 2):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 2)


def _up_to(lines: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The next lines, until they hold `size` bytes."""
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
    """A list of documents becomes its documents; all of them are said to stand on line 1."""
    if not text.lstrip().startswith(b"["):
        yield 1, text
        return
    for document in orjson.loads(text):
        try:
            yield 1, orjson.dumps(document)
        except TypeError:  # nested deeper than can be written: no submission, and refused as such
            yield 1, b"null"
