"""Check a PDF that came back signed: it is ours, and only a signature was added.

The file must begin with exactly the bytes that were issued. `credentials.formats.signatures` reads
the added bytes in the box (a child process with limits). From the signing certificate only two
names are read; the officer decides if they are right.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psm_course.box.box import NotRead, open_box
from psm_course.errors import Refused


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A signed PDF of ours: the number of its record, and two names in the signing certificate.

    `by` is the person who signed; `vouched_by` is the issuer of the signing certificate.
    """

    number: str
    by: str
    vouched_by: str


def read_signed(pdf: bytes, issued: Mapping[str, str]) -> SignedPdf:
    """Check that a PDF is one of ours to which only a signature was added.

    Args:
        pdf: the bytes of the PDF.
        issued: record numbers by the SHA-256 of each file that we printed.

    Raises:
        Refused: the PDF is not ours, or anything else than a signature was added. The message is
            half a sentence, to be put after the name of the file.
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

    A signature is added after the end mark (`%%EOF`) of a PDF, so the PDF without the signature is
    one of these beginnings. Each byte is digested only once, also if there are many end marks.
    """
    so_far, at = hashlib.sha256(), 0
    for mark in re.finditer(rb"%%EOF\r?\n?", pdf):
        # Its line end may belong to the file before, or to what was added.
        for end in range(mark.start() + len(b"%%EOF"), mark.end() + 1):
            so_far.update(pdf[at:end])
            at = end
            yield so_far.hexdigest()
