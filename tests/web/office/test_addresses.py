"""`/alamat` and `/ponsel`: where phones find this machine, and what they can do there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from psm_course.web.hall.addresses import OwnAddress
from psm_course.web.hall.hall_addresses import HallAddresses, listen
from psm_course.web.hall.incidents import Incidents
from tests.conftest import ROOT
from tests.web.conftest import HERE, SignedIn, Visitor, a_cookie, served

WIFI = OwnAddress("127.0.0.3", "Intel(R) Wi-Fi 6 AX201")
CABLE = OwnAddress("127.0.0.2", "eth0")


def open_addresses() -> HallAddresses:
    with closing(listen("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    addresses = HallAddresses(port, look_around=lambda: (CABLE, WIFI))
    addresses.refresh()
    return addresses


def test_each_address_is_shown_with_a_code_that_leads_to_it(
    client: Visitor, store: Store, tmp_path: Path, chromium: Browser
) -> None:
    addresses, incidents = open_addresses(), Incidents()
    cookie, _ = a_cookie(store, "siti")
    with (
        closing(addresses),
        served(
            make_app(
                Settings(root=ROOT, data=tmp_path), store, incidents=incidents, addresses=addresses
            )
        ) as address,
    ):
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
        page.goto(f"{address}/alamat")
        page.screenshot(path=tmp_path / "alamat.png")
        shown = page.locator(".codes li").all_inner_texts()
        page.close()

    urls = [f"http://127.0.0.{end}:{addresses.port}/" for end in (2, 3)]
    codes = zxingcpp.read_barcodes(Image.open(tmp_path / "alamat.png"))
    assert [text.split("\n\n") for text in shown] == [
        [urls[0], "jaringan eth0"],
        [urls[1], "jaringan Intel(R) Wi-Fi 6 AX201"],
    ]
    assert {code.text for code in codes} == {f"{url}ponsel" for url in urls}


def test_without_the_hall_the_page_says_how_to_open_it(signed_in: SignedIn) -> None:
    page = signed_in("pelatih").get("/alamat").text

    assert "<code>psm serve --lan</code>" in page
    assert "codes" not in page


def test_a_change_is_told_on_the_desks_pages(client: Visitor, store: Store, tmp_path: Path) -> None:
    incidents = Incidents()
    visitor = Visitor(
        make_app(Settings(root=ROOT, data=tmp_path), store, incidents=incidents), base_url=HERE
    )
    visitor.cookies.set(COOKIE, a_cookie(store, "siti")[0])
    change = "Alamat baru untuk ponsel: 192.168.43.1 (wlan0). Tunjukkan kode yang baru."
    incidents.note_change(change)

    told = LexborHTMLParser(visitor.get("/angkatan").text).css_first(".trouble p").text()
    assert told == change


def test_a_phone_is_told_what_plain_http_cannot_do_and_where_the_site_is_published(
    client: Visitor, store: Store, tmp_path: Path
) -> None:
    app = make_app(
        Settings(root=ROOT, data=tmp_path, site_address="https://psm.contoh.go.id"), store
    )
    plain, secure = (
        Visitor(app, base_url=f"{scheme}://127.0.0.1").get("/ponsel").text
        for scheme in ("http", "https")
    )

    cannot = [each.text() for each in LexborHTMLParser(plain).css(".spaced strong")]
    assert cannot == ["Menyimpan kursus", "Memindai dengan kamera", "Tombol Bagikan."]
    assert '<a href="https://psm.contoh.go.id">psm.contoh.go.id</a>' in plain
    assert "<bdi>127.0.0.1</bdi>" in plain
    assert LexborHTMLParser(secure).css(".spaced") == []
