"""What is copied from a document, searched in it or read out is what is printed, letter for letter:
by readers that are not ours.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from psm_course.printing.cards import render_cards
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.papers import render_closing_sheets
from psm_course.printing.report import render_report
from psm_course.printing.sign_in_sheet import render_sign_in_sheet
from tests.printing.builders import (
    A_CHECKPOINT,
    OCCASION,
    a_card,
    a_content,
    a_person,
    a_report,
    a_row,
)
from tests.printing.readers import copied, read_out
from tests.printing.test_sign_in_sheet import DAY_ONE

ADDRESS = "psm.dinsos.depok.go.id/v"
LINK = f"https://{ADDRESS}#{'A' * 300}"
NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"
NUMBER = "800.2.4.1/0007/PSM-DASAR-LANJUTAN/DINSOS/XI/2026"
KELURAHAN = "Pangkalanjatibarukecamatancinere"
PRINTER = CertificatePrinter()


def documents() -> dict[str, tuple[bytes, list[str]]]:
    """Documents with words that no line would hold, and these words."""
    certificate = a_content(
        name=NAME,
        number=NUMBER,
        course=f"Bimtek{NAME}",
        signatory_name=NAME,
        letterhead=[NAME, "DINAS SOSIAL"],
    )
    report = a_report(people=(a_person(1, name=NAME),), checkpoint=A_CHECKPOINT)
    return {
        "certificate": (
            PRINTER.render(certificate, LINK),
            [NAME, NUMBER, f"Bimtek{NAME}", ADDRESS],
        ),
        "certificate-of-w": (PRINTER.render(a_content(name="W" * 100), LINK), ["W" * 100, ADDRESS]),
        "cards": (
            render_cards(OCCASION, [a_card(1, name=NAME, kelurahan=KELURAHAN)]),
            [NAME, KELURAHAN],
        ),
        "sign-in-sheet": (
            render_sign_in_sheet(OCCASION, [DAY_ONE], [a_row(1, name=NAME, kelurahan=KELURAHAN)]),
            [NAME, KELURAHAN],
        ),
        "closing": (render_closing_sheets(OCCASION, (NAME,)), [NAME]),
        "report": (render_report(report), [NAME]),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, list[str]]]:
    folder = tmp_path_factory.mktemp("documents")
    made: dict[str, tuple[Path, list[str]]] = {}
    for name, (pdf, words) in documents().items():
        made[name] = (folder / f"{name}.pdf", words)
        made[name][0].write_bytes(pdf)
    return made


@pytest.fixture(scope="module")
def copies(files: dict[str, tuple[Path, list[str]]]) -> dict[tuple[str, str], str]:
    """What is copied, by document and reader."""
    return {
        (name, reader): text
        for name, (pdf, _) in files.items()
        for reader, text in copied(pdf).items()
    }


def unseen(text: str) -> set[str]:
    """Letters that nobody sees: without width, soft hyphens, directions, and what means nothing."""
    return {letter for letter in text if unicodedata.category(letter) in {"Cf", "Co", "Cn"}}


def joined(text: str) -> str:
    """A word runs on in the next line; only lines and blanks are put aside."""
    return "".join(text.split())


def test_no_reader_copies_a_letter_that_nobody_sees(copies: dict[tuple[str, str], str]) -> None:
    assert [(where, unseen(text)) for where, text in copies.items() if unseen(text)] == []
    assert {reader for _, reader in copies} == {"Poppler", "pypdf", "PDFium"}


def test_every_long_word_is_copied_whole(
    files: dict[str, tuple[Path, list[str]]], copies: dict[tuple[str, str], str]
) -> None:
    assert [
        (where, word)
        for where, text in copies.items()
        for word in files[where[0]][1]
        if word not in joined(text)
    ] == []


@pytest.mark.parametrize("name", ["certificate", "certificate-of-w"])
def test_a_screen_reader_is_given_what_is_printed(
    files: dict[str, tuple[Path, list[str]]], name: str
) -> None:
    pdf, words = files[name]

    said = "".join(read_out(pdf.read_bytes()))

    assert unseen(said) == set()
    assert [word for word in words if word not in joined(said)] == []


def test_a_name_that_stands_on_one_line_is_read_out_in_one_piece(
    files: dict[str, tuple[Path, list[str]]],
) -> None:
    pieces = read_out(files["certificate"][0].read_bytes())

    assert [piece for piece in pieces if piece.startswith(NAME)] == [
        NAME,
        f"{NAME} · Nomor {NUMBER}",
    ]
    assert f"Bimtek{NAME}" in pieces


def test_a_long_address_breaks_where_people_would_break_it(
    files: dict[str, tuple[Path, list[str]]],
) -> None:
    pieces = read_out(files["certificate"][0].read_bytes())

    assert [piece for piece in pieces if piece in {"dinsos.", "depok.", "go.", "id/"}] == [
        "dinsos.",
        "depok.",
        "go.",
        "id/",
    ]


def test_an_ordinary_address_is_read_out_in_one_piece() -> None:
    pieces = read_out(PRINTER.render(a_content(), f"https://psm.depok.go.id/v#{'A' * 300}"))

    assert any(" psm.depok.go.id/v " in piece for piece in pieces)
