"""The desk in a real browser: by keyboard alone, without scripts, for everybody, on the smallest
phone, in light and dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from psm_course.content.course import Course
from psm_course.registrar.accounts import passwords
from psm_course.registrar.accounts.accounts import add_account
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.settings import Settings
from psm_course.store.attendance import observations
from psm_course.store.completion import overrides
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from psm_course.web.routes import PAGE_ROUTES
from tests.axe import AND_BEST_PRACTICE, axe_findings_in_both_schemes
from tests.builders import OFFICE
from tests.conftest import ROOT
from tests.register_builders import (
    ACTOR,
    NOW,
    a_card_secret,
    a_cohort,
    a_hand_in,
    a_signer,
    adopts,
    arranging,
    attends,
    card_of,
    hands_in,
)
from tests.web.conftest import a_cookie, served

GOOD = "kuda laut biru"
TWICE = (
    "[...document.querySelectorAll('[id]')].map(each => each.id)"
    ".filter((id, place, all) => all.indexOf(id) !== place)"
)
FILES = {
    "/angkatan/{cohort}/hadir/lembar",
    "/angkatan/{cohort}/cetak/lembar",
    "/angkatan/{cohort}/jadwal/rundown",
    "/angkatan/{cohort}/jadwal/kalender",
    "/angkatan/{cohort}/sertifikat/cetak",
    "/sertifikat/pdf",
    "/sertifikat/lencana",
    "/sertifikat/token",
    "/catatan/puncak",
    "/cadangan/berkas",
    "/tayangan/modul",
    *(f"/angkatan/{{cohort}}/laporan/{sheet}" for sheet in ("register", "butir", "peserta")),
}
PATHS = [
    *(
        route.path.format(cohort="D26", number="D26-001", kept="x", quiz="tes-akhir")
        for route in PAGE_ROUTES
        if route.method == "GET" and route.path not in FILES and "{kept}" not in route.path
    ),
    "/angkatan/D26?keadaan=belum&kabar=tanggal-disimpan",
    "/angkatan/D26/pindai?hasil=unknown",
    "/angkatan/D26/peserta/" + "k" * 22,
    "/jawaban/putusan?id=" + "x" * 80,
    "/nilai-ulang/tes-akhir?coba=ya",
    "/sertifikat?nomor=800.2/0001/PSM-DASAR/XI/2026",
    "/angkatan/X99",
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A register with people who have done some of everything; one name is longer than a line."""
    store = open_store(tmp_path_factory.mktemp("kantor") / "register.db", OFFICE)
    a_cohort(
        store,
        "Siti Nurhayati",
        "Raden Roro Kusumaningtyas Wulandari Prawirodirdjo Hadiningrat",
        "W" * 90,
    )
    yield store
    store.close()


