"""Reads the files that are attached to PDFs of the office.

A certificate's PDF has its credential attached; the PDF of the report pack's minutes (*berita
acara*) has a checkpoint attached.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.own_pdf import attachments_of

if TYPE_CHECKING:
    from pypdf import PdfReader

Value = TypeVar("Value")

LARGEST_PDF = 10_000_000
PROOF_NAME = "bukti-catatan.json"
_NOTHING_INSIDE = (
    "PDF ini tidak memuat sertifikat digital. Mungkin hasil pindai, cetak ulang, atau konversi. "
    "Minta berkas PDF aslinya, atau periksa lewat kode QR-nya."
)
_MORE_INSIDE = (
    "PDF ini memuat lampiran lain di samping sertifikat digitalnya: bukan berkas seperti yang"
    " diterbitkan. Minta berkas PDF aslinya."
)
_BROKEN = "Berkas PDF ini rusak atau tidak dapat dibaca."


class _Attached(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def attached_to(pdf: bytes, *, is_own: bool = False) -> tuple[bytes, bytes | None]:
    """Read the files attached to a certificate's PDF: the credential, and the inclusion proof.

    Args:
        pdf: the bytes of the file.
        is_own: True if the PDF is byte for byte a file that the office published. Such a file is
            read without a PDF library.

    Returns:
        A pair of files: the credential as JSON, and the proof that the record is in the open log.
        The proof is None if the PDF has no proof attached.

    Raises:
        Unreadable: the PDF has no credential, several credentials, or an attachment of another
            kind; or the PDF is broken, locked with a password, or larger than 10 MB.
    """
    if len(pdf) > LARGEST_PDF:
        raise Unreadable(f"Berkas PDF terlalu besar: paling banyak {LARGEST_PDF // 1_000_000} MB.")
    attached = attachments_of(pdf) if is_own else None
    if attached is not None:
        return _only_credential(attached)
    return _read(pdf, lambda reader: _only_credential([*reader.attachment_list]))


def _only_credential(attached: Sequence[_Attached]) -> tuple[bytes, bytes | None]:
    credentials = [
        each for each in attached if each.name.lower().endswith(".json") and each.name != PROOF_NAME
    ]
    if not credentials:
        raise Unreadable(_NOTHING_INSIDE)
    # Two credentials in one file would let each reader believe another one.
    if len(credentials) > 1:
        raise Unreadable(
            "PDF ini memuat lebih dari satu sertifikat digital, jadi tidak jelas yang mana yang"
            " berlaku."
        )
    others = [each for each in attached if each not in credentials]
    if [each.name for each in others] not in ([], [PROOF_NAME]):
        raise Unreadable(_MORE_INSIDE)
    return credentials[0].content, others[0].content if others else None


def attached_files(pdf: bytes, name: str) -> list[bytes]:
    """Return the content of each file that is attached to a PDF under this name.

    Raises:
        Unreadable: the PDF is locked or broken.
    """
    return _read(
        pdf, lambda reader: [each.content for each in reader.attachment_list if each.name == name]
    )


def text_of(pdf: bytes) -> str:
    """Return the text on the pages of a PDF, as far as a PDF library can extract it.

    Raises:
        Unreadable: the PDF is locked or broken.
    """
    return _read(pdf, lambda reader: "\n".join(page.extract_text() for page in reader.pages))


def _read(pdf: bytes, look: Callable[[PdfReader], Value]) -> Value:
    """Open a PDF with pypdf, and return the value that the function `look` reads from the PDF.

    `look` gets the open `PdfReader`. The PDF is first read in pypdf's strict mode. If that fails,
    the PDF is read again in the mode that repairs errors. Strict mode takes half the time, and our
    own files need no repairs.
    """
    # It warns about every oddity of a stranger's file, on the person's screen.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read_once(pdf, look, strict=True)
    except Unreadable:
        return _read_once(pdf, look, strict=False)


def _read_once(pdf: bytes, look: Callable[[PdfReader], Value], *, strict: bool) -> Value:
    # A fifth of a second, and in the box alone where a PDF comes from outside.
    import pypdf  # noqa: PLC0415
    from pypdf.errors import FileNotDecryptedError, PyPdfError  # noqa: PLC0415

    try:
        with pypdf.PdfReader(io.BytesIO(pdf), strict=strict) as reader:
            return look(reader)
    except FileNotDecryptedError:
        raise Unreadable("PDF ini terkunci kata sandi. Minta berkas PDF aslinya.") from None
    except (
        PyPdfError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
        OSError,
        NotImplementedError,
        AssertionError,
    ):
        # A hostile file can trip the reader in any of these ways.
        raise Unreadable(_BROKEN) from None
