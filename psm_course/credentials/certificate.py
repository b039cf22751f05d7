"""The certificate: a completion record's frozen content in, the bytes of a PDF out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

import typst


class Unprintable(Exception):
    """A fact holds a letter that the typeface does not have."""


class CertificatePrinter:
    """One compiler for many certificates; making it is the expensive part."""

    def __init__(self) -> None:
        template = files("psm_course.credentials").joinpath("templates/certificate.typ")
        self._compiler = typst.Compiler(str(template), ignore_system_fonts=True)

    def render(self, content: Mapping[str, Any]) -> bytes:
        """A PDF/A-3a and PDF/UA-1 file; raises Unprintable. The same content gives the same bytes: the timestamp is the day of issue."""
        issued = datetime.combine(date.fromisoformat(content["issued_on"]), time(), UTC)
        try:
            pdf = self._compiler.compile(
                format="pdf",
                sys_inputs={"record": json.dumps(content, ensure_ascii=False)},
                pdf_standards=["a-3a", "ua-1"],
                timestamp=int(issued.timestamp()),
            )
        except typst.TypstError as error:
            raise Unprintable(str(error)) from None
        if not isinstance(pdf, bytes):
            raise TypeError("typst returned pages instead of one file")
        return pdf
