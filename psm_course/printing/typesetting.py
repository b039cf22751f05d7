"""Typst, behind one door: a template of ours, facts as data, and the bytes of an archival, accessible PDF out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

import typst

from psm_course.errors import Refused

_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
_LOGO_ALONE = b'#set document(title: "Logo")\n#image(bytes(json(bytes(sys.inputs.logo))), alt: "Logo", width: 1cm)'


class Unprintable(Exception):
    """A fact holds a letter that the typeface does not have; the message names it."""


class Template:
    """One compiler for many documents of a kind; making it is the expensive part."""

    def __init__(self, name: str, logo: bytes | None = None) -> None:
        """`name` is a file in `templates/`; `logo` a PNG or SVG file. Raises Refused when the logo is neither, or broken."""
        place = files("psm_course.printing").joinpath("templates", f"{name}.typ")
        self._compiler = typst.Compiler(str(place), ignore_system_fonts=True)
        self._logo = _as_input(logo) if logo else ""

    def print(self, facts: Mapping[str, Any], day: date, **files: str) -> bytes:
        """A PDF/A-3a and PDF/UA-1 file, dated `day` so that the same facts give the same bytes. Raises Unprintable.

        `files` are texts the template needs whole, such as a file to attach.
        """
        written = json.dumps(facts, ensure_ascii=False, default=str)
        dated = int(datetime.combine(day, time(), UTC).timestamp())
        return _compile(self._compiler, {"facts": written, "logo": self._logo, **files}, dated)


def _compile(compiler: typst.Compiler, inputs: dict[str, str], dated: int) -> bytes:
    try:
        pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS, timestamp=dated)
    except typst.TypstError as error:
        unknown = re.search(r'the text `"(.+?)"` could not be displayed', str(error))
        if unknown is None:
            raise
        raise Unprintable(f'Huruf "{unknown.group(1)}" tidak dapat dicetak; tulis dengan huruf Latin.') from None
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned pages instead of one file")
    return pdf


def _as_input(logo: bytes) -> str:
    """Typst takes texts only: the file's bytes as a list of numbers. Tried once, alone, so that a broken one is said at once."""
    written = json.dumps(list(logo), separators=(",", ":"))
    try:
        _compile(typst.Compiler(_LOGO_ALONE, ignore_system_fonts=True), {"logo": written}, 0)
    except (typst.TypstError, Unprintable):
        raise Refused("Logo tidak dapat dicetak. Pakai berkas PNG atau SVG yang utuh; ubah huruf di dalam SVG menjadi bentuk.") from None
    return written
