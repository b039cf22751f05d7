"""A pocket sheet, reflection and sources where readers count on them; objectives that open with
something a trainer can see.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from psm_course.checking.pages.parts import part_problems
from psm_course.checking.pages.sensitive import Page
from psm_course.checking.prose import page_passages
from tests.builders import a_course, edit, write
from tests.checking.checked import TODAY, messages, warning

INDEX = "modules/01-menyapa/index.md"
SHEET = "# Menyapa\n\n## Lembar saku\n\n- Beri salam."
LESSON = "# Menyapa\n\n## Renungkan\n\nSiapa?\n\n## Sumber\n\n- Panduan kursus"
BANK = """\
id: bank-sapa
title: Bank
use: bank
items:
  - id: satu
    type: number
    objective: sapa-warga
    prompt: Berapa?
    answer: 5
    explanation: Lima.
    source: Panduan kursus
"""
NO_SHEET: object = Contains("modul ini", 'belum punya "Lembar saku"')
NO_REFLECTION: object = Contains("pelajaran ini", 'belum punya "Renungkan"')
NO_SOURCES: object = Contains("pelajaran ini", 'belum punya "Sumber"')


def a_page(text: str) -> Page:
    return Page("halaman.md", tuple(page_passages("halaman.md", text)), None)


def lacking(front: str, lesson: str = LESSON) -> list[str]:
    return [problem.message for problem in part_problems([a_page(front)], [a_page(lesson)])]


def test_module_with_all_its_parts() -> None:
    assert lacking(SHEET) == []


@pytest.mark.parametrize(
    "front", ["# Menyapa\n\nBeri salam.", "# Menyapa\n\n## Lembar saku\n\n## Pelajaran\n\nSatu."]
)
def test_module_page_without_a_sheet_or_with_an_empty_one(front: str) -> None:
    assert lacking(front) == [NO_SHEET]


def test_sheet_must_fit_on_one_page() -> None:
    assert lacking(f"# Menyapa\n\n## Lembar saku\n\n{'kata ' * 180}") == []
    assert lacking(f"# Menyapa\n\n## Lembar saku\n\n{'kata ' * 181}") == [
        Contains("lembar saku 181 kata", "lebih dari 180", "di satu halaman")
    ]


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        ("# Menyapa", [NO_REFLECTION, NO_SOURCES]),
        (LESSON.replace("Siapa?", ""), [NO_REFLECTION]),
        (LESSON.replace("- Panduan kursus", ""), [NO_SOURCES]),
        (LESSON.replace("## Sumber", "## Asal"), [NO_SOURCES]),
    ],
)
def test_lesson_without_reflection_or_sources(lesson: str, expected: list[object]) -> None:
    assert lacking(SHEET, lesson) == expected


def test_parts_are_asked_of_a_course_with_banks_and_all_of_them_are_warnings(
    tmp_path: Path,
) -> None:
    root = a_course(tmp_path)
    assert check_course(root, TODAY).problems == ()

    write(root, "quizzes/bank-sapa.yml", BANK)
    found = [
        problem
        for problem in check_course(root, TODAY).problems
        if problem.message in (NO_SHEET, NO_REFLECTION, NO_SOURCES)
    ]
    assert [(problem.file, problem.severity, problem.message) for problem in found] == [
        ("modules/01-menyapa/01-salam.ipynb", "warning", NO_REFLECTION),
        ("modules/01-menyapa/01-salam.ipynb", "warning", NO_SOURCES),
        (INDEX, "warning", NO_SHEET),
    ]


@pytest.mark.parametrize(
    "verb", ["Memahami", "Mengetahui", "Mengenal", "Mengenali", "Menyadari", "mengerti"]
)
def test_objective_that_nobody_can_watch(tmp_path: Path, verb: str) -> None:
    root = a_course(tmp_path)
    edit(root, INDEX, "text: Menyapa warga dan", f"text: {verb} cara menyapa warga dan")

    assert messages(root) == [
        warning(
            f"{INDEX}:6:11",
            'tujuan "sapa-warga", text',
            f'"{verb}" tidak dapat diamati',
            "tulis perbuatannya",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mengenalkan diri kepada warga",
        "Menyebut yang perlu dipahami warga",
        "Menunjukkan cara mengenali tanda",
    ],
)
def test_objective_that_a_trainer_can_watch(tmp_path: Path, text: str) -> None:
    root = a_course(tmp_path)
    edit(root, INDEX, "text: Menyapa warga dan memperkenalkan diri", f"text: {text}")

    assert check_course(root, TODAY).problems == ()
