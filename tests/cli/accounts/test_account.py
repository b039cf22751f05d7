"""`psm account`: made by a command, never with a password of ours."""

from __future__ import annotations

import json

from dirty_equals import Contains

from tests.cli.conftest import Psm


def test_accounts_are_added_listed_and_changed(psm: Psm) -> None:
    psm("cohort", "new", "D26", "--start", "2026-11-24")

    added = psm(
        "account", "add", "rini", "--role", "pelatih", "--cohort", "D26", stdin=b"kuda laut biru\n"
    )
    closed = psm("account", "close", "rini")
    listed = psm("account", "list")
    opened = psm("account", "open", "rini")
    moved = psm("account", "cohorts", "rini")
    changed = psm("account", "password", "rini", stdin=b"kuda laut ungu\r\n")
    as_json = psm("account", "list", "--json")

    assert added == (
        0,
        Contains("Akun rini (pelatih: D26) siap", " /masuk ", "psm serve"),
        "",
    )
    assert closed == (0, Contains("Akun rini ditutup", ": psm account open rini\n"), "")
    assert listed == (0, "rini  pelatih: D26  ditutup\n", "")
    assert opened == (0, "Akun rini dibuka.\n", "")
    assert moved == (0, "Angkatan rini: tidak ada.\n", "")
    assert changed == (0, "Kata sandi rini diganti.\n", "")
    assert json.loads(as_json.out) == [
        {"name": "rini", "role": "pelatih", "open": True, "cohorts": []}
    ]


def test_without_accounts_the_list_says_how_to_make_one(psm: Psm) -> None:
    assert psm("account", "list") == (
        0,
        Contains("Belum ada akun", ": psm account add NAMA --role petugas\n"),
        "",
    )


def test_no_password_or_a_weak_one_or_no_such_account_is_refused(psm: Psm) -> None:
    nothing = psm("account", "add", "siti", "--role", "petugas")
    weak = psm("account", "add", "siti", "--role", "petugas", stdin=b"rahasia123\n")
    unknown = psm("account", "close", "siti")

    assert (nothing.code, nothing.err) == (
        2,
        Contains("Kata sandi belum diberikan", "lewat masukan standar"),
    )
    assert (weak.code, weak.err) == (2, Contains("terlalu mudah ditebak"))
    assert (unknown.code, unknown.err) == (
        2,
        Contains('Akun "siti" tidak ada', ": belum ada.", "psm account add"),
    )
    assert psm("account", "list", "--json").out == "[]\n"
