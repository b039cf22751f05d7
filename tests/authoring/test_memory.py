"""What a memory keeps for the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.authoring.memory import Memory


def recalled(memory: Memory, file: Path, made: str) -> str:
    return memory.recall_of_files("letters", [file], lambda: made)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("a", encoding="utf-8")
    return path


def test_what_is_kept_though_nobody_asks_is_there_for_the_next_run(file: Path) -> None:
    first = Memory({})
    recalled(first, file, "made")
    second = Memory(first.used)
    second.keep_of_files("letters", [file])

    assert recalled(Memory(second.used), file, "made anew") == "made"


def test_what_nobody_asks_for_and_nobody_keeps_is_forgotten(file: Path) -> None:
    first = Memory({})
    recalled(first, file, "made")

    assert Memory(first.used).used == {}


def test_nothing_is_kept_of_a_file_that_changed_or_was_never_read(
    file: Path, tmp_path: Path
) -> None:
    first = Memory({})
    recalled(first, file, "made")
    file.write_text("b", encoding="utf-8")
    second = Memory(first.used)
    second.keep_of_files("letters", [file])
    second.keep_of_files("letters", [tmp_path / "none.txt"])
    second.keep_of_files("words", [file])

    assert second.used == {}


def test_nothing_is_kept_that_may_be_made_of_what_a_file_said_earlier(file: Path) -> None:
    memory = Memory({})
    first = memory.recall_of_files("letters", [file], lambda: file.read_text(encoding="utf-8"))
    file.write_text("b", encoding="utf-8")
    memory.recall_of_files("words", [file], lambda: f"made of {first}")

    found = Memory(memory.used).recall_of_files("words", [file], lambda: "made of b")

    assert found == "made of b"


def test_where_nothing_is_remembered_nothing_is_kept(file: Path) -> None:
    memory = Memory()
    memory.keep_of_files("letters", [file])

    assert memory.used == {}
