"""The page as a clerk meets it: every verdict in words, colour and sign, by every way in, with nothing sent anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.credentials.signed import FOREIGN_KEY, NUMBER, a_badge, a_record, as_bytes
from tests.credentials.tampered_receipts import OTHER_LOG_KEY, RECEIVED, a_receipt
from tests.site.stage import axe_findings, served
from tests.site.verification.office import CSP, REPLACED, REVOKED, a_code, publications, published_site
from tests.site.verification.pdfs import printed

GENUINE = a_code()
FORGED = GENUINE[:-30] + ("A" if GENUINE[-30] != "A" else "B") + GENUINE[-29:]
STATUS = "Status per 9 Juni 2025"
# What is opened, and what stands on the page then: its look, its title, its status and how many facts it shows.
VERDICTS = {
    "valid": (GENUINE, "right", "Asli dan berlaku", [STATUS], 17),
    "superseded": (a_code(REPLACED), "replaced", "Sudah diganti", [STATUS], 17),
    "revoked": (a_code(REVOKED), "critical", "Tidak berlaku", [STATUS], 17),
    "tampered": (FORGED, "forged", "Palsu atau sudah diubah", [], 0),
    "unknown_issuer": (a_code(key=FOREIGN_KEY), "stranger", "Penerbit tidak dikenal", [], 0),
    "unreadable": ("PSM1.D25-017.c2VjcmV0", "unread", "Tidak dapat diperiksa", [], 0),
    "unsure": (a_code(place="Bogor"), "unsure", "Asli, tetapi statusnya belum diperiksa", ["Status: belum diperiksa"], 6),
}


def shown(page: Page) -> tuple[str, str, list[str], int]:
    """Look, title, status and number of facts of the verdict on the page."""
    expect(page.locator(".outcome h2")).to_be_visible()
    look = (page.locator(".outcome").get_attribute("class") or "").removeprefix("outcome ")
    status = page.locator(".outcome .status").all_inner_texts()
    return look, page.locator(".outcome h2").inner_text(), status, page.locator(".printed > div").count()


def facts(page: Page) -> dict[str, str]:
    rows = page.locator(".printed > div")
    return {rows.nth(at).locator("dt").inner_text(): rows.nth(at).locator("dd").inner_text() for at in range(rows.count())}


def opened(page: Page, address: str, fragment: str = "") -> Page:
    page.goto("about:blank")
    page.goto(f"{address}/v#{fragment}")
    return page


@pytest.fixture(scope="module")
def without_lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose office has published keys and corrections, but no status lists."""
    extra = {path: content for path, content in publications(lists=[]).items() if not path.startswith("terbitan/")}
    with served(published_site(tmp_path_factory.mktemp("tanpa-daftar"), extra)) as found:
        yield found


# ---- what is said ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", VERDICTS)
def test_a_code_opens_with_its_verdict(page: Page, address: str, without_lists: str, kind: str) -> None:
    fragment, *expected = VERDICTS[kind]

    opened(page, without_lists if kind == "unsure" else address, fragment)

    assert shown(page) == tuple(expected)
    assert page.locator(".outcome").get_attribute("data-verdict") == kind
    assert page.evaluate("document.activeElement.id") == "hasil"
    assert page.locator(".not-tte").all_inner_texts() == (
        ["Tanda tangan digital ini menjamin isi di atas. Ia bukan tanda tangan elektronik (TTE) tersertifikasi menurut PP 71/2019."]
        if expected[-1]
        else []
    )


def test_every_printed_fact_stands_there_in_the_words_of_the_print(page: Page, address: str) -> None:
    opened(page, address, GENUINE)
    shown(page)

    assert facts(page) == {
        "Nama": "Siti Nur’aini, S.Sos",
        "Nomor sertifikat": NUMBER,
        "Keterangan": "Telah mengikuti dan dinyatakan lulus",
        "Kegiatan": "Bimtek Dasar PSM",
        "Jumlah jam pelajaran": "16 JP",
        "Tanggal kegiatan": "28 Mei 2025 sampai 29 Mei 2025",
        "Angkatan": "Angkatan D25",
        "Kelurahan": "Curug (Cimanggis)",
        "Nomor peserta": "D25-017",
        "Tempat dan tanggal terbit": "Depok, 2 Juni 2025",
        "Jabatan penanda tangan": "Kepala Dinas Sosial Kota Depok",
        "Nama penanda tangan": "Dra. Contoh, M.Si",
        "Kop surat": "PEMERINTAH KOTA DEPOK\nDINAS SOSIAL",
        "Penyelenggara": "Dinas Sosial Kota Depok",
        "Materi (halaman belakang)": "Pembukaan – 1\u00a0JP\nDasar pekerjaan sosial – 15\u00a0JP",
        "Lama 1 JP": "45 menit",
        "Nilai tes akhir": "86,67 dari 100",
    }
    assert page.locator(".printed dd").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 24


