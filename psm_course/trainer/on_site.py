"""A lesson that is run for the site, where nothing of the register may be seen: how its words know, and what they show instead."""

import os
from collections.abc import Mapping
from pathlib import Path

from psm_course.content.quiz import Quiz
from psm_course.forms.render import render, render_quiz
from psm_course.trainer.shown import Shown

_VARIABLE = "PSM_FOR_SITE"


def environment_for_site(nowhere: Path) -> dict[str, str]:
    """For the kernel that runs a lesson for the site. Whatever its cells do, they meet no register: `nowhere` holds none."""
    return {_VARIABLE: "yes", "PSM_DATA": str(nowhere), "PSM_DATABASE": ""}


def is_for_site(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this kernel runs a lesson for the site."""
    return _VARIABLE in environment


def quiz_drawn(quiz: Quiz) -> str:
    """A quiz as HTML for JupyterLab; nothing where the site is built, which draws it itself (`site.pages.cells`)."""
    return "" if is_for_site() else render_quiz(quiz.public_view())


def only_in_class(title: str) -> Shown:
    """In the place of what a trainer sees live: results of a cohort, hands that went up."""
    return Shown(render("only_in_class.html", title=title))
