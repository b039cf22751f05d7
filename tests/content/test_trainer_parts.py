"""What a trainer of a hundred people finds in every notebook: place, groups, helpers, signals; and
what is never asked of anybody.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from psm_course.content.course import CourseFolder, read_course
from psm_course.content.lessons import TRAINER_TAG, Lesson, without_trainer_cells
from tests.conftest import ROOT

PARTS = ("**Tempat:**", "**Kelompok:**", "**Pendamping:**", "**Isyarat:**")


@cache
def course() -> CourseFolder:
    read, _ = read_course(ROOT)
    assert read is not None
    return read


def lessons() -> list[Lesson]:
    return [lesson for module in course().modules for lesson in module.lessons]


def for_a_hundred(lesson: Lesson) -> str:
    """The part of a lesson on halls, groups and signals, which is the trainer's alone."""
    (cell,) = [
        cell
        for cell in lesson.notebook["cells"]
        if cell["source"].startswith("**Untuk seratus orang**")
    ]
    assert TRAINER_TAG in cell["metadata"]["tags"]
    return str(cell["source"])


def notes_of(lesson: Lesson) -> str:
    return "\n".join(
        cell["source"]
        for cell in lesson.notebook["cells"]
        if TRAINER_TAG in cell["metadata"].get("tags", [])
    )


def minutes_planned(event: Lesson) -> int:
    """The minutes of the table that opens a notebook of a session."""
    plan = next(
        cell["source"] for cell in event.notebook["cells"] if cell["id"] == "pelatih-rencana"
    )
    return minutes_of_rows(plan)


def minutes_of_rows(plan: str) -> int:
    """The sum of the first column of a timetable."""
    return sum(int(number) for number in re.findall(r"^\| (\d+) \|", plan, re.MULTILINE))


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.path.stem)
def test_a_lesson_says_where_in_which_groups_who_helps_and_which_signal(lesson: Lesson) -> None:
    written = for_a_hundred(lesson)

    assert [part for part in PARTS if part not in written] == []
    assert "Untuk seratus orang" not in str(without_trainer_cells(lesson.notebook))


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.path.stem)
def test_the_first_note_of_a_lesson_is_its_timetable_to_the_minute(lesson: Lesson) -> None:
    first = next(
        cell["source"]
        for cell in lesson.notebook["cells"]
        if TRAINER_TAG in cell["metadata"].get("tags", [])
    )
    begun = f"**Catatan pelatih: {lesson.minutes} menit**\n\n| Menit | Kegiatan |\n|---|---|\n"

    assert first.startswith(begun)
    assert minutes_of_rows(first) == lesson.minutes


def test_no_two_lessons_say_the_same() -> None:
    lines = [line for lesson in lessons() for line in for_a_hundred(lesson).splitlines()[2:]]

    assert sorted({line for line in lines if lines.count(line) > 1}) == []


def test_in_the_module_on_children_company_is_offered_and_nobody_is_counted() -> None:
    of_children = [lesson for lesson in lessons() if "03-perlindungan-anak" in lesson.file]
    assert len(of_children) == 4

    for lesson in of_children:
        written = for_a_hundred(lesson)
        assert re.search(r"\bT\b", written), lesson.file
        assert "ditawari teman" in written, lesson.file
        assert not re.search(r"waktu\(|jajak\(|hasil\(|kelompok\(", notes_of(lesson)), lesson.file
        assert "cut" not in lesson.notebook["metadata"]["psm"], lesson.file


@pytest.mark.parametrize(
    ("session", "parts"),
    [
        ("h1-pembukaan", ("Kontrak belajar", "Isyarat", "Tes awal")),
        ("h2-penutupan", ("Rencana tindak lanjut", "Evaluasi", "Tes akhir")),
    ],
)
def test_opening_and_closing_fill_their_session_to_the_minute(
    session: str, parts: tuple[str, ...]
) -> None:
    (event,) = course().taught[session]
    wall = str(without_trainer_cells(event.notebook)["cells"])

    assert (event.minutes, minutes_planned(event)) == (45, 45)
    assert [part for part in parts if part not in wall] == []
    steps = [cell for cell in event.notebook["cells"] if cell["source"].startswith("## ")]
    notes = [
        cell for cell in event.notebook["cells"] if cell["source"].startswith("**Catatan pelatih: ")
    ]
    assert (
        sum(
            int(found)
            for cell in notes[1:]
            for found in re.findall(r"^\*\*Catatan pelatih: (\d+) menit\*\*", cell["source"])
        )
        == 45
    )
    assert len(steps) == len(notes) - 1


def test_opening_and_closing_are_on_no_page_of_the_site() -> None:
    assert "modules/acara" not in (ROOT / "book/_toc.yml").read_text(encoding="utf-8")


def test_the_guide_talks_through_questions_of_the_opening_test() -> None:
    guide = (ROOT / "book/panduan-pelatih.md").read_text(encoding="utf-8")
    named = set(re.findall(r'bahas\("([^"]+)"', guide))

    assert named
    assert named <= {item.id for item in course().quizzes["tes-awal"].items}
