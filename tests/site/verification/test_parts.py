"""What few visits need comes when it is asked for; when it does not come, a sentence says so and
the work can be done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from dirty_equals import Contains
from playwright.sync_api import BrowserContext, Page, Route, expect

from psm_course.site.bundles import PARTS
from tests.credentials.signed import a_badge, an_issuance, as_bytes
from tests.site.verification.conftest import WITHOUT_CRYPTO
from tests.site.verification.office import REVOKED, a_code
from tests.site.verification.page import FORGED
from tests.site.verification.test_page import with_a_reader

TITLE, MISSING = ".outcome h2", "Belum dapat diperiksa"


def number(page: Page) -> None:
    page.get_by_label("Nomor sertifikat").fill(REVOKED)
    page.get_by_role("button", name="Periksa nomor").click()


def text(page: Page) -> None:
    page.get_by_label("Alamat atau teks dari kode QR").fill(a_code())
    page.get_by_role("button", name="Periksa teks").click()


def file(page: Page) -> None:
    page.set_input_files(
        "[data-file]",
        {"name": "credential.json", "mimeType": "application/json", "buffer": as_bytes(a_badge())},
    )


def photograph(page: Page) -> None:
    page.set_input_files(
        "[data-file]", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"}
    )


def nothing(_: Page) -> None:
    """Opened by a code."""


def opened(phone: BrowserContext, address: str, act: Callable[[Page], None]) -> Page:
    page = phone.new_page()
    page.goto(f"{address}/v#{a_code() if act is nothing else ''}")
    return page


@contextmanager
def scripts_of(page: Page) -> Iterator[set[str]]:
    """The script files asked for meanwhile."""
    asked: set[str] = set()
    page.on(
        "request",
        lambda request: (
            asked.add(PurePosixPath(urlsplit(request.url).path).name)
            if ".js?" in request.url
            else None
        ),
    )
    yield asked
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    ("act", "parts", "title"),
    [
        (
            nothing,
            {"documents"},
            "Asli dan berlaku",
        ),  # its list, with two proofs, is fetched rather than in the page
        (text, {"ways", "documents"}, "Asli dan berlaku"),
        (number, {"ways", "numbers", "documents"}, "Nomor ini sudah dicabut"),
        (file, {"ways", "documents", "files"}, "Asli dan berlaku"),
        (
            photograph,
            {"ways", "camera", "documents"},
            "Tidak dapat diperiksa",
        ),  # the last is the rehearsal's
    ],
)
def test_only_what_is_needed_comes(
    phone: BrowserContext, address: str, act: Callable[[Page], None], parts: set[str], title: str
) -> None:
    page = phone.new_page()
    with scripts_of(page) as asked:
        page.goto(f"{address}/v#{a_code() if act is nothing else ''}")
        act(page)
        expect(page.locator(TITLE)).to_have_text(title)

    assert asked == {"psm.js", "verifikasi.js"} | {PARTS[part] for part in parts}


def test_a_page_that_is_only_looked_at_loads_nothing_more(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    with scripts_of(page) as asked:
        page.goto(f"{address}/v")

    assert asked == {"psm.js", "verifikasi.js"}


def test_the_arithmetic_comes_where_the_browser_cannot(phone: BrowserContext, address: str) -> None:
    phone.add_init_script(WITHOUT_CRYPTO)
    page = phone.new_page()
    with scripts_of(page) as asked:
        page.goto(f"{address}/v#{a_code()}")
        expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")

    assert asked == {
        "psm.js",
        "verifikasi.js",
        PARTS["documents"],
        PARTS["hashes"],
        PARTS["ed25519"],
    }


# As Safari 13: its own cryptography knows no Ed25519, and no number is large enough.
WITHOUT_BIG_NUMBERS = (
    "delete window.BigInt;"
    "crypto.subtle.importKey = async () => { throw new DOMException('', 'NotSupportedError'); };"
)


@pytest.mark.parametrize("act", [nothing, text, file])
def test_a_browser_that_can_check_no_signature_says_so_in_a_sentence(
    phone: BrowserContext, address: str, act: Callable[[Page], None]
) -> None:
    phone.add_init_script(WITHOUT_BIG_NUMBERS)
    page = phone.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    with scripts_of(page) as asked:
        page.goto(f"{address}/v#{a_code() if act is nothing else ''}")
        act(page)
        expect(page.locator(TITLE)).to_have_text("Tidak dapat diperiksa")

    assert page.locator(".advice").inner_text() == Contains("Peramban ini terlalu lama")
    assert PARTS["ed25519"] not in asked
    assert broken == []


@pytest.mark.parametrize("has_crypto", [True, False])
def test_the_rehearsal_is_a_true_one(phone: BrowserContext, address: str, has_crypto: bool) -> None:
    """The signature that is checked ahead of time is a good one: a wrong one would be found out
    before the slow part. Nobody has a list.
    """
    phone.add_init_script("" if has_crypto else WITHOUT_CRYPTO)
    page = phone.new_page()
    page.goto(f"{address}/v")

    page.locator("[data-text]").focus()
    rehearsed = page.evaluate("PSM.load('ways').then(({rehearsal}) => rehearsal)")

    assert (rehearsed["verdict"], rehearsed["record"]["name"]) == ("stale", "Contoh")
    assert page.locator(".outcome").is_hidden()
    assert page.locator("[data-outcome]").count() == 1  # what it drew is gone
    expect(page.locator("[data-text]")).to_be_focused()


def rehearsed_page(phone: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """A page that somebody touched and that is ready since, and the paths that it asks for from
    now on.
    """
    page = phone.new_page()
    asked: list[str] = []
    page.goto(f"{address}/v")
    page.locator("[data-text]").focus()
    page.evaluate("PSM.load('ways').then(({rehearsal}) => rehearsal)")
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    return page, asked


@pytest.mark.parametrize("has_crypto", [True, False])
def test_a_scan_in_a_touched_page_asks_only_for_what_its_code_names(
    phone: BrowserContext, address: str, has_crypto: bool
) -> None:
    """The snapshot and the lists have come, and parts too; nothing asked for ahead of time tells
    of a certificate.
    """
    phone.add_init_script("" if has_crypto else WITHOUT_CRYPTO)
    page, asked = rehearsed_page(phone, address)

    text(page)
    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")
    first = list(asked)
    page.get_by_label("Alamat atau teks dari kode QR").fill(a_code(REVOKED))
    page.get_by_role("button", name="Periksa teks").click()
    expect(page.locator(TITLE)).to_have_text("Tidak berlaku")

    assert first == [f"terbitan/{an_issuance().file_name}"]
    assert asked == first


@pytest.mark.parametrize("lists", ["**/*.json", "**/status/*.json"])
def test_a_list_that_did_not_come_ahead_of_time_is_asked_for_by_the_scan(
    phone: BrowserContext, address: str, lists: str
) -> None:
    """Of an office without a snapshot, too: without its lists it would be amber, and says to try
    again.
    """
    phone.route(lists, lambda route: route.abort())
    page, _ = rehearsed_page(phone, address)
    phone.unroute(lists)

    text(page)

    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")


def test_a_rehearsal_that_lacks_a_part_says_nothing(phone: BrowserContext, address: str) -> None:
    phone.route(f"**/{PARTS['documents']}*", lambda route: route.abort())
    page, _ = rehearsed_page(phone, address)

    assert page.locator(".outcome").is_hidden()
    phone.unroute(f"**/{PARTS['documents']}*")
    text(page)
    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")


def test_work_that_a_later_one_overtook_does_not_say_that_it_is_checked(
    phone: BrowserContext, address: str
) -> None:
    waiting: list[Route] = []
    page, _ = rehearsed_page(phone, address)
    phone.route("**/terbitan/*", lambda route: waiting.append(route))  # noqa: PLW0108
    # The second is judged before the first says that it takes a while.
    page.evaluate(
        """async (code) => {
          const field = document.querySelector('[data-text]');
          for (const text of [code, 'bukan kode']) {
            field.value = text;
            field.form.requestSubmit();
            await new Promise((done) => { setTimeout(done, 0); });
          }
        }""",
        a_code(),
    )
    expect(page.locator(TITLE)).to_have_text("Tidak dapat diperiksa")

    page.evaluate("new Promise((done) => { setTimeout(done, 300); })")

    assert page.locator("[data-busy]").is_hidden()
    waiting[0].continue_()


def test_the_waiting_sentence_stands_there_while_something_is_awaited(
    phone: BrowserContext, address: str
) -> None:
    waiting: list[Route] = []
    page, _ = rehearsed_page(phone, address)
    phone.route("**/terbitan/*", lambda route: waiting.append(route))  # noqa: PLW0108

    text(page)
    expect(page.locator("[data-busy]")).to_be_visible()
    assert page.locator(".outcome").is_hidden()
    waiting[0].continue_()

    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")
    assert page.locator("[data-busy]").is_hidden()


@pytest.mark.parametrize(
    ("act", "part", "title"),
    [
        (nothing, "hashes", "Asli dan berlaku"),
        (nothing, "ed25519", "Asli dan berlaku"),
        (text, "ways", "Asli dan berlaku"),
        (text, "ed25519", "Asli dan berlaku"),
        (number, "numbers", "Nomor ini sudah dicabut"),
        (number, "documents", "Nomor ini sudah dicabut"),
        (file, "files", "Asli dan berlaku"),
        (file, "documents", "Asli dan berlaku"),
        (photograph, "camera", "Tidak dapat diperiksa"),
    ],
)
def test_a_part_that_does_not_come_is_asked_for_again(
    phone: BrowserContext, address: str, act: Callable[[Page], None], part: str, title: str
) -> None:
    phone.add_init_script(WITHOUT_CRYPTO)
    phone.route(f"**/{PARTS[part]}*", lambda route: route.abort())
    page = opened(phone, address, act)

    act(page)

    expect(page.locator(TITLE)).to_have_text(MISSING)
    assert page.locator(".advice").inner_text() == Contains("belum terunduh", "tidak hilang")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Coba lagi").click()
    expect(page.locator(TITLE)).to_be_visible()
    expect(page.locator(TITLE)).to_have_text(MISSING)
    phone.unroute(f"**/{PARTS[part]}*")
    page.get_by_role("button", name="Coba lagi").click()
    expect(page.locator(TITLE)).to_have_text(title)


def test_a_camera_whose_part_does_not_come_is_asked_for_again(
    phone: BrowserContext, address: str
) -> None:
    page = with_a_reader(phone, address, a_code())
    phone.route(f"**/{PARTS['camera']}*", lambda route: route.abort())

    page.get_by_role("button", name="Buka kamera").click()
    expect(page.locator(".camera-told")).to_contain_text("Pembaca kode belum terunduh")
    phone.unroute(f"**/{PARTS['camera']}*")
    page.get_by_role("button", name="Buka kamera").click()

    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")


def test_what_is_handed_in_before_its_part_has_come_is_not_lost(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    waiting: list[Route] = []
    # Playwright marks the handler.
    phone.route(f"**/{PARTS['ways']}*", lambda route: waiting.append(route))  # noqa: PLW0108
    page.goto(f"{address}/v")

    text(page)
    assert page.url == f"{address}/v/"
    page.wait_for_timeout(300)
    waiting[0].continue_()

    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")


# ---- opened by a code: what is asked for early, and what is waited for ---------------------------


def held_back(
    phone: BrowserContext, address: str, path: str, code: str
) -> tuple[Page, list[Route]]:
    """A page opened by a code for which the answers at a path do not come yet."""
    waiting: list[Route] = []
    phone.route(path, lambda route: waiting.append(route))  # noqa: PLW0108
    page = phone.new_page()
    page.goto(f"{address}/v#{code}")
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)
    return page, waiting


@pytest.mark.parametrize("has_crypto", [True, False])
@pytest.mark.parametrize(
    "path", ["**/snapshot.json", "**/status/0-revocation.json", "**/sidik.json", "**/terbitan/*"]
)
def test_no_verdict_stands_before_every_answer_that_could_change_it(
    phone: BrowserContext, address: str, path: str, has_crypto: bool
) -> None:
    """The verdict that is drawn ahead of time is nobody's, and gone before it could be seen."""
    phone.add_init_script("" if has_crypto else WITHOUT_CRYPTO)

    page, waiting = held_back(phone, address, path, a_code())

    assert len(waiting) == 1
    assert page.locator("[data-outcome]").count() == 1
    assert page.locator("[data-outcome]").is_hidden()
    assert page.get_by_text("Asli dan berlaku").count() == 0
    waiting[0].continue_()
    expect(page.locator(TITLE)).to_have_text("Asli dan berlaku")


def test_a_shared_document_asked_for_early_vouches_for_nothing(
    phone: BrowserContext, address: str
) -> None:
    """It is on its way before the signature is judged; a forged code that names it stays forged."""
    page, waiting = held_back(phone, address, "**/status/*.json", FORGED)
    asked = page.evaluate(
        "performance.getEntriesByType('resource').filter(each => /terbitan/.test(each.name)).length"
    )

    assert (asked, len(waiting)) == (1, 2)
    expect(page.locator(TITLE)).to_have_text("Palsu atau sudah diubah")
    assert page.locator(".printed > div").count() == 0
