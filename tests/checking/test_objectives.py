"""`psm check`: ids are used once, and items, tests and lessons name objectives that there are."""

from __future__ import annotations

from pathlib import Path

from tests.builders import a_course, a_notebook, edit, markdown_cell, write
from tests.checking.checked import another_quiz, error, messages

# ---- ids -----------------------------------------------------------------------------------------


def test_quiz_id_in_two_files(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "quizzes/ulangan.yml", another_quiz("tes-akhir"))

    assert messages(root) == [
        error(
            "quizzes/ulangan.yml:1:5",
            "id",
            '"tes-akhir" sudah dipakai',
            "quizzes/tes-akhir.yml",
            "beri id lain",
        )
    ]


SECOND_MODULE = """\
---
title: Pamit
minutes: 45
objectives:
  - id: sapa-warga
    text: Berpamitan
---
"""


def test_objective_id_in_two_modules(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "modules/02-pamit/index.md", SECOND_MODULE)
    write(root, "modules/02-pamit/01-pamit.ipynb", a_notebook(markdown_cell("judul", "# Pamit")))
    edit(root, "modules/course.yml", "title: Pembukaan}", "title: Pembukaan, module: 02-pamit}")

    assert messages(root) == [
        error(
            "modules/02-pamit/index.md:5:9",
            'tujuan "sapa-warga", id',
            '"sapa-warga" sudah dipakai',
            "modules/01-menyapa/index.md",
            "beri id lain",
        )
    ]


# ---- objectives ----------------------------------------------------------------------------------


def test_unknown_objective_with_a_guess(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(
        root,
        "quizzes/latihan.yml",
        another_quiz("latihan").replace("objective: sapa-warga", "objective: sapa-wagra"),
    )

    assert messages(root) == [
        error(
            "quizzes/latihan.yml:7:16",
            'butir "pamit", objective',
            '"sapa-wagra" tidak ada',
            '"sapa-warga"?',
        )
    ]


def test_unknown_objective_without_a_guess(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(
        root,
        "quizzes/latihan.yml",
        another_quiz("latihan").replace("objective: sapa-warga", "objective: x"),
    )

    assert messages(root) == [
        error(
            "quizzes/latihan.yml:7:16",
            'butir "pamit", objective',
            'tujuan "x" tidak ada',
            "dari index.md modulnya",
        )
    ]


def test_item_without_objective(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(
        root,
        "quizzes/latihan.yml",
        another_quiz("latihan").replace("    objective: sapa-warga\n", ""),
    )

    assert messages(root) == [
        error(
            "quizzes/latihan.yml:5:5", 'butir "pamit"', 'belum ada "objective"', "tulis id tujuan"
        )
    ]


def test_objective_of_another_module_than_the_quiz(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(root, "modules/02-pamit/index.md", SECOND_MODULE.replace("sapa-warga", "pamit-warga"))
    write(
        root,
        "modules/02-pamit/01-pamit.ipynb",
        a_notebook(
            markdown_cell("judul", "# Pamit"),
            metadata={"psm": {"minutes": 45, "objectives": ["pamit-warga"]}},
        ),
    )
    edit(root, "modules/course.yml", "title: Pembukaan}", "title: Pembukaan, module: 02-pamit}")
    write(
        root,
        "quizzes/tes-pamit.yml",
        another_quiz("tes-pamit", use="pretest").replace("sapa-warga", "pamit-warga"),
    )
    write(root, "quizzes/latihan.yml", another_quiz("latihan", module="02-pamit"))

    assert messages(root) == [
        error(
            "quizzes/latihan.yml:8:16",
            'butir "pamit", objective',
            'tujuan "sapa-warga" milik',
            "milik modul 01-menyapa",
            "tujuan dari 02-pamit",
        )
    ]


def test_objective_that_no_test_measures(tmp_path: Path) -> None:
    """Practice does not count: only a test shows that somebody can."""
    root = a_course(tmp_path)
    edit(
        root,
        "modules/01-menyapa/index.md",
        "\n---\n\n#",
        "\n  - id: pamit-warga\n    text: Berpamitan\n---\n\n#",
    )
    write(root, "quizzes/latihan.yml", another_quiz("latihan").replace("sapa-warga", "pamit-warga"))

    assert messages(root) == [
        error(
            "modules/01-menyapa/index.md:7:5",
            'tujuan "pamit-warga"',
            "belum ada butir tes",
            "tambahkan butir",
        )
    ]


def test_objective_is_not_called_untested_while_a_quiz_cannot_be_read(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "quizzes/tes-akhir.yml", "use: posttest", "use: tes")

    assert messages(root) == [
        error("quizzes/tes-akhir.yml:3:6", "use", '"tes" tidak dikenal', '"pretest"?')
    ]


def test_lesson_objective_of_another_module(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    metadata = {"psm": {"minutes": 45, "objectives": ["sapa-wagra", "x"]}}
    write(
        root,
        "modules/01-menyapa/01-salam.ipynb",
        a_notebook(markdown_cell("judul", "# Salam"), metadata=metadata),
    )

    assert messages(root) == [
        error(
            "modules/01-menyapa/01-salam.ipynb:1:1",
            "metadata psm",
            '"sapa-wagra" tidak ada',
            "di modul ini",
            '"sapa-warga"?',
        ),
        error(
            "modules/01-menyapa/01-salam.ipynb:1:1",
            "metadata psm",
            'tujuan "x" tidak ada',
            "index.md modul ini",
        ),
    ]
