"""`psm check FILE` while somebody is writing: what was found in files that did not change is not looked for again.

It is kept in this person's own cache folder, sealed with the program that found it: a course may come from anybody, and nothing
that lies in it is taken for something we kept.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.checking.report import Report, is_part_of_course
from psm_course.settings import cache_folder, find_root
from psm_course.site.kept import MEMORY, remembering

# Where everything stands that a check of one quiz runs; of a page or a lesson that is the whole program.
ROOMS = ("authoring", "checking", "content", "forms", "grading", "items")
_MOST_KEPT = 60  # files: a course of today asks for fifty


def check_one(path: Path, today: date) -> Report:
    """One file of a course: a page, a lesson or a data file with the course around it, a quiz with the quizzes beside it.

    Raises:
        Refused: a file that nobody can judge without a course, outside of one.
    """
    if is_part_of_course(path):
        with _remembered("course", find_root(path)) as memory:
            from psm_course.checking.check import check  # noqa: PLC0415 - takes longer to load than one quiz to check

            return check(path, today, memory)
    beside = sorted(file for file in path.parent.glob("*.y*ml") if file.is_file())
    with _remembered("quiz", path, *ROOMS) as memory:
        return memory.recall_of_files(f"{path} on {today}", [path, *beside], lambda: _check_quiz(path, today))


def _check_quiz(path: Path, today: date) -> Report:
    from psm_course.checking.one_quiz import check_quiz  # noqa: PLC0415 - not for what was checked before

    with _remembered("beside", path, *ROOMS) as memory:
        return check_quiz(path, today, memory)


@contextmanager
def _remembered(what: str, of: Path, *rooms: str) -> Iterator[Memory]:
    """What was found of one quiz, of the quizzes beside it, or of a course. Where no cache can be written, nothing is kept."""
    folder = cache_folder()
    if folder is None:
        yield NOTHING_KEPT
        return
    name = hashlib.sha256(f"{what} {of.resolve()}".encode(errors="surrogatepass")).hexdigest()[:16]
    with remembering(folder, name, *rooms, if_possible=True) as memory:
        yield memory
    with suppress(OSError):
        _forget_oldest(folder / MEMORY)


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
    for file in kept[:-_MOST_KEPT]:
        file.unlink(missing_ok=True)
