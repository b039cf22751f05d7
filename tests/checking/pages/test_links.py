"""Links, images and raw HTML in pages and notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from psm_course.checking.pages.links import link_problems, own_problems, quizzes_shown
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write
from tests.checking.checked import TODAY, Expected, Said, error, messages, said


def problems(folder: Path, text: str) -> list[Said]:
    own, links = own_problems("halaman.md", 1, text)
    return said((*own, *link_problems("halaman.md", folder, links)))


def broken(line: int, target: str) -> Expected:
    return leads_nowhere(f"halaman.md:{line}:1", target)


def leads_nowhere(place: str, target: str) -> Expected:
    return error(place, "", f'tautan "{target}"', "tidak menuju berkas", "periksa nama")


def raw(line: int, shown: str) -> Expected:
    return error(f"halaman.md:{line}:1", "", f'HTML mentah "{shown}"', "dengan Markdown saja")


def a_number(place: str, where: str = "") -> Expected:
    return error(place, where, "nomor telepon", "di dalam teks", "modules/bantuan.yml saja")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "ada.md", "# Ada\n")
    write(tmp_path, "gambar/foto warga.png", "")
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "[ada](ada.md)",
        "[bagian](ada.md#bagian)",
        "[di sini](#bagian)",
        "![foto](gambar/foto%20warga.png)",
        "![foto](<gambar/foto warga.png>)",
        "[Dinsos](https://dinsos.depok.go.id/a?b=c)",
        "<https://depok.go.id>",
        "[surat](mailto:dinsos@example.org)",
        "[telepon](tel:112)",
        "`[tidak](ada-sama-sekali.md)`",
        "```\n[tidak](ada-sama-sekali.md) <b>\n```",
        "5 < 6 dan 7 > 6",
        "| a | b |\n|---|---|\n| [ada](ada.md) | x |",
    ],
)
def test_what_resolves_is_no_problem(folder: Path, text: str) -> None:
    found = problems(folder, text)

    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](tidak-ada.md)", [broken(1, "tidak-ada.md")]),
        ("![x](gambar/tidak-ada.png)", [broken(1, "gambar/tidak-ada.png")]),
        ("satu\n\ndua\n\n- tiga [x](tidak-ada.md)\n", [broken(5, "tidak-ada.md")]),
        ("[x][acuan]\n\n[acuan]: tidak-ada.md", [broken(1, "tidak-ada.md")]),
        ("[a](x.md) dan ![b](y.png)", [broken(1, "x.md"), broken(1, "y.png")]),
        ("[x](ftp://a.b/c)", [broken(1, "ftp://a.b/c")]),
        ("![x](data:image/png;base64,AAAA)", [broken(1, "data:image/png;base64,AAAA")]),
        ("| a |\n|---|\n| [x](tidak-ada.md) |", [broken(3, "tidak-ada.md")]),
        ("[x](ada%00.md)", [broken(1, "ada%00.md")]),
        (f"[x]({'a' * 300}.md)", [broken(1, "a" * 39 + "…")]),
        ("teks <b>tebal</b>", [raw(1, "<b>"), raw(1, "</b>")]),
        ("satu\n\n<div>\nisi\n</div>\n", [raw(3, "<div> isi </div>")]),
        ("<!-- catatan -->", [raw(1, "<!-- catatan -->")]),
        ("<script>alert(1)</script>", [raw(1, "<script>alert(1)</s…")]),
    ],
)
def test_what_does_not(folder: Path, text: str, expected: list[Expected]) -> None:
    found = problems(folder, text)

    assert found == expected


def test_link_is_never_looked_up_from_the_root_of_this_computer(folder: Path) -> None:
    target = (folder / "ada.md").as_posix()

    (problem,) = problems(folder, f"[x]({target})")

    assert problem.text == Contains("tidak menuju berkas", "periksa nama")


def test_telephone_number_in_a_page(folder: Path) -> None:
    assert problems(folder, "Hubungi 0812-8775-3740.") == [a_number("halaman.md:1:1")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```{quiz} tes-akhir\n```\n", [(0, "tes-akhir")]),
        ("a\n\n````{quiz} satu\n````\n\n```{quiz} dua\n```\n", [(2, "satu"), (5, "dua")]),
        ("```{bantuan}\n```\n", []),
        ("teks ```{quiz} x```\n", []),
    ],
)
def test_quizzes_shown_on_a_page(text: str, shown: list[tuple[int, str]]) -> None:
    assert list(quizzes_shown(text)) == shown


# ---- in a course ---------------------------------------------------------------------------------


def test_pages_are_told_by_their_line_after_the_front_matter(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/01-menyapa/index.md", "(01-salam.ipynb)", "(01-salem.ipynb)")

    assert messages(root) == [leads_nowhere("modules/01-menyapa/index.md:11:1", "01-salem.ipynb")]


def test_front_matter_is_not_read_as_markdown(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(
        root,
        "modules/01-menyapa/index.md",
        "title: Menyapa warga",
        'title: "Menyapa <warga> [x](y.md)"',
    )

    assert check_course(root, TODAY).problems == ()


def test_notebooks_are_told_by_the_line_of_their_cell(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    notebook = a_notebook(
        markdown_cell("judul", "# Salam"),
        markdown_cell("isi", "satu\n\n![x](tidak-ada.png) <br>\n\nHubungi 0812-8775-3740"),
    )
    write(root, "modules/01-menyapa/01-salam.ipynb", notebook)
    line = next(
        number for number, text in enumerate(notebook.splitlines(), 1) if '"id": "isi"' in text
    )

    at = f"modules/01-menyapa/01-salam.ipynb:{line}:1"
    assert messages(root) == [
        error(at, "", 'HTML mentah "<br>"', "dengan Markdown saja"),
        a_number(at),
        leads_nowhere(at, "tidak-ada.png"),
    ]


def test_trainers_cells_are_checked_too(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(
        root,
        "modules/01-menyapa/01-salam.ipynb",
        a_notebook(markdown_cell("judul", "# Salam"), markdown_cell("p", "[x](y.md)", "trainer")),
    )

    assert [problem.message for problem in check_course(root, TODAY).problems] == [
        Contains('tautan "y.md"', "tidak menuju berkas")
    ]


# ---- what those who do not see a picture are told, and numbers that go stale ---------------------


@pytest.mark.parametrize(
    "text", ["![](gambar/foto%20warga.png)", "Lihat ![ ](gambar/foto%20warga.png) ini."]
)
def test_picture_without_words(folder: Path, text: str) -> None:
    found = problems(folder, text)

    assert found == [
        error("halaman.md:1:1", "", "gambar ini", "belum punya teks pengganti", "![isi gambar](…)")
    ]


@pytest.mark.parametrize(
    ("file", "old", "at", "where"),
    [
        ("modules/course.yml", "organiser: Dinas Sosial", "3:12", "organiser"),
        (
            "modules/01-menyapa/index.md",
            "text: Menyapa warga",
            "6:11",
            'tujuan "sapa-warga", text',
        ),
    ],
)
def test_telephone_number_in_a_data_file_or_a_front_matter(
    tmp_path: Path, file: str, old: str, at: str, where: str
) -> None:
    root = a_course(tmp_path)
    edit(root, file, old, f"{old} 0812-8775-3740")

    assert messages(root) == [a_number(f"{file}:{at}", where)]


def test_telephone_numbers_stand_where_they_are_dated(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/bantuan.yml", 'number: "110"', 'number: "0812-8775-3740"')

    assert check_course(root, TODAY).problems == ()


def test_a_word_of_a_lesson_that_shows_an_unknown_quiz_is_named(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    written = (root / "quizzes/tes-akhir.yml").read_text(encoding="utf-8")
    write(root, "quizzes/kasus-halte.yml", written.replace("id: tes-akhir", "id: kasus-halte"))
    shown = (
        'tampilkan("kasus-halte")\n'
        'kasus("halte").main()\n'
        'kasus("kasus-halte")\n'
        'tampilkan("kasus-halt")\n'
        'kasus("halt").main()'
    )
    write(
        root,
        "modules/01-menyapa/01-salam.ipynb",
        a_notebook(markdown_cell("judul", "# Salam"), code_cell("kata", shown)),
    )

    found = {
        problem.message
        for problem in check_course(root, TODAY).problems
        if "kuis " in problem.message
    }

    assert sorted(found) == [
        Contains('kuis "halt"', "tidak ada"),
        Contains('kuis "kasus-halt"', "tidak ada"),
    ]
