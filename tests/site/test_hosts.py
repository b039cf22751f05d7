"""The built site behind servers that are not ours, below a folder: nginx as the guide sets it up,
and one that only gives out files.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPMessage
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect

from psm_course.site.build import publish_again
from psm_course.site.output.hosting import HEADERS, files_for_servers
from tests.conftest import ROOT, BuiltCourse
from tests.needs import WEB_SERVER
from tests.site.offline.office import Office, saved

CONFIGURATION = Path(__file__).parent / "nginx.conf"
ADDRESS = "https://dinsos.contoh.go.id/psm"
LESSON = "book/panduan-peserta.html"


@pytest.fixture(scope="module")
def above(site: BuiltCourse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has the site in `psm`, as it is published for an address that ends so."""
    folder = tmp_path_factory.mktemp("www")
    publish_again(
        shutil.copytree(site.work, folder / "kerja"),
        folder / "psm",
        files_for_servers(ADDRESS),
        lambda _: None,
        "/psm/",
    )
    return folder


@contextmanager
def nginx(above: Path) -> Iterator[int]:
    """A running server. It gets its port open from us, so that nobody else can have taken it."""
    own = above / "nginx"
    own.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        text = CONFIGURATION.read_text(encoding="utf-8")
        for word, meant in (("TEMPAT", own), ("SITUS", above), ("PORTA", port)):
            text = text.replace(word, str(meant))
        (own / "nginx.conf").write_text(text, encoding="utf-8")
        handed = {
            "env": os.environ | {"NGINX": f"{listening.fileno()};"},
            "pass_fds": [listening.fileno()],
        }
        command = [WEB_SERVER.require()[0], "-p", own, "-e", own / "log", "-c", own / "nginx.conf"]
        with (
            (own / "stderr").open("ab") as said,
            subprocess.Popen(command, stderr=said, **handed) as running,
        ):
            try:
                yield port
            finally:
                running.kill()


@contextmanager
def files_alone(above: Path) -> Iterator[int]:
    """Python's own: no compressed forms, no headers, no page of its own for what is not there."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(above))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def asked(port: int, path: str) -> tuple[int, HTTPMessage, bytes]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_nginx_sends_the_compressed_form_and_the_same_headers_as_we_do(above: Path) -> None:
    with nginx(above) as port:
        page, script, point = (asked(port, f"/psm/{path}") for path in ("", "sw.js", "kursus.json"))
        lost = asked(port, "/psm/tidak/ada")

    assert [(each[0], each[1]["Content-Encoding"]) for each in (page, script)] == [
        (200, "gzip")
    ] * 2
    assert page[2] == (above / "psm" / "index.html.gz").read_bytes()
    assert (lost[0], lost[2]) == (404, (above / "psm" / "404.html.gz").read_bytes())
    for _, headers, _ in (page, script, point, lost):
        assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "guide", [CONFIGURATION, *sorted((ROOT / "book").glob("*.md"))], ids=lambda path: path.name
)
def test_the_headers_in_a_configuration_are_those_that_we_send(guide: Path) -> None:
    found = dict(re.findall(r'add_header (\S+) "(.*?)" always;', guide.read_text(encoding="utf-8")))

    assert found in ({}, HEADERS)
    assert found or guide != CONFIGURATION


@pytest.fixture(params=[nginx, files_alone], ids=["nginx", "files alone"])
def visited(
    request: pytest.FixtureRequest, above: Path, chromium: Browser
) -> Iterator[tuple[Page, str, list[str]]]:
    """A phone's browser before the site, its address, and a line for everything that goes wrong."""
    troubles: list[str] = []
    with request.param(above) as port:
        context = chromium.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        page.on(
            "console", lambda said: troubles.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "response", lambda answer: troubles.append(answer.url) if answer.status >= 400 else None
        )
        yield page, f"http://127.0.0.1:{port}/psm/", troubles
        context.close()


def test_the_site_works_there_below_a_folder(visited: tuple[Page, str, list[str]]) -> None:
    page, address, troubles = visited
    for path in ("", LESSON, "book/cari.html", "v"):
        page.goto(f"{address}{path}")
        expect(page.locator("h1").first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "serif", (
            "the style came"
        )
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    assert troubles == []


def test_what_has_been_kept_is_read_without_a_signal(visited: tuple[Page, str, list[str]]) -> None:
    first, address, _ = visited
    saved(first.context, cast("Office", SimpleNamespace(at=lambda path="": f"{address}{path}")))
    first.context.set_offline(True)

    first.goto(f"{address}{LESSON}")
    expect(first.locator("h1").first).to_contain_text("Panduan peserta")


def test_a_wrong_address_shows_the_page_for_it_with_its_style(
    above: Path, chromium: Browser
) -> None:
    with nginx(above) as port:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{port}/psm/book/dalam/tidak-ada")
        shown, font = (
            page.locator("h1").first.inner_text(),
            page.evaluate("getComputedStyle(document.body).fontFamily"),
        )
        front = page.get_by_role("link", name="buka halaman depan").get_attribute("href")
        page.close()

    assert (shown, front) == ("Halaman ini tidak ada", "/psm/index.html")
    assert font != "serif"
