"""Enough items, spread over objectives and forms, that teach and reach everybody,
in a course that keeps a bank.
"""

from __future__ import annotations

from pathlib import Path

from dirty_equals import Contains

from psm_course.authoring.problems import has_errors
from psm_course.checking.check import check_course
from tests.builders import a_course, a_notebook, edit, markdown_cell, write
from tests.checking.checked import TODAY, Said, said, warning

INDEX = "modules/01-menyapa/index.md"
OBJECTIVE = (f"{INDEX}:5:5", 'tujuan "sapa-warga"')
LESSON = "modules/01-menyapa/01-salam.ipynb"
BANK = "quizzes/bank-sapa.yml"
CHOICES = """\
    choices:
      - {id: a, text: Salam, correct: yes, feedback: Ya.}
      - {id: b, text: Perintah, feedback: Warga kaget.}
"""


def items(forms: str, objective: str = "sapa-warga") -> str:
    """Number items, one for each letter; "-" is an item of no form."""
    return "".join(
        f"  - id: {objective}-{number}\n    type: number\n    objective: {objective}\n    prompt:"
        " Berapa?\n    answer: 5\n    explanation: Lima.\n    source: Panduan kursus\n"
        + (f"    form: {form}\n" if form != "-" else "")
        for number, form in enumerate(forms)
    )


def a_banked_course(root: Path, bank: str, practice: int = 10) -> Path:
    """The small course with a bank and so many practice items,
    and with every part that such a course owes its readers.
    """
    a_course(root)
    edit(root, INDEX, "\nBaca", "\n## Lembar saku\n\nBeri salam.\n\n## Bacaan\n\nBaca")
    write(
        root,
        LESSON,
        a_notebook(
            markdown_cell(
                "isi", "# Menyapa\n\n## Renungkan\n\nSiapa?\n\n## Sumber\n\n- Panduan kursus"
            )
        ),
    )
    edit(
        root,
        "quizzes/tes-akhir.yml",
        "Salam dan nama Anda, correct: yes}",
        "Salam, correct: yes, feedback: Ya.}",
    )
    edit(root, "quizzes/tes-akhir.yml", "Perintah}", "Perintah, feedback: Warga kaget.}")
    write(root, BANK, f"id: bank-sapa\ntitle: Bank\nmodule: 01-menyapa\nuse: bank\nitems:\n{bank}")
    if practice:
        write(
            root,
            "quizzes/latihan.yml",
            f"id: latihan\ntitle: Latihan\nuse: practice\nitems:\n{items('-' * practice)}",
        )
    return root


def messages(root: Path) -> list[Said]:
    """Without what the distance of items says: here they are all alike."""
    problems = check_course(root, TODAY).problems
    assert not has_errors(problems)
    return said(problem for problem in problems if "terlalu mirip" not in problem.message)


def test_course_with_enough_of_everything(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("ab" * 6))) == []


def test_too_few_items_of_a_module(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("ab" * 5), practice=9)) == [
        warning(f"{INDEX}:2:8", "title", "punya 10 butir tes", "kurang dari 12", "di bank soalnya"),
        warning(
            f"{INDEX}:2:8", "title", "punya 9 butir latihan", "kurang dari 10", "di latihannya"
        ),
    ]


def test_forms_of_an_objective_must_be_equally_many(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("a" * 7 + "b" * 5))) == [
        warning(*OBJECTIVE, "diukur 7 butir form a", "dan 5 butir form b", "pasangan yang setara")
    ]


def test_bank_item_without_a_form(tmp_path: Path) -> None:
    assert messages(a_banked_course(tmp_path, items("ab" * 6 + "--"))) == [
        warning(*OBJECTIVE, "2 butir bank", "tanpa form", "form: a atau form: b")
    ]


def test_objective_with_one_item_only(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("ab" * 6) + items("a", "pamit-warga"))
    edit(root, INDEX, "\n---\n\n#", "\n  - id: pamit-warga\n    text: Berpamitan\n---\n\n#")

    assert messages(root) == [
        warning(
            f"{INDEX}:7:5",
            'tujuan "pamit-warga"',
            "diukur 1 butir bank",
            "kurang dari 2 - ",
            "di bank soalnya",
        ),
        warning(
            f"{INDEX}:7:5",
            'tujuan "pamit-warga"',
            "diukur 1 butir form a",
            "dan 0 butir form b",
            "pasangan yang setara",
        ),
    ]


