"""PDFs as a person may drop them: a page with the credential inside, edited,
saved anew, scanned, locked, or broken.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pypdf

from psm_course.credentials.formats.attachment import PROOF_NAME
from tests.credentials.signed import a_badge, as_bytes


@cache
def genuine_pdf() -> bytes:
    return a_pdf({"credential.json": as_bytes(a_badge())})


def a_pdf(
    attachments: Mapping[str, bytes] | Sequence[tuple[str, bytes]], pages: int = 2, lock: str = ""
) -> bytes:
    """As a list there may be two of one name."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(842, 595)
    for name, content in attachments.items() if isinstance(attachments, Mapping) else attachments:
        writer.add_attachment(name, content)
    if lock:
        writer.encrypt(lock, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdfs() -> Iterator[tuple[str, bytes, str, str]]:
    """Name, file, verdict and world."""
    badge, genuine = as_bytes(a_badge()), genuine_pdf()
    changed = badge.replace(b"86.67", b"96.67")
    yield "as-issued", genuine, "valid", "usual"
    yield "as-issued-and-digest-known", genuine, "valid", "pdf-known"
    yield "edited", a_pdf({"credential.json": badge}, pages=3), "valid", "usual"
    yield (
        "edited-and-digest-known",
        a_pdf({"credential.json": badge}, pages=3),
        "tampered",
        "pdf-known",
    )
    yield "credential-changed", a_pdf({"credential.json": changed}), "tampered", "usual"
    yield "credential-under-another-name", a_pdf({"Sertifikat.JSON": badge}), "valid", "usual"
    proof = (PROOF_NAME, b'{"format":"psm-inclusion/1"}')
    own = ("credential.json", badge)
    yield "proof-of-its-record-beside", a_pdf([own, proof]), "valid", "usual"
    yield "proof-of-its-record-before", a_pdf([proof, own]), "valid", "usual"
    yield "proof-twice", a_pdf([own, proof, proof]), "unreadable", "usual"
    yield "proof-alone", a_pdf([proof]), "unreadable", "usual"
    yield "third-attachment", a_pdf([own, proof, ("foto.png", b"\x89PNG")]), "unreadable", "usual"
    yield (
        "third-attachment-of-json",
        a_pdf([own, proof, ("lain.json", b"{}")]),
        "unreadable",
        "usual",
    )
    yield "same-name-twice", a_pdf([own, own]), "unreadable", "usual"
    yield (
        "same-name-twice-and-another-inside",
        a_pdf([own, ("credential.json", changed)]),
        "unreadable",
        "usual",
    )
    yield "other-file-beside", a_pdf([("foto.png", b"\x89PNG"), own]), "unreadable", "usual"
    yield "other-file-alone", a_pdf([("foto.png", b"\x89PNG")]), "unreadable", "usual"
    yield "proof-in-capitals", a_pdf([own, (PROOF_NAME.upper(), b"{}")]), "unreadable", "usual"
    yield "credential-is-no-json", a_pdf({"credential.json": b"halo"}), "unreadable", "usual"
    yield "credential-huge", a_pdf({"credential.json": b" " * 2_000_000}), "unreadable", "usual"
    yield "two-credentials", a_pdf({"a.json": badge, "b.json": badge}), "unreadable", "usual"
    yield "nothing-inside", a_pdf({}), "unreadable", "usual"
    yield "locked", a_pdf({"credential.json": badge}, lock="rahasia"), "unreadable", "usual"
    yield "cut-off", genuine[: len(genuine) // 3], "unreadable", "usual"
    yield "head-only", b"%PDF-1.7\n", "unreadable", "usual"
    yield "rubbish", b"%PDF-1.7\n" + bytes(range(256)) * 40, "unreadable", "usual"
    yield "huge", genuine + b"\n" * 10_000_000, "unreadable", "usual"
    yield (
        "loop",
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Names 1 0 R/Kids[1 0"
            b" R]>>endobj\ntrailer<</Root 1 0 R>>"
        ),
        "unreadable",
        "usual",
    )
