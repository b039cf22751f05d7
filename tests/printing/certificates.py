"""Certificates as the office prints them, each with the difference that matters in a test."""

from __future__ import annotations

from typing import Any

from psm_course.printing.certificate import CertificatePrinter
from tests.printing.builders import a_content, a_link
from tests.printing.readers import texts

PRINTER = CertificatePrinter()
LINK = a_link()


def printed(**changes: Any) -> bytes:
    return PRINTER.render(a_content(**changes), LINK)


def says(**changes: Any) -> list[str]:
    return texts(printed(**changes))
