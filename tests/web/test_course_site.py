"""The course's site over HTTP: each file in the form that was asked for, and one page for every
address at which there is none.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from psm_course.settings import Settings
from psm_course.web.course_site import routes, takes_gzip
from tests.web.conftest import HERE

PAGE = "<p>Halaman depan</p>" * 200
LOST = "<p>Tidak ada</p>" * 100
POINT = "asal/log/1\n12\n" + "AAAA" * 200


def a_browser(settings: Settings) -> TestClient:
    return TestClient(Starlette(routes=routes(settings)), base_url=HERE, follow_redirects=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site of three files, with their compressed forms, and one without."""
    folder = tmp_path / "site"
    (folder / "log").mkdir(parents=True)
    for path, text in {"index.html": PAGE, "404.html": LOST, "log/checkpoint": POINT}.items():
        (folder / path).write_text(text, encoding="utf-8")
        (folder / f"{path}.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    (folder / "kecil.txt").write_text("kecil", encoding="utf-8")
    return folder


@pytest.fixture
def sent(site: Path, tmp_path: Path) -> Callable[..., tuple[int, bytes, Headers]]:
    """Status, bytes on the wire and headers of an answer: what the test's own client would unpack
    is left as it came.
    """

    client = a_browser(Settings(data=tmp_path))

    def ask(path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, Headers]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with client.stream(method, path, headers=named) as answer:
            return answer.status_code, b"".join(answer.iter_raw()), Headers(raw=answer.headers.raw)

    return ask


Sent = Callable[..., tuple[int, bytes, Headers]]


@pytest.mark.parametrize(
    ("path", "file", "kind"),
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/log/checkpoint", "log/checkpoint", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_is_sent_in_its_compressed_form_to_who_takes_it(
    sent: Sent, site: Path, path: str, file: str, kind: str
) -> None:
    status, body, headers = sent(path, Accept_Encoding="gzip, deflate, br")

    assert (status, body) == (200, (site / f"{file}.gz").read_bytes())
    assert (headers["content-encoding"], headers["content-type"], headers["vary"]) == (
        "gzip",
        kind,
        "Accept-Encoding",
    )
    assert headers["content-length"] == str(len(body))


def test_who_takes_no_gzip_gets_the_file_itself_under_another_etag(sent: Sent) -> None:
    _, body, headers = sent("/", Accept_Encoding="identity")
    _, _, packed = sent("/", Accept_Encoding="gzip")

    assert body == PAGE.encode()
    assert "content-encoding" not in headers
    assert headers["vary"] == "Accept-Encoding"
    assert headers["etag"] != packed["etag"]


def test_a_file_without_a_compressed_form_is_sent_as_it_is(sent: Sent) -> None:
    status, body, headers = sent("/kecil.txt", Accept_Encoding="gzip")

    assert (status, body) == (200, b"kecil")
    assert "content-encoding" not in headers
    assert "vary" not in headers


def test_what_a_browser_has_already_is_not_sent_again(sent: Sent) -> None:
    etag = sent("/", Accept_Encoding="gzip")[2]["etag"]

    status, body, headers = sent("/", Accept_Encoding="gzip", If_None_Match=etag)

    assert (status, body) == (304, b"")
    assert headers["vary"] == "Accept-Encoding"
    assert sent("/", Accept_Encoding="identity", If_None_Match=etag)[0] == 200


def test_a_range_is_one_of_the_form_that_is_sent(sent: Sent, site: Path) -> None:
    whole = (site / "index.html.gz").read_bytes()
    etag = sent("/", Accept_Encoding="gzip")[2]["etag"]

    status, body, headers = sent("/", Accept_Encoding="gzip", Range="bytes=5-9", If_Range=etag)
    plain = sent("/", Accept_Encoding="identity", Range="bytes=5-9")

    assert (status, body, headers["content-range"]) == (206, whole[5:10], f"bytes 5-9/{len(whole)}")
    assert headers["content-encoding"] == "gzip"
    assert (plain[0], plain[1], plain[2]["content-range"]) == (
        206,
        PAGE.encode()[5:10],
        f"bytes 5-9/{len(PAGE)}",
    )
    # What was begun in one form is not gone on with in the other.
    assert sent("/", Accept_Encoding="identity", Range="bytes=5-9", If_Range=etag)[:2] == (
        200,
        PAGE.encode(),
    )


def test_the_head_of_a_file_says_the_same_without_it(sent: Sent, site: Path) -> None:
    status, body, headers = sent("/", "HEAD", Accept_Encoding="gzip")

    assert (status, body) == (200, b"")
    assert headers["content-length"] == str((site / "index.html.gz").stat().st_size)
    assert headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/tidak-ada.html", "/satu/dua/tiga", "/v/x/y.html"])
@pytest.mark.parametrize(("asked", "encoding"), [("gzip", "gzip"), ("identity", None)])
def test_an_address_without_a_page_gets_the_page_that_says_so(
    sent: Sent, path: str, asked: str, encoding: str | None
) -> None:
    status, body, headers = sent(path, Accept_Encoding=asked, Range="bytes=0-4")

    assert (status, gzip.decompress(body) if encoding else body) == (404, LOST.encode())
    assert (headers.get("content-encoding"), headers["content-type"]) == (
        encoding,
        "text/html; charset=utf-8",
    )
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        (["gzip"], True),
        (["br, GZIP;q=0.5"], True),
        (["deflate", "gzip"], True),
        (["x-gzip"], True),
        (["*"], True),
        (["*;q=0.1, br"], True),
        (["gzip;q=0"], False),
        (["gzip; q=0.000, *"], False),
        (["*;q=0"], False),
        (["gzip;q=banyak"], False),
        (["identity"], False),
        ([""], False),
        ([], False),
    ],
)
def test_who_takes_gzip(said: list[str], takes: bool) -> None:
    assert takes_gzip(Headers(raw=[(b"accept-encoding", each.encode()) for each in said])) is takes


def test_addresses_below_the_sites_own_path_are_sent_on_to_the_root(
    site: Path, tmp_path: Path
) -> None:
    browser = a_browser(Settings(data=tmp_path, site_address="https://dinsos.depok.go.id/psm/"))

    assert browser.get("/psm/book/x.html?a=1").headers["location"] == f"{HERE}/book/x.html?a=1"
    assert browser.get("/psm/").headers["location"] == f"{HERE}/"
    assert browser.get("/").text == PAGE


@pytest.mark.parametrize("folder", ["log", "log/tile"])
def test_a_folder_of_the_site_by_the_name_of_its_own_path_stays_reachable(
    site: Path, tmp_path: Path, folder: str
) -> None:
    (site / "log/tile").mkdir()
    (site / folder / "index.html").write_text("daftar", encoding="utf-8")
    browser = a_browser(
        Settings(data=tmp_path, site_address=f"https://dinsos.depok.go.id/{folder}/")
    )

    assert (browser.get("/log/checkpoint").text, browser.get(f"/{folder}/").text) == (
        POINT,
        "daftar",
    )
    # What is there under no such name is still looked for at the root, once.
    assert browser.get(f"/{folder}/kecil.txt").headers["location"] == f"{HERE}/kecil.txt"
    assert (
        browser.get(f"/{folder}/{folder}/index.html").headers["location"]
        == f"{HERE}/{folder}/index.html"
    )
    assert browser.get("/tidak-ada.html").status_code == 404
