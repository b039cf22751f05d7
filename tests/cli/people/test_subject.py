"""A person's rights at the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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

    assert made.out == "Data D20-001 ada di siti.json. Serahkan hanya kepada orangnya.\n"
    kept = json.loads((course / "siti.json").read_text(encoding="utf-8"))
    assert [person["name"] for person in kept["enrolment"]] == ["Siti Rahayu"]
    assert (
        office("subject", "export", "D20-001", "--out", "siti.json").err
        == "siti.json sudah ada. Pilih nama lain.\n"
    )


def test_a_person_is_erased_after_a_yes(office: Psm) -> None:
    doubtful = office("subject", "erase", "D20-001", "--reason", "permintaan peserta", stdin=b"n\n")
    sure = office("subject", "erase", "D20-001", "--reason", "permintaan peserta", "--yes")

    assert doubtful.code == 2
    copies = (
        "Cadangan, berita acara, dan lembar lama masih memuat namanya. Tanyakan jadwal retensi"
        " arsip sebelum memusnahkannya."
    )
    assert sure.out == f"Data D20-001 dihapus; 0 berkas sertifikat dibuang. {copies}\n"
    assert "Siti" not in office("status", "D20").out


def test_names_expire_by_command_only(office: Psm) -> None:
    tried = office("subject", "expire", "--dry-run")
    done = office("subject", "expire")

    assert tried.out == "  D20-001\n  D20-002\nBila dijalankan: 2 peserta dihapus namanya.\n"
    assert done.out == "  D20-001\n  D20-002\n2 peserta dihapus namanya.\n"
