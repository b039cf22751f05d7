"""Finds the quiz or case that a trainer names in a notebook cell.

It also finds the notebook that this kernel runs, and the settings of its course.
"""

import os
from pathlib import Path

from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.finding import find_quiz, written_practice_ids, written_quiz_ids
from psm_course.errors import Refused
from psm_course.settings import Settings, read_settings
from psm_course.trainer.shown import Shown
from psm_course.trainer.word import nearest


def settings_here() -> Settings:
    """Return the settings of the course to which this notebook belongs.

    Raises:
        Refused: the settings cannot be read (`read_settings`).
    """
    return read_settings(Path.cwd())


def notebook_here() -> Path | None:
    """Return the path of this kernel's notebook, as the Jupyter server tells it.

    None if no Jupyter server started the kernel.
    """
    written = os.environ.get("JPY_SESSION_NAME", "")
    return (Path.cwd() / Path(written).name).resolve() if written.endswith(".ipynb") else None


def quiz_named(name: str | Shown) -> Quiz:
    """Find a quiz by its name, in capital or small letters, or by the result of `kuis("…")`.

    Raises:
        Refused: there is no such quiz (the message names the most similar one), or the quiz has
            mistakes.
    """
    root = settings_here().root
    typed = name if isinstance(name, str) else str(name.for_site.get("id", ""))
    # Of forty names those of this module's practice
    # are meant, if any; a test is not shown in class.
    here = written_practice_ids(root, Path.cwd().name) or written_practice_ids(root)
    identity = nearest("Kuis", typed, written_quiz_ids(root), here)
    found = find_quiz(root, identity)
    if found is None or found[1].quiz is None:
        raise Refused(f'Kuis "{identity}" masih bermasalah. Jalankan: psm check')
    return found[1].quiz


def practice_named(name: str | Shown) -> Quiz:
    """Find a practice quiz by its name.

    Raises:
        Refused: there is no such quiz, it has mistakes, or it is a test: answers of tests stay in
            the office.
    """
    quiz = quiz_named(name)
    if quiz.is_test:
        raise Refused(
            f'"{quiz.id}" adalah tes atau bank soal, jadi tidak ditampilkan di kelas. Pakai kuis'
            " latihan."
        )
    return quiz
