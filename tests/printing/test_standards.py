"""What the documents claim to be, they are: as veraPDF, qpdf and Poppler judge them."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from psm_course.printing.cards import render_cards
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.notes import render_notes
from psm_course.printing.papers import render_closing_sheets, render_speaker_pages
from psm_course.printing.report import render_report
from psm_course.printing.rundown import render_rundown
from psm_course.printing.sign_in_sheet import render_sign_in_sheet
from tests.printing.builders import (
    A_CHECKPOINT,
    LOGO,
    LONG_NAMES,
    OCCASION,
    a_card,
    a_content,
    a_link,
    a_person,
    a_report,
    a_row,
    an_old_content,
)
from tests.printing.readers import PASS, Verdict, attachment, pdf_facts, qpdf_complaints, vera
from tests.printing.test_notes import HEADING, LESSON
from tests.printing.test_papers import PAGE
from tests.printing.test_rundown import AS_OF, DAY
from tests.printing.test_sign_in_sheet import DAY_ONE, ONE_SESSION

CREDENTIAL = '{"name": "Siti Rahayu", "diacritics": "Łukasz é", "n": 1.50}\r\n'.encode()
STANDARDS = ("3a", "ua1")


def documents() -> dict[str, bytes]:
    """One of each kind of document, and the certificates that are hardest on a standard."""
    printer, with_logo = CertificatePrinter(), CertificatePrinter(LOGO)
    return {
        "certificate": with_logo.render(
            a_content(signatory_name="Dra. Contoh, M.Si", tte_note=True), a_link(), CREDENTIAL
        ),
        "certificate-attended": printer.render(
            a_content(kind="attended", score=None), a_link(), CREDENTIAL
        ),
        "certificate-longest-name": printer.render(
            a_content(name=LONG_NAMES[1]), a_link(), CREDENTIAL
        ),
        "certificate-of-long-ago": printer.render(an_old_content()),
        "cards": render_cards(OCCASION, [a_card(number) for number in range(1, 13)], LOGO),
        "sign-in-sheet": render_sign_in_sheet(
            OCCASION, [DAY_ONE, ONE_SESSION], [a_row(number) for number in range(1, 41)], LOGO
        ),
        "speakers": render_speaker_pages(OCCASION, [PAGE, PAGE], AS_OF, LOGO),
        "closing": render_closing_sheets(OCCASION, ("Kementerian Sosial",), LOGO),
        "rundown": render_rundown(OCCASION, [DAY, DAY], AS_OF, LOGO),
        "notes": render_notes(HEADING, [LESSON, LESSON]),
        "report": render_report(
            a_report(
                people=tuple(a_person(number) for number in range(1, 101)), checkpoint=A_CHECKPOINT
            ),
            LOGO,
        ),
        "report-of-nobody": render_report(
            a_report(people=(), coverage=(), records=(), signatories=())
        ),
        "certificate-batch": b"".join(
            printer.render_batch(
                [(a_content(), a_link()), (a_content(name="Budi"), a_link(seed=2))]
            )
        ),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("documents")
    paths: dict[str, Path] = {}
    for name, pdf in documents().items():
        paths[name] = folder / f"{name}.pdf"
        paths[name].write_bytes(pdf)
    return paths


@pytest.fixture(scope="module")
def verdicts(
    files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Verdict]:
    """Of all documents and of one that is neither, in one go: the judge takes longer to start than
    to read any of them.
    """
    plain = tmp_path_factory.mktemp("plain") / "plain.pdf"
    typst.compile(b"Sertifikat", output=str(plain), pdf_tags=False)
    return vera(*files.values(), plain)


def test_every_document_is_archival_and_accessible(
    files: dict[str, Path], verdicts: dict[tuple[str, str], Verdict]
) -> None:
    ours = {name: verdict for name, verdict in verdicts.items() if name[0] != "plain.pdf"}

    assert ours == {
        (path.name, standard): PASS for path in files.values() for standard in STANDARDS
    }


def test_the_judge_finds_fault_with_a_file_that_is_neither(
    verdicts: dict[tuple[str, str], Verdict],
) -> None:
    assert {name: verdict for name, verdict in verdicts.items() if name[0] == "plain.pdf"} == {
        ("plain.pdf", "3a"): Verdict(False, ("6.6.4-1", "6.7.2.2-1", "6.7.3.3-1")),
        ("plain.pdf", "ua1"): Verdict(
            False, ("5-1", "6.2-1", "7.1-10", "7.1-11", "7.1-3", "7.1-9")
        ),
    }


def test_qpdf_finds_nothing_broken(files: dict[str, Path]) -> None:
    assert {name: qpdf_complaints(path) for name, path in files.items()} == dict.fromkeys(files, "")


def test_qpdf_does_complain_of_half_a_file(files: dict[str, Path], tmp_path: Path) -> None:
    half = tmp_path / "half.pdf"
    half.write_bytes(files["certificate"].read_bytes()[:20_000])

    assert "file is damaged" in qpdf_complaints(half)


def test_another_reader_takes_out_the_credential_as_it_went_in(
    files: dict[str, Path], tmp_path: Path
) -> None:
    assert attachment(files["certificate"], tmp_path / "out.json") == CREDENTIAL


def test_another_reader_sees_a_tagged_page_of_a4(files: dict[str, Path]) -> None:
    facts = pdf_facts(files["certificate"])

    assert {
        name: facts[name] for name in ("Tagged", "Encrypted", "JavaScript", "Pages", "Page size")
    } == {
        "Tagged": "yes",
        "Encrypted": "no",
        "JavaScript": "no",
        "Pages": "2",
        "Page size": "841.89 x 595.276 pts (A4)",
    }
