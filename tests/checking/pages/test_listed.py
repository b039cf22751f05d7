"""What `psm check` says of a module that no page of the site shows,
and of a page that the contents name in vain.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.checking.check import check_course
from tests.builders import a_course, a_notebook, edit, markdown_cell, write
from tests.checking.checked import TODAY, messages

CONTENTS = """\
format: jb-book
root: book/index
chapters:
  - file: modules/01-menyapa/index
    sections:
      - file: modules/01-menyapa/01-salam
"""


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
        (
            "modules/01-menyapa/01-salam.ipynb:1:1: pelajaran ini tidak ada di book/_toc.yml, jadi"
            ' tidak terbit - tambahkan baris "- file: modules/01-menyapa/01-salam"'
            " di bawah modulnya"
        )
    ]


def test_a_module_that_is_not_in_the_contents_is_named_once(root: Path) -> None:
    write(root, "book/_toc.yml", "format: jb-book\nroot: book/index\n")

    assert messages(root) == [
        (
            "modules/01-menyapa/index.md:1:1: modul ini tidak ada di book/_toc.yml, jadi tidak"
            ' terbit - tambahkan baris "- file: modules/01-menyapa/index"'
        )
    ]


def test_a_page_of_the_contents_that_is_not_there_is_named_with_the_one_it_may_be(
    root: Path,
) -> None:
    edit(root, "book/_toc.yml", "01-menyapa/01-salam", "01-menyapa/01-salem")
    edit(root, "book/_toc.yml", "chapters:\n", "chapters:\n  - file: book/lama.md\n")

    assert messages(root) == [
        'book/_toc.yml:4:11: halaman "book/lama" tidak ada - hapus baris ini, atau buat berkasnya',
        (
            'book/_toc.yml:7:15: halaman "modules/01-menyapa/01-salem" tidak ada - maksud Anda'
            ' "modules/01-menyapa/01-salam"?'
        ),
        (
            "modules/01-menyapa/01-salam.ipynb:1:1: pelajaran ini tidak ada di book/_toc.yml, jadi"
            ' tidak terbit - tambahkan baris "- file: modules/01-menyapa/01-salam" di bawah'
            " modulnya"
        ),
    ]


def test_a_site_without_contents_is_named(root: Path) -> None:
    write(root, "_config.yml", "title: Bimtek\n")
    (root / "book/_toc.yml").unlink()

    assert messages(root) == [
        (
            "book/_toc.yml:1:1: daftar isi situs tidak ada - buat berkas itu; tanpa daftar isi"
            " tidak ada halaman yang terbit"
        )
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

    assert [
        (
            problem.file,
            problem.where,
            problem.message.removeprefix("kata dari pola belum diganti: "),
        )
        for problem in named
    ] == [
        ("modules/01-menyapa/01-salam.ipynb", "", '"Cerita"'),
        ("modules/01-menyapa/index.md", 'tujuan "sapa-warga", text', '"Menyebut"'),
        ("modules/01-menyapa/index.md", "", '"Mengapa modul ini penting."'),
        ("quizzes/tes-akhir.yml", 'butir "salam", pilihan "b", text', '"Perintah"'),
    ]
    assert {(problem.severity, problem.hint) for problem in named} == {
        ("error", "tulis kata Anda sendiri, tanpa tanda « dan »")
    }
