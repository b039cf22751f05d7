"""What `psm check` says of a module that no page of the site shows,
and of a page that the contents name in vain.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.checking.check import check_course
from tests.builders import a_course, a_notebook, edit, markdown_cell, write
from tests.checking.checked import TODAY, Expected, error, messages, said

CONTENTS = """\
format: jb-book
root: book/index
chapters:
  - file: modules/01-menyapa/index
    sections:
      - file: modules/01-menyapa/01-salam
"""


def unlisted(file: str, what: str, *words: str) -> Expected:
    """The problem of a page that the contents do not name."""
    line = f'"- file: {file.rpartition(".")[0]}"'
    return error(
        f"{file}:1:1", "", f"{what} tidak ada", "book/_toc.yml", "tidak terbit", line, *words
    )


def template(place: str, where: str, words: str) -> Expected:
    """The problem of words of a template that nobody has replaced."""
    return error(place, where, f'belum diganti: "{words}"', "kata Anda sendiri", "« dan »")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course whose contents list all that it has."""
    root = a_course(tmp_path)
    write(root, "book/_toc.yml", CONTENTS)
    return root


def test_a_course_whose_contents_list_everything_has_no_problem(root: Path) -> None:
    assert messages(root) == []


def test_a_lesson_that_is_not_in_the_contents_is_named(root: Path) -> None:
    edit(root, "book/_toc.yml", "    sections:\n      - file: modules/01-menyapa/01-salam\n", "")

    assert messages(root) == [
        unlisted("modules/01-menyapa/01-salam.ipynb", "pelajaran ini", "di bawah modulnya")
    ]


def test_a_module_that_is_not_in_the_contents_is_named_once(root: Path) -> None:
    write(root, "book/_toc.yml", "format: jb-book\nroot: book/index\n")

    assert messages(root) == [unlisted("modules/01-menyapa/index.md", "modul ini")]


def test_a_page_of_the_contents_that_is_not_there_is_named_with_the_one_it_may_be(
    root: Path,
) -> None:
    edit(root, "book/_toc.yml", "01-menyapa/01-salam", "01-menyapa/01-salem")
    edit(root, "book/_toc.yml", "chapters:\n", "chapters:\n  - file: book/lama.md\n")

    assert messages(root) == [
        error("book/_toc.yml:4:11", "", 'halaman "book/lama"', "tidak ada", "hapus baris ini"),
        error(
            "book/_toc.yml:7:15",
            "",
            'halaman "modules/01-menyapa/01-salem"',
            "tidak ada",
            '"modules/01-menyapa/01-salam"?',
        ),
        unlisted("modules/01-menyapa/01-salam.ipynb", "pelajaran ini", "di bawah modulnya"),
    ]


def test_a_page_that_no_file_can_be_called_is_not_there(root: Path) -> None:
    edit(root, "book/_toc.yml", "chapters:\n", f"chapters:\n  - file: {'a' * 300}\n")

    (problem,) = check_course(root, TODAY).problems

    assert (problem.file, problem.line, problem.severity) == ("book/_toc.yml", 4, "error")


def test_a_site_without_contents_is_named(root: Path) -> None:
    write(root, "_config.yml", "title: Bimtek\n")
    (root / "book/_toc.yml").unlink()

    assert messages(root) == [
        error("book/_toc.yml:1:1", "", "daftar isi situs", "tidak ada", "buat berkas itu")
    ]


def test_words_of_a_template_are_named_wherever_they_stand(root: Path) -> None:
    edit(root, "modules/01-menyapa/index.md", "text: Menyapa warga", "text: «Menyebut» warga")
    edit(root, "modules/01-menyapa/index.md", "Baca [", "«Mengapa modul\nini penting.» Baca [")
    write(
        root,
        "modules/01-menyapa/01-salam.ipynb",
        a_notebook(markdown_cell("judul", "# Salam\n\n«Cerita»")),
    )
    edit(root, "quizzes/tes-akhir.yml", "text: Perintah", "text: Kata «Perintah» itu")

    named = [problem for problem in check_course(root, TODAY).problems if "pola" in problem.message]

    assert said(named) == [
        template("modules/01-menyapa/01-salam.ipynb:5:1", "", "Cerita"),
        template("modules/01-menyapa/index.md:6:11", 'tujuan "sapa-warga", text', "Menyebut"),
        template("modules/01-menyapa/index.md:11:1", "", "Mengapa modul ini penting."),
        template("quizzes/tes-akhir.yml:12:23", 'butir "salam", pilihan "b", text', "Perintah"),
    ]
