"""Files compressed once, when they are published, for servers that send them as they are: `page.html.gz` beside `page.html`."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

ENDING = ".gz"
_LEVEL = 9  # some 1 % smaller than what a server makes of it on the way, and nobody waits for it
_NO_TIME = 0  # the same content is the same file, whenever it was made


def compressed_forms(files: Mapping[str, bytes], before: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of the compressed form of every text among `files` that becomes smaller.

    Args:
        files: what is published, by path.
        before: the folder of the site as it was published last. What is still right there is taken from there: with 250,000 certificates
            compressing everything anew would be most of a publishing.
    """
    for path, content in files.items():
        if is_text(content):
            there = before / f"{path}{ENDING}"
            form = there.read_bytes() if there.is_file() and _holds(there.read_bytes(), content) else _compress(content)
            if len(form) < len(content):
                yield f"{path}{ENDING}", form


def is_text(content: bytes) -> bool:
    """Whatever can be read as UTF-8. Pictures cannot, and are compressed already."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _compress(content: bytes) -> bytes:
    return gzip.compress(content, _LEVEL, mtime=_NO_TIME)


def _holds(form: bytes, content: bytes) -> bool:
    try:
        return gzip.decompress(form) == content
    except (OSError, EOFError, zlib.error):
        return False
