"""What leaves the register at the desk: sheets for Excel and the report pack, complete, noted, and
for the right roles.
"""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfReader

from psm_course.content.course import Course
from psm_course.registrar.reports.reporting import (
    CHECKPOINT,
    ITEMS,
    MANIFEST,
    MINUTES,
    REGISTER,
    SUMS,
)
from psm_course.store.engine import Store
from tests.register_builders import a_hand_in, enrols, events_of, hands_in
from tests.web.conftest import SignedIn, Visitor

PLACE = "/angkatan/D26/laporan"


@pytest.fixture
def siti_and_rini(store: Store, course: Course, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))
    hands_in(store, course, a_hand_in("D26-001"))


def cells_of(workbook: bytes) -> list[str]:
    return [
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows(values_only=True)
        for cell in row
    ]


@pytest.mark.parametrize(
    ("sheet", "expected"), [("register", "Siti"), ("butir", "D26-001"), ("peserta", "Rini")]
)
def test_each_sheet_is_downloaded_as_excel(
    officer: Visitor, siti_and_rini: None, sheet: str, expected: str
) -> None:
    answer = officer.get(f"{PLACE}/{sheet}")

    assert answer.headers["content-disposition"] == f'attachment; filename="{sheet}-D26.xlsx"'
    assert expected in cells_of(answer.content)


def test_the_report_pack_comes_in_one_file_stays_in_the_office_and_is_noted(
    officer: Visitor, store: Store, siti_and_rini: None, tmp_path: Path
) -> None:
    answer = officer.fill_in(PLACE, {"nomor": "800/12/2026"})

    (kept,) = (tmp_path / "laporan").iterdir()
    pack = ZipFile(io.BytesIO(answer.content))
    assert (
        answer.headers["content-disposition"]
        == f'attachment; filename="berita-acara-{kept.name}.zip"'
    )
    assert {
        name: pack.read(f"{kept.name}/{name}")
        for name in (CHECKPOINT, ITEMS, MANIFEST, MINUTES, REGISTER, SUMS)
    } == {path.name: path.read_bytes() for path in kept.iterdir()}
    assert "800/12/2026" in PdfReader(kept / MINUTES).pages[0].extract_text()
    assert events_of(store)[-1][:3] == ("petugas", "report made", "D26")


def test_a_report_that_cannot_be_written_is_said_and_nothing_is_noted(
    officer: Visitor, store: Store, siti_and_rini: None, tmp_path: Path
) -> None:
    (tmp_path / "laporan").write_text("a file where the folder should be", encoding="utf-8")
    before = events_of(store)

    answer = officer.fill_in(PLACE, {"nomor": "800/12/2026"})

    assert answer.status_code == 422
    assert ("Berita acara belum dibuat" in answer.text, 'value="800/12/2026"' in answer.text) == (
        True,
        True,
    )
    assert events_of(store) == before


def test_a_reader_gets_the_sheets_but_makes_no_report(
    signed_in: SignedIn, officer: Visitor, siti_and_rini: None
) -> None:
    readers, officers = signed_in("pembaca").get(PLACE).text, officer.get(PLACE).text

    assert (
        "Jawaban per butir" in readers,
        "Unduh berita acara" in readers,
        "laporan/peserta" in readers,
    ) == (True, False, False)
    assert (
        "Jawaban per butir" in officers,
        "Unduh berita acara" in officers,
        "laporan/peserta" in officers,
    ) == (True, True, True)


def test_nobody_enrolled_nothing_to_report(officer: Visitor) -> None:
    page = officer.get(PLACE).text

    assert "Belum ada peserta" in page
    assert "Unduh" not in page
