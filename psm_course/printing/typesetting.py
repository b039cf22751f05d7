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
_TEMPLATES = files("psm_course.printing").joinpath("templates")
_LOGO_ALONE = b'#set document(title: "Logo")\n#image(bytes(json(bytes(sys.inputs.logo))), alt: "Logo", width: 1cm)'


class Unprintable(Refused):
    """A fact holds a letter that the typeface does not have; the message names it."""

    def __init__(self, letter: str) -> None:
        super().__init__(f'Huruf "{letter}" tidak dapat dicetak; tulis dengan huruf Latin.')
        self.letter = letter


class Template:
    """One compiler for many documents of a kind; making it is the expensive part."""

    def __init__(self, name: str, logo: bytes | None = None) -> None:
        """`name` is a file in `templates/`; `logo` a PNG or SVG file. Raises Refused when the logo is neither, or broken."""
        self._name = name
        inputs = {"logo": _as_input(logo) if logo else ""}
        self._compiler = typst.Compiler(b"", root=str(_TEMPLATES), ignore_system_fonts=True, sys_inputs=inputs)

    def print(self, facts: Mapping[str, Any], day: date) -> bytes:
        """A PDF/A-3a and PDF/UA-1 file, dated `day` so that the same facts give the same bytes. Raises Unprintable."""
        dated = int(datetime.combine(day, time(), UTC).timestamp())
        return _compile(self._compiler, dated, self._source(facts))

    def _source(self, facts: Mapping[str, Any]) -> bytes:
        """A call of the template with the facts as one text, never as markup: within quotes Typst minds quotes and backslashes only.

        As `sys.inputs` they would be part of the compiler's library, and all that it keeps from one document to the next would be lost.
        """
        written = json.dumps(facts, ensure_ascii=False, default=str).replace("\\", "\\\\").replace('"', '\\"')
        return f'#import "{self._name}.typ": printed\n#printed(json(bytes("{written}")))'.encode()


def _compile(compiler: typst.Compiler, dated: int, source: bytes | None = None) -> bytes:
    try:
        pdf = compiler.compile(source, format="pdf", pdf_standards=_STANDARDS, timestamp=dated)
    except typst.TypstError as error:
        unknown = re.search(r'the text `"(.+?)"` could not be displayed', str(error))
        if unknown is None:
            raise
        raise Unprintable(unknown.group(1)) from None
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned pages instead of one file")
    return pdf


def _as_input(logo: bytes) -> str:
    """Typst takes texts only: the file's bytes as a list of numbers. Tried once, alone, so that a broken one is said at once."""
    written = json.dumps(list(logo), separators=(",", ":"))
    try:
        _compile(typst.Compiler(_LOGO_ALONE, ignore_system_fonts=True, sys_inputs={"logo": written}), 0)
    except (typst.TypstError, Unprintable):
        raise Refused("Logo tidak dapat dicetak. Pakai berkas PNG atau SVG yang utuh; ubah huruf di dalam SVG menjadi bentuk.") from None
    return written
