"""The credential inside a picture: a PNG badge with the signed JSON in an iTXt chunk.

Open Badges 3.0, section 5.3.
"""

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.badge import ARTWORK

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Keyword; not compressed, by no method, in no language, under no other name.
_HEAD = b"openbadgecredential\0\0\0\0\0"
_END = 12  # bytes of the last chunk, which is empty
NOTHING_INSIDE = (
    "Gambar ini tidak memuat sertifikat digital. Minta berkas PDF aslinya, atau periksa lewat kode"
    " QR-nya."
)
TWO_INSIDE = (
    "Gambar ini memuat lebih dari satu sertifikat digital, jadi tidak jelas yang mana yang berlaku."
)
BROKEN = "Berkas gambar ini rusak atau terpotong. Minta berkas aslinya."


def bake(credential: str, kind: str) -> bytes:
    """Return the artwork (PNG) for this kind of record, with the signed JSON in it.

    `credential` is the JSON text; `kind` is `attended` or `passed`.
    """
    picture, text = artwork(ARTWORK[kind]), _HEAD + credential.encode()
    return picture[:-_END] + _chunk(b"iTXt", text) + picture[-_END:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def artwork(path: str) -> bytes:
    """Return one of our pictures as PNG bytes; `path` is the picture's path on the site."""
    return files("psm_course.credentials").joinpath("artwork", path.rpartition("/")[2]).read_bytes()


def baked_in(png: bytes) -> bytes:
    """Return the signed JSON that is in a picture.

    Raises:
        Unreadable: the picture contains no signed JSON or more than one, or the file is cut off.
    """
    found = [data for kind, data in _chunks(png) if kind == b"iTXt" and data.startswith(_HEAD)]
    if not found:
        raise Unreadable(NOTHING_INSIDE)
    if len(found) > 1:
        raise Unreadable(TWO_INSIDE)
    return found[0].removeprefix(_HEAD)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        data = at + 8
        end = data + int.from_bytes(png[at : at + 4], "big") + 4
        if end > len(png):
            raise Unreadable(BROKEN)
        yield png[at + 4 : data], png[data : end - 4]
        at = end