def test_facts_of_later_kinds_are_shown_too(page: Page) -> None:
    rare = {"wording": "Atas perannya", "valid_until": "2027-06-02", "tte_note": True, "show_score": False, "catatan_lain": {"a": 1}}
    record = a_record(kind="attended", signatory_name="", **rare)

    page.evaluate("record => document.querySelector('main').append(PSM.element('dl', {class: 'printed'}, ...PSM.factRows(record)))", record)

    found = facts(page)
    assert {name: found[name] for name in ("Keterangan", "Nama penanda tangan", "Kalimat", "Berlaku sampai", "catatan lain")} == {
        "Keterangan": "Telah mengikuti",
        "Nama penanda tangan": "Tanpa nama: tersedia garis untuk ditulisi",
        "Kalimat": "Atas perannya",
        "Berlaku sampai": "2 Juni 2027",
        "catatan lain": '{"a":1}',
    }
    assert "diterbitkan oleh BSrE" in found["Tanda tangan elektronik"]
    assert "Nilai tes akhir" not in found


# ---- ways in -----------------------------------------------------------------------------------------------------------------------


def test_another_code_in_the_same_tab_gives_another_verdict(page: Page, address: str) -> None:
    opened(page, address, GENUINE)
    shown(page)

    page.evaluate("fragment => { location.hash = fragment; }", a_code(REVOKED))

    expect(page.locator(".outcome h2")).to_have_text("Tidak berlaku")


def test_a_link_within_the_page_is_no_code(page: Page) -> None:
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)

    assert page.evaluate("location.hash") == "#isi_halaman"
    assert page.locator(".outcome").is_hidden()


def test_a_file_is_chosen(page: Page) -> None:
    page.set_input_files("[data-file]", {"name": "sertifikat.pdf", "mimeType": "application/pdf", "buffer": printed()})
    assert shown(page) == ("forged", "Berkas PDF sudah diubah", [STATUS], 17)  # the office gave out another file under this number

    page.set_input_files("[data-file]", {"name": "credential.json", "mimeType": "application/json", "buffer": as_bytes(a_badge())})
    expect(page.locator(".outcome h2")).to_have_text("Asli dan berlaku")


def test_a_file_is_dropped(page: Page) -> None:
    page.evaluate(
        """text => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], 'credential.json', {type: 'application/json'}));
          const how = {dataTransfer, bubbles: true, cancelable: true};
          for (const kind of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(kind, how));
        }""",
        as_bytes(a_badge()).decode(),
    )

    assert shown(page)[1] == "Asli dan berlaku"


def test_text_is_pasted(page: Page) -> None:
    page.get_by_label("Alamat atau teks dari kode QR").fill(f"https://dinsos.depok.go.id/psm/v#{a_code(REPLACED)}")
    page.get_by_role("button", name="Periksa teks").click()

    assert shown(page)[1] == "Sudah diganti"
    assert "800.2/0012/PSM-DASAR/VI/2025" in page.locator(".outcome .reason").inner_text()


@pytest.mark.parametrize(
    ("number", "look", "title"),
    [
        (NUMBER, "unsure", "Nomor ini pernah diterbitkan"),
        (" 800.2/0009/psm-dasar/vi/2025", "critical", "Nomor ini sudah dicabut"),
        (REPLACED, "replaced", "Nomor ini sudah diganti"),
        ("800.2/7777", "unread", "Nomor ini tidak ditemukan"),
    ],
)
def test_of_a_number_is_said_what_can_be_said(page: Page, number: str, look: str, title: str) -> None:
    page.get_by_label("Nomor sertifikat").fill(number)
    page.get_by_label("Nama seperti tercetak").fill("Siti <b>")
    page.get_by_role("button", name="Periksa nomor").click()

    assert shown(page) == (look, title, [STATUS], 0)
    assert page.locator(".of-name").inner_text().startswith('Nama "Siti <b>" belum dapat dicocokkan. Daftar nama tidak diumumkan di sini')


def test_without_a_number_or_a_text_the_field_says_so(page: Page) -> None:
    for button, field in (("Periksa nomor", "[data-number]"), ("Periksa teks", "[data-text]")):
        page.get_by_role("button", name=button).click()

        expect(page.locator(field)).to_be_focused()  # it comes with the part that reads fields
        assert page.locator(field).evaluate("each => each.validity.customError")
    assert page.locator(".outcome").is_hidden()


# ---- the camera: the browser's own reader, or the phone's ----------------------------------------------------------------------------


