"""`psm rules` and `psm regrade` at the keyboard: what is shown first, kept, and refused."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from psm_course.store.opening import open_store
from tests.builders import OFFICE, edit
from tests.cli.conftest import Psm, a_hand_in
from tests.cli.test_office import VERSION
from tests.register_builders import a_card_secret, a_roster, a_sheet, issues


@pytest.fixture
def office(psm: Psm, course: Path) -> Psm:
    """Two people who came to everything; the first has passed
    and holds a certificate, the second answered "b".
    """
    a_roster(
        course / "peserta.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Curug (Cimanggis)")
    )
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    psm("roster", "import", "D26", "peserta.xlsx")
    a_sheet(
        course / "hadir.xlsx",
        ("Nomor", "pembukaan", "menyapa"),
        ("D26-001", "x", "x"),
        ("D26-002", "x", "x"),
    )
    psm("attendance", "import", "D26", "hadir.xlsx")
    a_card_secret(course / "var")
    psm("submit", "-", stdin=f"{a_hand_in('D26-001')}\n{a_hand_in('D26-002', 'b')}".encode())
    read, _ = read_course(course)
    assert read is not None
    with closing(open_store(course / "var" / "register.db", OFFICE)) as store:
        issues(store, read)
    return psm


def adopt(office: Psm) -> None:
    """The office takes on what stands in the folder by now;
    before that, editing the folder changes nothing.
    """
    assert office("course", "adopt", "--reason", "Keputusan 12/2026").code == 0


def turn_the_key(office: Psm, course: Path) -> None:
    """From now on "b" is right."""
    edit(
        course,
        "quizzes/tes-akhir.yml",
        "Salam dan nama Anda, correct: yes}",
        "Salam dan nama Anda}",
    )
    edit(
        course,
        "quizzes/tes-akhir.yml",
        "{id: b, text: Perintah}",
        "{id: b, text: Perintah, correct: yes}",
    )
    adopt(office)


def certificate(office: Psm) -> str:
    return str(json.loads(office("status", "D26", "--json").out)[0]["record"])


# ---- regrade -------------------------------------------------------------------------------------


def test_a_turned_key_is_shown_and_then_kept(office: Psm, course: Path) -> None:
    number = certificate(office)
    turn_the_key(office, course)

    tried = office("regrade", "tes-akhir")

    changed = ("2 nilai berubah, 0 tetap", "dari 2 jawaban", "tes-akhir")
    lines: list[object] = [
        Contains("Kuis tes-akhir", "angkatan D26: ", "1 butir berubah kuncinya"),
        "  D26-001 ke-1: 1/1 → 0/1; kini tidak lulus",
        "  D26-002 ke-1: 0/1 → 1/1; kini lulus",
        Contains("Bila disimpan: ", *changed),
        Contains("1 naik, 1 turun", "D26 (2)"),
        Contains("1 peserta tidak lagi", "mengikuti"),
        Contains("1 peserta menjadi", "mengikuti"),
        Contains("1 peserta tidak lagi", "lulus"),
        Contains("1 peserta menjadi", "lulus"),
        Contains("D26-001 tidak lagi", f"lulus (sertifikat {number})"),
        Contains("1 sertifikat dipegang", "; 1 di antaranya", "tetap berlaku"),
    ]
    assert (tried.code, tried.err, tried.out.splitlines()) == (0, "", lines)
    lines[3] = Contains("Disimpan: ", *changed)
    assert (
        office("regrade", "tes-akhir", "--apply", "--reason", "kunci terbalik").out.splitlines()
        == lines
    )
    status = json.loads(office("status", "D26", "--json").out)
    assert [(each["completed"], each["record"]) for each in status] == [
        (False, number),
        (True, None),
    ]
    assert office("regrade", "tes-akhir").out.splitlines() == [
        Contains("Bila disimpan: ", "0 nilai berubah, 2 tetap", "dari 2 jawaban", "tes-akhir")
    ]


def test_a_regrade_as_json(office: Psm, course: Path) -> None:
    number = certificate(office)
    turn_the_key(office, course)

    assert json.loads(office("regrade", "tes-akhir", "--json").out) == {
        "quiz": "tes-akhir",
        "applied": False,
        "attempts": 2,
        "changed": 2,
        "unchanged": 0,
        "unreadable": 0,
        "people": 2,
        "crosses_up": 1,
        "crosses_down": 1,
        "cohorts": {"D26": 2},
        "moves": [
            {"outcome": "attended", "gains": False, "people": 1},
            {"outcome": "attended", "gains": True, "people": 1},
            {"outcome": "passed", "gains": False, "people": 1},
            {"outcome": "passed", "gains": True, "people": 1},
        ],
        "records": 1,
        "records_touched": 1,
        "touched": [number],
        "quiz_changes": [{"cohorts": ["D26"], "changes": ["1 butir berubah kuncinya"]}],
        "archived": [],
    }


def test_an_archived_cohort_is_not_marked_again_and_it_is_said_how_to(office: Psm) -> None:
    office("cohort", "archive", "D26", "--reason", "kegiatan selesai")

    said = office("regrade", "tes-akhir", "--full", "salam").out.splitlines()

    assert said == [
        Contains("Diarsipkan", ": D26.", "psm cohort reopen D26"),
        Contains("Bila disimpan: ", "0 nilai berubah, 0 tetap", "dari 0 jawaban", "tes-akhir"),
    ]


def test_every_change_goes_to_a_file_of_rows_without_names(office: Psm, course: Path) -> None:
    number = certificate(office)
    turn_the_key(office, course)

    office("regrade", "tes-akhir", "--out", "beda.csv")
    office("regrade", "tes-akhir", "--out", "beda.jsonl")

    with (course / "beda.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert rows[0] == {
        "angkatan": "D26",
        "nomor": "D26-001",
        "kesempatan": "1",
        "nilai_lama": "1",
        "maksimum_lama": "1",
        "persen_lama": "100",
        "nilai_baru": "0",
        "maksimum_baru": "1",
        "persen_baru": "0",
        "batas_lulus": "turun",
        "menjadi": "",
        "tidak_lagi": "attended passed",
        "sertifikat": number,
    }
    lines = [
        json.loads(line)
        for line in (course / "beda.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [{key: str(value) for key, value in line.items()} for line in lines] == rows
    assert [path.name for path in course.glob("*.part")] == []


def test_an_item_with_full_marks_for_all(office: Psm) -> None:
    assert office("regrade", "tes-akhir", "--full", "salam").out.splitlines()[:2] == [
        "  D26-002 ke-1: 0/1 → 1/1; kini lulus",
        Contains("Bila disimpan: ", "1 nilai berubah, 1 tetap", "dari 2 jawaban", "tes-akhir"),
    ]

    office("regrade", "tes-akhir", "--full", "salam", "--apply", "--reason", "soal rancu")
    assert office("regrade", "tes-akhir").out.splitlines() == [
        Contains("Bila disimpan: ", "0 nilai berubah, 2 tetap", "dari 2 jawaban", "tes-akhir")
    ]
    assert (
        office("regrade", "tes-akhir", "--restore", "salam").out.splitlines()[0]
        == "  D26-002 ke-1: 1/1 → 0/1; kini tidak lulus"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tes-akhir --apply", ["Tulis alasannya", "beberapa kata"]),
        ("tes-akhir --reason salah", ["--reason hanya", "bersama --apply", "disimpan"]),
        ("tes-akhir --full salam --disregard salam", ['"salam"', "dua ketetapan"]),
        ("tes-akhir --full salma", ['"salma" tidak ada', "tes-akhir", 'Maksud Anda "salam"?']),
        ("tes", ['Kuis "tes" tidak ada', "kursus.\n"]),
        ("tes-akhir --out hadir.csv", ["hadir.csv sudah ada"]),
        ("tes-akhir --out hadir.xlsx", ["hadir.xlsx", ".csv atau .jsonl"]),
    ],
)
def test_a_regrade_that_cannot_be_is_refused(
    office: Psm, course: Path, words: str, said: list[str]
) -> None:
    (course / "hadir.csv").touch()

    assert office("regrade", *words.split()) == (2, "", Contains(*said))
    assert [path.name for path in course.glob("*.part")] == []


# ---- rules ---------------------------------------------------------------------------------------


def test_rules_that_are_those_of_the_course_are_said_and_no_more(office: Psm) -> None:
    said = office("rules", "D26")

    assert (
        said.code,
        said.out.startswith(f"Dinilai dengan syarat {VERSION}, ditetapkan 20"),
        said.out.count("\n"),
    ) == (0, True, 1)


def test_other_rules_are_shown_with_who_moves_and_then_adopted(office: Psm, course: Path) -> None:
    number = certificate(office)
    edit(course, "modules/course.yml", "share: 80", "share: 80, towards: attended")
    more = "  - {id: awal, kind: taken, quizzes: [tes-akhir, tes-ulang], title: Kerjakan}\n"
    edit(course, "modules/course.yml", "  - {id: lulus,", f"{more}  - {{id: lulus,")
    text = (course / "quizzes/tes-akhir.yml").read_text(encoding="utf-8")
    (course / "quizzes/tes-ulang.yml").write_text(
        text.replace("id: tes-akhir\n", "id: tes-ulang\n"), encoding="utf-8"
    )
    adopt(office)

    tried = office("rules", "D26")

    assert (tried.code, tried.out.splitlines()[1:]) == (
        0,
        [
            Contains("syarat hadir: ", "- → telah mengikuti"),
            "  syarat awal ditambahkan: Kerjakan",
            "  kuis tes-ulang ditambahkan: Tes akhir, 1 butir",
            Contains("D26-001 tidak lagi", f"lulus (sertifikat {number})"),
            "  D26-002 menjadi telah mengikuti",
            Contains("Bila ditetapkan", "0 dari 2 peserta"),
            Contains('psm rules D26 --apply --reason "…"'),
            Contains("1 sertifikat", "tetap berlaku"),
        ],
    )
    newest = json.loads(office("rules", "D26", "--json").out)["newest_course_version"]
    assert tried.out.splitlines()[0] == Contains(f"mengadopsi versi {newest}: psm rules D26")
    assert [each["completed"] for each in json.loads(office("status", "D26", "--json").out)] == [
        True,
        False,
    ]
    adopted = office("rules", "D26", "--apply", "--reason", "Keputusan 12/2026")
    assert adopted.out.splitlines()[-2] == Contains(
        "ditetapkan untuk angkatan D26", "0 dari 2 peserta"
    )
    status = json.loads(office("status", "D26", "--json").out)
    assert [(each["completed"], each["attended"], each["record"]) for each in status] == [
        (False, True, number),
        (False, True, None),
    ]


def test_rules_as_json(office: Psm) -> None:
    assert json.loads(office("rules", "D26", "--json").out) == {
        "cohort": "D26",
        "course_version": VERSION,
        "requirements_version": json.loads(office("status", "D26", "--json").out)[0][
            "requirements_version"
        ],
        "newest_course_version": VERSION,
        "applied": False,
        "differences": [],
        "judged": 2,
        "moves": [],
    }


def test_adopted_rules_that_a_regrade_has_made_a_trap_are_named(office: Psm, course: Path) -> None:
    text = (course / "quizzes/tes-akhir.yml").read_text(encoding="utf-8")
    (course / "quizzes/tes-ulang.yml").write_text(
        text.replace("id: tes-akhir\n", "id: tes-ulang\n"), encoding="utf-8"
    )
    edit(course, "quizzes/tes-akhir.yml", "pass_mark: 70\n", "pass_mark: 70\nattempts: 2\n")
    edit(course, "modules/course.yml", "quizzes: [tes-akhir]", "quizzes: [tes-akhir, tes-ulang]")
    adopt(office)
    office("regrade", "tes-akhir", "--apply", "--reason", "Keputusan 12/2026")

    assert office("rules", "D26").out.splitlines()[1] == Contains(
        "Awas: ", "kehabisan kesempatan", '"tes-akhir" hanya 2 kali'
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("D26 --apply", ["Tulis alasannya", "beberapa kata"]),
        ("D26 --reason salah", ["--reason hanya", "bersama --apply", "ditetapkan"]),
        ("D26 --apply --reason sekali-lagi", ["D26 sudah dinilai", f"({VERSION})"]),
        ("D27", ['"D27" tidak ada', "Yang ada: D26", "psm cohort new"]),
    ],
)
def test_rules_that_cannot_be_adopted_are_refused(office: Psm, words: str, said: list[str]) -> None:
    assert office("rules", *words.split()) == (2, "", Contains(*said))


def test_no_cohort_is_opened_where_the_office_has_no_course_yet(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PSM_OFFICE", OFFICE)  # there is no modules/wilayah.yml to say it either
    elsewhere = tmp_path / "lain"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    refused = psm("cohort", "new", "D26", "--start", "2026-11-24")

    assert refused == (
        2,
        "",
        Contains("belum mengadopsi kursus", "psm course adopt"),
    )
    assert psm("cohort", "list").out.splitlines() == [
        Contains("Belum ada angkatan.", "psm cohort new KODE")
    ]
