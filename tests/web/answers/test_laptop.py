"""No phone on the day: the desk gives one link for one number and one test; and the page of what to
look at before issuing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.store.engine import Store
from tests.register_builders import CARDS, a_hand_in, attends, events_of
from tests.web.conftest import SignedIn, Visitor

PLACE = "/peserta/D26-001/duduk"


@pytest.fixture(autouse=True)
def the_page_of_the_test(siti_and_rini: None, client: Visitor, tmp_path: Path) -> None:
    (tmp_path / "site" / "book").mkdir()
    page = '<section class="quiz" data-quiz="tes-akhir"></section>'
    (tmp_path / "site" / "book" / "tes-akhir.html").write_text(page, encoding="utf-8")


def test_the_link_is_for_one_number_and_test_and_is_noted(officer: Visitor, store: Store) -> None:
    shown = officer.fill_in(PLACE, {"kuis": "tes-akhir"})

    code = CARDS.code("D26-001", 1)
    assert f'href="/book/tes-akhir.html#duduk=D26-001.{code}.tes-akhir"' in shown.text
    assert "Rini" not in shown.text
    assert events_of(store)[-1] == (
        "petugas",
        "laptop sitting opened",
        "D26-001",
        {"quiz": "tes-akhir"},
    )
    assert code not in str(events_of(store))


@pytest.mark.parametrize(
    ("path", "quiz", "said"),
    [
        (PLACE, "", "Pilih tes"),
        (PLACE, "bank-anak", "Pilih tes"),
        (PLACE, "tes-awal", "belum memuat tes itu"),
        ("/peserta/D26-404/duduk", "tes-akhir", "tidak ada di register"),
    ],
)
def test_what_cannot_be_sat_is_said_and_nothing_is_noted(
    officer: Visitor, store: Store, path: str, quiz: str, said: str
) -> None:
    before = events_of(store)

    answer = officer.fill_in(path, {"kuis": quiz})

    assert (answer.status_code, said in answer.text, events_of(store) == before) == (
        422,
        True,
        True,
    )


def test_a_new_card_is_the_file_to_print_and_the_old_one_says_so(
    officer: Visitor, store: Store
) -> None:
    made = officer.fill_in(
        "/peserta/D26-001/kartu",
        {"alasan_kartu": "kartunya hilang", "situs": "https://psm.contoh.go.id"},
    )

    old = officer.fill_in("/saya", {"nomor": "D26-001", "kode": CARDS.code("D26-001", 1)})
    assert (made.status_code, made.headers["content-type"], made.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert "Kartu ini sudah diganti" in old.text


def test_wrong_codes_of_a_number_are_told_to_wait_and_other_numbers_are_not(
    officer: Visitor, store: Store
) -> None:
    said = [
        officer.fill_in("/saya", {"nomor": "D26-001", "kode": "0" * 17}).text for _ in range(11)
    ]
    other = officer.fill_in("/saya", {"nomor": "D26-002", "kode": "0" * 17}).text

    assert ["Tunggu 15 menit" in each for each in said] == [False] * 10 + [True]
    assert "tidak cocok dengan kartu" in other


def test_before_issuing_one_page_shows_what_is_open_with_the_way_to_it(
    officer: Visitor, signed_in: SignedIn, store: Store
) -> None:
    attends(store, "D26-001")
    officer.fill_in("/jawaban", {"teks": a_hand_in("D26-001", id="satu")})

    page, read = (
        officer.get("/angkatan/D26/sebelum").text,
        signed_in("pembaca").get("/angkatan/D26/sebelum").text,
    )

    assert "1 jawaban ditahan" in page
    assert '/jawaban/putusan?id=satu"' in page
    assert "1 orang tanpa tanda hadir" in page
    assert "/jawaban/putusan?id=satu" not in read
