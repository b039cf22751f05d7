"""The quick reader of our own PDFs: it says what a PDF library says, or that it cannot tell."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zlib

import pypdf
import pytest

from psm_course.credentials.formats.attachment import PROOF_NAME, attached_to
from psm_course.credentials.formats.own_pdf import attachments_of
from psm_course.credentials.verification.handed import boxed
from psm_course.credentials.verification.published import published
from psm_course.credentials.verification.verification import verify
from psm_course.printing.certificate import CertificatePrinter
from tests.credentials.signed import (
    NOW,
    NUMBER,
    OFFICE,
    a_badge,
    a_record,
    an_address,
    as_bytes,
    status_lists,
)
from tests.credentials.tampered_pdf import a_pdf, genuine_pdf
from tests.site.verification.pdfs import added_to, in_streams

BADGE = as_bytes(a_badge())
PROOF = b'{"format":"psm-inclusion/1","path":["' + b"QUJD" * 400 + b'"]}'
PRINTED = CertificatePrinter().render(a_record(), an_address(), BADGE, PROOF)


@pytest.mark.parametrize("proof", [None, b"{}", PROOF])
@pytest.mark.parametrize("credential", [BADGE, b"{}", b"{" + bytes(range(32, 127)) * 900 + b"}"])
def test_what_we_print_is_read_as_a_library_reads_it(
    credential: bytes, proof: bytes | None
) -> None:
    pdf = CertificatePrinter().render(a_record(), an_address(), credential, proof)

    assert sorted(attachments_of(pdf) or []) == sorted(
        [("credential.json", credential), *([(PROOF_NAME, proof)] if proof is not None else [])]
    )
    assert attached_to(pdf, is_own=True) == attached_to(pdf) == (credential, proof)


def test_an_own_file_needs_no_library() -> None:
    program = (
        "import sys; from psm_course.credentials.verification.handed import take_apart;"
        " take_apart(sys.stdin.buffer.read(), is_own=True); sys.exit('pypdf' in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], input=PRINTED, check=True)


def _replaced(old: bytes, new: bytes) -> bytes:
    """With the first `old` exchanged: places in the table stay right if the length does."""
    assert old in PRINTED
    return PRINTED.replace(old, new, 1)


def _moved(old: bytes, new: bytes) -> bytes:
    """With the last `old` exchanged, which is behind everything that the table points to."""
    before, found, after = PRINTED.rpartition(old)
    assert found
    return before + new + after


UNLIKE = {
    "nothing": b"",
    "no-pdf": b"%PDF-1.7\n",
    "cut-off": PRINTED[:-100],
    "cut-off-in-the-end": PRINTED[:-3],
    "another-end": PRINTED + b"x",
    "an-update-at-its-end": added_to(PRINTED),
    "an-update-without-the-attachments": added_to(PRINTED, kept=False),
    "by-another-program": genuine_pdf(),
    "by-another-program-with-two": a_pdf({PROOF_NAME: PROOF, "credential.json": BADGE}),
    "in-packed-streams": in_streams(BADGE),
    "locked": a_pdf({"credential.json": BADGE}, lock="rahasia"),
    "table-far-away": _moved(b"startxref\n", b"startxref\n99999"),
    "table-elsewhere": _moved(b"startxref\n", b"startxref\n1"),
    "an-earlier-table": _moved(b"/Root ", b"/Prev 16/Root "),
    "a-lock": _moved(b"/Root ", b"/Encrypt 1 0 R/Root "),
    "no-root": _moved(b"/Root ", b"/Rood "),
    "a-root-that-is-not-there": _moved(b"/Root ", b"/Root 9"),
    "no-names": _replaced(b"/EmbeddedFiles", b"/EmbeddedFilez"),
    "names-in-branches": _replaced(b"/EmbeddedFiles<</Names", b"/EmbeddedFiles<</Kidss"),
    "no-file-in-the-specification": _replaced(b"/EF<</F ", b"/EF<</G "),
    "another-filter": _replaced(b"/EmbeddedFile/Filter/FlateDecode", b"/EmbeddedFile/Filter/LZW"),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_is_laid_out_otherwise_is_left_to_a_library(name: str) -> None:
    assert attachments_of(UNLIKE[name]) is None


def _small(head: bytes, stream: bytes, behind: bytes = b"\nendstream\nendobj\n") -> bytes:
    """The least that is laid out like our files, with this stream."""
    pdf = (
        b"%PDF-1.7\n"
        b"1 0 obj\n<</Type/Catalog/Names<</EmbeddedFiles<</Names[(credential.json)2 0 R]>>>>>>\n"
        b"endobj\n2 0 obj\n<</Type/Filespec/EF<</F 3 0 R>>>>\nendobj\n"
    )
    places = [pdf.index(b"1 0 obj"), pdf.index(b"2 0 obj"), len(pdf)]
    pdf += b"3 0 obj\n" + head + b"\nstream\n" + stream + behind
    table = len(pdf)
    pdf += b"xref\n0 4\n0000000000 65535 f\r\n"
    pdf += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    return pdf + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table


def _packed(stream: bytes, length: int | None = None) -> bytes:
    length = len(stream) if length is None else length
    return _small(b"<</Length %d/Type/EmbeddedFile/Filter/FlateDecode>>" % length, stream)


def test_the_least_is_read() -> None:
    plain = _small(b"<</Length 2/Type/EmbeddedFile>>", b"{}")
    packed = _packed(zlib.compress(b" " * 7_000_000))

    assert attachments_of(plain) == [("credential.json", b"{}")]
    assert attachments_of(packed) == [("credential.json", b" " * 7_000_000)]


STREAMS = {
    "unpacks-to-more-than-any-document-has": _packed(zlib.compress(b" " * 8_000_001)),
    "is-not-packed": _packed(b"{}"),
    "is-cut": _packed(zlib.compress(BADGE)[:-9]),
    "goes-on-behind-its-end": _packed(zlib.compress(BADGE) + b"x"),
    "is-shorter-than-told": _packed(zlib.compress(BADGE), 5_000),
    "is-longer-than-told": _packed(zlib.compress(BADGE), 100),
    "has-no-end": _small(b"<</Length 2/Type/EmbeddedFile>>", b"{}", b""),
    "is-packed-twice": _small(
        b"<</Length 2/Type/EmbeddedFile/Filter[/FlateDecode/FlateDecode]>>", b"{}"
    ),
    "is-an-image": _small(b"<</Length 2/Type/XObject>>", b"{}"),
}


@pytest.mark.parametrize("how", STREAMS)
def test_a_stream_unlike_ours_is_left_to_a_library(how: str) -> None:
    assert attachments_of(STREAMS[how]) is None


def test_a_published_file_and_one_made_of_it_keep_their_verdicts() -> None:
    digest = hashlib.sha256(PRINTED).hexdigest()
    known = published([OFFICE], status_lists(), pdfs={NUMBER: [digest]})
    writer = pypdf.PdfWriter(io.BytesIO(PRINTED), incremental=True)
    writer.add_attachment("foto.png", b"\x89PNG")
    with_a_third = io.BytesIO()
    writer.write(with_a_third)

    assert known.own_files == {digest}
    verdicts = [
        verify(each, known, NOW, boxed).verdict
        for each in (PRINTED, added_to(PRINTED), with_a_third.getvalue())
    ]
    assert verdicts == ["valid", "tampered", "unreadable"]
