"""Pages on violence and suicide open with an opt-out and the help box."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from psm_course.checking.pages.sensitive import Page, sensitive_problems
from psm_course.checking.prose import page_passages
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write

TODAY = date(2026, 11, 24)
INDEX = "modules/01-menyapa/index.md"
LESSON = "modules/01-menyapa/01-salam.ipynb"
NOTICE = "Anda boleh melewati bagian mana pun."
BLOCK = "```{bantuan}\n```"
DWELLS = (
    "Pelecehan itu nyata. Anak korban didengar. Kekerasan seksual dilaporkan. Bunuh diri dapat"
    " dicegah."
)
NO_NOTICE = Contains("kekerasan atau bunuh diri", "izin untuk melewatinya")
NO_HELP = Contains("kekerasan atau bunuh diri", "kotak Nomor bantuan", "di awal halaman")


def found(root: Path) -> list[tuple[str, str, object]]:
    return [
        (problem.file, problem.severity, problem.message)
        for problem in check_course(root, TODAY).problems
    ]


def a_sensitive_course(
    root: Path, front: str = f"{NOTICE}\n\n{BLOCK}", *cells: dict[str, object]
) -> Path:
    """The small course, whose lesson dwells on violence."""
    a_course(root)
    edit(root, INDEX, "\nBaca", f"\n{front}\n\nBaca")
    opening = cells or (markdown_cell("awas", NOTICE), code_cell("nomor", "bantuan()"))
    write(
        root,
        LESSON,
        a_notebook(markdown_cell("judul", "# Menyapa"), *opening, markdown_cell("isi", DWELLS)),
    )
    return root


def test_pages_that_open_as_they_should(tmp_path: Path) -> None:
    assert found(a_sensitive_course(tmp_path)) == []


def test_every_page_of_the_module_is_asked(tmp_path: Path) -> None:
    root = a_sensitive_course(tmp_path, "Selamat datang.", markdown_cell("x", "Selamat datang."))

    assert found(root) == [
        (LESSON, "error", NO_NOTICE),
        (LESSON, "error", NO_HELP),
        (INDEX, "error", NO_NOTICE),
        (INDEX, "error", NO_HELP),
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (NOTICE, [NO_HELP]),
        (BLOCK, [NO_NOTICE]),
        (f"{'Kata. ' * 101}\n\n{NOTICE}\n\n{BLOCK}", [NO_NOTICE, NO_HELP]),
        (f"{'Kata. ' * 90}\n\n{NOTICE}\n\n{BLOCK}", []),
        (f"Anda boleh keluar sebentar.\n\n{BLOCK}", []),
        (f"Bagian ini boleh dilewati.\n\n{BLOCK}", []),
    ],
)
def test_front_page(tmp_path: Path, front: str, expected: list[Contains]) -> None:
    assert found(a_sensitive_course(tmp_path, front)) == [
        (INDEX, "error", message) for message in expected
    ]


def test_notice_for_trainers_is_none_for_trainees(tmp_path: Path) -> None:
    root = a_sensitive_course(
        tmp_path,
        f"{NOTICE}\n\n{BLOCK}",
        markdown_cell("awas", NOTICE, "trainer"),
        code_cell("nomor", "bantuan()"),
    )

    assert found(root) == [(LESSON, "error", NO_NOTICE)]


def test_words_for_trainers_do_not_push_the_box_down(tmp_path: Path) -> None:
    trainers = markdown_cell("pelatih", "Kata. " * 150, "trainer")

    assert (
        found(
            a_sensitive_course(
                tmp_path,
                f"{NOTICE}\n\n{BLOCK}",
                trainers,
                markdown_cell("awas", NOTICE),
                code_cell("x", "bantuan()"),
            )
        )
        == []
    )


def test_mentioned_in_passing(tmp_path: Path) -> None:
    """Three times on a page is a mention, and so is four times on two pages."""
    root = a_course(tmp_path)
    edit(root, INDEX, "\nBaca", "\nBunuh diri dapat dicegah.\n\nBaca")
    write(
        root,
        LESSON,
        a_notebook(
            markdown_cell("judul", "# Menyapa"),
            markdown_cell("isi", DWELLS.replace("Pelecehan", "Salam")),
        ),
    )

    assert found(root) == []


def a_page(text: str) -> Page:
    return Page("x.md", tuple(page_passages("x.md", text)), None)


@pytest.mark.parametrize(
    ("declared", "text", "problems"),
    [(True, "Salam.", 2), (False, DWELLS, 0), (None, DWELLS, 2), (None, "Salam.", 0)],
)
def test_what_the_module_declares_comes_before_its_words(
    declared: bool | None, text: str, problems: int
) -> None:
    assert len(list(sensitive_problems(declared, [a_page(text)]))) == problems
