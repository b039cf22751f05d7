"""Warnings on sources of law in the running text of lessons."""

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from tests.builders import a_course, a_notebook, markdown_cell, write
from tests.checking.test_review import LESSON, TODAY

SOURCES = "## Sumber\n\n- UU 12/2022 Pasal 23; PP 39/2012 Pasal 44."


def unlisted(law: str) -> object:
    return Contains(f'dasar hukum "{law}"', 'di bagian "Sumber"')


def bare(article: str) -> object:
    return Contains(f'"{article}" tidak menyebut peraturannya')


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Jangan didamaikan (UU 12/2022 Pasal 23).", []),
        ("Jangan didamaikan (UU 12/2022 Pasal 9 ayat (2) dan penjelasannya).", []),
        (
            "Jangan didamaikan (UU 12/2022 Pasal 23; UU 35/2014 Pasal 72).",
            [unlisted("UU 35/2014")],
        ),
        ("Jangan didamaikan (Permen PPN 7/2025).", [unlisted("Permen PPN 7/2025")]),
        ("Jangan didamaikan (Pasal 9 ayat (2)).", [bare("(Pasal 9 ayat (2))")]),
        ("Pasal 23 berlaku (lihat Sumber).", []),
    ],
)
def test_citations_are_listed_and_name_their_regulation(
    tmp_path: Path, said: str, expected: list[object]
) -> None:
    root = a_course(tmp_path)
    cells = (
        markdown_cell("judul", "# Menyapa warga"),
        markdown_cell("isi", said),
        markdown_cell("sumber", SOURCES),
    )
    write(root, LESSON, a_notebook(*cells))

    found = check_course(root, TODAY).problems

    assert [
        (each.severity, each.message)
        for each in found
        if "hukum" in each.message or "peraturan" in each.message
    ] == [("warning", message) for message in expected]
