"""`{tinjau}` on the site: a ring behind what waits, one line for the page, and both gone once the
ledger has the answer.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from psm_course.content.course import read_course
from psm_course.site.build import build_site
from tests.builders import CONTENTS, a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.checking.test_review import LEDGER, LESSON, SAID
from tests.conftest import ROOT
from tests.content.test_field_guide import a_guide

ANSWER = "answer: {on: 2026-11-20, by: Seksi, verdict: yes}"
PAGE = "modules/01-menyapa/01-salam.html"
TABLE = (
    'tabel("Salam", ["Waktu", "Ucapan"], [["Pagi", "Selamat pagi"]], sumber="panduan kursus'
    ' {tinjau}`ucapan`")'
)
PRACTICE = """\
id: latihan-salam
title: Latihan
use: practice
items:
  - id: pintu
    type: text
    prompt: Apa yang diketuk?
    accept: [pintu]
    explanation: Pintu.
    source: Panduan kursus
"""
MORE = f"""\
  - id: ucapan
    kind: table
    where: ["{LESSON}#tabel"]
    text: Salam
    question: Benar?
    authority: dinkes
  - id: pintu
    kind: sentence
    where: [latihan-salam#pintu]
    text: Pintu
    question: Benar?
    authority: dinsos
"""


def built(root: Path, place: Path, page: str = PAGE) -> str:
    course, found = read_course(root)
    assert course is not None, found
    build_site(course, place / "work", place / "site", lambda _: None)
    return (place / "site" / page).read_text(encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = a_course(tmp_path / "course")
    shutil.copy2(ROOT / "_config.yml", root)
    write(root, "book/_toc.yml", CONTENTS)
    cells = (
        markdown_cell("judul", "# Menyapa warga"),
        markdown_cell("isi", SAID),
        code_cell("impor", "from psm_course.trainer import kuis, tabel", "remove-cell"),
        code_cell("tabel", TABLE, "remove-input"),
        code_cell("kuis", 'kuis("latihan-salam")', "remove-input"),
    )
    write(root, LESSON, a_notebook(*cells))
    write(root, "quizzes/latihan-salam.yml", PRACTICE)
    write(root, "modules/tinjauan.yml", LEDGER + MORE)
    return root


def test_a_ring_behind_what_waits_and_one_line_until_it_is_answered(
    course: Path, tmp_path: Path
) -> None:
    page = built(course, tmp_path)

    assert "kali<sup>°</sup>, lalu" in page
    assert "<caption>Salam<sup>°</sup>" in page
    assert "Pintu.<sup>°</sup>" in page
    assert page.lower().count("panduan kursus") == 1  # the line at the end says what the ring means
    assert page.count("menunggu konfirmasi Dinas Sosial") == 1
    assert page.count("Sosial dan Dinas Kesehatan.") == 1
    assert "{tinjau}" not in page

    edit(course, "modules/tinjauan.yml", "id: ketuk\n", f"id: ketuk\n    {ANSWER}\n")
    edit(course, "modules/tinjauan.yml", "id: pintu\n", f"id: pintu\n    {ANSWER}\n")
    page = built(course, tmp_path)

    assert "dua kali, lalu" in page
    assert page.count("<sup>°</sup>") == 1
    assert "Dasar: Panduan kursus" in page
    assert "menunggu konfirmasi Dinas Kesehatan." in page


def test_a_page_made_of_a_data_file_says_for_whom_it_waits_until_all_of_it_is_answered(
    course: Path, tmp_path: Path
) -> None:
    a_guide(course)
    page = "book/ke-mana-merujuk.html"
    entry = (
        '  - {{id: {}, kind: table, where: [modules/rujukan.yml#{}], text: {}, question: "Benar?",'
        " authority: {}}}\n"
    )
    write(
        course,
        "modules/01-menyapa/01-salam.ipynb",
        a_notebook(markdown_cell("judul", "# Menyapa warga")),
    )
    write(course, "book/ke-mana-merujuk.md", "# Ke mana merujuk\n\n```{ke-mana-merujuk}\n```\n")
    write(course, "book/_toc.yml", CONTENTS + "\n      - file: book/ke-mana-merujuk\n")
    asked = entry.format("langkah", "bahaya", "Menjauh", "uptd-ppa") + entry.format(
        "tingkat", "merah", "Bahaya", "dinkes"
    )
    write(course, "modules/tinjauan.yml", f"entries:\n{asked}")

    shown = built(course, tmp_path, page)

    assert "kursus ini<sup>°</sup>." in shown
    assert "menunggu konfirmasi UPTD PPA" in shown
    assert "PPA dan Dinas Kesehatan." in shown

    edit(course, "modules/tinjauan.yml", "id: langkah,", f"id: langkah, {ANSWER},")
    assert "menunggu konfirmasi Dinas Kesehatan." in built(course, tmp_path, page)

    edit(course, "modules/tinjauan.yml", "id: tingkat,", f"id: tingkat, {ANSWER},")
    shown = built(course, tmp_path, page)
    assert "panduan kursus ini." in shown
    assert "menunggu konfirmasi" not in shown
