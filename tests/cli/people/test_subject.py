"""A person's rights at the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import Psm
from tests.register_builders import a_roster


@pytest.fixture
def office(psm: Psm, course: Path) -> Psm:
    a_roster(course / "peserta.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Beji"))
    psm("cohort", "new", "D20", "--start", "2020-11-24")
    psm("roster", "import", "D20", "peserta.xlsx")
    return psm


def test_a_person_sees_everything_in_a_file_of_their_own(office: Psm, course: Path) -> None:
    made = office("subject", "export", "D20-001", "--out", "siti.json")

    assert made.out == Contains("D20-001", "siti.json", "kepada orangnya.\n")
    kept = json.loads((course / "siti.json").read_text(encoding="utf-8"))
    assert [person["name"] for person in kept["enrolment"]] == ["Siti Rahayu"]
    assert office("subject", "export", "D20-001", "--out", "siti.json") == (
        2,
        "",
        Contains("siti.json sudah ada"),
    )


def test_a_person_is_erased_after_a_yes(office: Psm) -> None:
    doubtful = office("subject", "erase", "D20-001", "--reason", "permintaan peserta", stdin=b"n\n")
    sure = office("subject", "erase", "D20-001", "--reason", "permintaan peserta", "--yes")

    assert doubtful.code == 2
    assert sure.out == Contains(
        "D20-001 dihapus", "0 berkas sertifikat", "masih memuat namanya", "jadwal retensi"
    )
    assert "Siti" not in office("status", "D20").out


def test_names_expire_by_command_only(office: Psm) -> None:
    tried = office("subject", "expire", "--dry-run")
    done = office("subject", "expire")

    assert tried.out.splitlines() == [
        "  D20-001",
        "  D20-002",
        Contains("Bila dijalankan", "2 peserta"),
    ]
    assert done.out == "  D20-001\n  D20-002\n2 peserta dihapus namanya.\n"
