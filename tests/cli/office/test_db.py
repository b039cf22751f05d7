"""Caring for the register at the keyboard."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.store import audit
from psm_course.store.opening import open_store
from tests.builders import OFFICE
from tests.cli.conftest import Psm
from tests.register_builders import ACTOR, NOW


@pytest.fixture
def office(psm: Psm) -> Psm:
    """Two things are in its log: its course was adopted, and a cohort opened."""
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    return psm


def test_a_whole_register_is_said_to_be_whole(office: Psm) -> None:
    checked = office("db", "check")
    told = json.loads(office("db", "check", "--all", "--json").out)

    assert (checked.code, checked.err) == (0, "")
    short = re.fullmatch(
        r"Register utuh\. \d+ baris .* 2 catatan; .*: (1:2:(?: ?[0-9a-f]{4}){4})\n",
        checked.out,
    )
    assert short is not None
    assert list(told) == ["sound", "events", "log_size", "root", "problems"]
    assert (told["sound"], told["events"], told["log_size"], told["problems"]) == (True, 2, 2, [])
    assert short[1].endswith(" ".join(told["root"][place : place + 4] for place in (0, 4, 8, 12)))
    assert office("db", "check", "--against", short[1]).code == 0


@pytest.mark.tampering
def test_a_tampered_register_is_said_with_its_row(office: Psm, course: Path) -> None:
    with sqlite3.connect(course / "var" / "register.db") as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute("UPDATE audit_event SET actor = 'lain' WHERE id = 2")
    connection.close()

    checked = office("db", "check")
    told = json.loads(office("db", "check", "--json").out)

    assert (checked.code, checked.out) == (3, "")
    open_, changed, what_to_do = checked.err.splitlines()
    assert open_ == Contains("Pelindung audit_event_no_update", "tidak ada lagi")
    assert changed == Contains("Catatan 2 tidak cocok", "sidiknya", "luar program")
    assert what_to_do == Contains("2 hal", 'bab "Register tidak cocok"')
    assert (told["sound"], told["events"]) == (False, 2)
    assert told["problems"] == [
        {"table": "audit_event", "row": "audit_event_no_update", "message": open_},
        {"table": "audit_event", "row": "2", "message": changed},
    ]


@pytest.mark.tampering
def test_a_register_that_is_shorter_than_a_printed_sheet_says_is_refused(office: Psm) -> None:
    checked = office("db", "check", "--against", "1:7:0123 4567 89ab cdef")

    assert checked.code == 3
    assert checked.err == Contains("Log 1 berisi 2 catatan", "pernah 7", "dipotong")


def test_what_is_no_checkpoint_is_refused(office: Psm, course: Path) -> None:
    (course / "surat.txt").write_text("bukan", encoding="utf-8")

    checked = office("db", "check", "--against", "surat.txt")

    assert (checked.code, checked.out) == (2, "")
    assert "surat.txt" in checked.err


@pytest.mark.parametrize("word", ["a" * 300, "\udcff\n1"])
def test_a_word_that_no_file_can_be_called_is_no_checkpoint(office: Psm, word: str) -> None:
    checked = office("db", "check", "--against", word)

    assert (checked.code, checked.out) == (2, "")


def test_a_register_is_made_ready(office: Psm) -> None:
    assert office("db", "migrate").out == "Register siap dipakai.\n"


def test_a_server_that_does_not_answer_is_said(psm: Psm, course: Path) -> None:
    (course / "psm.toml").write_text(
        'database = "postgresql://postgres@/register?host=/tidak-ada"\n', encoding="utf-8"
    )

    said = psm("db", "check")

    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("Server register tidak menjawab")


def test_a_clock_that_was_wrong_is_named_until_an_officer_says_that_it_is_right(
    office: Psm, course: Path
) -> None:
    with (
        closing(open_store(course / "var" / "register.db", OFFICE)) as store,
        store.transaction() as tx,
    ):
        for days in (900, 0, 0):
            audit.note(tx, ACTOR, "noted", "D26", NOW + timedelta(days=days))
    wrong = office("db", "check")

    office("clock", "accept", "--reason", "jam laptop maju setelah baterai diganti")
    checked = office("db", "check")

    assert wrong.code == 3
    assert Contains("Catatan 4 sampai 5", "24-11-2026", "12-05-2029") in wrong.err.splitlines()
    assert (checked.code, checked.err) == (0, "")
    told, whole = checked.out.splitlines()
    assert told == Contains("catatan 4 sampai 5", "jam laptop keliru", "jamnya benar", "catatan 6.")
    assert whole.startswith("Register utuh. ")
