"""The page as a clerk meets it: every verdict in words, colour and sign, by every way in."""

from __future__ import annotations

import pytest
from dirty_equals import Contains
from playwright.sync_api import BrowserContext, Page, expect

from tests.credentials.signed import NUMBER, a_badge, a_record, as_bytes
from tests.site.verification.office import REPLACED, REVOKED, a_code
from tests.site.verification.page import GENUINE, STATUS, VERDICTS, facts, opened, shown
from tests.site.verification.pdfs import printed

# ---- what is said --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", VERDICTS)
def test_a_code_opens_with_its_verdict(
    page: Page, address: str, without_lists: str, kind: str
) -> None:
    fragment, *expected = VERDICTS[kind]

    opened(page, without_lists if kind == "stale" else address, fragment)

    assert shown(page) == tuple(expected)
    assert page.locator(".outcome").get_attribute("data-verdict") == kind
    assert page.evaluate("document.activeElement.id") == "hasil"
    assert page.locator(".not-tte").all_inner_texts() == (
        [Contains("bukan tanda tangan elektronik", "tersertifikasi menurut PP 71/2019")]
        if expected[-1]
        else []
    )


def tone(page: Page) -> str:
    return str(page.locator(".outcome h2").evaluate("each => getComputedStyle(each).color"))


def test_what_is_old_or_not_listed_is_amber_in_words_sign_and_colour(
    page: Page, address: str, old_lists: str, unlisted: str
) -> None:
    said = {}
    for name, site in {"valid": address, "stale": old_lists, "unlisted": unlisted}.items():
        look, title, status, _ = shown(opened(page, site, GENUINE))
        sign = page.locator(".outcome h2").evaluate(
            "each => getComputedStyle(each, '::before').content"
        )
        said[name] = (look, title, status, sign, tone(page))

    green, amber = said["valid"][-1], said["stale"][-1]
    assert said["stale"] == (
        "unsure",
        "Asli; status terakhir diketahui 9 Juni 2025",
        [STATUS],
        '"?"',
        amber,
    )
    look, title, *rest = said["unlisted"]
    assert (look, *rest) == ("unsure", [STATUS], '"?"', amber)
    assert title == Contains("Tidak ada", "daftar terbitan")
    assert said["valid"] == ("right", "Asli dan berlaku", [STATUS], '"✓"', green)
    assert green != amber


def test_every_printed_fact_stands_there_in_the_words_of_the_print(
    page: Page, address: str
) -> None:
    opened(page, address, GENUINE)
    shown(page)

    assert facts(page) == {
        "Nama": "Siti Nur’aini, S.Sos",
        "Nomor sertifikat": NUMBER,
        "Keterangan": Contains("mengikuti", "dinyatakan lulus"),
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
    assert (
        page.locator(".printed dd").first.evaluate(
            "each => parseFloat(getComputedStyle(each).fontSize)"
        )
        >= 24
    )


def test_facts_of_later_kinds_are_shown_too(page: Page) -> None:
    rare = {
        "wording": "Atas perannya",
        "valid_until": "2027-06-02",
        "tte_note": True,
        "show_score": False,
        "catatan_lain": {"a": 1},
    }
    record = a_record(kind="attended", signatory_name="", **rare)

    rows = "PSM.provided('verifikasi.js').factRows(record)"
    page.evaluate(
        "record => document.querySelector('main').append(PSM.element('dl', {class: 'printed'},"
        f" ...{rows}))",
        record,
    )

    found = facts(page)
    assert {
        name: found[name]
        for name in (
            "Keterangan",
            "Nama penanda tangan",
            "Kalimat",
            "Berlaku sampai",
            "catatan lain",
        )
    } == {
        "Keterangan": "Telah mengikuti",
        "Nama penanda tangan": Contains("Tanpa nama"),
        "Kalimat": "Atas perannya",
        "Berlaku sampai": "2 Juni 2027",
        "catatan lain": '{"a":1}',
    }
    assert "diterbitkan oleh BSrE" in found["Tanda tangan elektronik"]
    assert "Nilai tes akhir" not in found


# ---- ways in -------------------------------------------------------------------------------------


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


@pytest.mark.journey("verifying")
def test_a_file_is_chosen(page: Page) -> None:
    page.set_input_files(
        "[data-file]",
        {"name": "sertifikat.pdf", "mimeType": "application/pdf", "buffer": printed()},
    )
    # The office gave out another file under this number.
    assert shown(page) == ("forged", "Berkas PDF sudah diubah", [STATUS], 17)

    page.set_input_files(
        "[data-file]",
        {"name": "credential.json", "mimeType": "application/json", "buffer": as_bytes(a_badge())},
    )
    expect(page.locator(".outcome h2")).to_have_text("Asli dan berlaku")


def test_a_file_is_dropped(page: Page) -> None:
    page.evaluate(
        """text => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], 'credential.json', {type: 'application/json'}));
          const how = {dataTransfer, bubbles: true, cancelable: true};
          for (const kind of ['dragover', 'drop']) {
            document.body.dispatchEvent(new DragEvent(kind, how));
          }
        }""",
        as_bytes(a_badge()).decode(),
    )

    assert shown(page)[1] == "Asli dan berlaku"


@pytest.mark.journey("verifying")
def test_text_is_pasted(page: Page) -> None:
    page.get_by_label("Alamat atau teks dari kode QR").fill(
        f"https://dinsos.depok.go.id/psm/v#{a_code(REPLACED)}"
    )
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
def test_of_a_number_is_said_what_can_be_said(
    page: Page, number: str, look: str, title: str
) -> None:
    page.get_by_label("Nomor sertifikat").fill(number)
    page.get_by_label("Nama seperti tercetak").fill("Siti <b>")
    page.get_by_role("button", name="Periksa nomor").click()

    assert shown(page) == (look, title, [STATUS], 0)
    assert page.locator(".of-name").inner_text() == Contains(
        'Nama "Siti <b>" belum', "nama tidak diumumkan"
    )


def test_without_a_number_or_a_text_the_field_says_so(page: Page) -> None:
    for button, field in (("Periksa nomor", "[data-number]"), ("Periksa teks", "[data-text]")):
        page.get_by_role("button", name=button).click()

        expect(page.locator(field)).to_be_focused()  # it comes with the part that reads fields
        assert page.locator(field).evaluate("each => each.validity.customError")
    assert page.locator(".outcome").is_hidden()


# ---- the camera: the browser's own reader, or the phone's ----------------------------------------


def test_without_a_reader_in_the_browser_the_phone_s_camera_is_named(page: Page) -> None:
    assert page.evaluate("'BarcodeDetector' in window") is False  # desktop Chromium has none
    assert page.get_by_role("button", name="Buka kamera").count() == 0
    assert "kamera ponsel biasa" in page.locator(".way").first.inner_text()


def with_a_reader(phone: BrowserContext, address: str, text: str) -> Page:
    """A browser with a reader of codes and a camera: this machine has neither."""
    phone.add_init_script(
        f"""window.BarcodeDetector = class {{
          async detect() {{ return [{{rawValue: {text!r}}}]; }}
        }};
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
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('',"
        " 'NotAllowedError'); }; }"
    )

    page.get_by_role("button", name="Buka kamera").click()

    expect(page.locator(".camera-told")).to_contain_text("Izin kamera ditolak")
