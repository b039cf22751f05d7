"""A step of a lesson that is too long to be told in one go is named."""

from __future__ import annotations

from pathlib import Path

from psm_course.checking.pages.lengths import step_problems
from psm_course.content.lessons import read_lesson
from tests.builders import a_notebook, markdown_cell
from tests.checking.checked import Said, said, warning


def warned(folder: Path, text: str) -> list[Said]:
    """Warnings about a lesson whose second cell has this text; its line is called "baris a"."""
    file = folder / "01.ipynb"
    file.write_text(
        a_notebook(markdown_cell("judul", "# Menyapa"), markdown_cell("a", text)), encoding="utf-8"
    )
    lesson, _ = read_lesson(file, "01.ipynb")
    assert lesson is not None
    line = lesson.line_of(lesson.notebook["cells"][1])
    return [
        each._replace(place=each.place.replace(f":{line}:", ":baris a:"))
        for each in said(step_problems(lesson))
    ]


def test_a_step_of_more_than_120_words_is_a_warning_at_its_cell(tmp_path: Path) -> None:
    assert warned(tmp_path, f"## Datang\n\n{'kata ' * 120}") == []
    assert warned(tmp_path, f"## Datang\n\n{'kata ' * 121}") == [
        warning(
            "01.ipynb:baris a:1",
            "",
            'langkah "Datang"',
            " 121 kata",
            "lebih dari 120",
            "judul ## atau ###",
        )
    ]


def test_a_heading_in_between_makes_two_steps(tmp_path: Path) -> None:
    assert warned(tmp_path, f"## Datang\n\n{'kata ' * 100}\n\n### Duduk\n\n{'kata ' * 100}") == []


def test_sources_are_not_told(tmp_path: Path) -> None:
    assert warned(tmp_path, f"## Datang\n\n{'kata ' * 118} satu dua. (UU 13/2011 Pasal 1)") == []
    assert warned(tmp_path, f"## Sumber\n\n- {'kata ' * 200}") == []


def test_a_paragraph_that_no_slide_can_hold_is_a_warning(tmp_path: Path) -> None:
    endless = "kata. " * 400

    assert [
        problem
        for problem in warned(tmp_path, f"## Datang\n\n{endless}")
        if "slide" in problem.text
    ] == [
        warning(
            "01.ipynb:baris a:1",
            "",
            'langkah "Datang"',
            "tidak muat",
            "satu slide",
            "huruf terkecil",
            "pecah paragraf",
        )
    ]
    assert [
        problem
        for problem in warned(tmp_path, "## Datang\n\n" + "kata kata kata. " * 5 + "\n\n" * 2)
        if "slide" in problem.text
    ] == []


def test_a_long_list_is_told_on_several_slides_and_warned_of_for_its_words_only(
    tmp_path: Path,
) -> None:
    (problem,) = warned(tmp_path, "## Datang\n\n" + "- kata kata kata kata kata kata kata\n" * 40)

    assert "280 kata" in problem.text
