"""Enough items, spread over objectives and forms, in a course that keeps a bank."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from psm_course.checking.check import check_course
from psm_course.content.problems import has_errors
from tests.builders import a_course, edit, write

TODAY = date(2026, 11, 24)
INDEX = "modules/01-menyapa/index.md"


def items(forms: str, objective: str = "sapa-warga") -> str:
    """Number items, one for each letter; "-" is an item of no form."""
    return "".join(
        f"  - id: {objective}-{number}\n    type: number\n    objective: {objective}\n    prompt: Berapa?\n    answer: 5\n"
        f"    explanation: Lima.\n    source: Panduan kursus\n" + (f"    form: {form}\n" if form != "-" else "")
        for number, form in enumerate(forms)
    )


def a_banked_course(root: Path, bank: str, practice: int = 10) -> Path:
    """The small course with a bank and so many practice items."""
    a_course(root)
    write(root, "quizzes/bank-sapa.yml", f"id: bank-sapa\ntitle: Bank\nmodule: 01-menyapa\nuse: bank\nitems:\n{bank}")
    if practice:
        write(root, "quizzes/latihan.yml", f"id: latihan\ntitle: Latihan\nuse: practice\nitems:\n{items('-' * practice)}")
    return root


def messages(root: Path) -> list[str]:
    problems = check_course(root, TODAY).problems
    assert not has_errors(problems)
    return [str(problem) for problem in problems]


def test_course_with_enough_of_everything(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("ab" * 6))) == []


def test_too_few_items_of_a_module(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("ab" * 5), practice=9)) == [
        f"{INDEX}:2:8: peringatan: title: modul ini baru punya 10 butir tes, kurang dari 12 - tambahkan di bank soalnya",
        f"{INDEX}:2:8: peringatan: title: modul ini baru punya 9 butir latihan, kurang dari 10 - tambahkan di latihannya",
    ]


def test_forms_of_an_objective_must_be_equally_many(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("a" * 7 + "b" * 5))) == [
        (
            f'{INDEX}:5:5: peringatan: tujuan "sapa-warga": tujuan ini diukur 7 butir form a dan 5 butir form b'
            " - samakan: setiap butir punya pasangan yang setara"
        )
    ]


def test_bank_item_without_a_form(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("ab" * 6 + "--"))) == [
        f'{INDEX}:5:5: peringatan: tujuan "sapa-warga": 2 butir bank tujuan ini tanpa form - tambahkan form: a atau form: b'
    ]


def test_objective_with_one_item_only(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("ab" * 6) + items("a", "pamit-warga"))
    edit(root, INDEX, "\n---\n\n#", "\n  - id: pamit-warga\n    text: Berpamitan\n---\n\n#")

    assert messages(root) == [
        (
            f'{INDEX}:7:5: peringatan: tujuan "pamit-warga": tujuan ini baru diukur 1 butir bank, kurang dari 2'
            " - tambahkan butir di bank soalnya"
        ),
        (
            f'{INDEX}:7:5: peringatan: tujuan "pamit-warga": tujuan ini diukur 1 butir form a dan 0 butir form b'
            " - samakan: setiap butir punya pasangan yang setara"
        ),
    ]


def test_tests_and_practice_do_not_stand_in_for_each_other(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("ab" * 6 + "ab" * 6), practice=0)

    assert messages(root) == [
        f"{INDEX}:2:8: peringatan: title: modul ini baru punya 0 butir latihan, kurang dari 10 - tambahkan di latihannya"
    ]


def test_course_without_a_bank_is_still_small(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("a"), practice=1)
    (root / "quizzes/bank-sapa.yml").unlink()

    assert messages(root) == []


def test_nothing_is_counted_while_a_quiz_cannot_be_read(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("a"), practice=1)
    edit(root, "quizzes/latihan.yml", "use: practice", "use: latihan")

    assert [problem.message for problem in check_course(root, TODAY).problems] == ['"latihan" tidak dikenal']
