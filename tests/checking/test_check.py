"""`psm check` on a small course: what is said, at which place, for each rule on files."""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check, check_course, check_quiz
from psm_course.checking.report import ByTone, Report
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.errors import Refused
from psm_course.grading.chance import give_away
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.checking.checked import TODAY, another_quiz, error, messages, said

# ---- the whole -----------------------------------------------------------------------------------


def test_small_course_has_no_problems_and_every_quiz_is_measured(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    quiz = read_quiz(root / "quizzes/tes-akhir.yml").quiz
    assert quiz is not None

    assert check(root, TODAY) == Report(
        (), {"tes-akhir": give_away(quiz)}, {"tes-akhir": ByTone(0.5, 0.4995, 0.5)}
    )


def test_problems_of_all_files_stand_in_file_order_and_once(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "quizzes/tes-akhir.yml", "    source: Panduan kursus\n", "")
    edit(root, "quizzes/tes-akhir.yml", "pass_mark: 70\n", "")
    edit(root, "modules/01-menyapa/index.md", "minutes: 45", "minutes: 90")
    edit(root, "book/index.md", "tes-akhir", "ujian")

    assert messages(root) == [
        error("book/index.md:3:1", "", 'kuis "ujian" tidak ada', "folder quizzes"),
        error(
            "modules/01-menyapa/index.md:3:10",
            "minutes",
            "modul ini 90 menit",
            "1 JP = 45 menit",
            "samakan keduanya",
        ),
        error(
            "modules/course.yml:11:40",
            'syarat "lulus", quizzes',
            'meminta lulus "tes-akhir"',
            "tanpa batas lulus",
            "tambahkan pass_mark",
        ),
        error(
            "quizzes/tes-akhir.yml:3:6", "use", "tes akhir", "belum punya batas lulus", "pass_mark"
        ),
        error("quizzes/tes-akhir.yml:5:5", 'butir "salam"', 'belum ada "source"', "dasar hukum"),
    ]


def test_a_page_by_itself_gets_its_part_of_what_the_whole_course_gets(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "book/index.md", "tes-akhir", "ujian")
    edit(root, "modules/01-menyapa/index.md", "minutes: 45", "minutes: 90")
    broken = "[Lain](tidak-ada.md)\n\n```{quiz} tes-akir\n```\n"
    write(root, "modules/01-menyapa/tambahan.md", f"# Tambahan\n\n{broken}")
    notebook = a_notebook(markdown_cell("judul", "# Salam"), code_cell("kuis", 'kuis("lain")'))
    write(root, "modules/01-menyapa/01-salam.ipynb", notebook)
    whole = check(root, TODAY).problems
    pages = {each.file for each in whole}

    assert pages >= {
        "book/index.md",
        "modules/01-menyapa/01-salam.ipynb",
        "modules/01-menyapa/index.md",
        "modules/01-menyapa/tambahan.md",
    }
    for page in pages:
        own = tuple(each for each in whole if each.file == page)
        assert check(root / page, TODAY).problems == own


def test_report_is_a_value_that_knows_nothing_of_printing(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "book/index.md", "tes-akhir", "tes-akir")

    (problem,) = check_course(root, TODAY).problems
    assert astuple(problem) == (
        "book/index.md",
        3,
        1,
        "error",
        "",
        Contains('"tes-akir" tidak ada'),
        Contains('"tes-akhir"?'),
    )


def test_unreadable_course_file_is_the_only_thing_said_beside_what_reading_found(
    tmp_path: Path,
) -> None:
    root = a_course(tmp_path)
    write(root, "modules/course.yml", "")

    assert messages(root) == [
        error("modules/course.yml:1:1", "", "berkas ini kosong", "isi menurut contoh")
    ]


# ---- what may be checked -------------------------------------------------------------------------


def test_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        check(tmp_path, TODAY)

    assert str(refused.value) == Contains(
        f"{tmp_path}: ", "modules/course.yml", "di folder ini", "satu berkas kuis"
    )


def test_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        check(tmp_path / "kuis.yml", TODAY)

    assert str(refused.value) == Contains(f"{tmp_path / 'kuis.yml'}: ", "berkas atau folder ini")


def test_one_quiz_is_checked_by_itself_without_the_rest_of_the_course(tmp_path: Path) -> None:
    """Its module and its objectives are not looked for;
    its own debts are named, under the path that was given.
    """
    file = write(
        tmp_path,
        "kuis.yml",
        another_quiz("latihan", module="99-tidak-ada").replace("    source: Panduan kursus\n", ""),
    )

    report = check(file, TODAY)

    assert said(report.problems) == [
        error(f"{file}:6:5", 'butir "pamit"', 'belum ada "source"', "dasar hukum")
    ]
    assert list(report.quizzes) == ["latihan"]


def test_quiz_that_cannot_be_graded_is_not_measured(tmp_path: Path) -> None:
    file = write(
        tmp_path, "kuis.yml", another_quiz("latihan").replace("correct: yes", "correct: no")
    )

    report = check_quiz(file, TODAY)

    assert [problem.message for problem in report.problems] == [
        Contains("belum ada pilihan", '"correct: yes"')
    ]
    assert report.quizzes == {}


# ---- modules, minutes, sessions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "hint"),
    [("01-menyapah", '"01-menyapa"?'), ("99", "tulis nama folder")],
    ids=["misspelt", "unknown"],
)
def test_module_that_does_not_exist(tmp_path: Path, written: str, hint: str) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/course.yml", "title: Pembukaan}", f"title: Pembukaan, module: {written}}}")
    write(root, "quizzes/latihan.yml", another_quiz("latihan", module=written))

    assert messages(root) == [
        error(
            "modules/course.yml:7:65",
            'sesi "pembukaan", module',
            f'modul "{written}" tidak ada',
            hint,
        ),
        error("quizzes/latihan.yml:4:9", "module", f'modul "{written}" tidak ada', hint),
    ]


