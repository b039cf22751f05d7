"""Whatever the page is given is sent nowhere, and everybody can use what it says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.axe import axe_findings_in_both_schemes
from tests.credentials.signed import NUMBER
from tests.site.stage import served
from tests.site.verification.office import CSP, REVOKED, published_site
from tests.site.verification.page import GENUINE, VERDICTS, opened, shown
from tests.site.verification.pdfs import printed

# ---- hostile and odd things ----------------------------------------------------------------------


def test_nothing_that_is_handed_in_is_sent(phone: BrowserContext, address: str) -> None:
    sent: list[Request] = []
    # Playwright marks the handler it is given.
    phone.on("request", lambda request: sent.append(request))  # noqa: PLW0108
    page = opened(phone.new_page(), address, GENUINE)
    shown(page)
    page.set_input_files(
        "[data-file]", {"name": "Siti.pdf", "mimeType": "application/pdf", "buffer": printed()}
    )
    expect(page.locator(".outcome h2")).to_have_text("Berkas PDF sudah diubah")

    assert {request.method for request in sent} == {"GET"}
    assert [
        request.url
        for request in sent
        if GENUINE in request.url.partition("#")[0] or "Siti" in request.url
    ] == []
    assert {
        request.url.removeprefix(address).partition("?")[0]
        for request in sent
        if request.url.endswith(".json")
    } >= {"/sidik.json"}


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
    page.set_input_files(
        "[data-file]", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"}
    )

    assert page.locator(".reason").inner_text().startswith("Ini foto atau gambar")


def test_a_site_without_keys_says_so(chromium: Browser, tmp_path: Path) -> None:
    with served(published_site(tmp_path, {})) as address:
        page = chromium.new_page()
        page.goto(f"{address}/v#{GENUINE}")
        look = shown(page)[0]
        told = page.locator(".keyless").inner_text()
        page.get_by_label("Nomor sertifikat").fill(NUMBER)
        page.get_by_role("button", name="Periksa nomor").click()
        expect(page.locator(".outcome h2")).to_contain_text("belum dapat diperiksa")
        page.close()

    assert look == "stranger"
    assert "belum ada kunci penerbit" in told


# ---- for everybody -------------------------------------------------------------------------------


def test_every_state_is_accessible_and_fits_320_pixels(
    chromium: Browser, address: str, without_lists: str
) -> None:
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{address}/v")
    page.wait_for_selector("[data-ways]:visible")
    found = {
        "idle": (
            axe_findings_in_both_schemes(page),
            page.evaluate("document.documentElement.scrollWidth"),
        )
    }
    for kind, (fragment, *_) in VERDICTS.items():
        shown(opened(page, without_lists if kind == "stale" else address, fragment))
        found[kind] = (
            axe_findings_in_both_schemes(page),
            page.evaluate("document.documentElement.scrollWidth"),
        )
    context.close()

    assert found == dict.fromkeys(["idle", *VERDICTS], ([], 320))


def test_everything_is_reached_with_the_keyboard(page: Page) -> None:
    page.locator("#isi_halaman").focus()
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(({id, type, textContent}) => id || (type === 'file' ? 'berkas' :"
                " textContent))(document.activeElement)"
            )
        )
        if reached[-1] == "nomor-sertifikat":
            page.keyboard.type(REVOKED)
            page.keyboard.press("Enter")
            break

    assert reached == ["berkas", "teks-kode", "Periksa teks", "nomor-sertifikat"]
    assert shown(page)[1] == "Nomor ini sudah dicabut"


def test_the_strictest_policy_is_enough(chromium: Browser, folder: Path) -> None:
    """No inline script or style, nothing from elsewhere: what `psm serve` sends holds for the page
    in every state.
    """
    troubles: list[str] = []
    context = chromium.new_context(service_workers="block")
    context.on("console", lambda message: troubles.append(message.text))
    with served(folder) as address:
        context.route(
            "**/*",
            lambda route: route.fulfill(
                response=(answer := route.fetch()),
                headers={**answer.headers, "content-security-policy": CSP},
            ),
        )
        page = context.new_page()
        for fragment, *_ in VERDICTS.values():
            shown(opened(page, address, fragment))
    context.close()

    assert [trouble for trouble in troubles if "Security Policy" in trouble] == []