@pytest.fixture(scope="module")
def address(
    office: Store, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    data = tmp_path_factory.mktemp("situs")
    (data / "site").mkdir()
    (data / "site" / "index.html").write_text("<p>Situs</p>", encoding="utf-8")
    a_card_secret(data)
    for number in ("D26-001", "D26-003"):
        attends(office, number, *(session.id for session in course.file.sessions))
    with arranging(office) as tx:
        observations.add_observation(tx, "D26-001", "menyapa", 1, ACTOR, NOW)
        overrides.add_override(
            tx, "D26-001", course.file.completion[0].id, True, "menggantinya", ACTOR, NOW
        )
    hands_in(office, course, a_hand_in("D26-001"))
    hands_in(office, course, a_hand_in("D26-002", "tidak-ada", id="x" * 80))
    hands_in(office, course, a_hand_in("D26-999", id="y" * 80))
    asked = tuple(each for each in course.file.completion if each.kind == "attendance")
    easy = replace(course, file=course.file.model_copy(update={"completion": asked}))
    adopts(office, easy)
    issue_records(office, easy, Settings(), a_signer(), "D26", ACTOR, NOW + timedelta(days=1))
    asked = data / "unggahan" / ("k" * 22)
    asked.mkdir(parents=True)
    (asked / "peserta.csv").write_text(
        "Nama,Kelurahan\nBudi,Curug\nAni,Bakti Jaya\n,Bekasi\n", encoding="utf-8"
    )
    with served(make_app(Settings(root=ROOT, data=data), office)) as address:
        yield address


@pytest.fixture(scope="module")
def cookie(office: Store) -> str:
    return a_cookie(office, "petugas")[0]


def focus(page: Page, selector: str) -> None:
    """There with the Tab key, as somebody without a mouse. A page that is still coming in has not
    all its stops yet.
    """
    page.wait_for_load_state()
    for _ in range(100):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way with Tab to {selector}")


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_moves_sideways_at_320_pixels(
    chromium: Browser, address: str, cookie: str
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    findings = {}
    for path in PATHS:
        answer = page.goto(address + path)
        assert answer is not None
        assert path == "/angkatan/X99" or "?" not in path or answer.status == 200, path
        findings[path] = axe_findings_in_both_schemes(page, AND_BEST_PRACTICE)
        findings[path] += [
            f"an id given twice: {name}" for name in page.evaluate(TWICE)
        ]  # axe only asks to look at it
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            findings[path].append("wide")
    context.close()

    assert {path: found for path, found in findings.items() if found} == {}
    assert [
        each
        for each in said
        if "Content Security Policy" in each or "Content-Security-Policy" in each
    ] == []


def test_an_officer_works_with_the_keyboard_alone_and_no_script(
    chromium: Browser, address: str, office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
    add_account(office, "siti", "petugas", [], GOOD, "root", NOW)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/angkatan/D26/hadir?sesi=h1-ppks")
    focus(page, "#nama")
    page.keyboard.type("siti")
    focus(page, "#sandi")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Mengenali PMKS").wait_for()
    focus(page, "#sesi")
    page.keyboard.type("Hari 2: Perl")
    focus(page, ".filter button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Perlindungan anak").wait_for()
    focus(page, "#p-D26-002")
    page.keyboard.type("terlambat")
    focus(page, "#alasan ~ button")
    page.keyboard.press("Enter")
    page.get_by_text("Tanda hadir disimpan.").wait_for()
    marked = page.locator("#p-D26-002").input_value()
    focus(page, ".out button")
    page.keyboard.press("Enter")
    page.get_by_text("Anda sudah keluar.").wait_for()
    context.close()

    assert marked == "late"


def test_what_is_printed_is_downloaded_where_there_are_no_scripts(
    chromium: Browser, address: str, cookie: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/angkatan/D26/cetak")
    page.get_by_label("Alamat situs").fill("https://psm.depok.go.id")
    files = {}
    for role, name in (
        ("button", "Unduh kartu (PDF)"),
        ("link", "Unduh untuk ditandatangani (PDF)"),
    ):
        with page.expect_download() as waiting:
            page.get_by_role(role, name=name).click()  # type: ignore[arg-type]
        files[waiting.value.suggested_filename] = waiting.value.path().read_bytes()[:5]
    context.close()

    assert files == {"kartu-D26.pdf": b"%PDF-", "hadir-D26.pdf": b"%PDF-"}


def test_a_number_is_left_out_where_there_are_no_scripts(
    chromium: Browser, address: str, cookie: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sertifikat/nomor")
    page.get_by_label("Lewati sampai nomor urut").fill("20")
    page.get_by_label("Tahun").fill("2031")
    page.get_by_label("Alasan").fill("ditulis dengan tangan")
    page.get_by_role("button", name="Lewati nomor itu").click()
    page.get_by_text("Nomor itu dilewati").wait_for()
    listed = page.locator("#dilewati + ul .name").all_inner_texts()
    context.close()

    assert listed == ["1 sampai 20, tahun 2031"]


def test_the_cards_link_opens_its_owners_page_and_the_token_is_in_no_address(
    chromium: Browser, address: str, office: Store
) -> None:
    token = card_of(office, "D26-001")
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/saya#kartu=D26-001.{token}")
    page.get_by_role("heading", name="Siti Nurhayati").wait_for()
    context.close()

    assert [url for url in asked if token in url.partition("#")[0]] == []
    assert f"{address}/saya" in asked


def test_a_card_is_typed_in_where_there_are_no_scripts(
    chromium: Browser, address: str, office: Store
) -> None:
    token = card_of(office, "D26-001")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/saya")
    page.get_by_label("Nomor peserta").fill("D26-001")
    page.get_by_label("Kode kartu").fill(token)
    page.get_by_role("button", name="Lihat kemajuan saya").click()

    page.get_by_role("heading", name="Siti Nurhayati").wait_for()
    url = page.url
    context.close()

    assert url == f"{address}/saya"
