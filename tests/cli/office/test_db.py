"""Caring for the register at the keyboard."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Psm


@pytest.fixture
def office(psm: Psm) -> Psm:
    """Two things are in its log: its course was adopted, and a cohort opened."""
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    return psm


def test_a_whole_register_is_said_to_be_whole(office: Psm) -> None:
    checked = office("db", "check")

    assert (checked.code, checked.err) == (0, "")
    assert checked.out.startswith("Register utuh. 2 catatan audit; ujung rantai: ")


def test_a_tampered_register_is_said_with_its_row(office: Psm, course: Path) -> None:
    with sqlite3.connect(course / "var" / "register.db") as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute("UPDATE audit_event SET actor = 'lain'")
    connection.close()
    open_ = "Tabel audit_event tidak lagi menolak perubahan; pelindungnya dihapus orang. Bandingkan dengan cadangan."
    changed = "Catatan audit nomor 1 tidak cocok dengan rantainya; baris itu atau yang sebelumnya diubah."

    checked = office("db", "check")

    assert (checked.code, checked.out, checked.err) == (3, "", f"{open_}\n{changed}\n")
    assert json.loads(office("db", "check", "--json").out) == {"events": 0, "head": "", "troubles": [open_, changed]}


def test_a_register_is_made_ready(office: Psm) -> None:
    assert office("db", "migrate").out == "Register siap dipakai.\n"


def test_a_server_that_does_not_answer_is_said(psm: Psm, course: Path) -> None:
    (course / "psm.toml").write_text('database = "postgresql://postgres@/register?host=/tidak-ada"\n', encoding="utf-8")

    said = psm("db", "check")

    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("Server register tidak menjawab; tidak ada yang berubah.")
