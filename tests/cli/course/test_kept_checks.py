"""`psm check FILE` remembers what it found in unchanged files, and says nothing outdated."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from psm_course.authoring.memory import Memory
from psm_course.checking.check import check_course
from psm_course.checking.one_quiz import check_quiz, own_problems
from psm_course.checking.report import is_part_of_course
from psm_course.cli.course import kept_checks
from psm_course.cli.course.kept_checks import ROOMS, check_one
from psm_course.content.quiz_files.reading import read_quiz
from tests.builders import edit
from tests.cli.conftest import Psm

TODAY = date(2026, 11, 29)
BANK = """id: bank-sapa
title: Bank
use: bank
items:
  - id: satu
    type: choice
    objective: menyapa
    prompt: Yang mana?
    choices: [{id: a, text: Ini, correct: yes}, {id: b, text: Itu}]
    explanation: Ini lebih dekat.
    source: Permensos 8/2012
"""
TEST = "id: tes-sapa\ntitle: Tes\nuse: posttest\npass_mark: 50\npool: [bank-sapa]\n"
PRACTICE = BANK.replace("bank-sapa", "latihan-sapa").replace("use: bank", "use: practice")


@pytest.fixture
def quizzes(course: Path) -> Path:
    """The folder of quizzes with a bank, a test that draws from it, and a practice."""
    folder = course / "quizzes"
    for name, text in {"bank-sapa": BANK, "tes-sapa": TEST, "latihan-sapa": PRACTICE}.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "psm-course"


def loaded_by(*arguments: str) -> set[str]:
    told = (
        "import sys; from psm_course.cli.main import run; run(sys.argv[1:]); print(*sys.modules,"
        " file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", told, "check", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Tidak ada masalah." in ran.stdout
    return set(ran.stderr.split())


def test_what_did_not_change_is_said_again_without_reading_a_quiz(quizzes: Path) -> None:
    first, again = loaded_by("quizzes/tes-sapa.yml"), loaded_by("quizzes/tes-sapa.yml")

    assert {"psm_course.checking.one_quiz", "pydantic", "yaml"} <= first
    assert {"psm_course.checking.one_quiz", "pydantic", "yaml"} & again == set()


@pytest.mark.parametrize("name", ["bank-sapa", "tes-sapa", "latihan-sapa"])
def test_what_is_said_again_is_what_was_said(psm: Psm, quizzes: Path, name: str) -> None:
    edit(quizzes, f"{name}.yml", "title:", "titel:")

    first, again = psm("check", quizzes / f"{name}.yml"), psm("check", quizzes / f"{name}.yml")

    assert "titel" in first.out
    assert again == first


def test_a_mistake_made_since_is_found_and_one_that_was_mended_is_gone(
    psm: Psm, quizzes: Path
) -> None:
    sound = psm("check", quizzes / "bank-sapa.yml")
    edit(quizzes, "bank-sapa.yml", "correct: yes", "correct: mungkin")
    faulty = psm("check", quizzes / "bank-sapa.yml")
    edit(quizzes, "bank-sapa.yml", "correct: mungkin", "correct: yes")

    assert (sound.code, faulty.code) == (0, 1)
    assert psm("check", quizzes / "bank-sapa.yml") == sound


def test_a_test_is_looked_at_again_when_its_bank_changed(psm: Psm, quizzes: Path) -> None:
    assert psm("check", quizzes / "tes-sapa.yml").code == 0
    edit(quizzes, "bank-sapa.yml", "correct: yes", "correct: mungkin")

    ran = psm("check", quizzes / "tes-sapa.yml")

    assert (ran.code, "perbaiki dulu bank-sapa.yml" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tes-sapa", "title: Tes", "title: Tes lain"),
        ("tes-sapa", "title: Tes", "# Baru.\ntitle: Tes\ntime_limit: 5\nattempts: 2"),
        ("tes-sapa", "pass_mark: 50", "pass_mark: 100"),
        ("tes-sapa", "pass_mark: 50\n", ""),
        ("tes-sapa", "pass_mark", "draw: 1\npass_mark"),
        ("bank-sapa", "text: Ini, correct: yes}", "text: Ini, correct: yes}, {id: c, text: Lalu}"),
        (
            "bank-sapa",
            "Ini, correct: yes}, {id: b, text: Itu",
            "Ini}, {id: b, text: Itu, correct: yes",
        ),
        ("latihan-sapa", "text: Ini", "text: Begini"),
    ],
)
def test_of_a_changed_test_is_said_what_a_first_look_says(
    quizzes: Path, file: str, old: str, new: str
) -> None:
    test = quizzes / "tes-sapa.yml"
    check_one(test, TODAY)
    edit(quizzes, f"{file}.yml", old, new)

    changed = check_one(test, TODAY)

    assert changed == check_quiz(test, TODAY)
    assert changed.quizzes["tes-sapa"].items == 1


def test_a_bank_saved_in_the_middle_of_a_check_is_measured_anew_by_the_next(quizzes: Path) -> None:
    memory = Memory({})
    read = read_quiz(quizzes / "tes-sapa.yml", memory=memory)
    edit(quizzes, "bank-sapa.yml", "b, text: Itu}", "b, text: Itu}, {id: c, text: Lalu}")
    own_problems([read], TODAY, measure=True, memory=memory)

    found = check_quiz(quizzes / "tes-sapa.yml", TODAY, Memory(memory.used))

    assert found == check_quiz(quizzes / "tes-sapa.yml", TODAY)


def test_a_finding_that_was_kept_is_told_where_it_stands_now(
    real_course: Path, tmp_path: Path
) -> None:
    test = shutil.copytree(real_course / "quizzes", tmp_path / "quizzes") / "tes-akhir.yml"
    edit(test.parent, test.name, "pass_mark: 70", "pass_mark: 10")
    before = check_one(test, TODAY)
    edit(test.parent, test.name, "title: ", "# Baru.\ntitle: Lagi ")

    after = check_one(test, TODAY)

    lines = [[each.line for each in report.problems] for report in (before, after)]
    assert lines[0]
    assert lines[1] == [line + 1 for line in lines[0]]
    assert (after.quizzes, after.by_tone) == (before.quizzes, before.by_tone)


def test_a_bank_is_guessed_by_what_is_practised_with_today(quizzes: Path) -> None:
    before = check_one(quizzes / "bank-sapa.yml", TODAY).by_tone["bank-sapa"]
    edit(
        quizzes,
        "latihan-sapa.yml",
        "text: Ini, correct: yes}, {id: b, text: Itu",
        "text: Ini}, {id: b, text: Itu, correct: yes",
    )

    after = check_one(quizzes / "bank-sapa.yml", TODAY).by_tone["bank-sapa"]

    assert after != before
    (quizzes / "latihan-sapa.yml").unlink()
    assert check_one(quizzes / "bank-sapa.yml", TODAY).by_tone["bank-sapa"] != after


def test_what_became_too_old_overnight_is_said(quizzes: Path) -> None:
    edit(quizzes, "latihan-sapa.yml", "8/2012", "8/2012\n    review_by: 2026-12")

    days = [
        len(check_one(quizzes / "latihan-sapa.yml", day).problems)
        for day in (date(2026, 12, 1), date(2027, 1, 15))
    ]

    assert days == [0, 1]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("modules/bantuan.yml", "label: Polri 110", "labl: Polri 110"),
        ("modules/01-menyapa/01-salam.ipynb", '"minutes": 45', '"minutes": 0'),
        ("modules/01-menyapa/index.md", "title: Menyapa warga", "title: «Judul modul»"),
    ],
)
def test_a_part_of_a_course_is_looked_at_again_when_it_changed(
    psm: Psm, course: Path, file: str, old: str, new: str
) -> None:
    sound = psm("check", course / file)
    edit(course, file, old, new)
    faulty = psm("check", course / file)
    edit(course, file, new, old)

    assert (sound.code, faulty.code) == (0, 1)
    assert psm("check", course / file) == sound


def test_a_plain_lesson_is_read_without_the_library_of_notebooks(course: Path) -> None:
    assert "nbformat" not in loaded_by("modules/01-menyapa/01-salam.ipynb")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("modules/01-menyapa/01-salam.ipynb", "sapa-warga", "sapa-lain"),
        ("modules/01-menyapa/01-salam.ipynb", "# Menyapa", "{tinjau}`tidak-ada` Menyapa"),
        ("modules/01-menyapa/index.md", "sapa-warga", "sapa-lain"),
        ("modules/01-menyapa/index.md", "minutes: ", "minutes: 9"),
        ("modules/course.yml", "tes-akhir", "tes-lain"),
        ("modules/bantuan.yml", "label: Polri 110", "labl: Polri 110"),
        ("quizzes/tes-akhir.yml", "objective: sapa-warga", "objective: sapa-lain"),
    ],
)
def test_of_each_part_all_is_said_that_a_check_of_the_whole_course_says_of_it(
    course: Path, file: str, old: str, new: str
) -> None:
    edit(course, file, old, new)
    whole = check_course(course, TODAY, measure=False).problems
    parts = [path for path in course.rglob("*") if path.is_file() and is_part_of_course(path)]

    said = {problem for path in parts for problem in check_one(path, TODAY).problems}

    assert whole
    assert said == {problem for problem in whole if not problem.file.startswith("quizzes/")}


def test_a_lesson_that_was_kept_is_found_again_without_what_reads_notebooks(course: Path) -> None:
    edit(course, "modules/01-menyapa/01-salam.ipynb", '"psm": {', '"title": "Salam", "psm": {')
    first, again = (
        loaded_by("modules/01-menyapa/index.md"),
        loaded_by("modules/01-menyapa/index.md"),
    )

    assert "nbformat" in first
    assert "nbformat" not in again


def test_where_no_cache_can_be_written_all_is_checked_and_nothing_is_said_of_it(
    psm: Psm, quizzes: Path, tmp_path: Path
) -> None:
    cache(tmp_path).parent.mkdir()
    cache(tmp_path).write_text("a file", encoding="utf-8")

    ran = [psm("check", quizzes / "tes-sapa.yml") for _ in range(2)]

    assert [(each.code, each.err) for each in ran] == [(0, ""), (0, "")]


def test_a_cache_that_was_spoilt_is_made_anew(psm: Psm, quizzes: Path, tmp_path: Path) -> None:
    first = psm("check", quizzes / "tes-sapa.yml")
    for file in (cache(tmp_path) / "ingatan").iterdir():
        file.write_bytes(file.read_bytes()[:-1])

    assert psm("check", quizzes / "tes-sapa.yml") == first


def test_the_course_itself_is_not_written_to(psm: Psm, quizzes: Path, course: Path) -> None:
    before = sorted(course.rglob("*"))

    psm("check", quizzes / "tes-sapa.yml")
    psm("check", "modules/bantuan.yml")

    assert sorted(course.rglob("*")) == before


def test_what_nobody_asked_for_lately_is_forgotten(
    quizzes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_checks, "_MOST_KEPT", 2)

    for name in ("bank-sapa", "tes-sapa", "latihan-sapa"):
        check_one(quizzes / f"{name}.yml", TODAY)

    assert len(list((cache(tmp_path) / "ingatan").iterdir())) == 2


def test_whatever_checks_a_quiz_stands_in_the_rooms_whose_change_makes_it_forget(
    real_course: Path,
) -> None:
    told = (
        "import sys; from datetime import date; from pathlib import Path; from"
        " psm_course.checking.one_quiz import check_quiz; "
    )
    told += "check_quiz(Path(sys.argv[1]), date(2026, 11, 29)); print(*sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", told, "quizzes/tes-akhir.yml"],
        cwd=real_course,
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = {name.split(".")[1] for name in ran.stdout.split() if name.startswith("psm_course.")}
    assert "items" in loaded
    assert loaded - set(ROOMS) == set()