def test_tests_and_practice_do_not_stand_in_for_each_other(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("ab" * 6 + "ab" * 6), practice=0)

    assert messages(root) == [
        warning(f"{INDEX}:2:8", "title", "punya 0 butir latihan", "kurang dari 10", "di latihannya")
    ]


def with_variants(root: Path, name: str, *numbers: int) -> None:
    for number in numbers:
        edit(
            root,
            BANK,
            f"- id: sapa-warga-{number}\n",
            f"- id: sapa-warga-{number}\n    variants: {name}\n",
        )


def test_what_is_drawn_for_everybody_must_be_alike_in_both_forms(tmp_path: Path) -> None:
    """Three variants count as one item: nobody gets two of them."""
    root = a_banked_course(tmp_path, items("ab" * 6 + "bb"))
    with_variants(root, "salam", 1, 12, 13)

    assert messages(root) == [
        warning(
            *OBJECTIVE,
            "yang selalu keluar",
            ": 0 di form a, ",
            ", 1 di form b",
            "beri pasangannya variants",
        )
    ]


def test_variants_must_be_enough_to_go_round(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("ab" * 6 + "bbaa"))
    with_variants(root, "salam-a", 0, 14, 15)
    with_variants(root, "salam-b", 1, 12)

    assert messages(root) == [
        warning(*OBJECTIVE, "diukur 6 butir form a", "dan 7 butir form b", "pasangan yang setara"),
        warning(
            f"{BANK}:16:15",
            'butir "sapa-warga-1", variants',
            'variants "salam-b"',
            "punya 2 butir",
            "kurang dari 3 - ",
            "tambahkan butir setara",
        ),
    ]


def a_substitute(form: str) -> str:
    return f"id: pengganti\ntitle: Pengganti\nuse: pretest\npool: bank-sapa\nform: {form}\n"


def test_bank_of_a_substitute_test_needs_one_form_only(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("b" * 12))
    write(root, "quizzes/pengganti.yml", a_substitute("b"))

    assert messages(root) == []


def test_bank_that_tests_draw_from_in_two_forms_needs_both(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("ab" * 6 + "b"))
    write(root, "quizzes/pengganti.yml", a_substitute("b"))
    write(root, "quizzes/tes-awal.yml", a_substitute("a").replace("pengganti", "tes-awal"))

    assert messages(root) == [
        warning(*OBJECTIVE, "diukur 6 butir form a", "dan 7 butir form b", "pasangan yang setara")
    ]


def a_choice_item(choices: str) -> str:
    """The twelve items of a bank, of which the last is a `choice`."""
    head, tail = items("ab" * 6).rsplit("    type: number", 1)
    return head + "    type: choice" + tail.replace("    answer: 5\n", choices)


def test_choice_without_feedback_does_not_teach(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, a_choice_item(CHOICES.replace(", feedback: Warga kaget.", "")))

    assert messages(root) == [
        warning(
            f"{BANK}:100:9",
            'butir "sapa-warga-11", pilihan "b"',
            "belum ada feedback",
            "jelaskan akibat atau alasan",
        )
    ]


def test_dangerous_mistake_must_reach_everybody(tmp_path: Path) -> None:
    root = a_banked_course(
        tmp_path, a_choice_item(CHOICES.replace("Warga kaget.", "Warga kaget., critical: yes"))
    )

    assert messages(root) == [
        warning(
            f"{BANK}:94:5",
            'butir "sapa-warga-11"',
            "kesalahan berbahaya",
            "undian dapat melewatkannya",
            "2 butir lain",
            "satu nama variants",
        )
    ]


def test_course_without_a_bank_is_still_small(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("a"), practice=1)
    (root / BANK).unlink()

    assert messages(root) == []


def test_nothing_is_counted_while_a_quiz_cannot_be_read(tmp_path: Path) -> None:
    root = a_banked_course(tmp_path, items("a"), practice=1)
    edit(root, "quizzes/latihan.yml", "use: practice", "use: latihan")

    assert [problem.message for problem in check_course(root, TODAY).problems] == [
        Contains('"latihan" tidak dikenal')
    ]
