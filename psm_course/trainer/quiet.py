"""Quiet modules: taught without counters, live results or clock on the wall.

A module is quiet if the front matter of its `index.md` has `quiet: yes`. Every function for
notebooks asks `is_quiet` or `refuse_where_quiet` before it shows such things. A notebook belongs to
the module in whose folder it is; a quiz names its module itself.
"""

from pathlib import Path

from psm_course.content.course import find_module
from psm_course.content.quiz import Quiz
from psm_course.errors import Refused
from psm_course.settings import find_root


def is_quiet(quiz: Quiz | None = None, folder: Path | None = None) -> bool:
    """True if a notebook or a quiz belongs to a quiet module.

    `folder` is the folder of the notebook; None: the folder of the notebook that this kernel runs.
    """
    here = (folder or Path.cwd()).resolve()
    root = find_root(here)
    named = [quiz.header.module] if quiz else []
    return any(
        module.quiet
        for name in (*named, _module_of(here, root))
        if name and (module := find_module(root, name))
    )


def refuse_where_quiet(what: str, instead: str, quiz: Quiz | None = None) -> None:
    """Refuse to show something in a quiet module (one taught without counters and live results).

    Args:
        what: the thing that is not shown, such as "penghitung".
        instead: a sentence that tells the trainer what to do instead.
        quiz: the quiz that would be shown; None if no quiz would be shown.

    Raises:
        Refused: the module is quiet.
    """
    if is_quiet(quiz):
        raise Refused(f"Modul ini diajarkan tanpa {what} di layar. {instead}")


def _module_of(here: Path, root: Path) -> str:
    """Return the name of the module folder that contains `here`; empty outside of `modules/`."""
    modules = root / "modules"
    return (
        here.relative_to(modules).parts[0]
        if here.is_relative_to(modules) and here != modules
        else ""
    )
