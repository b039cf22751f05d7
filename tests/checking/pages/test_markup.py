"""What could run a script is refused wherever an author writes:
pages, lessons, pictures, quizzes, data files.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from psm_course.checking.pages.links import link_problems, own_problems
from psm_course.checking.pages.markup import OURS, markup_findings
from psm_course.site.pages import parts
from psm_course.site.pages.directives import DIRECTIVES
from tests.builders import a_course, a_notebook, edit, markdown_cell, write

TODAY = date(2026, 11, 24)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def said(folder: Path, text: str) -> list[tuple[int, str]]:
    own, links = own_problems("halaman.md", 1, text)
    return [
        (problem.line, problem.message)
        for problem in (*own, *link_problems("halaman.md", folder, links))
    ]


def html(shown: str) -> object:
    return Contains(f'HTML mentah "{shown}"')


def block(name: str) -> object:
    return Contains(f'blok "{{{name}}}"', "tidak dipakai")


def address(shown: str) -> object:
    return Contains(f'alamat "{shown}"', "menjalankan skrip")


def drawing(name: str, shown: str) -> object:
    return Contains(f'gambar "{name}"', f'skrip ("{shown}")')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", [(1, html("<script>alert(1)</s…"))]),
        ("a <img src=x onerror=alert(1)>", [(1, html("<img src=x onerror=…"))]),
        ("<svg onload=x></svg>", [(1, html("<svg onload=x>")), (1, html("</svg>"))]),
        ("<style>p{}</style>", [(1, html("<style>p{}</style>"))]),
        ("a <iframe src=x>", [(1, html("<iframe src=x>"))]),
        ("satu\n\n```{raw} html\n<script>1</script>\n```", [(3, block("raw"))]),
        ("> ```{RAW} html\n> <b>\n> ```", [(1, block("raw"))]),
        ("~~~ {eval-rst}\n.. raw:: html\n~~~", [(1, block("eval-rst"))]),
        ("```{include} /etc/passwd\n```", [(1, block("include"))]),
        ("```{note}\nsatu\n<img onerror=x>\n```", [(2, html("<img onerror=x>"))]),
        ("````{tip}\n```{raw} html\n<b>\n```\n````", [(2, block("raw"))]),
        (":::{raw} html\n<script>1</script>\n:::", [(2, html("<script>1</script>"))]),
        ("[a](javascript:alert(1))", [(1, address("javascript:"))]),
        ("[a](JaVaScRiPt:x)", [(1, address("JaVaScRiPt:"))]),
        ("<vbscript:x>", [(1, address("vbscript:"))]),
        ("[a](data:text/html,x)", [(1, address("data:text/html"))]),
        ("[a][b]\n\n[b]: javascript:x", [(3, address("javascript:"))]),
    ],
)
def test_what_could_run_in_a_page_is_refused(
    tmp_path: Path, text: str, expected: list[tuple[int, object]]
) -> None:
    assert list(dict.fromkeys(said(tmp_path, text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```{quiz} latihan\n```",
        "```{bantuan}\n```",
        "```python\n{1: '<b>'}\n```",
        "```{note}\nBaca *dulu*.\n```",
        "`<script>`",
        "JavaScript: bahasa.",
    ],
)
def test_what_authors_need_is_no_problem(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text.replace("JavaScript: bahasa", "Skrip itu bahasa")) == []


def test_every_block_of_ours_may_be_used() -> None:
    assert {*DIRECTIVES, *parts._PARTS} == set(OURS)


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>1</script>", "<script"),
        ('<rect onload="x"/>', "onload="),
        ('<a href="javascript:x"/>', "javascript:"),
        ("<foreignObject/>", "<foreignObject"),
    ],
)
def test_a_picture_with_a_script_is_refused(tmp_path: Path, inside: str, named: str) -> None:
    write(tmp_path, "jahat.svg", PICTURE.format(inside))
    write(tmp_path, "baik.svg", PICTURE.format('<text font-size="2">on = 1</text>'))

    assert said(tmp_path, "![isi](jahat.svg) ![isi](baik.svg)") == [
        (1, drawing("jahat.svg", named))
    ]


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("modules/course.yml", "organiser: Dinas Sosial"),
        ("modules/01-menyapa/index.md", "text: Menyapa warga"),
        ("modules/bantuan.yml", "label: Polri 110"),
    ],
)
def test_a_course_with_html_in_its_data_is_refused(tmp_path: Path, file: str, old: str) -> None:
    root = a_course(tmp_path)
    edit(root, file, old, f"{old} <b onclick=x>")

    problems = check_course(root, TODAY).problems
    assert [(problem.file, problem.severity, problem.message) for problem in problems] == [
        (file, "error", html("<b onclick=x>"))
    ]


def test_a_quiz_and_a_lesson_with_html_are_refused(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    quiz = next((root / "quizzes").glob("*.yml"))
    edit(root, f"quizzes/{quiz.name}", "title: ", "title: <iframe> ")
    write(
        root,
        "modules/01-menyapa/01-salam.ipynb",
        a_notebook(markdown_cell("j", "# Salam"), markdown_cell("p", "```{raw} html\n<b>\n```")),
    )

    problems = check_course(root, TODAY).problems
    assert [(problem.file, problem.message) for problem in problems] == [
        ("modules/01-menyapa/01-salam.ipynb", block("raw")),
        (f"quizzes/{quiz.name}", html("<iframe>")),
    ]


def test_a_data_file_names_the_place() -> None:
    tree = {
        "terms": [
            {"short": "5 < 6, lalu 7 > 6; <nama>"},
            {"short": "a <img onerror=x>"},
            {"short": "b javascript:x"},
        ],
        "x": "<!-- y -->",
    }

    assert [(finding.path, finding.message) for finding in markup_findings(tree)] == [
        (("terms", 1, "short"), html("<img onerror=x>")),
        (("terms", 2, "short"), address("javascript:")),
        (("x",), html("<!--")),
    ]
