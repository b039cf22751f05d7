"""Pages that only show: a person, coverage, the log, the settings, a learner's own. And hostile
names on each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains
from selectolax.lexbor import LexborHTMLParser

from psm_course.content.course import Course
from psm_course.domain.register import Enrolment
from psm_course.registrar.certificates.printing import DEEDS
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from psm_course.web.accounts.signing_in.page import VISITOR_COOKIE
from psm_course.web.audit_words import EVENTS
from psm_course.web.routes import PAGE_ROUTES
from tests.conftest import ROOT
from tests.register_builders import (
    CARDS,
    NOW,
    WRONG,
    a_hand_in,
    adopts,
    arranging,
    attends,
    card_of,
    enrols,
    hands_in,
    issues,
)
from tests.web.conftest import SignedIn, Visitor

# ---- a person ------------------------------------------------------------------------------------


def test_a_persons_page_shows_everything_the_register_holds(
    officer: Visitor, store: Store, course: Course, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"))
    hands_in(store, course, a_hand_in("D26-001", "tes-akhir", WRONG, id="satu"))
    hands_in(store, course, a_hand_in("D26-001", "tidak-ada", id="dua"))
    officer.fill_in(
        "/angkatan/D26/hadir", {"sesi": "h1-ppks", "p-D26-001": "late", "was-D26-001": ""}
    )
    officer.fill_in(
        "/angkatan/D26/hadir",
        {"sesi": "h1-ppks", "p-D26-001": "present", "was-D26-001": "late", "alasan": "tepat waktu"},
    )
    officer.fill_in("/angkatan/D26/pindai", {"sesi": "h1-dasar", "kartu": "D26-001", "hari": "ya"})

    page = officer.get("/peserta/D26-001").text

    for expected in (
        "<bdi>Siti</bdi>",
        "hadir 5 dari 16 JP",
        "terlambat",
        "Alasan: <bdi>tepat waktu</bdi>",
        "0 dari 20",
        "belum lulus",
        "kuis ini tidak ada",
        "Kartu dipindai",
    ):
        assert expected in page


def test_a_number_nobody_has_is_said(officer: Visitor) -> None:
    page = officer.get("/peserta/D26-404")

    assert page.status_code == 404
    assert "tidak ada di register" in page.text


# ---- coverage, log, settings ---------------------------------------------------------------------


def test_coverage_shows_all_63_kelurahan_with_and_without_trained_people(
    officer: Visitor, store: Store, course: Course, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))
    attends(store, "D26-001", *(session.id for session in course.file.sessions))
    passes = {
        "completion": tuple(each for each in course.file.completion if each.kind == "attendance")
    }
    easy = replace(course, file=course.file.model_copy(update=passes))
    adopts(store, easy)
    issues(store, easy)

    page = officer.get("/cakupan").text

    assert len(re.findall(r'<rect class="tile', page)) == 63
    assert len(re.findall(r'<th scope="row">', page)) == 63
    assert page.count('class="tile shade-1"') == 1
    assert page.count('"open">belum ada<') == 62
    assert "<title>Beji: 1 lulus</title>" in page
    rows = LexborHTMLParser(page).css("tr")
    assert ["Limo", "belum ada", "1"] in [[each.text() for each in row.iter()] for row in rows]


def test_every_verb_of_the_log_has_its_indonesian() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "psm_course/registrar").rglob("*.py")
    )

    noted = set(re.findall(r'(?:audit\.note\(tx, actor|Deed\(now, actor), "([^"]+)"', code)) | set(
        DEEDS.values()
    )

    assert {"record certified", "record revoked", "status published"} <= noted
    assert noted - set(EVENTS) == set()


def test_the_log_is_paged_and_looked_through(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    for day in range(1, 202):
        officer.fill_in(
            "/angkatan/D26/tutup", {"tutup": date.fromordinal(740000 + day).isoformat()}
        )

    page = officer.get("/catatan").text
    older = re.findall(r'href="(/catatan\?tentang=&amp;sebelum=\d+)"', page)[0].replace(
        "&amp;", "&"
    )

    assert page.count("Tanggal tutup diatur") == 200
    assert officer.get(older).text.count("Tanggal tutup diatur") == 1
    assert "Angkatan dibuka" in officer.get("/catatan?tentang=D26&sebelum=5").text
    assert "Tidak ada catatan tentang" in officer.get("/catatan?tentang=X").text
    assert officer.get("/catatan?sebelum=x").status_code == 200


def test_the_log_speaks_indonesian(
    officer: Visitor, store: Store, course: Course, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"))
    hands_in(store, course, a_hand_in("D26-001", quiz="tidak-ada"))
    attends(store, "D26-001", "h1-dasar")

    page = officer.get("/catatan").text

    assert page == Contains("karena kuis ini tidak", "· kuis tidak-ada")
    assert "baru 1 · berubah 0" in page


def test_the_settings_are_shown_without_any_secret(
    officer: Visitor, signed_in: SignedIn, store: Store
) -> None:
    page = officer.get("/pengaturan").text

    numbers = "terlihat di sumber 23 Oktober 2023", "belum ditelepon"
    for expected in ("800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}", "Lulus tes akhir", *numbers):
        assert expected in page
    assert ">petugas<" in page
    assert "no password opens this" not in page
    assert ">petugas<" not in signed_in("pembaca").get("/pengaturan").text.split("</header>")[1]


def test_a_closing_day_counts_whole_and_can_be_taken_back(officer: Visitor, store: Store) -> None:
    def shown() -> list[str]:
        return re.findall(r"tutup (\d+ \w+ \d+)", officer.get("/angkatan/D26").text)

    officer.fill_in("/angkatan/D26/tutup", {"tutup": "2026-12-31"})
    with store.reading() as tx:
        closes_at = cohorts.get_cohort(tx, "D26").closes_at
    closed = shown()
    officer.fill_in("/angkatan/D26/tutup", {"tutup": ""})

    assert closes_at is not None
    assert closes_at.isoformat() == "2026-12-31T17:00:00+00:00"  # midnight in Depok
    assert (closed, shown()) == (["31 Desember 2026"], [])
    assert officer.fill_in("/angkatan/D26/tutup", {"tutup": "besok"}).status_code == 422


def test_a_new_cohort_that_cannot_be_keeps_what_was_typed(officer: Visitor) -> None:
    sent = officer.fill_in(
        "/angkatan", {"kode": "D 27", "nama": "Angkatan <b>", "mulai": "2026-12-01"}
    )

    assert sent.status_code == 422
    assert "menjadi kode angkatan" in sent.text
    for typed in ('value="D 27"', 'value="Angkatan &lt;b&gt;"', 'value="2026-12-01"'):
        assert typed in sent.text


@pytest.mark.parametrize("name", ["N" * 101, "Angkatan \u202e26", "\u202e"])
def test_a_name_of_a_cohort_that_cannot_be_printed_is_refused(officer: Visitor, name: str) -> None:
    sent = officer.fill_in("/angkatan", {"kode": "D27", "nama": name, "mulai": "2026-12-01"})

    assert sent.status_code == 422
    assert "Angkatan belum dibuka: nama " in sent.text


# ---- a learner's own page ------------------------------------------------------------------------


def own_page(client: Visitor, number: str, code: str) -> tuple[int, str]:
    client.get("/saya")
    client.token = client.cookies[VISITOR_COOKIE]
    answer = client.fill_in("/saya", {"nomor": number, "kode": code})
    return answer.status_code, answer.text


def test_the_card_shows_its_owners_progress_and_nobody_elses(
    client: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))

    status, page = own_page(client, "d26-001", card_of(store, "D26-001"))

    assert status == 200
    assert "<bdi>Siti</bdi>" in page
    assert "serahkan Tes Akhir" in page
    assert re.findall(r'<span class="badge [a-z]+">([^<]+)</span>', page) == [
        "✗ Belum mengikuti",
        "✗ Belum lulus",
    ]
    assert "Rini" not in page
    assert card_of(store, "D26-001") not in page


def test_another_card_an_erased_person_or_a_guess_opens_nothing(
    client: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))
    with arranging(store) as tx:
        people.erase_person(tx, "D26-002", NOW)
    guesses = [
        ("D26-001", "x"),
        ("D26-001", ""),
        ("D26-404", "x"),
        ("D26-404", ""),
        ("D26-002", CARDS.code("D26-002", 1)),
        ("😀", "é"),
    ]

    said = [own_page(client, number, code) for number, code in guesses]

    for status, page in said:
        assert status == 422
        assert "tidak cocok dengan kartu" in page
        assert "<bdi>" not in page


# ---- hostile names -------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "\u202eitis\u202c",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "x" * 5000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_only_ever_text_on_every_page(
    officer: Visitor, client: Visitor, store: Store, course: Course, name: str
) -> None:
    with arranging(store) as tx:
        people.add_enrolments(tx, [Enrolment("D26-001", "D26", name, "32.76.06.1001")])
    hands_in(store, course, a_hand_in("D26-001"))
    paths = [
        route.path.format(cohort="D26", number="D26-001", kept="x", quiz="tes-akhir")
        for route in PAGE_ROUTES
        if route.method == "GET"
    ]

    pages = {path: officer.get(path).text for path in paths}
    pages["saya"] = own_page(client, "D26-001", card_of(store, "D26-001"))[1]
    pages["pindai"] = officer.get("/angkatan/D26/pindai?hasil=marked&nomor=D26-001").text

    shown = [path for path, page in pages.items() if "D26-001" in page]
    assert {"/angkatan/D26", "/peserta/D26-001", "/angkatan/D26/hadir", "saya", "pindai"} <= set(
        shown
    )
    for path, page in pages.items():
        assert "<script>" not in page, path
        assert "<img" not in page, path
        assert ">49<" not in page, path


@pytest.mark.parametrize("written", HOSTILE[:5])
def test_a_hostile_address_is_only_ever_text(officer: Visitor, written: str) -> None:
    for path in ("/angkatan/D26", "/catatan", "/jawaban", "/angkatan/D26/pindai", "/masuk"):
        names = (
            "kecamatan",
            "tentang",
            "hanya",
            "hasil",
            "nomor",
            "kabar",
            "lalu",
            "baru",
            "jumlah",
            "halaman",
            "syarat",
        )
        page = officer.get(path, params=dict.fromkeys(names, written))
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "<img" not in page.text
