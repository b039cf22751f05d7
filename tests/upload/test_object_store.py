"""What an object store gives out of a site, who we are to it, and what it refuses: a sentence with
what to do.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import obstore
import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.upload.address import read_address
from psm_course.upload.credentials import Account, read_account
from psm_course.upload.opening import send_there
from psm_course.upload.remote import Cut
from tests.upload.conftest import Place, a_site
from tests.upload.servers import KEY_ID, SECRET, Store

LONG = b"kata yang sama " * 50


def refused(place: str, site: Path) -> str:
    with pytest.raises((Refused, Cut)) as caught:
        send_there(read_address(place), site, lambda _: None)
    assert SECRET not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return a_site(
        tmp_path, "Satu", **{"log/checkpoint": LONG, "gaya.css": LONG, "tabel.json": LONG}
    )


@pytest.mark.parametrize(
    ("path", "kind", "packed"),
    [
        ("index.html", "text/html; charset=utf-8", True),
        ("gaya.css", "text/css; charset=utf-8", True),
        ("sw.js", "text/javascript; charset=utf-8", True),
        ("manifest.webmanifest", "application/manifest+json", True),
        ("tabel.json", "application/json", False),
        ("log/checkpoint", "text/plain; charset=utf-8", False),
        ("_static/icon-192.png", "image/png", False),
    ],
)
def test_each_kind_of_file_goes_out_with_what_browsers_need(
    store: Store, store_place: Place, site: Path, path: str, kind: str, packed: bool
) -> None:
    send_there(store_place.address, site, lambda _: None)

    found = obstore.get(store.inside(store_place.address.host), f"psm/{path}")
    content = bytes(found.bytes())
    expected = {"Content-Type": kind, "Cache-Control": "no-cache"} | (
        {"Content-Encoding": "gzip"} if packed else {}
    )
    assert {
        name: found.attributes[name]
        for name in found.attributes
        if name in expected or name == "Content-Encoding"
    } == expected
    assert (gzip.decompress(content) if packed else content) == (site / path).read_bytes()


def test_a_bucket_that_is_not_there_is_said(account: None, site: Path) -> None:
    said = refused("s3://tidak-ada-di-sini/psm", site)

    assert said == Contains("tidak-ada-di-sini", "tidak ada di 127.0.0.1:")


def test_a_store_that_does_not_answer_is_said(
    account: None, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    assert refused("s3://ember-psm/psm", site).startswith("127.0.0.1:1 tidak menjawab")


@contextmanager
def answering(status: int, code: str) -> Iterator[str]:
    """A store that answers everything with one refusal, as Amazon words it."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (
                f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>The difference is too"
                " large.</Message></Error>".encode()
            )
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "RequestTimeTooSkewed", ("jam {store}. ", "Betulkan jam laptop.")),
        (403, "InvalidAccessKeyId", ("{store} tidak mengenal", "(AWS_ACCESS_KEY_ID).")),
        (403, "SignatureDoesNotMatch", ("{store} menolak", "(AWS_SECRET_ACCESS_KEY).")),
        (403, "AccessDenied", ("Kunci Anda tidak boleh", "ember-psm. ")),
        (403, "SomethingNew", ("Kunci Anda tidak boleh", "ember-psm. ")),
        (404, "NoSuchBucket", ("Ember ember-psm", "tidak ada di {store}.")),
        (507, "XMinioStorageFull", ("Penyimpanan di {store} penuh.",)),
        (301, "PermanentRedirect", ("Ember ember-psm", "wilayah lain", "AWS_REGION.")),
    ],
)
def test_a_refusal_is_said_with_what_to_do(
    account: None,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    code: str,
    said: tuple[str, ...],
) -> None:
    with answering(status, code) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)

        assert refused("s3://ember-psm/psm", site) == Contains(
            *(each.format(store=endpoint.removeprefix("http://")) for each in said)
        )


# ---- who we are ----------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".aws").mkdir()
    return tmp_path


def test_keys_come_from_the_files_of_amazons_tools(home: Path) -> None:
    (home / ".aws" / "credentials").write_text(
        "[psm]\naws_access_key_id = A%B\naws_secret_access_key = r4ha%sia\n", encoding="utf-8"
    )
    (home / ".aws" / "config").write_text(
        "[profile psm]\nendpoint_url = https://s3.contoh.id/\nregion = auto\n", encoding="utf-8"
    )

    found = read_account({"AWS_PROFILE": "psm"})

    assert found == Account("A%B", "r4ha%sia", "", "https://s3.contoh.id", "auto")
    assert "r4ha" not in repr(found)


def test_the_environment_comes_first(home: Path) -> None:
    (home / ".aws" / "credentials").write_text(
        "[default]\naws_access_key_id = A\naws_secret_access_key = B\n", encoding="utf-8"
    )

    found = read_account(
        {
            "AWS_ACCESS_KEY_ID": "C",
            "AWS_SECRET_ACCESS_KEY": "D",
            "AWS_SESSION_TOKEN": "E",
            "AWS_DEFAULT_REGION": "id",
        }
    )

    assert found == Account("C", "D", "E", "", "id")


@pytest.mark.parametrize(
    ("environment", "written", "said"),
    [
        ({}, "", " aws_access_key_id "),
        ({"AWS_ACCESS_KEY_ID": "A"}, "", "^Kunci .* belum ada"),
        ({}, "aws_access_key_id = A\n", r"credentials tidak terbaca\. .*\[default\]"),
        (
            {
                "AWS_ACCESS_KEY_ID": "A",
                "AWS_SECRET_ACCESS_KEY": SECRET,
                "AWS_ENDPOINT_URL": "http://s3.contoh.id",
            },
            "",
            r'https://.* "http://s3\.contoh\.id"',
        ),
    ],
)
def test_without_keys_or_with_an_open_road_nothing_is_tried(
    home: Path, environment: dict[str, str], written: str, said: str
) -> None:
    (home / ".aws" / "credentials").write_text(written, encoding="utf-8")

    with pytest.raises(Refused, match=said) as caught:
        read_account(environment)

    assert SECRET not in str(caught.value)


def test_the_keys_id_is_not_told_either(account: None, site: Path) -> None:
    said = refused("s3://tidak-ada-di-sini/psm", site)

    assert KEY_ID not in said
