"""Files compressed once, when they are published, for servers that send them as they are: `page.html.gz` beside `page.html`."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from deflate import gzip_compress

ENDING = ".gz"
_LEVEL = 10  # 3 % smaller than gzip's best, and twice its time; 12 wins nothing more and takes twice as long again


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
            form = there.read_bytes() if there.is_file() and _holds(there.read_bytes(), content) else compressed(content)
            if len(form) < len(content):
                yield f"{path}{ENDING}", form


def is_text(content: bytes) -> bool:
    """Whatever can be read as UTF-8. Pictures cannot, and are compressed already."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def compressed(content: bytes) -> bytes:
    """As gzip, without a time: the same content is the same file, whenever it was made."""
    return bytes(gzip_compress(content, _LEVEL))


def transferred(content: bytes) -> int:
    """Bytes over the air from `psm serve`, or from a host that sends the compressed forms; pictures are not made smaller by it."""
    return min(len(compressed(content)), len(content))


def _holds(form: bytes, content: bytes) -> bool:
    try:
        return gzip.decompress(form) == content
    except (OSError, EOFError, zlib.error):
        return False
