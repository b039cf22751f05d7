"""The steps of a lesson: cut at headings and quizzes, with what is for trainers kept apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from psm_course.content.lessons import calls_in, quizzes_played_in, read_lesson
from psm_course.content.steps import Part, Step, steps_of, steps_on_the_phone
from tests.builders import a_notebook, code_cell, markdown_cell

ROOT = Path(__file__).parent.parent.parent
TITLE = markdown_cell("judul", "# Menyapa warga\n\nSalam.")


def steps(*cells: dict[str, Any]) -> tuple[Step, ...]:
    return steps_of(json.loads(a_notebook(*cells)))


def text(cell: str, source: str) -> Part:
    return Part(cell, "markdown", source)


OPENING = Step("Menyapa warga", 1, "judul", (text("judul", "Salam."),))


def test_a_step_begins_at_each_second_and_third_level_heading() -> None:
    found = steps(
        TITLE,
        markdown_cell("a", "## Datang\n\nKetuk.\n\n### Pintu\n\nTiga kali."),
        markdown_cell("b", "Tunggu."),
    )

    assert found == (
        OPENING,
        Step("Datang", 2, "a", (text("a", "Ketuk."),)),
        Step("Pintu", 3, "a", (text("a", "Tiga kali."), text("b", "Tunggu."))),
    )


def test_what_stands_above_a_heading_in_its_cell_belongs_to_the_step_before() -> None:
    found = steps(TITLE, markdown_cell("a", "Lalu duduk.\n\n## Pulang\n\nPamit."))

    assert found == (
        Step("Menyapa warga", 1, "judul", (text("judul", "Salam."), text("a", "Lalu duduk."))),
        Step("Pulang", 2, "a", (text("a", "Pamit."),)),
    )


QUIZ = code_cell("kuis", 'kuis("latihan")', "remove-input")
SHOWN = (Part("kuis", "code", 'kuis("latihan")'),)


def test_a_few_words_stand_above_the_quiz_that_they_lead_to_and_what_follows_it_is_a_step() -> None:
    found = steps(
        TITLE,
        markdown_cell("ajakan", "## Latihan\n\nDua soal."),
        QUIZ,
        markdown_cell("jeda", "Minum air."),
    )

    assert found == (
        OPENING,
        Step("Latihan", 2, "ajakan", SHOWN, lead=(text("ajakan", "Dua soal."),), quiz="latihan"),
        Step("Sesudahnya", 0, "jeda", (text("jeda", "Minum air."),)),
    )


@pytest.mark.parametrize(
    "source",
    [
        "satu " * 31,
        "- satu\n- dua",
        "![Peta](gambar/peta.svg)",
        "> Kutipan",
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ],
    ids=["many words", "a list", "a picture", "a quotation", "a table"],
)
def test_more_than_a_few_plain_words_are_a_step_of_their_own(source: str) -> None:
    found = steps(TITLE, markdown_cell("kasus", f"## Kasus\n\n{source}"), QUIZ)

    assert [(step.title, step.level, step.quiz) for step in found[1:]] == [
        ("Kasus", 2, None),
        ("Kasus: kuis", 0, "latihan"),
    ]


def test_the_opening_leads_to_nothing() -> None:
    assert [step.title for step in steps(TITLE, QUIZ)] == ["Menyapa warga", "Menyapa warga: kuis"]


def test_of_a_quiz_that_the_hall_plays_the_one_for_the_phone_is_no_step() -> None:
    played = code_cell("bersama", 'tampilkan("latihan")', "trainer", "layar")

    found = steps(
        TITLE, markdown_cell("ajakan", "## Latihan"), QUIZ, played, code_cell("nomor", "bantuan()")
    )

    assert [
        (step.title, step.cell, step.played, [part.cell for part in step.lead])
        for step in found[1:]
    ] == [
        ("Latihan", "ajakan", 'tampilkan("latihan")', ["kuis"]),
        ("Sesudahnya", "nomor", "", []),
    ]
    assert found[1].lead[0].is_played


def test_the_sources_are_apart_and_no_step() -> None:
    found = steps(
        TITLE,
        markdown_cell("isi", "## Pamit\n\nSalam.\n\n## Sumber\n\n- UU 11/2012"),
        markdown_cell("lagi", "Selebihnya."),
    )

    assert [step.title for step in found] == ["Menyapa warga", "Pamit"]
    assert [part.source for part in found[1].sources] == [
        "## Sumber\n\n- UU 11/2012",
        "Selebihnya.",
    ]
    assert found[1].texts == ("Salam.",)


def test_what_is_for_the_phone_is_said_to_nobody_in_the_hall() -> None:
    (opening,) = steps(TITLE, markdown_cell("kotak", "Buka kotak ini dulu.", "ponsel"))

    assert opening.texts == ("Salam.",)
    assert not opening.parts[-1].shows


def test_a_quiz_that_is_for_the_phone_alone_begins_no_step() -> None:
    alone = code_cell("kasus", 'kuis("kasus-teras")', "ponsel")

    found = steps(
        TITLE,
        markdown_cell("boleh", "## Kasus\n\nBoleh dilewati."),
        alone,
        markdown_cell("b", "## Renungkan\n\nPelan."),
    )

    assert [step.title for step in found] == ["Menyapa warga", "Kasus", "Renungkan"]
    assert not found[1].parts[-1].shows


def test_cells_for_trainers_are_notes_of_the_step_in_which_they_stand() -> None:
    first, second = (
        markdown_cell("p1", "## Rencana\n\n35 menit", "trainer"),
        markdown_cell("p2", "Tanyakan alasannya.", "trainer"),
    )
    counted = code_cell("p3", 'kuis("latihan")', "trainer")

    found = steps(
        TITLE,
        first,
        markdown_cell("a", "## Datang\n\nKetuk."),
        second,
        counted,
        markdown_cell("b", "Tunggu."),
    )

    assert found == (
        Step(
            "Menyapa warga",
            1,
            "judul",
            (text("judul", "Salam."),),
            (text("p1", "## Rencana\n\n35 menit"),),
        ),
        Step(
            "Datang",
            2,
            "a",
            (text("a", "Ketuk."), text("b", "Tunggu.")),
            (text("p2", "Tanyakan alasannya."),),
        ),
    )


def test_code_keeps_its_outputs_and_says_whether_it_is_shown() -> None:
    shown = {"output_type": "display_data", "data": {"text/plain": "63"}, "metadata": {}}

    found = steps(
        TITLE,
        code_cell("impor", "import math", "remove-cell"),
        code_cell("hitung", "63", outputs=[shown]),
    )

    assert found[0].parts[1:] == (
        Part("impor", "code", "import math", shows=False),
        Part("hitung", "code", "63", outputs=(shown,)),
    )


@pytest.mark.parametrize(
    "source",
    [
        "```\n## Bukan judul\n```",
        "> ## Kutipan",
        "- ## Butir",
        "#### Keempat",
        "##Tanpa spasi",
        "\\## Dilindungi",
    ],
    ids=["code", "quotation", "list", "fourth level", "no space", "escaped"],
)
def test_what_only_looks_like_a_heading_begins_nothing(source: str) -> None:
    assert [step.title for step in steps(TITLE, markdown_cell("a", source))] == ["Menyapa warga"]


def test_texts_are_what_is_read_aloud() -> None:
    told = (
        "Satu **dua** [tiga](https://contoh.go.id/lima/enam)\nempat.\n\n![banyak"
        " kata](gambar/x.svg)\n\n- lima"
    )

    (step,) = steps(
        markdown_cell("judul", f"# Judul\n\n{told}"), code_cell("tabel", 'tabel("Kata")')
    )

    assert step.texts == ("Satu dua tiga empat.", "", "lima")


def test_the_steps_of_our_lessons_hold_every_cell_that_is_not_for_trainers() -> None:
    for path in sorted((ROOT / "modules").glob("*/*.ipynb")):
        lesson, _ = read_lesson(path, path.name)
        assert lesson is not None
        found = steps_of(lesson.notebook)

        held = {
            part.cell for step in found for part in (*step.lead, *step.parts, *step.sources)
        } | {step.cell for step in found}
        cells = {cell["id"]: cell["metadata"].get("tags", []) for cell in lesson.notebook["cells"]}
        assert held == {
            cell for cell, tags in cells.items() if "trainer" not in tags or "layar" in tags
        }, path.name
        notes = [
            cell
            for cell in lesson.notebook["cells"]
            if cell["cell_type"] == "markdown" and "trainer" in cells[cell["id"]]
        ]
        assert sum(len(step.notes) for step in found) == len(notes)
        played = {quiz for step in found for quiz in quizzes_played_in(step.played)}
        alone = {
            quiz
            for cell in lesson.notebook["cells"]
            if "ponsel" in cells[cell["id"]]
            for quiz in calls_in(cell["source"], "kuis")
        }
        assert [step.quiz for step in found if step.quiz] == [
            quiz for _, quiz in lesson.calls("kuis") if quiz not in played | alone
        ]


def test_on_the_phone_nothing_is_for_trainers_and_its_own_quiz_is_a_step() -> None:
    tally = code_cell("jajak", 'jajak("Setuju?", ["Ya", "Tidak"])', "trainer", "layar")
    alone = code_cell("kasus", 'kuis("kasus-teras")', "ponsel")
    told = markdown_cell("cerita", f"## Kasus\n\n{'kata ' * 31}")

    found = steps_on_the_phone(
        json.loads(a_notebook(TITLE, told, tally, alone, markdown_cell("jeda", "Minum air.")))
    )

    assert [(step.title, step.level, step.cell) for step in found] == [
        ("Menyapa warga", 1, "judul"),
        ("Kasus", 2, "cerita"),
        ("Kasus: kuis", 0, "kasus"),
        ("Sesudahnya", 0, "jeda"),
    ]
