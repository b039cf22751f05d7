"""Compresses files when they are published, for servers that send such files (`page.html.gz`)."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from deflate import gzip_compress

ENDING = ".gz"
# 3 % smaller than gzip's best, and twice its time;
# 12 wins nothing more and takes twice as long again.
_LEVEL = 10


def compressed_forms(files: Mapping[str, bytes], before: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and gzip content for each text in `files` that gets smaller by compressing.

    Args:
        files: published contents by path.
        before: folder of the last publication. Compressed files of unchanged texts are copied from
            this folder: with 250,000 certificates, compressing all texts again would be most of the
            work.
    """
    for path, content in files.items():
        if is_text(content):
            there = before / f"{path}{ENDING}"
            form = (
                there.read_bytes()
                if there.is_file() and _holds(there.read_bytes(), content)
                else compressed(content)
            )
            if len(form) < len(content):
                yield f"{path}{ENDING}", form


def is_text(content: bytes) -> bool:
    """True if the content is UTF-8 text.

    Pictures such as PNG are no text. They need no compressing, because they are compressed already.
    """
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def compressed(content: bytes) -> bytes:
    """Return the content as gzip, without a time, so that equal contents give equal bytes."""
    return bytes(gzip_compress(content, _LEVEL))


def transferred(content: bytes) -> int:
    """Return the number of bytes that a phone downloads for this content, if the server sends gzip.

    If compressing does not make the content smaller, its own size is returned.
    """
    return min(len(compressed(content)), len(content))


def _holds(form: bytes, content: bytes) -> bool:
    try:
        return gzip.decompress(form) == content
    except (OSError, EOFError, zlib.error):
        return False
