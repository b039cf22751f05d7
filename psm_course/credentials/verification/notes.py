"""Finds checkpoints in a ZIP or PDF.

The ZIP may be a report pack, a packed site or a backup. The PDF may be the minutes of a report pack
(*berita acara*).
"""

import io
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from psm_course.box.box import NotRead, open_box
from psm_course.credentials.documents import LARGEST, Unreadable
from psm_course.credentials.formats.attachment import attached_files, text_of
from psm_course.credentials.log.checkpoint import find_short_form

# The names of a checkpoint's file in a report pack and its PDF, below a published site (two), and
# in a backup.
FILE, PUBLISHED, COUNTERSIGNED, MANIFEST = (
    "puncak-catatan.txt",
    "log/checkpoint",
    "log/checkpoint-kantor",
    "manifest.json",
)
NAMES = frozenset(PurePosixPath(each).name for each in (FILE, PUBLISHED, COUNTERSIGNED, MANIFEST))
_MOST = 20  # in one ZIP


def notes_in(content: bytes) -> list[bytes]:
    """Return each text inside a ZIP or PDF that may be a checkpoint, as bytes.

    The ZIP or PDF is read in the box, a child process with limits.

    Raises:
        Unreadable: the file is locked, broken, or needs too much memory or time.
    """
    try:
        with open_box() as box:
            return [
                str(each).encode("utf-8", "surrogateescape")
                for each in box.read("notes", content, names=sorted(NAMES), attached=FILE)
            ]
    except NotRead as unread:
        raise Unreadable(
            str(unread) if unread.why == "said" else f"berkas ini {unread}. Unduh atau salin lagi."
        ) from None


def in_the_box(content: bytes, names: Collection[str], attached: str) -> Iterator[str]:
    """Yield each text in a file that may be a checkpoint; this function runs in the box.

    Args:
        content: the bytes of the ZIP or PDF.
        names: names of files in a ZIP that may be checkpoints. The files may be in any folder of
            the ZIP.
        attached: name of the attachment in a PDF. If the PDF has no such attachment, its printed
            text is searched for a short form.

    Raises:
        Unreadable: the file is locked or broken.
    """
    inside = _in_zip(content, names) if content.startswith(b"PK") else _in_pdf(content, attached)
    return (each.decode("utf-8", "surrogateescape") for each in inside)


def _in_zip(content: bytes, names: Collection[str]) -> list[bytes]:
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - not for a PDF

    try:
        with ZipFile(io.BytesIO(content)) as pack:
            members = [
                each
                for each in pack.infolist()
                if PurePosixPath(each.filename).name in names and each.file_size <= LARGEST
            ]
            return [pack.read(each) for each in members[:_MOST]]
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Unreadable("berkas ZIP ini rusak atau terpotong. Unduh atau salin lagi.") from None


def _in_pdf(content: bytes, attached: str) -> list[bytes]:
    if notes := attached_files(content, attached):
        return notes[:1]
    printed = find_short_form(text_of(content))
    return [printed.short_form.encode()] if printed else []
