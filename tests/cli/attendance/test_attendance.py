"""Who came, at the keyboard: sheets, cards, and one mark at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains
from pypdf import PdfReader

from tests.cli.conftest import Psm
from tests.register_builders import CARDS, a_sheet

SESSION = "Menyapa warga"


# ---- one mark ------------------------------------------------------------------------------------


def test_one_person_is_marked_and_corrected_only_with_a_reason(office: Psm) -> None:
    assert (
        office("attendance", "mark", "D26", "menyapa", "d26-001", "alpa").out
        == f"D26-001 alpa di {SESSION}.\n"
    )
    again = office("attendance", "mark", "D26", "menyapa", "D26-001", "alpa")
    assert again.out == Contains(f"D26-001 alpa di {SESSION}; ", "sudah tercatat")
    assert office("attendance", "mark", "D26", "menyapa", "D26-001") == (
        2,
        "",
        Contains("D26-001 sudah pernah dicatat", "alasan perubahannya"),
    )
    corrected = office(
        "attendance",
        "mark",
        "D26",
        "menyapa",
        "D26-001",
        "terlambat",
        "--reason",
        "Datang pukul 9, salah catat.",
    )
    assert corrected.out == f"D26-001 terlambat di {SESSION}.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("menyapa D26-009", ('Nomor "D26-009" tidak ada', "psm status D26.\n")),
        ("makan D26-001", ('Sesi "makan" tidak ada', "Yang ada: pembukaan, menyapa.\n")),
    ],
)
def test_a_mark_for_nobody_or_no_session_is_refused(
    office: Psm, words: str, said: tuple[str, str]
) -> None:
    assert office("attendance", "mark", "D26", *words.split()) == (2, "", Contains(*said))


# ---- cards ---------------------------------------------------------------------------------------


def test_cards_are_scanned_line_by_line_and_nothing_does_harm(office: Psm, course: Path) -> None:
    link = f"https://psm.depok.go.id/#kartu=D26-001.{CARDS.code('D26-001', 1)}"
    read = f"{link}\n{link}\nd26-002\n\nD26-099\nhttps://lain.id/?p=1\n{link[:-1]}!\n"
    forged = f"https://psm.depok.go.id/#kartu=D26-002.{CARDS.code('D26-001', 1)}\n"

    ran = office(
        "attendance", "scan", "D26", "menyapa", "--any-day", stdin=(read + forged).encode()
    )

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "✓ Siti Rahayu (D26-001) dicatat hadir.",
        Contains("✓ Siti Rahayu (D26-001) sudah tercatat", "tidak dicatat dua kali"),
        "✓ Ujang Hidayat (D26-002) dicatat hadir.",
        *[Contains("✗ ", "tidak dikenal", "misalnya D26-017.")] * 3,
        Contains("✗ ", "kartu D26-002 tidak cocok", "kartu lama"),
        Contains("2 dari 2 orang ", f" di {SESSION}."),
    ]


def test_a_session_of_another_day_is_said_and_marks_nobody(office: Psm) -> None:
    ran = office("attendance", "scan", "D26", "menyapa", "--late", stdin=b"D26-001\n")

    assert ran.out.splitlines() == [
        Contains("✗ Siti Rahayu (D26-001) belum dicatat: ", "untuk hari lain", "(--any-day)"),
        Contains("0 dari 2 orang ", f" di {SESSION}."),
    ]


def test_cards_need_an_address_and_carry_everybody(office: Psm, course: Path) -> None:
    assert office("cards", "D26") == (
        2,
        "",
        Contains(
            "alamat lengkapnya",
            "https://psm.contoh.go.id",
            "site_address",
            "psm.toml",
            "psm cards --site ALAMAT",
        ),
    )

    ran = office("cards", "D26", "--site", "https://psm.depok.go.id/", "--out", "kartu.pdf")

    assert (ran.code, ran.err) == (0, "")
    text = PdfReader(course / "kartu.pdf").pages[0].extract_text()
    assert [
        name for name in ("D26-001", "Siti Rahayu", "D26-002", "Ujang Hidayat") if name not in text
    ] == []


def test_a_card_file_of_another_kind_is_refused(office: Psm) -> None:
    assert office("cards", "D26", "--out", "kartu.xlsx") == (
        2,
        "",
        Contains("kartu.xlsx: ", "harus berakhiran .pdf.\n"),
    )


# ---- sheets --------------------------------------------------------------------------------------


def test_the_sheet_to_sign_has_everybody_and_each_session(office: Psm, course: Path) -> None:
    made = office("attendance", "sheet", "D26", "hadir.pdf")
    assert made.out == Contains("2 peserta", "hadir.pdf.\n")

    text = PdfReader(course / "hadir.pdf").pages[0].extract_text()
    assert [
        name
        for name in ("D26-001", "Siti Rahayu", "Ujang Hidayat", "Pembukaan", "24 November 2026")
        if name not in text
    ] == []


def test_a_corrected_sheet_says_what_it_changed(office: Psm, course: Path) -> None:
    header = ("Nomor", "pembukaan", "menyapa")
    a_sheet(course / "hadir.xlsx", header, ("D26-001", "x", "-"))
    office("attendance", "import", "D26", "hadir.xlsx")
    a_sheet(course / "hadir.xlsx", header, ("D26-001", "x", "t"), ("D26-002", "x"))

    assert office("attendance", "import", "D26", "hadir.xlsx").out.splitlines() == [
        Contains("  D26-001, menyapa: ", "alpa, sekarang terlambat", "sel C2"),
        Contains("1 tanda hadir baru", "1 dikoreksi."),
    ]
