"""The environment in which lessons run for the site, which must show nothing of the register."""

import os
from collections.abc import Mapping
from pathlib import Path

from psm_course.content.quiz import Quiz
from psm_course.forms.render import render, render_quiz
from psm_course.trainer.shown import Shown

_VARIABLE = "PSM_FOR_SITE"


def environment_for_site(nowhere: Path) -> dict[str, str]:
    """Return environment variables for a kernel that runs a lesson for the site.

    `nowhere` is an empty folder. The kernel gets it as the data folder, so the cells find no
    register.
    """
    return {_VARIABLE: "yes", "PSM_DATA": str(nowhere), "PSM_DATABASE": ""}


def is_for_site(environment: Mapping[str, str] = os.environ) -> bool:
    """True if this kernel runs a lesson for the site."""
    return _VARIABLE in environment


def quiz_drawn(quiz: Quiz) -> str:
    """Return the HTML that shows a quiz in JupyterLab.

    While the site is built the result is empty, because the site makes its own HTML of the quiz
    (`site.pages.cells`).
    """
    return "" if is_for_site() else render_quiz(quiz.public_view())


def only_in_class(title: str) -> Shown:
    """Return the placeholder that the site shows instead of something live, such as results.

    `title` names the thing that is shown only in class.
    """
    return Shown(render("only_in_class.html", title=title))
