"""Printing takes its memory in a process that ends: the desk's own does not grow."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from psm_course.errors import Refused
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.typesetting import Template
from tests.bench.memory import peak
from tests.printing.builders import a_content, a_link

MOST = 10  # MB


def grown_by_printing() -> float:
    """Megabytes by which this process grew while it printed forty certificates and another forty
    for the printer.
    """
    contents = [
        (a_content(name=f"Siti {number}", number=f"800.2/{number:04}/X/2026"), a_link(seed=number))
        for number in range(40)
    ]
    printer, before = CertificatePrinter(), peak()
    for content, link in contents:
        printer.render(content, link, b"{}")
    assert [file[:5] for file in printer.render_batch(contents)] == [b"%PDF-"]
    return peak() - before


def test_printing_leaves_the_memory_of_whoever_prints_flat() -> None:
    command = [
        sys.executable,
        "-c",
        "from tests.printing.test_memory import grown_by_printing; print(grown_by_printing())",
    ]

    assert float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) < MOST


def test_a_press_that_was_killed_is_said_and_the_next_document_is_printed() -> None:
    template, day = Template("letters"), date(2026, 12, 1)
    facts = {"title": "Huruf", "letters": "abc"}
    whole = template.print(facts, day)
    assert template._process is not None
    template._process.kill()
    template._process.wait()

    with pytest.raises(Refused, match=r"^Program pencetak berhenti"):
        template.print(facts, day)
    assert template.print(facts, day) == whole
