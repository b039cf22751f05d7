"""Finds the quiz files of a course: all of them, one by its id, or only the ids of all."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path as FilePath

from psm_course.authoring.beside import files_in
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.yaml_source import read_file
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import QuizRead, read_quiz, written_id

# Patterns instead of YAML, whose reading takes a hundred times as long.
_PRACTICE = re.compile(r"^use: *practice\b", re.MULTILINE)
_ITEM_ID = re.compile(r"^ {0,2}- id: *(\S+)", re.MULTILINE)
_ID = re.compile(r"""^id:\s*["']?([^\s"'#]+)""", re.MULTILINE)


def read_quizzes(root: FilePath, memory: Memory = NOTHING_KEPT) -> list[QuizRead]:
    """Read all quiz files, in the order of their names."""
    files = quiz_files(root)

    def read(path: FilePath) -> QuizRead:
        # Its items depend on the files it draws from; which ones is known only after reading it.
        made_of = [path, *(files if _may_have_pool(path) else ())]
        return memory.recall_of_files(
            "quiz",
            made_of,
            partial(read_quiz, path, path.relative_to(root).as_posix(), beside_others=True),
        )

    return [read(path) for path in files]


def _may_have_pool(path: FilePath) -> bool:
    """True if a quiz file contains the text `pool`: then it may use items of other quizzes.

    True also if the file contains a backslash, because YAML can write any letter as an escape that
    begins with a backslash. False if the file cannot be read.
    """
    try:
        written = path.read_bytes()
    except OSError:
        return False
    return b"pool" in written or b"\\" in written


def quiz_files(root: FilePath) -> list[FilePath]:
    """Return the quiz files of a course, in the order of their names."""
    return files_in(root / "quizzes", "*.y*ml")


def _texts(root: FilePath) -> Iterator[str]:
    """Yield the texts of all quiz files, in the order of the files; invalid UTF-8 is replaced."""
    return (path.read_text(encoding="utf-8-sig", errors="replace") for path in quiz_files(root))


def written_quiz_ids(root: FilePath) -> tuple[str, ...]:
    """Return the ids of all quiz files, in the order of the files.

    The files are not read as YAML, so quizzes with mistakes are found too.
    """
    return tuple(found[1] for text in _texts(root) if (found := _ID.search(text)))


def written_practice_ids(root: FilePath, module: str = "") -> tuple[str, ...]:
    """Return the ids of the practice quizzes of one module, or of all modules.

    `module` is the module's folder; empty for all modules. The files are not read as YAML, so
    quizzes with mistakes are found too.
    """
    of_module = re.compile(
        rf"""^module: *["']?{re.escape(module)}["']?\s*(#|$)""" if module else "", re.MULTILINE
    )
    return tuple(
        found[1]
        for text in _texts(root)
        if _PRACTICE.search(text) and of_module.search(text) and (found := _ID.search(text))
    )


def find_quiz(root: FilePath, quiz_id: str) -> tuple[FilePath, QuizRead] | None:
    """Find a gradable quiz by its id; return its file, and the result of reading that file.

    None if there is no such quiz, or if it has mistakes. The rest of the course is not checked.
    """
    for path in quiz_files(root):
        if quiz_id.encode() not in path.read_bytes():
            continue  # reading its YAML takes a hundred times as long
        shown_as = path.relative_to(root).as_posix()
        if (
            written_id(read_file(path, shown_as)) == quiz_id
            and (read := read_quiz(path, shown_as)).quiz
        ):
            return path, read
    return None


def find_practice_items(root: FilePath, item_id: str) -> tuple[Quiz, ...]:
    """Return the gradable practice quizzes that contain this item.

    Only the files in which the item's id is written are read.
    """
    named = [path for path in quiz_files(root) if item_id.encode() in path.read_bytes()]
    read = (read_quiz(path, path.relative_to(root).as_posix()).quiz for path in named)
    return tuple(
        quiz
        for quiz in read
        if quiz and not quiz.is_test and any(item.id == item_id for item in quiz.items)
    )


def written_practice_items(root: FilePath) -> tuple[str, ...]:
    """Return the ids of all items of practice quizzes; the files are not read as YAML.

    So items of quizzes with mistakes are found too.
    """
    return tuple(
        name for text in _texts(root) if _PRACTICE.search(text) for name in _ITEM_ID.findall(text)
    )
