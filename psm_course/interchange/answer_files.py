"""Finds submissions in a text file, such as an exported chat, or in a ZIP of such files.

`parts_of` reads the files in the box, a child process with limits.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from psm_course.authoring.problems import shorten
from psm_course.box.box import NotRead, open_box
from psm_course.errors import Refused
from psm_course.grading.submission import LARGEST

LARGEST_FILE = 30 * 1024 * 1024
LARGEST_TEXT = 20 * 1024 * 1024  # of a file that is no ZIP, and of each in one
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of all files in a ZIP
MOST_MEMBERS = 5_000
MOST_DOCUMENTS = 20_000  # in one file
_CUT = LARGEST + 1  # bytes of a document that tell that it is too large
_TOLD_AT_ONCE = LARGEST  # bytes, about, in one answer of the box
_ENCRYPTED = 1
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TOO_LARGE = "lebih besar dari {} MB. Bagi menjadi beberapa berkas"
_TOO_MANY = (
    f"lebih dari {MOST_DOCUMENTS} jawaban dalam satu kiriman; sisanya belum dibaca. Bagi menjadi"
    " beberapa berkas"
)
_UNPACKS_TOO_FAR = (
    f"isi ZIP ini lebih dari {MOST_UNPACKED // 1024**2} MB; mulai dari {{}} belum dibaca. Bagi"
    " menjadi beberapa ZIP"
)
_TOO_MUCH = (
    "{}: berkas ini {}. Yang sudah terbaca tetap diterima; bagi sisanya menjadi beberapa berkas"
    " yang lebih kecil."
)


Placed = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Answers:
    """The submissions found in one file or in a part of it.

    `documents` are the submissions, each with its place in the file (`jawaban.txt:3`).
    `other_lines` is the number of lines that are no submission. `troubles` are sentences about
    parts that could not be read.
    """

    documents: tuple[Placed, ...] = ()
    other_lines: int = 0
    troubles: tuple[str, ...] = ()


def answers_in(name: str, content: bytes) -> Iterator[Answers]:
    """Yield the submissions in a file, part by part; for a ZIP, one file inside it after another.

    An unreadable file inside a ZIP is reported in `troubles`; the other files are still read.
    """
    if len(content) > LARGEST_FILE:
        yield _trouble(name, _TOO_LARGE.format(LARGEST_FILE // 1024**2))
        return
    left = MOST_DOCUMENTS
    try:
        with open_box() as box:
            for documents, other_lines, troubles in box.read("answers", content, name=name):
                if left < 0:
                    yield _trouble(name, _TOO_MANY)
                    return
                found = tuple(
                    (str(place), str(document).encode("utf-8", "surrogateescape"))
                    for place, document in documents
                )
                left -= len(found)
                yield Answers(found, int(other_lines), tuple(map(str, troubles)))
    except NotRead as unread:
        trouble = f"{shorten(name)}: berkas ini {unread}. Minta dikirim ulang."
        if unread.asks_too_much:
            trouble = _TOO_MUCH.format(shorten(name), unread)
        yield Answers(troubles=(trouble,))
    except (TypeError, ValueError):  # our reader never answers so: the file took its process over
        yield _trouble(name, "berkas ini rusak. Minta dikirim ulang")


def _trouble(name: str, sentence: str) -> Answers:
    return Answers(troubles=(f"{shorten(name)}: {sentence}.",))


# ---- in the box ----------------------------------------------------------------------------------


def parts_of(content: bytes, name: str) -> Iterator[Any]:
    """Yield the submissions of a file; this function runs in the box.

    If there are many submissions, they are split over several values, so that no value is too
    large. Each value is a tuple with the fields of `Answers`: the submissions with their places,
    the number of other lines, and sentences about parts that could not be read.
    """
    # The box sends JSON text: `surrogateescape` brings bytes that are no UTF-8 back unchanged.
    for answers in _in_zip(name, content) if content.startswith(_ZIP) else _in_text(name, content):
        documents = [
            (place, document.decode("utf-8", "surrogateescape"))
            for place, document in answers.documents
        ]
        yield documents, answers.other_lines, answers.troubles


def _in_zip(name: str, content: bytes) -> Iterator[Answers]:
    import lzma  # noqa: PLC0415 - only the box needs them
    import struct  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    # All that reading a damaged ZIP was seen to raise:
    # the standard library promises only the first.
    broken = (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
        struct.error,
        zlib.error,
        lzma.LZMAError,
    )
    try:
        packed = ZipFile(io.BytesIO(content))
    except broken:
        yield _trouble(name, "ZIP ini tidak utuh. Minta dikirim ulang")
        return
    # Every .docx and .xlsx is a ZIP with this member.
    if "[Content_Types].xml" in packed.namelist():
        yield _trouble(
            name,
            "ini dokumen Word atau Excel. Salin teks jawabannya, lalu tempelkan, atau simpan"
            " sebagai .txt",
        )
        return
    # Macs add this folder: one file of attributes for each file, and no answers.
    members = [
        each
        for each in packed.infolist()
        if not each.is_dir() and not each.filename.startswith("__MACOSX/")
    ]
    left = MOST_UNPACKED
    if len(members) > MOST_MEMBERS:
        yield _trouble(
            name, f"ZIP ini berisi lebih dari {MOST_MEMBERS} berkas. Bagi menjadi beberapa ZIP"
        )
        return
    for member in members:
        inside = f"{name}/{PurePosixPath(member.filename).name}"
        try:
            text = _unpacked(packed, member, min(left, LARGEST_TEXT))
        except broken:
            yield _trouble(inside, "berkas di dalam ZIP ini rusak. Minta dikirim ulang")
            continue
        except Refused as refused:
            yield _trouble(inside, str(refused))
            continue
        left -= len(text)
        if left < 0:
            yield _trouble(name, _UNPACKS_TOO_FAR.format(shorten(inside)))
            return
        yield from _in_text(inside, text)


def _unpacked(packed: ZipFile, member: ZipInfo, most: int) -> bytes:
    """Unpack one file of a ZIP: its first `most` bytes and, if the file is longer, one byte more.

    If the result is longer than `most`, the caller knows that the file is too large.

    Raises:
        Refused: the file is encrypted with a password.
    """
    if member.flag_bits & _ENCRYPTED:
        raise Refused("berkas ini berkata sandi. Minta tanpa kata sandi")
    with packed.open(member) as stream:
        return stream.read(most + 1)


def _in_text(name: str, content: bytes) -> Iterator[Answers]:
    from psm_course.grading.documents import documents_in  # noqa: PLC0415

    if len(content) > LARGEST_TEXT:
        yield _trouble(name, _TOO_LARGE.format(LARGEST_TEXT // 1024**2))
        return
    if content.startswith(_ZIP):
        yield _trouble(name, "ini ZIP di dalam ZIP. Buka dulu, lalu kirim isinya")
        return
    if b"\0" in content and not content.startswith(_UTF16):
        yield _trouble(name, "bukan berkas teks, jadi tidak berisi jawaban")
        return
    found = documents_in(content)
    first, *rest = _some_at_a_time(
        (f"{shorten(name)}:{line}", document[:_CUT]) for line, document in found.documents
    ) or [()]
    yield Answers(first, found.other_lines)
    yield from map(Answers, rest)


def _some_at_a_time(documents: Iterable[Placed]) -> list[tuple[Placed, ...]]:
    """Split documents into groups of limited size; the box sends each group as one value."""
    parts, size = list[list[Placed]](), _TOLD_AT_ONCE
    for place, document in documents:
        if size >= _TOLD_AT_ONCE:
            parts.append([])
            size = 0
        parts[-1].append((place, document))
        size += len(place) + len(document)
    return [tuple(part) for part in parts]
