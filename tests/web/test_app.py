"""What all answers of the server have in common: hosts, headers, kind errors; and the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import Visitor


def test_an_unknown_cohort_or_page_is_said_kindly(officer: Visitor) -> None:
    cohort, page = officer.get("/angkatan/X99"), officer.get("/tidak-ada.html")

    assert (cohort.status_code, page.status_code) == (404, 404)
    assert "Angkatan &#34;X99&#34; tidak ada" in cohort.text
    assert "Halaman ini tidak ada" in page.text


def test_only_this_machines_own_names_are_answered(officer: Visitor) -> None:
    page = officer.get("/angkatan/D26", headers={"Host": "penyerang.example"})

    assert page.status_code == 400
    assert "Alamat tidak dikenal" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:1:2",
        "127.0.0.1:8765/@x",
        "127.0.0.1:999999",
        "[::1",
        "x@127.0.0.1",
        " ",
        "",
        "::1",
    ],
)
def test_what_is_no_host_name_is_not_answered(officer: Visitor, host: str) -> None:
    page = officer.get("/angkatan/D26", headers={"Host": host, "Cookie": cookies(officer)})

    assert (page.status_code, "Alamat tidak dikenal" in page.text) == (400, True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost", "LOCALHOST", "[::1]:8765", "[::1]"]
)
def test_this_machines_own_names_are_answered(officer: Visitor, host: str) -> None:
    assert (
        officer.get("/angkatan", headers={"Host": host, "Cookie": cookies(officer)}).status_code
        == 200
    )


def cookies(visitor: Visitor) -> str:
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_a_page_and_that_is_said_in_indonesian(
    officer: Visitor, method: str
) -> None:
    page = officer.request(method, "/angkatan/D26")

    assert page.status_code == 405
    assert "tidak dapat dikirimi" in page.text


def test_no_page_may_run_another_script_than_its_one_or_be_framed_or_kept(officer: Visitor) -> None:
    headers = officer.get("/angkatan/D26").headers

    policy = headers["content-security-policy"].split("; ")
    assert {
        "default-src 'none'",
        "frame-ancestors 'none'",
        "script-src 127.0.0.1:8765/desk/catatan.js",
    } <= set(policy)
    assert "connect-src 127.0.0.1:8765/catatan/puncak" in policy
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["[::1]:8765", "[::1]"])
def test_where_a_host_cannot_stand_in_a_policy_no_script_runs_at_all(
    officer: Visitor, host: str
) -> None:
    policy = officer.get("/angkatan", headers={"Host": host, "Cookie": cookies(officer)}).headers[
        "content-security-policy"
    ]

    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_the_site_itself_is_served(client: Visitor) -> None:
    assert client.get("/").text == "<p>Situs</p>"


def test_the_address_that_a_qr_names_opens_the_verification_page(
    client: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "site" / "v").mkdir()
    (tmp_path / "site" / "v" / "index.html").write_text("<p>Periksa</p>", encoding="utf-8")

    assert [client.get(path).text for path in ("/v", "/v/")] == ["<p>Periksa</p>"] * 2
    # Without a fragment, so that the token travels on.
    assert client.get("/v", follow_redirects=False).headers["location"].endswith("/v/")


def test_the_site_runs_its_own_scripts_and_nothing_else_and_is_never_served_stale(
    client: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "site" / "sw.js").write_text("1", encoding="utf-8")
    for path in ("/", "/sw.js"):
        headers = client.get(path).headers
        for allowed in (
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
        ):
            assert allowed in headers["content-security-policy"].split("; ")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-cache"
