"""The credential that travels inside a certificate's PDF."""

import io
import logging

import pypdf
from pypdf.errors import FileNotDecryptedError, PyPdfError

from psm_course.credentials.documents import Unreadable

LARGEST_PDF = 10_000_000
_NOTHING_INSIDE = (
    "PDF ini tidak memuat sertifikat digital. Mungkin hasil pindai, cetak ulang, atau konversi. "
    "Minta berkas PDF aslinya, atau periksa lewat kode QR-nya."
)
_BROKEN = "Berkas PDF ini rusak atau tidak dapat dibaca."


def credential_in(pdf: bytes) -> bytes:
    """The JSON file attached to the PDF. Unreadable when there is none, more than one, or when the PDF is broken or too large."""
    if len(pdf) > LARGEST_PDF:
        raise Unreadable(f"Berkas PDF terlalu besar: paling banyak {LARGEST_PDF // 1_000_000} MB.")
    attached = _json_attachments(pdf)
    if not attached:
        raise Unreadable(_NOTHING_INSIDE)
    if len(attached) > 1:
        raise Unreadable("PDF ini memuat lebih dari satu sertifikat digital, jadi tidak jelas yang mana yang berlaku.")
    return attached[0]


def _json_attachments(pdf: bytes) -> list[bytes]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every oddity of a stranger's file, on the person's screen
    try:
        with pypdf.PdfReader(io.BytesIO(pdf)) as reader:
            attached = [each.content for each in reader.attachment_list if each.name.lower().endswith(".json")]
    except FileNotDecryptedError:
        raise Unreadable("PDF ini terkunci kata sandi. Minta berkas PDF aslinya.") from None
    except (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError, OSError, NotImplementedError, AssertionError):
        raise Unreadable(_BROKEN) from None  # a hostile file can trip the reader in any of these ways
    return attached
