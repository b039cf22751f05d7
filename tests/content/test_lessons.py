"""Lessons are notebooks; what keeps a file from being one is said; trainers' cells go."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.lessons import Lesson, read_lesson, without_outputs, without_trainer_cells
from tests.builders import a_notebook, code_cell, markdown_cell

TITLE = markdown_cell("judul", "# Menyapa warga\n\nSalam.")
METADATA = '"psm": {"minutes": 40, "objectives": […]}'
CLEAR = "Clear Outputs of All Cells"
BROKEN = Contains("01.ipynb:1:1: notebook ini rusak", "bukan notebook")
NO_TITLE = Contains("01.ipynb:1:1: sel pertama bukan", "bukan judul", '"# Judul"')
NO_MINUTES = Contains("01.ipynb:1:1: lama pelajaran", METADATA)
NO_OBJECTIVES = Contains("01.ipynb:1:1: tujuan belajar", METADATA)


def reading(folder: Path, text: str) -> tuple[Lesson | None, list[str]]:
    file = folder / "01.ipynb"
    file.write_text(text, encoding="utf-8")
    lesson, problems = read_lesson(file, "01.ipynb")
    return lesson, [str(problem) for problem in problems]


def a_lesson(folder: Path, text: str) -> Lesson:
    lesson, problems = reading(folder, text)
    assert lesson is not None
    assert problems == []
    return lesson


def line_of(text: str, cell: str) -> int:
    return next(
        number for number, line in enumerate(text.splitlines(), 1) if f'"id": "{cell}"' in line
    )


def test_lesson_has_a_title_minutes_and_objectives(tmp_path: Path) -> None:
    lesson = a_lesson(tmp_path, a_notebook(TITLE))

    assert (lesson.title, lesson.minutes, lesson.objectives) == (
        "Menyapa warga",
        45,
        ("sapa-warga",),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# Menyapa warga", id="markdown"),
        pytest.param(a_notebook(TITLE)[:-20], id="cut off"),
        pytest.param("[]", id="a list"),
        pytest.param("5", id="a number"),
        pytest.param("null", id="null"),
        pytest.param("{}", id="an empty object"),
        pytest.param("[" * 100_000, id="endless nesting"),
        pytest.param(a_notebook(cells=[5]), id="a cell that is a number"),
        pytest.param(
            a_notebook(cells=[{"cell_type": "video", "id": "x", "metadata": {}, "source": ""}]),
            id="an unknown cell",
        ),
        pytest.param(a_notebook(metadata=[]), id="metadata that is a list"),
        pytest.param(a_notebook(nbformat=99), id="a format to come"),
    ],
)
def test_what_is_no_notebook_is_said_in_one_sentence(tmp_path: Path, text: str) -> None:
    lesson, found = reading(tmp_path, text)

    assert lesson is None
    assert found == [BROKEN]


def test_a_missing_notebook_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    lesson, problems = read_lesson(tmp_path / "01.ipynb", "01.ipynb")

    assert lesson is None
    assert [str(problem) for problem in problems] == [BROKEN]


def test_notebook_in_latin_1_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "01.ipynb"
    file.write_bytes(a_notebook(markdown_cell("judul", "# Café")).encode("latin-1"))

    lesson, problems = read_lesson(file, "01.ipynb")

    assert lesson is None
    assert [str(problem) for problem in problems] == [BROKEN]


@pytest.mark.parametrize(
    ("metadata", "problems"),
    [
        pytest.param({}, [NO_MINUTES, NO_OBJECTIVES], id="none"),
        pytest.param({"psm": {}}, [NO_MINUTES, NO_OBJECTIVES], id="empty"),
        pytest.param({"psm": None}, [NO_MINUTES, NO_OBJECTIVES], id="null"),
        pytest.param({"psm": "45 menit"}, [NO_MINUTES, NO_OBJECTIVES], id="text"),
        pytest.param(
            {"psm": {"minutes": "45", "objectives": ["a"]}}, [NO_MINUTES], id="minutes as text"
        ),
        pytest.param(
            {"psm": {"minutes": True, "objectives": ["a"]}}, [NO_MINUTES], id="minutes as a yes"
        ),
        pytest.param({"psm": {"minutes": 0, "objectives": ["a"]}}, [NO_MINUTES], id="no minutes"),
        pytest.param(
            {"psm": {"minutes": 45, "objectives": "a"}}, [NO_OBJECTIVES], id="objectives as text"
        ),
        pytest.param(
            {"psm": {"minutes": 45, "objectives": []}}, [NO_OBJECTIVES], id="no objectives"
        ),
    ],
)
def test_missing_metadata_is_named(
    tmp_path: Path, metadata: dict[str, object], problems: list[object]
) -> None:
    _, found = reading(tmp_path, a_notebook(TITLE, metadata=metadata))

    assert found == problems


@pytest.mark.parametrize(
    "first",
    [
        markdown_cell("judul", "Menyapa warga"),
        markdown_cell("judul", "## Menyapa"),
        code_cell("judul", "# Menyapa"),
        markdown_cell("judul", ""),
    ],
    ids=["no heading", "a lower heading", "a comment in code", "empty"],
)
def test_first_cell_must_be_a_title(tmp_path: Path, first: dict[str, object]) -> None:
    _, found = reading(tmp_path, a_notebook(first))

    assert found == [NO_TITLE]


def test_stored_outputs_are_named_at_the_line_of_their_cell(tmp_path: Path) -> None:
    shown = {"output_type": "stream", "name": "stdout", "text": "63"}
    text = a_notebook(
        TITLE,
        code_cell("hitung", "63", outputs=[shown]),
        code_cell("bersih", "1"),
        code_cell("dijalankan", "2", execution_count=1),
    )

    _, found = reading(tmp_path, text)

    assert found == [
        Contains(f'01.ipynb:{line_of(text, cell)}:1: peringatan: sel "{cell}" ', "keluaran", CLEAR)
        for cell in ("hitung", "dijalankan")
    ]


def test_what_widgets_showed_is_an_output_too(tmp_path: Path) -> None:
    notebook = json.loads(a_notebook(TITLE))
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}

    lesson, found = reading(tmp_path, json.dumps(notebook))

    assert lesson is not None
    assert found == [Contains("01.ipynb:1:1: peringatan: ", "keadaan widget", CLEAR)]
    assert "widgets" not in without_outputs(lesson.notebook)["metadata"]


def test_cells_without_ids_are_read_without_a_library_speaking_english(tmp_path: Path) -> None:
    """Warnings are errors here; to an author they would be an English paragraph of nbformat's."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# Menyapa warga"}

    lesson, _ = reading(tmp_path, a_notebook(cell))

    assert lesson is None or lesson.title == "Menyapa warga"