def test_without_a_reader_in_the_browser_the_phone_s_camera_is_named(page: Page) -> None:
    assert page.evaluate("'BarcodeDetector' in window") is False  # desktop Chromium has none
    assert page.get_by_role("button", name="Buka kamera").count() == 0
    assert "Pakai kamera ponsel biasa: arahkan ke kode QR" in page.locator(".way").first.inner_text()


def with_a_reader(phone: BrowserContext, address: str, text: str) -> Page:
    """A browser with a reader of codes and a camera: neither is ours, and this machine has neither."""
    phone.add_init_script(
        f"""window.BarcodeDetector = class {{ async detect() {{ return [{{rawValue: {text!r}}}]; }} }};
        navigator.mediaDevices.getUserMedia = async () => {{
          const canvas = document.createElement('canvas');
          canvas.getContext('2d').fillRect(0, 0, 9, 9);
          return canvas.captureStream();
        }};"""
    )
    page = phone.new_page()
    page.goto(f"{address}/v")
    return page


def test_the_camera_reads_a_code_and_is_put_away(phone: BrowserContext, address: str) -> None:
    page = with_a_reader(phone, address, f"https://dinsos.depok.go.id/psm/v#{GENUINE}")

    page.get_by_role("button", name="Buka kamera").click()

    assert shown(page)[1] == "Asli dan berlaku"
    assert page.evaluate("document.querySelector('video').srcObject") is None


def test_a_camera_that_is_refused_says_what_to_do(phone: BrowserContext, address: str) -> None:
    page = with_a_reader(phone, address, "")
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }; }")

    page.get_by_role("button", name="Buka kamera").click()

    expect(page.locator(".camera-told")).to_contain_text("Izin kamera ditolak")


# ---- hostile and odd things ------------------------------------------------------------------------------------------------------------


def test_nothing_that_is_handed_in_is_sent(phone: BrowserContext, address: str) -> None:
    sent: list[Request] = []
    phone.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - Playwright marks the handler it is given
    page = opened(phone.new_page(), address, GENUINE)
    shown(page)
    page.set_input_files("[data-file]", {"name": "Siti.pdf", "mimeType": "application/pdf", "buffer": printed()})
    expect(page.locator(".outcome h2")).to_have_text("Berkas PDF sudah diubah")

    assert {request.method for request in sent} == {"GET"}
    assert [request.url for request in sent if GENUINE in request.url.partition("#")[0] or "Siti" in request.url] == []
    assert {request.url.removeprefix(address).partition("?")[0] for request in sent if request.url.endswith(".json")} >= {"/sidik.json"}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("markup", "<img src=x onerror=alert(1)>"),
        ("another code", "WIFI:S:Aula;T:WPA;P:rahasia;;"),
        ("a hostile object", '{"__proto__": {"issuer": 1}, "issuer": {"id": "<script>"}}'),
    ],
)
def test_hostile_text_gets_a_sentence(page: Page, name: str, given: str) -> None:
    page.evaluate("given => { document.querySelector('[data-text]').value = given; }", given)
    page.get_by_role("button", name="Periksa teks").click()

    assert shown(page)[0] in {"unread", "stranger"}
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_megabyte_is_cut_when_pasted_and_refused_when_it_comes_in_the_address(page: Page) -> None:
    page.locator("[data-text]").focus()
    page.evaluate("document.execCommand('insertText', false, 'A'.repeat(1000000))")
    assert page.evaluate("document.querySelector('[data-text]').value.length") == 20_000

    page.evaluate("location.hash = 'A'.repeat(1000000)")

    assert shown(page)[0] == "unread"


def test_a_huge_file_is_refused_without_being_read_whole(page: Page, tmp_path: Path) -> None:
    huge = tmp_path / "besar.pdf"
    with huge.open("wb") as stream:
        stream.write(printed())
        stream.truncate(300_000_000)

    page.set_input_files("[data-file]", huge)

    assert shown(page)[1] == "Tidak dapat diperiksa"
    assert page.locator(".reason").inner_text() == "Berkas PDF terlalu besar: paling banyak 10 MB."


