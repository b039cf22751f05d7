"""The door of the desk: cookies, forms of our own only, and what a stranger sees."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from psm_course.registrar.accounts import passwords
from psm_course.registrar.accounts.accounts import add_account, set_open
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE, VISITOR_COOKIE
from psm_course.web.app import make_app
from tests.conftest import ROOT
from tests.web.conftest import HERE, SignedIn, Visitor

GOOD = "kuda laut biru"


@pytest.fixture
def siti(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
    add_account(store, "siti", "petugas", [], GOOD, "root", datetime.now(UTC))


def at_the_door(client: Visitor, path: str = "/masuk") -> Visitor:
    client.get(path)
    client.token = client.cookies[VISITOR_COOKIE]
    return client


# ---- in and out ----------------------------------------------------------------------------------


def test_without_any_account_the_door_says_which_command_makes_one(client: Visitor) -> None:
    page = client.get("/masuk")

    assert page.status_code == 200
    assert "psm account add nama-anda --role petugas" in page.text
    assert "tidak ada kata sandi" in page.text


def test_somebody_comes_in_and_is_led_to_the_page_asked_for(client: Visitor, siti: None) -> None:
    asked = client.get("/angkatan/D26", follow_redirects=False)
    entered = at_the_door(client, asked.headers["location"]).fill_in(
        "/masuk", {"nama": "siti", "sandi": GOOD, "lalu": "/angkatan/D26"}
    )

    assert (asked.status_code, asked.headers["location"]) == (303, "/masuk?lalu=/angkatan/D26")
    assert (entered.status_code, entered.headers["location"]) == (303, "/angkatan/D26")
    (cookie,) = [line for line in entered.headers.get_list("set-cookie") if line.startswith(COOKIE)]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert "Angkatan D26" in client.get("/angkatan/D26").text
    assert client.get("/masuk", follow_redirects=False).headers["location"] == "/angkatan"


def test_over_https_the_cookie_never_travels_in_the_clear(client: Visitor, siti: None) -> None:
    safe = Visitor(client.app, base_url="https://127.0.0.1:8765")

    entered = at_the_door(safe).fill_in("/masuk", {"nama": "siti", "sandi": GOOD})

    assert all("Secure" in line for line in entered.headers.get_list("set-cookie"))


def test_a_wrong_password_keeps_the_name_and_not_the_password(client: Visitor, siti: None) -> None:
    page = at_the_door(client).fill_in("/masuk", {"nama": "siti", "sandi": "rahasia-lama"})

    assert page.status_code == 422
    assert "tidak cocok" in page.text
    assert 'value="siti"' in page.text
    assert "rahasia-lama" not in page.text
    assert COOKIE not in client.cookies


def stranger(client: Visitor, host: str = "10.0.0.9") -> Visitor:
    """Another browser, from the hall."""
    return at_the_door(Visitor(client.app, base_url=HERE, client=(host, 50000)))


def wrong_passwords(visitor: Visitor, times: int) -> list[int]:
    return [
        visitor.fill_in("/masuk", {"nama": "siti", "sandi": "salah"}).status_code
        for _ in range(times)
    ]


def test_too_many_failures_are_told_to_wait(client: Visitor, siti: None) -> None:
    visitor = stranger(client)

    assert wrong_passwords(visitor, 6) == [422] * 5 + [429]
    assert "Tunggu 15 menit" in visitor.fill_in("/masuk", {"nama": "siti", "sandi": GOOD}).text


def test_who_locks_an_account_from_the_hall_locks_it_neither_at_the_laptop_nor_where_it_was_used(
    client: Visitor, siti: None
) -> None:
    known = stranger(client, "10.0.0.8")
    known.fill_in("/masuk", {"nama": "siti", "sandi": GOOD})
    known.cookies.delete(COOKIE)  # the browser was closed
    for index in range(10):
        wrong_passwords(stranger(client, f"10.0.1.{index}"), 5)

    assert wrong_passwords(stranger(client, "10.0.2.1"), 1) == [429]
    assert at_the_door(known).fill_in("/masuk", {"nama": "Siti", "sandi": GOOD}).status_code == 303
    assert at_the_door(client).fill_in("/masuk", {"nama": "siti", "sandi": GOOD}).status_code == 303


@pytest.mark.parametrize(
    "header", [{"X-Forwarded-For": "10.0.0.9"}, {"Forwarded": "for=10.0.0.9"}, {"Via": "1.1 nginx"}]
)
def test_what_a_proxy_passes_on_is_not_asked_at_the_laptop(
    client: Visitor, siti: None, header: dict[str, str]
) -> None:
    client.headers.update(header)
    at_the_door(client)

    assert wrong_passwords(client, 6) == [422] * 5 + [429]


def test_behind_a_proxy_nobody_is_at_the_laptop(
    tmp_path: Path, client: Visitor, store: Store, siti: None
) -> None:
    behind = Visitor(
        make_app(Settings(root=ROOT, data=tmp_path, proxy="127.0.0.1"), store), base_url=HERE
    )
    at_the_door(behind)

    assert wrong_passwords(behind, 6) == [422] * 5 + [429]


def test_the_desk_tells_who_tries_passwords(client: Visitor, officer: Visitor, siti: None) -> None:
    quiet = officer.get("/angkatan").text
    wrong_passwords(stranger(client), 5)

    assert "salah sandi" not in quiet
    assert "5 kali salah sandi dari 10.0.0.9." in officer.get("/angkatan").text
    assert "Salah sandi berkali-kali" in officer.get("/catatan").text


@pytest.mark.parametrize(
    "where",
    ["//jahat.example/", "https://jahat.example", "/\\jahat.example", "/a\r\nSet-Cookie: x=1", ""],
)
def test_nobody_is_led_to_another_site(client: Visitor, siti: None, where: str) -> None:
    entered = at_the_door(client).fill_in("/masuk", {"nama": "siti", "sandi": GOOD, "lalu": where})

    assert entered.headers["location"] == "/angkatan"


def test_leaving_ends_the_sign_in_even_for_a_copy_of_the_cookie(officer: Visitor) -> None:
    copy = officer.cookies[COOKIE]

    left = officer.fill_in("/keluar")
    officer.cookies.set(COOKIE, copy)

    assert (left.status_code, left.headers["location"]) == (303, "/masuk?kabar=keluar")
    assert (
        officer.get("/angkatan", follow_redirects=False).headers["location"]
        == "/masuk?lalu=/angkatan"
    )


@pytest.mark.parametrize("cookie", ["", "x", "x.1", "é.1", "x.99999999999"])
def test_a_made_up_cookie_opens_nothing(client: Visitor, cookie: str) -> None:
    answer = client.get(
        "/angkatan", headers={"Cookie": f"{COOKIE}={cookie}".encode()}, follow_redirects=False
    )

    assert answer.headers["location"] == "/masuk?lalu=/angkatan"


def test_an_expired_sign_in_and_a_closed_account_open_nothing(
    signed_in: SignedIn, store: Store
) -> None:
    expired, closed = signed_in(name="lama", minutes=-1), signed_in(name="tutup")
    set_open(store, "tutup", False, "root", datetime.now(UTC))

    for visitor in (expired, closed):
        assert (
            visitor.get("/angkatan/D26", follow_redirects=False).headers["location"]
            == "/masuk?lalu=/angkatan/D26"
        )
        sent = visitor.fill_in("/angkatan", {"kode": "E26", "mulai": "2026-12-01"})
        assert sent.status_code == 403
        assert "belum ada yang disimpan" in sent.text


# ---- forms of our own ----------------------------------------------------------------------------

NEW = {"kode": "E26", "mulai": "2026-12-01"}


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", {}),
        ("token-lain", {}),
        ("\ud800", {}),
        ("token-petugas", {"Origin": "https://jahat.example"}),
        ("token-petugas", {"Origin": "null"}),
        ("token-petugas", {"Sec-Fetch-Site": "cross-site"}),
        ("token-petugas", {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_a_form_that_is_not_ours_does_nothing(
    officer: Visitor, token: str, headers: dict[str, str]
) -> None:
    body = "&".join(
        f"{name}={value}"
        for name, value in ({"kunci": token.encode("utf-8", "replace").decode()} | NEW).items()
    )
    sent = officer.post(
        "/angkatan",
        content=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"} | headers,
    )

    assert sent.status_code == 403
    assert "E26" not in officer.get("/angkatan").text


def test_our_own_form_does_it_with_what_browsers_say_of_it(officer: Visitor) -> None:
    sent = officer.fill_in(
        "/angkatan", NEW, headers={"Origin": HERE, "Sec-Fetch-Site": "same-origin"}
    )

    assert (sent.status_code, sent.headers["location"]) == (
        303,
        "/angkatan/E26/peserta?kabar=angkatan-dibuka",
    )
    assert "Angkatan E26" in officer.get("/angkatan").text


def test_the_token_of_another_sign_in_is_not_ours(signed_in: SignedIn) -> None:
    rini, siti = signed_in(name="rini"), signed_in(name="siti")
    siti.token = rini.token

    assert siti.fill_in("/angkatan", NEW).status_code == 403


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", "multipart/form-data; boundary=x"),
        (
            b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "multipart/form-data"),
        (b"a=%ff&kunci=%ff", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"&".join(b"a=1" for _ in range(2000)), "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-99"),
    ],
)
def test_a_broken_form_gets_a_sentence(officer: Visitor, body: bytes, kind: str) -> None:
    sent = officer.post("/angkatan", content=body, headers={"Content-Type": kind})

    assert sent.status_code in {403, 422}
    assert "belum" in sent.text.casefold()


def test_a_form_that_is_too_large_is_refused_before_it_is_read(officer: Visitor) -> None:
    sent = officer.post(
        "/angkatan",
        content=b"a=" + b"x" * (1024 * 1024 + 1),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert sent.status_code == 413
    assert "paling banyak 1 MB" in sent.text


@pytest.mark.parametrize("path", ["/masuk", "/saya"])
def test_from_strangers_only_small_forms_are_read(client: Visitor, path: str) -> None:
    sent = client.post(
        path,
        content=b"a=" + b"x" * 16 * 1024,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert (sent.status_code, "paling banyak 16 KB" in sent.text) == (413, True)
