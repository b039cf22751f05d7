"""Checking a PDF that came back signed: it is ours, and only a signature was added.

The file must begin with exactly the bytes that were issued. `credentials.formats.signatures` reads
the added bytes in the box, a child process with limits. Only the names in the signing certificate
are read here; the officer decides if they are right.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psm_course.box.box import NotRead, open_box
from psm_course.errors import Refused


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A signed PDF of ours: the record's number and two names in its signing certificate.

    `by` is the person who signed, `vouched_by` the issuer of the signing certificate.
    """

    number: str
    by: str
    vouched_by: str


def read_signed(pdf: bytes, issued: Mapping[str, str]) -> SignedPdf:
    """Check a signed PDF.

    Args:
        pdf: its bytes.
        issued: record numbers by the SHA-256 of each file that we printed.

    Raises:
        Refused: the PDF is not ours, or anything else than a signature was added to it. The message
            is half a sentence, to follow the file's name.
    """
    number = next((issued[digest] for digest in _beginnings(pdf) if digest in issued), None)
    if number is None:
        raise Refused("bukan berkas yang kami terbitkan, atau byte aslinya sudah berubah")
    try:
        with open_box() as box:
            by, vouched_by = box.read_one("signature", pdf)
    except NotRead as unread:
        raise Refused(str(unread) if unread.why == "said" else f"berkas ini {unread}") from None
    except (TypeError, ValueError):
        raise Refused(f"berkas ini {NotRead('broken')}") from None
    return SignedPdf(number, str(by), str(vouched_by))


def _beginnings(pdf: bytes) -> Iterator[str]:
    """Yield the SHA-256 of each beginning of the file that could be a whole PDF.

    A signature is added after the end mark (`%%EOF`) of a PDF, so the file before it is one of
    these beginnings. Each byte is digested once, however many end marks there are.
    """
    so_far, at = hashlib.sha256(), 0
    for mark in re.finditer(rb"%%EOF\r?\n?", pdf):
        # Its line end may belong to the file before, or to what was added.
        for end in range(mark.start() + len(b"%%EOF"), mark.end() + 1):
            so_far.update(pdf[at:end])
            at = end
            yield so_far.hexdigest()
