"""The quiz file format, shown by files: `good/` can be graded, and each file of `bad/` has its
exact messages beside it in a `.txt`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.content.quiz_files.reading import read_quiz
from psm_course.items import TYPES

GOOD = Path(__file__).with_name("good")
BAD = Path(__file__).with_name("bad")


def by_name(files: list[Path]) -> list[object]:
    return [pytest.param(file, id=file.stem) for file in files]


@pytest.mark.parametrize("file", by_name(sorted(GOOD.glob("*.yml"))))
def test_good_file_can_be_graded(file: Path) -> None:
    read = read_quiz(file, file.name)

    assert read.problems == ()
    assert read.quiz is not None


@pytest.mark.parametrize("file", by_name(sorted(BAD.glob("*.yml"))))
def test_bad_file_gives_exactly_its_messages(file: Path) -> None:
    expected = (
        file.with_suffix(".txt")
        .read_text(encoding="utf-8")
        .replace("{semua jenis}", ", ".join(TYPES))
        .splitlines()
    )

    read = read_quiz(file, file.name)

    assert [str(problem) for problem in read.problems] == expected
    assert read.quiz is None


def test_every_bad_file_has_its_messages_and_every_message_its_file() -> None:
    files = {file.stem for file in BAD.glob("*.yml")}
    messages = {file.stem for file in BAD.glob("*.txt") if file.read_text(encoding="utf-8").strip()}

    assert files == messages


@pytest.mark.parametrize("file", by_name(sorted(BAD.glob("*.txt"))))
def test_messages_stand_in_file_order_and_once(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()

    places = [tuple(int(number) for number in line.split(":")[1:3]) for line in lines]

    assert places == sorted(places)
    assert len(set(lines)) == len(lines)
