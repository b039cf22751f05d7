"""What is printed before the course day, downloaded at the desk: cards, the sheet to sign, the
sheet to fill in.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from psm_course.store.engine import Store
from tests.register_builders import enrols, events_of
from tests.web.conftest import SignedIn, Visitor

PLACE = "/angkatan/D26/cetak"
SITE = "https://psm.depok.go.id"


@pytest.fixture
def siti_and_rini(store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))


def text_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_sheet_to_sign_is_a_page_a_day_with_everybody_on_it(
    signed_in: SignedIn, siti_and_rini: None
) -> None:
    sheet = signed_in("pelatih", "D26").get(f"{PLACE}/lembar")

    pages = text_of(sheet.content)
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.headers["content-disposition"] == 'attachment; filename="hadir-D26.pdf"'
    assert len(pages) == 2
    for page in pages:
        assert [word for word in ("D26-001", "Siti", "D26-002", "Rini") if word not in page] == []


def test_cards_are_downloaded_and_that_they_were_printed_is_noted(
    officer: Visitor, store: Store, siti_and_rini: None
) -> None:
    cards = officer.fill_in(f"{PLACE}/kartu", {"situs": f"{SITE}/"})

    assert cards.status_code == 200
    assert cards.headers["content-type"] == "application/pdf"
    assert cards.headers["content-disposition"] == 'attachment; filename="kartu-D26.pdf"'
    assert cards.headers["cache-control"] == "no-store"
    assert [
        word
        for word in ("D26-001", "Siti", "D26-002", "Rini")
        if word not in " ".join(text_of(cards.content))
    ] == []
    assert events_of(store)[-1] == ("petugas", "cards printed", "D26", {"cards": 2})


@pytest.mark.parametrize("site", ["", "psm", "javascript:alert(1)", f"{SITE}/?x=1"])
def test_cards_without_a_good_address_are_not_printed_and_the_page_says_why(
    officer: Visitor, store: Store, siti_and_rini: None, site: str
) -> None:
    before = events_of(store)

    refused = officer.fill_in(f"{PLACE}/kartu", {"situs": site})

    assert refused.status_code == 422
    assert "misalnya https://psm.contoh.go.id" in refused.text
    assert events_of(store) == before


def test_nobody_enrolled_nothing_to_print(officer: Visitor) -> None:
    page = officer.get(PLACE).text

    assert "Belum ada peserta" in page
    assert "Unduh" not in page
    assert officer.fill_in(f"{PLACE}/kartu", {"situs": SITE}).status_code == 422


def test_a_trainer_is_offered_the_sheets_and_no_secrets(
    signed_in: SignedIn, officer: Visitor, siti_and_rini: None
) -> None:
    theirs, officers = signed_in("pelatih", "D26").get(PLACE).text, officer.get(PLACE).text

    assert ("Unduh untuk ditandatangani" in theirs, "Unduh kartu" in theirs) == (True, False)
    assert ("Unduh untuk ditandatangani" in officers, "Unduh kartu" in officers) == (True, True)
