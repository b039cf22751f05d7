"""Variants must be alike in all but their words, and only tests have them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.one_quiz import check_quiz
from tests.builders import write
from tests.checking.checked import Said, error, said

TODAY = date(2026, 10, 10)
HEAD = "id: bank-sapa\ntitle: Bank\nuse: bank\nitems:\n"


def items(*lines: str) -> str:
    return "".join(
        f"  - {{id: salam-{number}, type: number, prompt: Berapa., answer: {number}, explanation:"
        f" Lima., source: Panduan kursus, {line}}}\n"
        for number, line in enumerate(lines, start=1)
    )


def messages(tmp_path: Path, text: str) -> list[Said]:
    return said(check_quiz(write(tmp_path, "bank-sapa.yml", text), TODAY).problems)


def test_variants_that_are_alike_are_no_problem(tmp_path: Path) -> None:
    assert (
        messages(
            tmp_path,
            HEAD + items(*["variants: salam, form: a, objective: sapa-warga, points: 2"] * 3),
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second", "called"),
    [
        ("form: a", "form: b", "form"),
        ("objective: sapa-warga", "objective: pamit", "tujuan"),
        ("points: 1", "points: 2", "nilai"),
    ],
)
def test_variants_that_differ_in_more_than_words(
    tmp_path: Path, first: str, second: str, called: str
) -> None:
    (message,) = messages(tmp_path, HEAD + items(f"variants: x, {first}", f"variants: x, {second}"))

    assert message == error(
        f"{tmp_path / 'bank-sapa.yml'}:6:115",
        'butir "salam-2", variants',
        f"{called} butir ini lain",
        'variants "x"',
        f"samakan {called}-nya",
    )


def test_practice_has_no_variants(tmp_path: Path) -> None:
    (message,) = messages(
        tmp_path, HEAD.replace("use: bank", "use: practice") + items("variants: x", "variants: x")
    )

    assert message == error(
        f"{tmp_path / 'bank-sapa.yml'}:5:115",
        'butir "salam-1", variants',
        "latihan menunjukkan semua",
        "tidak punya variants",
        "hapus variants",
    )


def test_a_name_of_variants_that_is_the_id_of_another_item(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, HEAD + items("variants: salam-2", "form: a"))

    assert message == error(
        f"{tmp_path / 'bank-sapa.yml'}:6:10",
        'butir "salam-2", id',
        '"salam-2" adalah id',
        "juga variants butir lain",
        "nama lain",
    )


def test_what_variants_replaced_is_said(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, HEAD + items("always: yes"))

    assert message == error(
        f"{tmp_path / 'bank-sapa.yml'}:5:113",
        'butir "salam-1", always',
        "always sudah diganti variants",
        "hapus always",
    )


def test_variants_of_one_name_in_two_banks_of_a_test(tmp_path: Path) -> None:
    write(tmp_path, "bank-sapa.yml", HEAD + items("variants: x"))
    write(
        tmp_path,
        "bank-pamit.yml",
        HEAD.replace("bank-sapa", "bank-pamit") + items("variants: x").replace("salam", "pamit"),
    )
    test = write(
        tmp_path, "tes.yml", "id: tes\ntitle: Tes\nuse: pretest\npool: [bank-sapa, bank-pamit]\n"
    )

    assert [problem.message for problem in check_quiz(test, TODAY).problems] == [
        Contains('variants "x"', "lebih dari satu bank")
    ]
