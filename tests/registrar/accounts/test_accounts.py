"""Accounts and the passwords that they refuse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from dirty_equals import Contains

from psm_course.domain.accounts import Account
from psm_course.errors import Refused
from psm_course.registrar.accounts import passwords, signing_in
from psm_course.registrar.accounts.accounts import (
    add_account,
    change_cohorts,
    change_password,
    has_accounts,
    list_accounts,
    set_open,
)
from psm_course.registrar.accounts.signing_in import Browser
from psm_course.store import accounts, audit
from psm_course.store.engine import Store
from tests.register_builders import ARRANGED, a_cohort

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
GOOD = "kuda laut biru"
HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with little work: what is tested is not how long it takes."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))


def verbs(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as tx:
        return [
            (event.actor, event.verb, event.subject)
            for event in audit.list_events(tx)
            if event.verb != ARRANGED
        ]


# ---- accounts ------------------------------------------------------------------------------------


def test_an_account_is_added_with_its_role_and_cohorts(store: Store) -> None:
    a_cohort(store, "Siti")
    assert not has_accounts(store)

    add_account(store, "rini", "pelatih", ["D26", "D26"], GOOD, "root", NOW)
    add_account(store, "siti", "petugas", [], GOOD, "root", NOW)

    assert list_accounts(store) == (
        Account("rini", "pelatih", True, frozenset({"D26"})),
        Account("siti", "petugas"),
    )
    assert has_accounts(store)
    assert verbs(store) == [("root", "account added", "siti"), ("root", "account added", "rini")]
    with store.reading() as tx:
        kept = accounts.open_password(tx, "siti")
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept


@pytest.mark.parametrize(
    ("name", "cohorts", "role", "sentence"),
    [
        ("Siti Nur", [], "petugas", '"Siti Nur" tidak dapat'),
        ("x", [], "petugas", '"x" tidak dapat'),
        ("siti", ["X99"], "pelatih", 'Angkatan "X99" tidak ada'),
        ("siti", ["D26"], "pembaca", "pembaca melihat semuanya"),
        ("ada", [], "petugas", 'Akun "ada" sudah ada'),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    store: Store, name: str, cohorts: list[str], role: str, sentence: str
) -> None:
    a_cohort(store, "Siti")
    add_account(store, "ada", "petugas", [], GOOD, "root", NOW)

    with pytest.raises(Refused, match=sentence):
        add_account(store, name, role, cohorts, GOOD, "root", NOW)  # type: ignore[arg-type]

    assert [each.name for each in list_accounts(store)] == ["ada"]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("pendek", "terlalu pendek"),
        ("x" * 201, "terlalu panjang"),
        ("password123", "mudah ditebak"),
        ("P4ssw0rd!!!", "mudah ditebak"),
        ("DinsosDepok2026", "mudah ditebak"),
        ("1234567890", "mudah ditebak"),
        ("qwertyuiop", "mudah ditebak"),
        ("aaaaaaaaaaab", "mudah ditebak"),
        ("sitinurhayati", "memuat nama akun"),
        ("S1T1-2026-99", "memuat nama akun"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        passwords.refuse_weak(password, "siti")


@pytest.mark.parametrize(
    "password", [GOOD, "4829175530", "ikan-Bakar;Sore", "日本語のパスワードです"]
)
def test_a_good_password_is_let_through_and_matches_only_itself(password: str) -> None:
    passwords.refuse_weak(password, "siti")
    kept = passwords.hashed(password)

    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password + "x")
    assert not passwords.matches(None, password)
    assert not passwords.matches("not a hash", password)


# ---- signing in ----------------------------------------------------------------------------------


@pytest.fixture
def siti(store: Store) -> None:
    add_account(store, "siti", "petugas", [], GOOD, "root", NOW)


def enter(
    store: Store, password: str = GOOD, name: str = "siti", at: datetime = NOW, address: str = HERE
) -> str:
    return signing_in.sign_in(store, name, password, Browser(address), at).cookie


def fails(store: Store, times: int, name: str = "siti", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(Refused, match="tidak cocok"):
            enter(store, "salah", name, address=address)


def test_the_right_password_opens_and_only_the_cookies_digest_is_kept(
    store: Store, siti: None
) -> None:
    cookie = enter(store, name=" Siti ")

    found = signing_in.who_is(store, cookie, NOW)
    assert found is not None
    assert found.account == Account("siti", "petugas")
    assert verbs(store)[0] == ("siti", "signed in", "siti")
    with store.reading() as tx:
        (row,) = tx.exec_driver_sql("SELECT digest, form_token FROM sign_in").all()
    assert cookie not in row
    assert len(row.digest) == 64


def test_each_sign_in_has_a_cookie_and_a_form_token_of_its_own(store: Store, siti: None) -> None:
    first, second = enter(store), enter(store)

    found = [signing_in.who_is(store, cookie, NOW) for cookie in (first, second)]
    assert first != second
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].form_token != found[1].form_token


def test_what_does_not_match_is_refused_in_the_same_words_whoever_exists(
    store: Store, siti: None
) -> None:
    add_account(store, "tutup", "petugas", [], GOOD, "root", NOW)
    set_open(store, "tutup", False, "root", NOW)
    said = []
    for name, password in (
        ("siti", "salah"),
        ("tidak-ada", GOOD),
        ("tutup", GOOD),
        ("' OR 1=1 --", "x"),
        ("", ""),
        ("siti", "\ud800"),
    ):
        with pytest.raises(Refused) as refused:
            enter(store, password, name)
        said.append(str(refused.value))

    (sentence,) = set(said)
    assert sentence == Contains("Nama akun", "kata sandi", "tidak cocok")


@pytest.mark.parametrize("name", ["siti", "tidak-ada"])
def test_after_five_failures_even_the_right_password_waits_there_and_nowhere_else(
    store: Store, siti: None, name: str
) -> None:
    fails(store, 5, name, address="10.0.0.9")
    with pytest.raises(signing_in.TooOften, match="Tunggu 15 menit"):
        enter(store, GOOD, name, address="10.0.0.9")

    assert enter(store, address="10.0.0.10")
    assert enter(store, at=NOW + timedelta(minutes=15), address="10.0.0.9")


def test_many_addresses_together_get_no_further_than_fifty(store: Store, siti: None) -> None:
    for index in range(10):
        fails(store, 5, address=f"10.0.0.{index}")

    with pytest.raises(signing_in.TooOften):
        enter(store, "salah", address="10.0.0.99")


def locked(store: Store) -> None:
    """The account from everywhere, and the address `HERE`."""
    for index in range(10):
        fails(store, 5, address=f"10.0.0.{index}")
    with pytest.raises(signing_in.TooOften):
        enter(store)


def test_nobody_is_locked_out_at_the_machine_itself(store: Store, siti: None) -> None:
    locked(store)

    assert signing_in.sign_in(store, "siti", GOOD, Browser(HERE, is_here=True), NOW)
    for _ in range(30):
        with pytest.raises(signing_in.WrongPassword):
            signing_in.sign_in(store, "siti", "salah", Browser(HERE, is_here=True), NOW)
    assert signing_in.sign_in(store, "siti", GOOD, Browser(HERE, is_here=True), NOW)


def test_a_browser_that_signed_in_before_is_not_locked_out(store: Store, siti: None) -> None:
    mark = signing_in.sign_in(store, "siti", GOOD, Browser("10.0.1.1"), NOW).mark
    locked(store)

    assert signing_in.sign_in(
        store, "siti", GOOD, Browser("10.0.1.2", mark=mark), NOW + timedelta(minutes=1)
    )


def test_a_mark_holds_for_its_account_its_password_and_half_a_year(
    store: Store, siti: None
) -> None:
    add_account(store, "rini", "petugas", [], GOOD, "root", NOW)
    before = signing_in.sign_in(
        store, "siti", GOOD, Browser("10.0.1.1"), NOW - timedelta(days=181)
    ).mark
    other = signing_in.sign_in(store, "rini", GOOD, Browser("10.0.1.1"), NOW).mark
    change_password(store, "siti", "kuda laut ungu", "root", NOW)
    old = signing_in.sign_in(store, "siti", "kuda laut ungu", Browser("10.0.1.1"), NOW).mark
    change_password(store, "siti", GOOD, "root", NOW)
    locked(store)

    for mark in (
        before,
        other,
        old,
        "",
        ".",
        "x.1.y",
        f"x.{2**40}.y",
        "x.99999999999.y",
        "\xe9.1.\xe9",
    ):
        with pytest.raises(signing_in.TooOften):
            signing_in.sign_in(store, "siti", GOOD, Browser("10.0.1.1", mark=mark), NOW)


def test_each_five_failures_of_an_address_are_one_line_in_the_log(store: Store, siti: None) -> None:
    fails(store, 4, address="10.0.0.9")
    enter(store, address="10.0.0.9")
    fails(store, 5, "rini", address="10.0.0.9")
    fails(store, 3, "budi", address="10.0.0.9")

    with store.reading() as tx:
        found = [
            (each.actor, each.subject, each.detail)
            for each in audit.list_events(tx)
            if each.verb == "passwords failed"
        ]
    assert found == [("psm serve", "10.0.0.9", {"times": 5})]


def test_an_address_that_tries_many_names_waits_and_others_do_not(store: Store, siti: None) -> None:
    for index in range(20):
        with pytest.raises(Refused, match="tidak cocok"):
            enter(store, "salah", f"nama{index}", address="10.0.0.9")
    with pytest.raises(signing_in.TooOften):
        enter(store, address="10.0.0.9")

    assert enter(store, address="10.0.0.10")


def test_a_new_password_forgets_the_failures_at_every_address(store: Store, siti: None) -> None:
    for address in ("10.0.0.8", "10.0.0.9"):
        fails(store, 5, address=address)

    change_password(store, "siti", "kuda laut ungu", "root", NOW)

    assert enter(store, "kuda laut ungu", address="10.0.0.8")
    assert enter(store, "kuda laut ungu", address="10.0.0.9")


def test_signing_in_forgets_the_failures_before_it(store: Store, siti: None) -> None:
    for _ in range(8):
        with pytest.raises(Refused, match="tidak cocok"):
            enter(store, "salah")
        enter(store)

    with store.reading() as tx:
        assert accounts.count_failures(tx, "siti", NOW - timedelta(hours=1)) == 0
        assert accounts.count_failures(tx, f"@{HERE}", NOW - timedelta(hours=1)) == 0


def test_a_sign_in_ends_when_idle_and_after_eight_hours_of_work(store: Store, siti: None) -> None:
    idle, busy = enter(store), enter(store)
    moments = [NOW + timedelta(minutes=30 * step) for step in range(1, 17)]
    seen = [signing_in.who_is(store, busy, moment) is not None for moment in moments]

    assert signing_in.who_is(store, idle, NOW + timedelta(minutes=59)) is not None
    assert signing_in.who_is(store, idle, NOW + timedelta(minutes=59 + 61)) is None
    assert seen == [True] * 15 + [False]


def test_a_cookie_cannot_be_made_younger(store: Store, siti: None) -> None:
    cookie = enter(store)
    secret, _, made = cookie.rpartition(".")

    assert signing_in.who_is(store, f"{secret}.{int(made) + 3600}", NOW) is None


@pytest.mark.parametrize(
    "cookie", ["", ".", "x", "x.y", "x.999999999999999999", "x.²", "\ud800.1700000000"]
)
def test_what_is_no_cookie_of_ours_is_nobody(store: Store, cookie: str) -> None:
    assert signing_in.who_is(store, cookie, NOW) is None


def test_signing_out_ends_that_sign_in_alone(store: Store, siti: None) -> None:
    first, second = enter(store), enter(store)

    signing_in.sign_out(store, first, NOW)

    assert signing_in.who_is(store, first, NOW) is None
    assert signing_in.who_is(store, second, NOW) is not None
    assert verbs(store)[0] == ("siti", "signed out", "siti")


def test_closing_an_account_or_changing_its_password_signs_out(store: Store, siti: None) -> None:
    before_closing = enter(store)
    set_open(store, "siti", False, "root", NOW)
    assert signing_in.who_is(store, before_closing, NOW) is None
    set_open(store, "siti", True, "root", NOW)
    before_change = enter(store)
    change_password(store, "siti", "kuda laut ungu", "root", NOW)

    assert signing_in.who_is(store, before_change, NOW) is None
    assert enter(store, "kuda laut ungu")


def test_a_pelatihs_cohorts_change_at_once(store: Store) -> None:
    a_cohort(store, "Siti")
    add_account(store, "rini", "pelatih", ["D26"], GOOD, "root", NOW)
    cookie = enter(store, name="rini")

    assert change_cohorts(store, "rini", [], "root", NOW) == frozenset()

    found = signing_in.who_is(store, cookie, NOW)
    assert found is not None
    assert not found.account.sees("D26")


def test_a_hash_of_older_parameters_is_renewed_when_its_owner_signs_in(
    store: Store, siti: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(2, 16, 1))

    enter(store)

    with store.reading() as tx:
        kept = accounts.open_password(tx, "siti")
    assert kept is not None
    assert "m=16,t=2,p=1" in kept
    assert enter(store)
