"""When a cohort meets, at the keyboard: a session is moved, and marks, prints and lists follow."""

from __future__ import annotations

import json

from dirty_equals import Contains

from tests.cli.conftest import Psm

WHY = ("--reason", "aula dipakai rapat")


def test_a_moved_day_is_said_and_shown(office: Psm) -> None:
    before = office("cohort", "sessions", "D26").out

    moved = office(
        "cohort",
        "session",
        "D26",
        "menyapa",
        "--date",
        "2026-12-08",
        "--start",
        "13.00",
        "--room",
        "Aula",
        *WHY,
    )
    (first, last) = json.loads(office("cohort", "sessions", "D26", "--json").out)

    assert "2026-12-08" not in before
    assert (moved.code, moved.out) == (0, "Sesi menyapa angkatan D26: 2026-12-08 pukul 13.00.\n")
    assert (first["held_on"], last["held_on"], last["room"]) == ("2026-11-24", "2026-12-08", "Aula")
    assert "2026-12-08  13.00  Aula" in office("cohort", "sessions", "D26").out


def test_the_list_of_cohorts_shows_the_first_day_that_is_held(office: Psm) -> None:
    for session in ("pembukaan", "menyapa"):
        office("cohort", "session", "D26", session, "--date", "2026-12-08", *WHY)

    assert office("cohort", "list").out == "D26  Angkatan D26, mulai 2026-12-08\n"
    (listed,) = json.loads(office("cohort", "list", "--json").out)
    assert (listed["starts_on"], listed["first_day"]) == ("2026-11-24", "2026-12-08")


def test_what_cannot_be_is_refused(office: Psm) -> None:
    same = office("cohort", "session", "D26", "menyapa", "--date", "2026-11-24", *WHY)
    odd = office("cohort", "session", "D26", "menyapa", "--start", "25.00", *WHY)
    unknown = office("cohort", "session", "D26", "makan", "--room", "Aula", *WHY)

    assert same == (2, "", Contains("Menyapa warga sudah begitu"))
    assert odd == (2, "", Contains('Jam "25.00"', "08.30.\n"))
    assert unknown == (2, "", Contains('Sesi "makan" tidak ada', "pembukaan, menyapa"))
