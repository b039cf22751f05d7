"""PDFs as a person may drop them: a page with the credential inside, edited, saved anew, scanned, locked, or broken."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pypdf

from tests.credentials.signed import a_badge, as_bytes


@cache
def genuine_pdf() -> bytes:
    return _pdf({"credential.json": as_bytes(a_badge())})


def _pdf(attachments: dict[str, bytes], pages: int = 2, lock: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(842, 595)
    for name, content in attachments.items():
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
    yield "edited", _pdf({"credential.json": badge}, pages=3), "valid", "usual"
    yield "edited-and-digest-known", _pdf({"credential.json": badge}, pages=3), "tampered", "pdf-known"
    yield "credential-changed", _pdf({"credential.json": changed}), "tampered", "usual"
    yield "credential-under-another-name", _pdf({"Sertifikat.JSON": badge}), "valid", "usual"
    yield "other-files-beside", _pdf({"foto.png": b"\x89PNG", "credential.json": badge}), "valid", "usual"
    yield "credential-is-no-json", _pdf({"credential.json": b"halo"}), "unreadable", "usual"
    yield "credential-huge", _pdf({"credential.json": b" " * 2_000_000}), "unreadable", "usual"
    yield "two-credentials", _pdf({"a.json": badge, "b.json": badge}), "unreadable", "usual"
    yield "nothing-inside", _pdf({}), "unreadable", "usual"
    yield "locked", _pdf({"credential.json": badge}, lock="rahasia"), "unreadable", "usual"
    yield "cut-off", genuine[: len(genuine) // 3], "unreadable", "usual"
    yield "head-only", b"%PDF-1.7\n", "unreadable", "usual"
    yield "rubbish", b"%PDF-1.7\n" + bytes(range(256)) * 40, "unreadable", "usual"
    yield "huge", genuine + b"\n" * 10_000_000, "unreadable", "usual"
    yield (
        "loop",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Names 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
        "unreadable",
        "usual",
    )
