"""The review ledger beside the course: marks, places, answers that were followed or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from psm_course.checking.check import check_course
from psm_course.content.help.contacts import find_contacts
from tests.builders import a_course, a_notebook, edit, markdown_cell, write
from tests.checking.checked import Said, error, said

TODAY = date(2026, 11, 24)
LESSON = "modules/01-menyapa/01-salam.ipynb"
SAID = "Ketuk pintu dua kali{tinjau}`ketuk`, lalu **tunggu**."
LEDGER = f"""\
entries:
  - id: nomor-polri
    kind: number
    where: [modules/bantuan.yml#polri]
    text: "110"
    question: Apakah dijawab?
    authority: dinsos
    last_checked: 2026-11-01
  - id: ketuk
    kind: sentence
    where: ["{LESSON}#isi", "tes-akhir#salam"]
    text: Ketuk pintu dua kali, lalu tunggu
    question: Benarkah?
    authority: dinsos
"""
WHERE = 'tinjauan "ketuk", where'
ENTRY = ("modules/tinjauan.yml:11:13", f"{WHERE}, isi ke-1")
ANSWERED = "\n    answer: {{on: {on}, by: Seksi, verdict: {verdict}{more}}}"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course with one marked sentence and its ledger."""
    root = a_course(tmp_path)
    write(
        root,
        LESSON,
        a_notebook(markdown_cell("judul", "# Menyapa warga"), markdown_cell("isi", SAID)),
    )
    write(root, "modules/tinjauan.yml", LEDGER)
    return root


def problems(root: Path, *of: str) -> list[Said]:
    """Problems of the ledger, about it, or with one of these words."""
    return said(
        each
        for each in check_course(root, TODAY, measure=False).problems
        if any(word in f"{each.file}: {each.message}" for word in (*of, "tinjau"))
    )


def answer(
    root: Path,
    verdict: str,
    more: str = "",
    on: str = "2026-11-20",
    of: str = "dinsos\n",
    nth: int = -1,
) -> None:
    """Write an answer at the end of the last entry, or of the first."""
    text = (root / "modules/tinjauan.yml").read_text(encoding="utf-8")
    new = ANSWERED.format(on=on, verdict=verdict, more=more)
    at = text.rindex("authority: dinsos") if nth == -1 else text.index("last_checked")
    end = text.index("\n", at)
    (root / "modules/tinjauan.yml").write_text(text[:end] + new + text[end:], encoding="utf-8")
    assert of in text


def test_a_ledger_that_fits_has_no_problem(course: Path) -> None:
    assert problems(course) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#isi", "#isinya", '#isinya" tidak ada'),
        ("tes-akhir#salam", "tes-akhir#salom", '#salom" tidak ada'),
        ("Ketuk pintu dua kali, lalu", "Ketuk pintu tiga kali, lalu", "tidak lagi tertulis"),
        ("  - id: ketuk", "  - id: ketok", '{tinjau} menyebut "ketuk"'),
        ("polri]", "polisi]", "nomor ini belum ada"),
        ("    last_checked: 2026-11-01\n", "", 'belum punya "last_checked"'),
    ],
)
def test_what_does_not_fit_is_named(course: Path, old: str, new: str, message: str) -> None:
    edit(course, "modules/tinjauan.yml", old, new)

    assert any(message in each.text for each in problems(course, "belum ada di"))


def test_a_waiting_sentence_without_its_mark_is_named(course: Path) -> None:
    edit(course, LESSON, "{tinjau}`ketuk`", "")

    assert problems(course) == [error(*ENTRY, "belum ada tandanya")]


def test_a_mark_at_a_place_that_the_ledger_does_not_know_is_named(course: Path) -> None:
    edit(
        course, "modules/01-menyapa/index.md", "Baca [", "Bersikaplah sopan{tinjau}`ketuk`. Baca ["
    )

    assert problems(course) == [
        error(
            "modules/01-menyapa/index.md:1:1", "", '{tinjau} "ketuk"', "belum disebut", "di where"
        )
    ]


def test_what_was_confirmed_needs_no_mark(course: Path) -> None:
    answer(course, "yes")
    edit(course, LESSON, "{tinjau}`ketuk`", "")

    assert problems(course) == []


def test_an_answer_that_changes_a_sentence_is_due_until_the_sentence_follows(course: Path) -> None:
    answer(course, "changed", ", text: Ketuk pintu sekali")

    assert problems(course) == [
        error(
            *ENTRY,
            "jawaban belum diikuti",
            'tertulis "Ketuk pintu sekali"',
        )
    ]
    edit(course, LESSON, "Ketuk pintu dua kali{tinjau}`ketuk`", "Ketuk pintu sekali")
    assert problems(course) == []


def test_what_was_found_wrong_may_not_stay(course: Path) -> None:
    answer(course, "no")

    assert problems(course, "dinyatakan") == [
        error(
            *ENTRY,
            'lalu tunggu"',
            "dinyatakan salah",
            "masih tertulis di sini",
        )
    ]


@pytest.mark.parametrize(("on", "is_stale"), [("2025-11-24", False), ("2025-11-23", True)])
def test_a_number_that_nobody_has_looked_at_for_a_year_is_a_warning(
    course: Path, on: str, is_stale: bool
) -> None:
    edit(course, "modules/tinjauan.yml", "last_checked: 2026-11-01", f"last_checked: {on}")

    warned = [
        each.message
        for each in check_course(course, TODAY, measure=False).problems
        if each.severity == "warning"
    ]
    assert any(f"nomor 110 terakhir diperiksa {on}" in message for message in warned) is is_stale


def test_a_number_is_confirmed_by_its_answer(course: Path) -> None:
    def known() -> list[tuple[date | None, bool]]:
        return [
            (contact.last_checked, contact.confirmed) for contact in find_contacts(course) or ()
        ]

    assert known() == [(date(2026, 11, 1), False)]
    answer(course, "yes", nth=0)
    assert known() == [(date(2026, 11, 20), True)]


def test_a_kind_without_criteria_is_asked_about(course: Path) -> None:
    write(course, "modules/kategori.yml", "kinds:\n  - id: adk\n    gap: Belum terlihat.\n")

    asked = error(
        "modules/kategori.yml:3:10",
        'jenis "adk", gap',
        "belum ditanyakan",
        "di modules/tinjauan.yml",
    )
    assert asked in problems(course)


def test_a_course_without_a_ledger_owes_none(tmp_path: Path) -> None:
    assert problems(a_course(tmp_path)) == []
