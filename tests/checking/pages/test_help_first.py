"""`help_first`: the help numbers at the top of a module's pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from tests.builders import a_course, edit, write

TODAY = date(2026, 11, 24)
INDEX = "modules/01-menyapa/index.md"
NUMBERS = "contacts:\n" + "".join(
    f'  - {{id: {name}, label: {name.title()}, number: "11{number}", when: Bahaya, source:'
    " Berita}\n"
    for number, name in enumerate(("darurat", "polisi", "ambulans", "dinsos"))
)


def found(root: Path, first: str) -> list[tuple[str, int, object, object]]:
    a_course(root)
    write(root, "modules/bantuan.yml", NUMBERS)
    edit(root, INDEX, "minutes:", f"help_first: {first}\nminutes:")
    return [
        (each.file, each.line, each.message, each.hint)
        for each in check_course(root, TODAY).problems
    ]


def line(root: Path) -> int:
    lines = (root / INDEX).read_text(encoding="utf-8").splitlines()
    return next(number for number, each in enumerate(lines, 1) if each.startswith("help_first"))


@pytest.mark.parametrize("first", ["[polisi, darurat]", "[ambulans, polisi, dinsos]"])
def test_two_or_three_known_numbers_are_fine(tmp_path: Path, first: str) -> None:
    assert found(tmp_path, first) == []


@pytest.mark.parametrize(
    ("first", "message", "hint"),
    [
        ("[polisi, ambulan]", '"ambulan" tidak ada', '"ambulans"?'),
        ("[polisi, polisi]", '"polisi" tertulis dua kali', "hapus salah satunya"),
        ("[polisi]", "ada 1 nomor", "dua atau tiga nomor"),
        ("[polisi, darurat, ambulans, dinsos]", "ada 4 nomor", "dua atau tiga nomor"),
    ],
)
def test_what_cannot_stand_on_the_line(tmp_path: Path, first: str, message: str, hint: str) -> None:
    assert found(tmp_path, first) == [(INDEX, line(tmp_path), Contains(message), Contains(hint))]
