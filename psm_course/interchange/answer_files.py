"""Files in which answers arrive: text with or without a chat around it, or a ZIP of such."""

import io
import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from psm_course.authoring.problems import shorten
from psm_course.grading.documents import documents_in

LARGEST_FILE = 64 * 1024 * 1024
# All that reading a damaged ZIP was seen to raise: the standard library promises only the first.
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, struct.error, zlib.error, lzma.LZMAError)
_ENCRYPTED = 1
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one file held: each document with where it stands (`jawaban.txt:3`), how many lines were something else, and what could
    not be read at all, in sentences."""

    documents: tuple[tuple[str, bytes], ...] = ()
    passed: int = 0
    troubles: tuple[str, ...] = ()


def answers_in(name: str, content: bytes) -> Iterator[Answers]:
    """The answers in a file; in a ZIP, file by file. Nothing is ever refused for what another file holds."""
    if not content.startswith(_ZIP):
        yield _in_text(name, content)
        return
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            yield from _in_zip(name, packed)
    except _BROKEN:
        yield _trouble(name, "ZIP ini tidak utuh. Minta dikirim ulang")


def _in_zip(name: str, packed: ZipFile) -> Iterator[Answers]:
    if "[Content_Types].xml" in packed.namelist():
        yield _trouble(name, "ini dokumen Word atau Excel. Salin teks jawabannya, lalu tempelkan, atau simpan sebagai .txt")
        return
    for member in packed.infolist():
        if not member.is_dir() and not member.filename.startswith("__MACOSX/"):
            yield _in_member(f"{name}/{PurePosixPath(member.filename).name}", packed, member)


def _in_member(name: str, packed: ZipFile, member: ZipInfo) -> Answers:
    if member.flag_bits & _ENCRYPTED:
        return _trouble(name, "ZIP ini berkata sandi. Minta tanpa kata sandi")
    try:
        with packed.open(member) as stream:
            return _in_text(name, stream.read(LARGEST_FILE + 1))
    except _BROKEN:
        return _trouble(name, "berkas di dalam ZIP ini rusak. Minta dikirim ulang")


def _in_text(name: str, content: bytes) -> Answers:
    if len(content) > LARGEST_FILE:
        return _trouble(name, f"lebih besar dari {LARGEST_FILE // 1024**2} MB. Bagi menjadi beberapa berkas")
    if b"\0" in content and not content.startswith(_UTF16):
        return _trouble(name, "bukan berkas teks, jadi tidak berisi jawaban")
    found = documents_in(content)
    return Answers(tuple((f"{shorten(name)}:{line}", document) for line, document in found.documents), found.passed)


def _trouble(name: str, sentence: str) -> Answers:
    return Answers(troubles=(f"{shorten(name)}: {sentence}.",))
