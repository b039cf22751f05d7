"""Badges as a person may drop them: a picture with the credential inside, changed,
cut off, with two, or with none.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import ARTWORK
from psm_course.credentials.formats.baked import artwork, bake
from tests.credentials.signed import a_badge, a_record
from tests.credentials.tampered_json import EARLIER


def baked(credential: Json) -> bytes:
    return bake(json.dumps(credential, ensure_ascii=False), "passed")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pngs() -> Iterator[tuple[str, bytes, str]]:
    """Name, file and verdict."""
    genuine, plain = baked(a_badge()), artwork(ARTWORK["passed"])
    other = a_badge(a_record(name="Lain", number="800.2/0008/PSM-DASAR/VI/2025"))
    ours = genuine[len(plain) - 12 : -12]
    yield "as-issued", genuine, "valid"
    yield "of-one-proof", baked(EARLIER), "valid"
    yield (
        "another-chunk-beside",
        genuine[:-12] + chunk(b"tEXt", b"Comment\0openbadgecredential") + genuine[-12:],
        "valid",
    )
    yield "another-picture-around", b"\x89PNG\r\n\x1a\n" + ours, "valid"
    yield "credential-changed", genuine.replace(b"86.67", b"96.67"), "tampered"
    yield (
        "second-proof-changed",
        baked({**a_badge(), "proof": [a_badge()["proof"][0], other["proof"][1]]}),
        "tampered",
    )
    yield "two-chunks", genuine[:-12] + ours + genuine[-12:], "unreadable"
    yield (
        "two-credentials",
        genuine[:-12] + baked(other)[len(plain) - 12 : -12] + genuine[-12:],
        "unreadable",
    )
    yield (
        "packed",
        plain[:-12]
        + chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(ours[33:-4]))
        + plain[-12:],
        "unreadable",
    )
    yield (
        "in-a-language",
        plain[:-12] + chunk(b"iTXt", b"openbadgecredential\0\0\0id\0\0{}") + plain[-12:],
        "unreadable",
    )
    yield (
        "no-json-inside",
        plain[:-12] + chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0halo") + plain[-12:],
        "unreadable",
    )
    yield (
        "a-name-like-ours",
        plain[:-12] + chunk(b"iTXt", b"openbadgecredentials\0\0\0\0\0{}") + plain[-12:],
        "unreadable",
    )
    yield "nothing-inside", plain, "unreadable"
    yield "cut-off", genuine[:-2_000], "unreadable"
    yield "cut-in-a-length", genuine[: len(plain) - 10], "unreadable"
    yield "a-byte-more", genuine + b"x", "unreadable"
    yield (
        "huge-length",
        genuine[: len(plain) - 12] + b"\xff\xff\xff\xffiTXt" + genuine[len(plain) - 4 :],
        "unreadable",
    )
    yield "head-only", b"\x89PNG\r\n\x1a\n", "unreadable"