@pytest.mark.parametrize("minutes", ["46", "90"])
def test_minutes_of_a_module_are_those_of_its_sessions(tmp_path: Path, minutes: str) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/01-menyapa/index.md", "minutes: 45", f"minutes: {minutes}")

    assert messages(root) == [
        error(
            "modules/01-menyapa/index.md:3:10",
            "minutes",
            f"modul ini {minutes} menit",
            "1 JP = 45 menit",
            "samakan keduanya",
        )
    ]


def test_minutes_of_several_sessions_add_up(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/course.yml", "title: Pembukaan}", "title: Pembukaan, module: 01-menyapa}")
    edit(root, "modules/01-menyapa/index.md", "minutes: 45", "minutes: 90")

    assert messages(root) == []


def test_lessons_longer_than_their_module(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "modules/01-menyapa/02-pamit.ipynb", a_notebook(markdown_cell("judul", "# Pamit")))

    assert messages(root) == [
        error(
            "modules/01-menyapa/index.md:3:10",
            "minutes",
            "pelajarannya berjumlah 90 menit",
            "lebih dari modulnya",
            "kurangi menit pelajaran",
        )
    ]


def test_module_without_a_lesson(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    (root / "modules/01-menyapa/01-salam.ipynb").unlink()
    edit(root, "modules/01-menyapa/index.md", "[pelajarannya](01-salam.ipynb)", "pelajarannya")

    assert messages(root) == [
        error("modules/01-menyapa/index.md:2:1", "", "belum punya pelajaran", "notebook .ipynb")
    ]


# ---- quizzes shown on pages and in notebooks -----------------------------------------------------


def test_unknown_quiz_on_a_page_and_in_a_notebook(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "book/tes.md", "# Tes\n\nTeks.\n\n````{quiz} tes-akir\n````\n")
    notebook = a_notebook(
        markdown_cell("judul", "# Salam"),
        code_cell("kuis", 'kuis("latihan-x")'),
        code_cell("kuis-2", 'kuis("tes-akhir")'),
    )
    write(root, "modules/01-menyapa/01-salam.ipynb", notebook)
    line = next(
        number for number, text in enumerate(notebook.splitlines(), 1) if '"id": "kuis"' in text
    )

    assert messages(root) == [
        error("book/tes.md:5:1", "", '"tes-akir" tidak ada', '"tes-akhir"?'),
        error(
            f"modules/01-menyapa/01-salam.ipynb:{line}:1",
            "",
            'kuis "latihan-x" tidak ada',
            "folder quizzes",
        ),
    ]


def test_quiz_with_mistakes_of_its_own_is_not_also_missing(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "quizzes/tes-akhir.yml", "correct: yes", "correct: no")

    assert messages(root) == [
        error(
            "quizzes/tes-akhir.yml:11:7",
            'butir "salam", choices',
            "belum ada pilihan",
            '"correct: yes"',
            "tepat satu jawaban benar",
        )
    ]


def test_jupyters_own_copies_of_pages_are_not_pages(tmp_path: Path) -> None:
    """JupyterLab keeps a copy of edited pages in `.ipynb_checkpoints`, where no link resolves."""
    root = a_course(tmp_path)
    page = (root / "modules/01-menyapa/index.md").read_text(encoding="utf-8")
    write(root, "modules/01-menyapa/.ipynb_checkpoints/index-checkpoint.md", page)

    assert messages(root) == []


def test_order_of_the_problems_does_not_depend_on_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_course(tmp_path)
    edit(root, "book/index.md", "tes-akhir", "tes-akir")
    from_outside = messages(root)
    monkeypatch.chdir(root)

    assert messages(Path()) == from_outside
    assert os.fspath(tmp_path) not in str(from_outside)
