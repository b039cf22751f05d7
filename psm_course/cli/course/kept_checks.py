"""Makes `psm check FILE` fast for people who are writing: keeps results for unchanged files.

The results are kept in the user's own cache folder. Results that another version of the program
made are not used. A course may come from anybody, so no file in the course folder is trusted as an
earlier result.
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

# Packages with all code that a check of one quiz runs; for a page or a lesson
# that is the whole program.
ROOMS = ("authoring", "checking", "content", "forms", "grading", "items")
_MOST_KEPT = 60  # files: a course of today asks for fifty


def check_one(path: Path, today: date) -> Report:
    """Check one file of a course.

    A page, a lesson or a data file is checked together with its course, a quiz together with the
    other quizzes in its folder.

    Raises:
        Refused: the file can be checked only within a course, and is not in one.
    """
    if is_part_of_course(path):
        with _remembered("course", find_root(path)) as memory:
            # Takes longer to load than one quiz to check.
            from psm_course.checking.check import check  # noqa: PLC0415

            return check(path, today, memory)
    beside = sorted(file for file in path.parent.glob("*.y*ml") if file.is_file())
    with _remembered("quiz", path, *ROOMS) as memory:
        # The day counts, because a date becomes too old overnight. The quizzes beside it count,
        # because whoever guesses learns from practice quizzes.
        return memory.recall_of_files(
            f"{path} on {today}", [path, *beside], lambda: _check_quiz(path, today)
        )


def _check_quiz(path: Path, today: date) -> Report:
    # Not for what was checked before.
    from psm_course.checking.one_quiz import check_quiz  # noqa: PLC0415

    with _remembered("beside", path, *ROOMS) as memory:
        return check_quiz(path, today, memory)


@contextmanager
def _remembered(what: str, of: Path, *rooms: str) -> Iterator[Memory]:
    """Yield the memory of earlier results, and keep the new results at the end of the block.

    If the user has no cache folder, the memory is empty and keeps nothing. If the cache cannot be
    written, this is no error.

    Args:
        what: the kind of results: "quiz" for one quiz, "beside" for the other quizzes in the folder
            of that quiz, "course" for a whole course.
        of: the file of the quiz, or the folder of the course.
        rooms: names of the packages of our code that make the results. If their code changes, the
            memory is empty. If no package is named, any change of the program's code empties it.
    """
    folder = cache_folder()
    if folder is None:
        yield NOTHING_KEPT
        return
    # On Linux the name of a file need not be UTF-8.
    name = hashlib.sha256(f"{what} {of.resolve()}".encode(errors="surrogatepass")).hexdigest()[:16]
    with remembering(folder, name, *rooms, if_possible=True) as memory:
        yield memory
    # The folder is missing if it could not be written; another check may delete files meanwhile.
    with suppress(OSError):
        oldest_first = sorted((folder / MEMORY).iterdir(), key=lambda file: file.stat().st_mtime)
        for file in oldest_first[:-_MOST_KEPT]:
            file.unlink(missing_ok=True)