def test_a_photograph_gets_advice(page: Page) -> None:
    page.set_input_files("[data-file]", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"})

    assert page.locator(".reason").inner_text().startswith("Ini foto atau gambar")


def test_a_site_without_keys_says_so(chromium: Browser, tmp_path: Path) -> None:
    with served(published_site(tmp_path, {})) as address:
        page = chromium.new_page()
        page.goto(f"{address}/v#{GENUINE}")
        look = shown(page)[0]
        told = page.locator(".keyless").inner_text()
        page.get_by_label("Nomor sertifikat").fill(NUMBER)
        page.get_by_role("button", name="Periksa nomor").click()
        expect(page.locator(".outcome h2")).to_have_text("Nomor ini belum dapat diperiksa")
        page.close()

    assert (look, told.split(",")[0]) == ("stranger", "Di situs ini belum ada kunci penerbit")


# ---- for everybody -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible_and_fits_320_pixels(chromium: Browser, address: str, without_lists: str, scheme: Any) -> None:
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=scheme, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{address}/v")
    page.wait_for_selector("[data-ways]:visible")
    found = {"idle": (axe_findings(page), page.evaluate("document.documentElement.scrollWidth"))}
    for kind, (fragment, *_) in VERDICTS.items():
        shown(opened(page, without_lists if kind == "unsure" else address, fragment))
        found[kind] = (axe_findings(page), page.evaluate("document.documentElement.scrollWidth"))
    context.close()

    assert found == dict.fromkeys(["idle", *VERDICTS], ([], 320))


def test_everything_is_reached_with_the_keyboard(page: Page) -> None:
    page.locator("#isi_halaman").focus()
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("(({id, type, textContent}) => id || (type === 'file' ? 'berkas' : textContent))(document.activeElement)")
        )
        if reached[-1] == "nomor-sertifikat":
            page.keyboard.type(REVOKED)
            page.keyboard.press("Enter")
            break

    assert reached == ["berkas", "teks-kode", "Periksa teks", "nomor-sertifikat"]
    assert shown(page)[1] == "Nomor ini sudah dicabut"


def test_the_strictest_policy_is_enough(chromium: Browser, folder: Path) -> None:
    """No inline script or style, nothing from elsewhere: what `psm serve` sends holds for the page in every state."""
    troubles: list[str] = []
    context = chromium.new_context(service_workers="block")
    context.on("console", lambda message: troubles.append(message.text))
    with served(folder) as address:
        context.route(
            "**/*",
            lambda route: route.fulfill(response=(answer := route.fetch()), headers={**answer.headers, "content-security-policy": CSP}),
        )
        page = context.new_page()
        for fragment, *_ in VERDICTS.values():
            shown(opened(page, address, fragment))
    context.close()

    assert [trouble for trouble in troubles if "Security Policy" in trouble] == []


# ---- receipts ----------------------------------------------------------------------------------------------------------------------

GENUINE_RECEIPT, CHANGED_RECEIPT = a_receipt(), a_receipt() | {"participant": "D25-018"}
RECEIPTS = {
    "recorded": (GENUINE_RECEIPT, "right", "Tanda terima asli: jawaban tercatat", "Cocokkan nomor, kuis, dan waktunya", 7),
    "held": (a_receipt(standing="held"), "right", "Tanda terima asli: jawaban ditahan", "Cocokkan nomor, kuis, dan waktunya", 7),
    "tampered": (CHANGED_RECEIPT, "forged", "Palsu atau sudah diubah", "Ini bukan bukti bahwa jawaban diterima.", 0),
    "unknown": (a_receipt(OTHER_LOG_KEY), "stranger", "Penerbit tidak dikenal", "Ini bukan bukti bahwa kantor ini menerima jawaban.", 0),
}


def pasted(page: Page, receipt: Any) -> Page:
    page.locator("[data-text]").fill(as_bytes(receipt).decode())
    page.get_by_role("button", name="Periksa teks").click()
    return page


@pytest.mark.parametrize("kind", RECEIPTS)
def test_a_receipt_is_said_to_be_genuine_changed_or_of_nobody_known(page: Page, kind: str) -> None:
    receipt, look, title, advice, count = RECEIPTS[kind]

    pasted(page, receipt)

    assert shown(page) == (look, title, [], count)
    assert page.locator(".outcome .advice").inner_text().startswith(advice)
    assert axe_findings(page) == []


def test_a_genuine_receipt_says_for_whom_about_which_quiz_and_when(page: Page) -> None:
    pasted(page, GENUINE_RECEIPT)
    shown(page)

    assert facts(page) == {
        "Nomor peserta": "D25-017",
        "Kuis": "tes-akhir",
        "Diterima": "6 Januari 2025 pukul 08.00 WIB",
        "Keadaan waktu itu": "tercatat",
        "Kode tanda terima": RECEIVED.code,
        "Tempat di catatan register": "dinsos.depok.go.id/log/1, nomor 4711",
        "Kode kantor": "3276",
    }


def test_a_receipt_s_file_is_checked_without_a_signal_and_sent_nowhere(phone: BrowserContext, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "tanda-terima-tes-akhir-D25-017-1.txt"
    path.write_bytes(as_bytes(GENUINE_RECEIPT) + b"\n")
    page.evaluate("Promise.all(['ways', 'documents', 'file', 'arithmetic'].map(PSM.part))")
    phone.set_offline(True)

    page.locator("[data-file]").set_input_files(path)

    assert shown(page) == ("right", "Tanda terima asli: jawaban tercatat", [], 7)