# ---- trainers' cells -----------------------------------------------------------------------------


def test_without_trainer_cells_takes_out_tagged_cells_only() -> None:
    notebook = json.loads(
        a_notebook(
            TITLE,
            markdown_cell("rencana", "Rencana pelatih", "trainer"),
            code_cell("kunci", "kunci()", "remove-input", "trainer"),
            code_cell("kuis", 'kuis("latihan")', "remove-input"),
            markdown_cell("pelatih", "Kata trainer di dalam teks"),
        )
    )
    before = copy.deepcopy(notebook)

    kept = without_trainer_cells(notebook)

    assert [cell["id"] for cell in kept["cells"]] == ["judul", "kuis", "pelatih"]
    assert {key: kept[key] for key in kept if key != "cells"} == {
        key: before[key] for key in before if key != "cells"
    }
    assert notebook == before


def test_lesson_for_trainees_has_no_trainer_cell(tmp_path: Path) -> None:
    lesson = a_lesson(
        tmp_path, a_notebook(TITLE, markdown_cell("rencana", "Rencana pelatih", "trainer"))
    )

    assert "Rencana pelatih" in json.dumps(lesson.notebook)
    assert "Rencana pelatih" not in json.dumps(without_trainer_cells(lesson.notebook))


# ---- what a lesson holds -------------------------------------------------------------------------


def test_markdown_gives_each_text_with_the_line_of_its_cell(tmp_path: Path) -> None:
    text = a_notebook(TITLE, code_cell("hitung", "63"), markdown_cell("akhir", "Sampai jumpa."))

    found = list(a_lesson(tmp_path, text).markdown())

    assert found == [
        (line_of(text, "judul"), "# Menyapa warga\n\nSalam."),
        (line_of(text, "akhir"), "Sampai jumpa."),
    ]


@pytest.mark.parametrize(
    ("code", "quizzes"),
    [
        ('kuis("latihan")', ["latihan"]),
        ("kuis('latihan')", ["latihan"]),
        ('from psm_course.trainer import kuis\nkuis("satu")\nkuis("dua")', ["satu", "dua"]),
        ('tampilkan(kuis("latihan"))', ["latihan"]),
        ('# kuis("latihan")', []),
        ("'kuis(\"latihan\")'", []),
        ("kuis(nama)", []),
        ("kuis()", []),
        ("kuis(", []),
        ('lain.kuis("latihan")', []),
    ],
)
def test_calls_finds_the_quizzes_that_code_shows(
    tmp_path: Path, code: str, quizzes: list[str]
) -> None:
    lesson = a_lesson(tmp_path, a_notebook(TITLE, code_cell("kuis", code)))

    assert [quiz for _, quiz in lesson.calls("kuis")] == quizzes


def test_to_read_a_lesson_makes_no_grammar_ready_and_leaves_them_to_others() -> None:
    """They take longer than all else of a command, and stand where JupyterLab is."""
    program = """
import importlib.util, sys
from psm_course.authoring.notebooks import GRAMMARS, notebook_library
empty = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
print(notebook_library().reads(empty, as_version=4)["nbformat"])
installed = importlib.util.find_spec("rfc3987_syntax") is not None
print([name for name in GRAMMARS if name in sys.modules], installed)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert ran.stdout == "4\n[] True\n"
