"""The status page and the site over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from psm_course.store.engine import Store
from tests.register_builders import enrols


def test_the_status_page_says_who_and_why_not_yet(client: TestClient, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti Nurhayati", "Curug (Cimanggis)"))

    page = client.get("/angkatan/D26")

    assert page.status_code == 200
    for expected in ("D26-001", "Siti Nurhayati", "Curug (Cimanggis)", "hadir 0 dari 16 JP", "Kerjakan dan serahkan Tes Akhir"):
        assert expected in page.text


def test_a_kecamatan_can_be_looked_at_alone(client: TestClient, store: Store, tmp_path: Path) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))

    page = client.get("/angkatan/D26", params={"kecamatan": "Limo"}).text

    assert "Rini" in page
    assert "Siti" not in page


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '=HYPERLINK("x")', "{{ 7 * 7 }}"])
def test_a_hostile_name_is_only_ever_text(client: TestClient, store: Store, tmp_path: Path, name: str) -> None:
    enrols(store, tmp_path, (name, "Beji"))

    page = client.get("/angkatan/D26").text

    assert "<script>" not in page
    assert "49" not in page.split("<tbody>")[1]
    assert "D26-001" in page


def test_an_unknown_cohort_or_page_is_said_kindly(client: TestClient) -> None:
    cohort, page = client.get("/angkatan/X99"), client.get("/tidak-ada.html")

    assert (cohort.status_code, page.status_code) == (404, 404)
    assert "Angkatan &#34;X99&#34; tidak ada" in cohort.text
    assert "Halaman ini tidak ada" in page.text


def test_only_this_machines_own_names_are_answered(client: TestClient) -> None:
    page = client.get("/angkatan/D26", headers={"Host": "penyerang.example"})

    assert page.status_code == 400
    assert "Alamat tidak dikenal" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:8765", "[::1]"])
def test_this_machines_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/angkatan/D26", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_here_and_that_is_said_in_indonesian(client: TestClient, method: str) -> None:
    page = client.request(method, "/angkatan/D26")

    assert page.status_code == 405
    assert "tidak dapat dikirimi apa pun" in page.text


def test_no_page_may_run_script_or_be_framed_or_kept(client: TestClient) -> None:
    headers = client.get("/angkatan/D26").headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_the_number_of_queries_does_not_grow_with_the_cohort(client: TestClient, store: Store, tmp_path: Path) -> None:
    counts = []
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for people in ([("Siti", "Beji")], [("Rini", "Limo"), ("Yuli", "Tugu")]):
        enrols(store, tmp_path, *people)
        asked.clear()
        client.get("/angkatan/D26")
        counts.append(len([statement for statement in asked if statement.startswith("SELECT")]))

    assert counts == [5, 5]


def test_the_site_itself_is_served(client: TestClient) -> None:
    assert client.get("/").text == "<p>Situs</p>"


def test_the_address_that_a_qr_names_opens_the_verification_page(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "site" / "v").mkdir()
    (tmp_path / "site" / "v" / "index.html").write_text("<p>Periksa</p>", encoding="utf-8")

    assert [client.get(path).text for path in ("/v", "/v/")] == ["<p>Periksa</p>"] * 2
    assert client.get("/v", follow_redirects=False).headers["location"].endswith("/v/")  # without a fragment, so that the token travels on


def test_the_site_runs_its_own_scripts_and_nothing_else_and_is_never_served_stale(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "site" / "sw.js").write_text("1", encoding="utf-8")
    for path in ("/", "/sw.js"):
        headers = client.get(path).headers
        for allowed in ("default-src 'none'", "script-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'"):
            assert allowed in headers["content-security-policy"].split("; ")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-cache"
