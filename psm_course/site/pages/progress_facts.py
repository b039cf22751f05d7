"""The practice quizzes on each lesson's page; phones use them to compute a reader's progress."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psm_course.content.quiz_files.reading import QuizRead

_KEY = "psm-quizzes"


@dataclass(frozen=True)
class Practice:
    """A practice quiz with the ids of its items. Items without a right answer are left out."""

    quiz: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        """Return the quiz's id and its number of items (`id:4`).

        The menu contains this text, and the progress script reads it there.
        """
        return f"{self.quiz}:{len(self.items)}"


def note_quiz(env: Any, quiz_id: str) -> None:
    """Remember that the page being read shows this quiz.

    Sphinx forgets this fact when the page is removed or read again.
    """
    env.metadata[env.docname].setdefault(_KEY, []).append(quiz_id)


def practices_of(reads: Iterable[QuizRead]) -> dict[str, Practice]:
    """Return the practice quizzes of a course by id.

    If two files have the same id, the first file is used.
    """
    quizzes = {read.quiz.id: read.quiz for read in reversed(list(reads)) if read.quiz}
    practices = (quiz for quiz in quizzes.values() if not quiz.is_test)
    return {
        quiz.id: Practice(quiz.id, tuple(item.id for item in quiz.items if not item.is_opinion))
        for quiz in practices
    }


def practices_on(practices: Mapping[str, Practice], env: Any, docname: str) -> tuple[Practice, ...]:
    """Return the practice quizzes on a page, in order."""
    return tuple(
        practices[name]
        for name in dict.fromkeys(env.metadata[docname].get(_KEY, ()))
        if name in practices
    )


def shortened(names: Sequence[str]) -> list[str]:
    """Return the shortest beginning of each name with which no other name begins.

    If there is no such beginning, the whole name is returned.
    """

    def short(name: str) -> str:
        starts = (name[:end] for end in range(1, len(name)))
        return next(
            (start for start in starts if sum(other.startswith(start) for other in names) == 1),
            name,
        )

    return [short(name) for name in names]
