"""`psm check`: every problem with its place, as sentences or as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from tests.builders import edit
from tests.cli.conftest import Psm

GIVES_AWAY_NOTHING = {
    "items": 1,
    "drawn": 1,
    "maximum": 1,
    "blank": 0.0,
    "tick_all": 0.0,
    "guess_mean": 0.5,
    "guess_pass": 0.5,
    "options_alone": 0.5,
    "test_wise_pass": 0.4995,
    "echo": 0.5,
}


def as_json(text: str) -> Any:
    return json.loads(text)


# ---- a course ------------------------------------------------------------------------------------


def test_a_course_without_problems_says_so(psm: Psm) -> None:
    ran = psm("check")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "Tidak ada masalah."
    assert "tes-akhir" in ran.out


def test_a_course_as_json(psm: Psm) -> None:
    ran = psm("check", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert as_json(ran.out) == {"problems": [], "quizzes": {"tes-akhir": GIVES_AWAY_NOTHING}}


def test_a_problem_stands_at_its_place_and_stops_with_1(psm: Psm, course: Path) -> None:
    edit(course, "quizzes/tes-akhir.yml", "use: posttest", "use: postest")

    ran = psm("check")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[0].startswith("quizzes/tes-akhir.yml:3:6: use: ")
    assert ran.out.splitlines()[-1] == "1 masalah perlu diperbaiki."


def test_a_problem_as_json(psm: Psm, course: Path) -> None:
    edit(course, "quizzes/tes-akhir.yml", "objective: sapa-warga", "objective: sapa-wargaa")

    ran = psm("check", "--json")

    assert ran.code == 1
    assert as_json(ran.out) == {
        "problems": [
            {
                "file": "modules/01-menyapa/index.md",
                "line": 5,
                "column": 5,
                "severity": "error",
                "where": 'tujuan "sapa-warga"',
                "message": Contains("belum ada butir tes"),
                "hint": Contains("tes awal", "tes akhir"),
            },
            {
                "file": "quizzes/tes-akhir.yml",
                "line": 8,
                "column": 16,
                "severity": "error",
                "where": 'butir "salam", objective',
                "message": Contains('"sapa-wargaa" tidak ada'),
                "hint": 'maksud Anda "sapa-warga"?',
            },
        ],
        "quizzes": {"tes-akhir": GIVES_AWAY_NOTHING},
    }


def test_the_folder_of_a_course_may_be_named(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.parent)

    assert psm("check", "kursus", "--json").code == 0


def errors(printed: str) -> list[Any]:
    """Help numbers grow stale with the calendar; those are warnings, no fault of these files."""
    return [problem for problem in as_json(printed)["problems"] if problem["severity"] == "error"]


def test_the_real_course_has_no_errors(psm: Psm, real_course: Path) -> None:
    ran = psm("check", real_course, "--json")

    assert (ran.code, errors(ran.out)) == (0, [])


# ---- one quiz alone ------------------------------------------------------------------------------


def test_one_quiz_is_checked_by_itself_without_a_course(
    psm: Psm, course: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "kuis.yml"
    alone.write_text(
        (course / "quizzes" / "tes-akhir.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )

    ran = psm("check", alone, "--json")

    assert ran.code == 0
    assert as_json(ran.out) == {"problems": [], "quizzes": {"tes-akhir": GIVES_AWAY_NOTHING}}


def test_what_one_quiz_gives_away_stands_in_two_tables(psm: Psm) -> None:
    ignorant = "tes-akhir       1    0,0 %           0,0 %    50,0 %        1 dari 2"
    cunning = "tes-akhir     50,0 %   50,0 %      50,0 %"

    assert psm("check", "quizzes/tes-akhir.yml").out.splitlines() == [
        Contains("tanpa tahu apa-apa"),
        "",
        Contains("Kuis        Butir   Kosong   ", "   Centang semua   Menebak   Lulus"),
        "─" * len(ignorant),
        ignorant,
        "",
        Contains("tanpa mengerti soalnya", "bunyi pilihan", "yang diulang"),
        "",
        "Kuis        Tertebak    Lulus   Mengulang",
        "─" * len(cunning),
        cunning,
        "",
        "Tidak ada masalah.",
    ]


def test_one_quiz_with_problems_stops_with_1(psm: Psm, tmp_path: Path) -> None:
    (tmp_path / "kuis.yml").write_text("id: kuis\n", encoding="utf-8")

    ran = psm("check", tmp_path / "kuis.yml")

    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "3 masalah perlu diperbaiki."


# ---- neither -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("book", ("book: ", "modules/course.yml", "folder kursus", "satu berkas kuis")),
        ("tak-ada.yml", ("tak-ada.yml: ", "berkas atau folder")),
    ],
)
def test_a_path_that_is_neither_is_refused(psm: Psm, path: str, said: tuple[str, ...]) -> None:
    assert psm("check", path) == (2, "", Contains(*said))


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"\x89PNG\r\n\x1a\n", b"[" * 3000, b"a: &a [*a]", b"- 1\n- 2"]
)
def test_a_file_that_is_no_quiz_is_a_problem_and_never_a_crash(
    psm: Psm, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "kuis.yml").write_bytes(content)

    ran = psm("check", tmp_path / "kuis.yml", "--json")

    assert (ran.code, ran.err) == (1, "")
    assert as_json(ran.out)["problems"][0]["severity"] == "error"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "modules/01-menyapa/index.md",
            "Menyapa warga",
            "«Judul modul»",
            'belum diganti: "Judul modul"',
        ),
        (
            "modules/bantuan.yml",
            "label: Polri 110",
            "labl: Polri 110",
            'kunci "labl" tidak dikenal',
        ),
        (
            "modules/01-menyapa/01-salam.ipynb",
            '"minutes": 45',
            '"minutes": 0',
            "lama pelajaran belum ditulis",
        ),
    ],
)
def test_a_page_or_a_lesson_is_judged_as_what_it_is_and_alone(
    psm: Psm, course: Path, file: str, old: str, new: str, message: str
) -> None:
    """It used to be read as a quiz without an id."""
    path = course / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    edit(course, "quizzes/tes-akhir.yml", "pass_mark: 70", "pass_mark: 7000")

    ran = psm("check", path, "--json")

    assert ran.code == 1
    assert {problem["file"] for problem in as_json(ran.out)["problems"]} == {file}
    assert as_json(ran.out)["problems"][0]["message"] == Contains(message)


def test_a_page_outside_of_any_course_is_refused(psm: Psm, tmp_path: Path) -> None:
    page = tmp_path / "halaman.md"
    page.write_text("# Halaman\n", encoding="utf-8")

    assert psm("check", page) == (
        2,
        "",
        Contains(f"{page}: ", "bagian dari sebuah kursus", "modules/course.yml"),
    )


def test_checking_one_quiz_loads_neither_the_register_nor_what_only_a_whole_course_needs(
    course: Path,
) -> None:
    """An author waits for it after every change."""
    told = (
        "import sys; from psm_course.cli.main import run; run(sys.argv[1:]); print(*sys.modules,"
        " file=sys.stderr)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", told, "check", "quizzes/tes-akhir.yml"],
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(ran.stderr.split())
    assert "Tidak ada masalah." in ran.stdout
    assert {"psm_course.checking.one_quiz"} <= loaded
    assert (
        loaded
        & {
            "sqlalchemy",
            "cryptography",
            "nbformat",
            "markdown_it",
            "psm_course.content.course",
            "psm_course.cli.context",
        }
        == set()
    )
