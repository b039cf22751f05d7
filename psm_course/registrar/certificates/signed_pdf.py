"""Checking a PDF that came back signed: it is ours, and only a signature was added.

It must begin with the very bytes that were issued. The added bytes are read in the box, a child
process with limits, by `credentials.formats.signatures`. Whose signature it is, the officer reads.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psm_course.box.box import NotRead, open_box
from psm_course.errors import Refused


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """The record's number, and by the signing certificate who signed and who vouches for that."""

    number: str
    by: str
    vouched_by: str


def read_signed(pdf: bytes, issued: Mapping[str, str]) -> SignedPdf:
    """Check a signed PDF.

    Args:
        pdf: its bytes.
        issued: record numbers by the SHA-256 of each file that we printed.

    Raises:
        Refused: anything is odd; the message is half a sentence, to follow the file's name.
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
    """The digest of every revision of the file, the whole of it as the last.

    A PDF may be added to after any of its ends.

    Each byte is digested once, however many ends there are.
    """
    found = re.finditer(rb"%%EOF\r?\n?", pdf)
    so_far, at = hashlib.sha256(), 0
    for end in (
        end
        for each in found
        for end in sorted({each.start() + 5, *range(each.start() + 6, each.end() + 1)})
    ):
        so_far.update(pdf[at:end])
        at = end
        yield so_far.hexdigest()
