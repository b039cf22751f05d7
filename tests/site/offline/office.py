"""A web server that can be stopped, slowed to nothing, or given a newer release; and a phone in
front of it.
"""

from __future__ import annotations

import http.server
import json
import re
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.site.stage import QuietServer

WHOLE_COURSE = 640_000  # bytes compressed; the issue allows 700 000
_OWN = ("script", "style", "connect", "manifest", "worker")
CSP = "default-src 'none'; img-src 'self' data:" + "".join(f"; {kind}-src 'self'" for kind in _OWN)
FRONT, LESSON = "index.html", "modules/03-perlindungan-anak/01-mendengar-anak.html"
PRACTICE, TEST = "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html", "book/tes-akhir.html"
STORED, READY, ASKS = "Bisa dibaca tanpa sinyal", "Versi baru siap", "Simpan seluruh kursus"
METERED = "Object.defineProperty(navigator, 'connection', {value: %s})"
SAVES_DATA = METERED % "{saveData: true, effectiveType: '4g'}"


class Office:
    """A web server whose folder, and whose mood, can change.

    before_worker: a script that the service worker runs first.
    """

    def __init__(self, folder: Path, before_worker: str = "") -> None:
        self.folder, self.asked, self.answers_left = (
            folder,
            [],
            -1,
        )  # type: tuple[Path, list[str], int]
        office = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                found = office.folder / unquote(urlsplit(path).path).lstrip("/")
                return str(found / FRONT if found.is_dir() else found)

            def do_GET(self) -> None:
                if office.answers_left == 0 and not self.path.startswith("/sw.js"):
                    self.close_connection = True  # as a signal that is gone: not a word
                    return
                office.answers_left -= office.answers_left > 0
                del self.headers[
                    "If-Modified-Since"
                ]  # our releases are told apart by content, whichever was written first
                office.asked.append(urlsplit(self.path).path.lstrip("/"))
                if before_worker and office.asked[-1] == "sw.js":
                    self._send_worker()
                else:
                    super().do_GET()

            def _send_worker(self) -> None:
                script = before_worker.encode() + (office.folder / "sw.js").read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript")
                self.send_header("Content-Length", str(len(script)))
                self.end_headers()
                self.wfile.write(script)

            def end_headers(self) -> None:
                self.send_header("Content-Security-Policy", CSP)
                self.send_header("Cache-Control", "no-cache")
                super().end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._handler, self._address = Handler, ("127.0.0.1", 0)
        self.open()

    def open(self) -> None:
        self._server = QuietServer(self._address, self._handler)
        self._address = self._server.server_address  # type: ignore[assignment]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def at(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self._address[1]}/{path}"


def pages_of(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))


def release_of(out: Path) -> dict[str, Any]:
    text = (out / "sw.js").read_text(encoding="utf-8")
    settings, _, _ = text.removeprefix("self.PSM=").partition(";\n")
    release: dict[str, Any] = json.loads(settings)["release"]
    return release


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-offline]")).to_contain_text(text, timeout=30_000)


def saved(context: BrowserContext, office: Office, path: str = FRONT) -> Page:
    """A first visit after which all is stored: by itself, or, where the browser does not say what a
    connection costs, by a tap.
    """
    page = opened(context, office.at(path))
    if page.evaluate("!navigator.connection"):
        place = page.locator("[data-offline]")
        expect(place).to_contain_text(re.compile(f"{STORED}|{ASKS}"), timeout=30_000)
        if ASKS in place.inner_text():
            place.get_by_role("button", name="Simpan", exact=True).click()
    says(page, STORED)
    return page


def cut(context: BrowserContext, office: Office) -> None:
    office.close()
    context.set_offline(True)


def restored(context: BrowserContext, office: Office) -> None:
    office.open()
    context.set_offline(False)


def put(page: Page, key: str, value: object) -> None:
    page.evaluate(
        "([key, value]) => PSM.store.update(key, () => value === null ? undefined : value)",
        [key, value],
    )
