"""The office at the keyboard, from an empty register to certificates,
and what it is told on the way.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains
from pypdf import PdfReader

from tests.cli.conftest import Psm, a_hand_in
from tests.register_builders import a_card_secret, a_roster, a_sheet, read_rows

VERSION = "4e4a7cec7283"  # of the small course
RULES = "2255630f651c"  # of what it asks


# ---- the whole way -------------------------------------------------------------------------------


def test_from_a_roster_to_certificates(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", "empat kata yang acak")
    psm("keys", "new")
    a_card_secret(course / "var")
    a_roster(
        course / "peserta.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Curug (Cimanggis)")
    )

    assert (
        psm("cohort", "new", "D26", "--title", "Angkatan 26", "--start", "2026-11-24").out
        == "Angkatan 26 dibuka, mulai 2026-11-24.\n"
    )
    assert (
        psm("roster", "import", "D26", "peserta.xlsx").out
        == "2 peserta baru, 0 diperbarui, 0 tetap.\n"
    )
    assert psm("attendance", "sheet", "D26", "hadir.xlsx").out == Contains(
        "2 peserta", " hadir.xlsx.\n"
    )
    header, *people = read_rows(course / "hadir.xlsx")
    a_sheet(course / "hadir.xlsx", header, *[[*person[:3], "x", "x"] for person in people])
    assert psm("attendance", "import", "D26", "hadir.xlsx").out == "4 tanda hadir baru dicatat.\n"
    (course / "jawaban.jsonl").write_text(
        f"{a_hand_in('D26-001')}\n{a_hand_in('D26-002', 'b')}\n", encoding="utf-8"
    )
    assert psm("submit", "jawaban.jsonl").out.splitlines()[-1] == "2 diterima"

    status = psm("status", "D26")
    assert (status.code, status.err) == (0, "")
    assert status.out.splitlines()[0] == "D26-001  telah lulus      Siti Rahayu (Depok)"
    assert status.out.splitlines()[-2] == Contains("2 peserta: 1 telah mengikuti", "1 telah lulus")

    issued = psm("issue", "D26")
    folder = course / "var" / "records" / "D26"
    assert issued.out.splitlines()[-2] == Contains(
        "1 sertifikat baru", "0 sudah ada", f"1 PDF dicetak di {folder}"
    )
    (certificate,) = folder.iterdir()
    with PdfReader(certificate) as pdf:
        assert "Siti Rahayu" in pdf.pages[0].extract_text()
    assert psm("issue", "D26").out == Contains(
        "0 sertifikat baru", "1 sudah ada", f"0 PDF dicetak di {folder}\n"
    )


# ---- cohorts and rosters -------------------------------------------------------------------------


def test_cohorts_are_listed(psm: Psm) -> None:
    assert psm("cohort", "list").out == Contains("Belum ada angkatan", "psm cohort new KODE\n")
    assert json.loads(psm("cohort", "list", "--json").out) == []

    psm("cohort", "new", "D26", "--start", "2026-11-24")

    assert psm("cohort", "list").out == "D26  Angkatan D26, mulai 2026-11-24\n"
    assert json.loads(psm("cohort", "list", "--json").out) == [
        {"id": "D26", "title": "Angkatan D26", "starts_on": "2026-11-24", "closes_at": None}
        | {"course": "bimtek", "place": "", "archived_at": None, "first_day": "2026-11-24"}
    ]


def test_a_cohort_is_opened_once(office: Psm) -> None:
    assert office("cohort", "new", "D26") == (2, "", Contains('Angkatan "D26" sudah ada'))


def test_a_roster_is_tried_before_it_is_kept(psm: Psm, course: Path) -> None:
    psm("cohort", "new", "D26")
    a_roster(course / "peserta.xlsx", ("Siti Rahayu", "Depok"))

    assert psm("roster", "import", "D26", "peserta.xlsx", "--dry-run").out == Contains(
        "Bila disimpan: ", "1 peserta baru, 0 diperbarui, 0 tetap.\n"
    )
    assert json.loads(psm("status", "D26", "--json").out) == []


def test_a_corrected_roster_says_what_it_changes(office: Psm, course: Path) -> None:
    a_roster(course / "lagi.xlsx", ("Siti Ningsih", "Curug (Bojongsari)", "D26-001"))

    assert office("roster", "import", "D26", "lagi.xlsx").out.splitlines() == [
        Contains("D26-001 menjadi Siti Ningsih, Curug (Bojongsari)", "tadinya Siti Rahayu, Depok"),
        "0 peserta baru, 1 diperbarui, 0 tetap.",
    ]


def test_a_roster_as_json(psm: Psm, course: Path) -> None:
    psm("cohort", "new", "D26")
    a_roster(course / "peserta.xlsx", ("Siti Rahayu", "Depok"))

    assert json.loads(psm("roster", "import", "D26", "peserta.xlsx", "--json").out) == {
        "added": [
            {
                "number": "D26-001",
                "cohort": "D26",
                "name": "Siti Rahayu",
                "kelurahan": "32.76.01.1006",
                "phone": None,
            }
        ],
        "changed": [],
        "unchanged": 0,
        "known": {},
        "readmitted": [],
        "notes": [],
    }


def test_a_roster_with_problems_is_refused_with_each_at_its_cell(office: Psm, course: Path) -> None:
    a_roster(course / "salah.xlsx", ("", "Depok"), ("Ani", "Curug"))

    ran = office("roster", "import", "D26", "salah.xlsx")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        Contains("salah.xlsx: ", "belum ada yang disimpan"),
        "1 hal perlu diperbaiki:",
        Contains("  A2: nama masih kosong"),
        "1 hal perlu dijawab:",
        Contains(
            "  B3: ",
            "2 kelurahan bernama Curug",
            "(Cimanggis = Curug (Cimanggis); Bojongsari = Curug (Bojongsari))",
        ),
        Contains("--answer B3=Cimanggis"),
    ]


def test_a_question_is_answered_with_the_cell_it_is_about(office: Psm, course: Path) -> None:
    a_roster(course / "lagi.xlsx", ("Ani Wijaya", "Curug"), ("Siti Rahayu", "Bakti Jaya"))

    ran = office("roster", "import", "D26", "lagi.xlsx", "--answer", "B2=bojongsari")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        '  B3: "Bakti Jaya" dibaca Baktijaya',
        "2 peserta baru, 0 diperbarui, 0 tetap.",
    ]


@pytest.mark.parametrize("answer", ["B2", "=lain", "B2="])
def test_an_answer_without_cell_or_choice_is_refused(
    office: Psm, course: Path, answer: str
) -> None:
    a_roster(course / "lagi.xlsx", ("Ani Wijaya", "Curug"))

    assert office("roster", "import", "D26", "lagi.xlsx", "--answer", answer) == (
        2,
        "",
        Contains(f'Jawaban "{answer}" tidak dimengerti', "--answer B14=lain"),
    )


def test_at_a_terminal_each_question_is_put(office: Psm, course: Path) -> None:
    a_roster(course / "lagi.xlsx", ("Ani Wijaya", "Curug"), ("Ani Wijaya", "Curug (Bojongsari)"))
    keyboard, terminal = os.openpty()
    os.write(keyboard, b"2\n1\n")

    command = [sys.executable, "-m", "psm_course.cli.main", "roster", "import", "D26", "lagi.xlsx"]
    ran = subprocess.run(
        command, stdin=terminal, capture_output=True, text=True, cwd=course, check=True
    )

    os.close(keyboard)
    os.close(terminal)
    assert re.search(
        r"B2: .*2 .*Curug.*\?\n  1\. Curug \(Cimanggis\)\n  2\. Curug \(Bojongsari\)\n", ran.stdout
    )
    assert re.search(r"sama\?\n  1\. .*Ani Wijaya.* A2\n  2\. orang lain\n", ran.stdout)
    assert ran.stdout.splitlines()[-1] == "1 peserta baru, 0 diperbarui, 0 tetap."


@pytest.mark.parametrize("name", ["jawaban.json", "surat.xlsx"])
def test_a_file_that_is_no_sheet_is_refused(office: Psm, course: Path, name: str) -> None:
    (course / name).write_text(a_hand_in("D26-001"), encoding="utf-8")

    assert office("roster", "import", "D26", name) == (
        2,
        "",
        Contains(f"{name}: bukan berkas Excel", "simpan sebagai .xlsx"),
    )


# ---- attendance ----------------------------------------------------------------------------------


def test_a_sheet_that_cannot_be_written_is_refused(office: Psm, course: Path) -> None:
    ran = office("attendance", "sheet", "D26", "tidak-ada/hadir.xlsx")

    assert ran == (
        2,
        "",
        Contains(
            "tidak-ada/hadir.xlsx: ",
            "tidak dapat ditulis (",
            "tidak ditemukan",
            "Periksa foldernya",
            "terbuka di Excel",
        ),
    )
    assert not (course / "var" / "log").exists()


def test_an_empty_attendance_sheet_is_refused(office: Psm) -> None:
    office("attendance", "sheet", "D26", "hadir.xlsx")

    assert office("attendance", "import", "D26", "hadir.xlsx") == (
        2,
        "",
        Contains("hadir.xlsx: ", "satu pun tanda hadir"),
    )


# ---- status and issue ----------------------------------------------------------------------------


def test_the_status_of_one_says_why_not_yet(office: Psm) -> None:
    assert office("status", "D26", "D26-002").out.splitlines() == [
        Contains("D26-002  ", "Ujang Hidayat, Curug (Cimanggis)", ": BELUM MENGIKUTI"),
        "  Kenapa belum lulus?",
        Contains(
            "  ✗ Hadir sedikitnya 80 persen: ",
            "hadir 0 dari 2 JP",
            "sedikitnya 2 JP (80 %)",
            "pengganti: Pembukaan; Menyapa warga.",
        ),
        Contains(
            "  ✗ Lulus tes akhir: ",
            "belum mengerjakan",
            "mencapai batas lulus",
            "tanpa kesalahan berbahaya",
            "serahkan Tes akhir.",
        ),
        "  Sertifikat: belum terbit",
        f"Dinilai dengan syarat {VERSION}, ditetapkan {date.today()}.",
    ]


def test_the_status_as_json(office: Psm) -> None:
    everybody = json.loads(office("status", "D26", "--json").out)
    one = json.loads(office("status", "D26", "D26-002", "--json").out)

    assert [each["number"] for each in everybody] == ["D26-001", "D26-002"]
    assert [each.pop("judged_at")[:10] for each in (*everybody, *one)] == [str(date.today())] * 3
    assert one == everybody[1:]
    assert one[0] == {
        "number": "D26-002",
        "name": "Ujang Hidayat",
        "kelurahan": "Curug (Cimanggis)",
        "completed": False,
        "attended": False,
        "course_version": VERSION,
        "requirements_version": RULES,
        "requirements": [
            {
                "id": "hadir",
                "met": False,
                "evidence": "hadir 0 dari 2 JP",
                "needed": "sedikitnya 2 JP (80 %)",
                "next_step": "Ikuti sesi pengganti: Pembukaan; Menyapa warga.",
            },
            {
                "id": "lulus",
                "met": False,
                "evidence": "belum mengerjakan",
                "needed": "nilai mencapai batas lulus, tanpa kesalahan berbahaya",
                "next_step": Contains("serahkan Tes akhir"),
            },
        ],
        "record": None,
    }


@pytest.mark.parametrize(
    "words",
    [
        "roster import D27 peserta.xlsx",
        "attendance sheet D27 x.xlsx",
        "attendance import D27 peserta.xlsx",
        "status D27",
        "issue D27",
    ],
)
def test_a_cohort_that_is_not_there_is_refused(office: Psm, words: str) -> None:
    assert office(*words.split()) == (
        2,
        "",
        Contains('Angkatan "D27" tidak ada', ": D26.", "psm cohort new"),
    )


def test_a_number_that_is_not_there_is_refused(office: Psm) -> None:
    assert office("status", "D26", "D26-009") == (
        2,
        "",
        Contains('Nomor "D26-009" tidak ada', "angkatan D26", "psm status D26"),
    )


# ---- nothing is lost by a slip -------------------------------------------------------------------


def test_a_filled_attendance_sheet_is_never_written_over(office: Psm, course: Path) -> None:
    (course / "hadir.xlsx").write_bytes(b"sudah diisi")

    assert office("attendance", "sheet", "D26", "hadir.xlsx") == (
        2,
        "",
        Contains("hadir.xlsx sudah ada"),
    )
    assert (course / "hadir.xlsx").read_bytes() == b"sudah diisi"


def test_no_register_is_opened_outside_a_course(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    for words in (["cohort", "list"], ["cohort", "new", "D26"], ["new", "quiz", "a"], ["serve"]):
        ran = psm(*words)
        assert (ran.code, ran.err.split(" di ")[0]) == (2, "Tidak ada kursus")
    assert not (tmp_path / "var").exists()
    assert not (tmp_path / "quizzes").exists()
