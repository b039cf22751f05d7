"""A lesson run for the site: what was saved in it, and what it would show in class, stays out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from psm_course.site.execute import executed_source, unfinished_source
from tests.builders import a_course, a_notebook, code_cell, markdown_cell, write

LESSON = "modules/01-menyapa/01-salam.ipynb"
TITLE = markdown_cell("judul", "# Menyapa warga")
NOTICE = 'class="only-in-class"'


def run(root: Path, *cells: dict[str, object]) -> str:
    """A lesson's JSON as it goes to the site."""
    write(root, LESSON, a_notebook(TITLE, *cells))
    return executed_source(root / LESSON, root, root / "hasil")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return a_course(tmp_path)


def saved(text: str) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_saved_outputs_are_stripped_also_those_of_a_cell_without_code(course: Path) -> None:
    cells = [
        code_cell("hitung", "40 + 2", outputs=[saved("Siti Aminah 40 %")]),
        code_cell("kosong", "", outputs=[saved("D26-017 90 %")]),
    ]

    source = run(course, *cells)

    assert "Siti" not in source
    assert "D26-017" not in source
    computed, empty = json.loads(source)["cells"][1:]
    assert ("".join(computed["outputs"][0]["data"]["text/plain"]), empty["outputs"]) == ("42", [])


def test_a_preview_of_a_lesson_that_does_not_run_shows_no_saved_outputs_either(
    course: Path,
) -> None:
    write(
        course,
        LESSON,
        a_notebook(TITLE, code_cell("hitung", "1 / 0", outputs=[saved("Siti Aminah 40 %")])),
    )

    assert "Siti" not in unfinished_source(course / LESSON, "sel berhenti")


def test_results_left_in_a_lesson_are_an_empty_notice_on_the_site(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a register at hand, or without one: the lesson's own kernel is told of none."""
    monkeypatch.setenv("PSM_DATA", str(course / "var"))
    looks = (
        "from pathlib import Path\nfrom psm_course.settings import"
        " read_settings\nprint(read_settings(Path.cwd()).register)"
    )

    source = run(
        course,
        code_cell("hasil", 'from psm_course.trainer import hasil\nhasil("D26", "tes-akhir")'),
        code_cell("lihat", looks),
    )

    shown, looked = json.loads(source)["cells"][1:]
    assert NOTICE in shown["outputs"][0]["data"]["application/vnd.psm-course+json"]["html"]
    assert NOTICE in "".join(shown["outputs"][0]["data"]["text/html"])
    assert str(course) not in "".join(looked["outputs"][0]["text"])
    assert not (course / "var").exists()
