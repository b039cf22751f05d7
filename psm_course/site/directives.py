"""`{quiz}` and `{bantuan}`: a quiz or the help numbers on a page. The page is noted to depend on the files shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from psm_course.content.course import HELP_FILE, HelpFile
from psm_course.content.quiz import QuizRead, read_quiz
from psm_course.content.reading import read_model
from psm_course.content.yaml_source import read_file
from psm_course.errors import ContentFaulty
from psm_course.forms.render import render_help, render_quiz


def quiz_node(env: Any, quiz_id: str) -> nodes.Node:
    """A quiz as the page shows it, from its public view alone."""
    root = Path(env.srcdir)
    for path in sorted((root / "quizzes").glob("*.y*ml")):
        read = read_quiz(path, path.relative_to(root).as_posix())
        if read.quiz and read.quiz.id == quiz_id:
            _depend_on(env, path)
            if read.pooled:
                _depend_on(env, path.with_name(f"{quiz_pool(read)}.yml"))
            return _html(render_quiz(read.quiz.public_view()))
    raise ContentFaulty(f'Kuis "{quiz_id}" tidak ada atau masih bermasalah. Jalankan: psm check')


def quiz_pool(read: QuizRead) -> str:
    return read.header.pool or "" if read.header else ""


def help_node(env: Any) -> nodes.Node:
    """The help numbers with the date each was last seen."""
    path = Path(env.srcdir) / HELP_FILE
    file, _ = read_model(HelpFile, read_file(path, HELP_FILE.as_posix()).tree)
    if file is None:
        raise ContentFaulty("modules/bantuan.yml belum dapat dibaca. Jalankan: psm check")
    _depend_on(env, path)
    return _html(render_help(file.contacts))


def _depend_on(env: Any, path: Path) -> None:
    env.note_dependency(str(path))


def _html(text: str) -> nodes.Node:
    return nodes.raw("", text, format="html")


class QuizDirective(Directive):
    """Show the quiz whose id is the argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [quiz_node(self.state.document.settings.env, self.arguments[0])]


class HelpDirective(Directive):
    """Show the help numbers."""

    def run(self) -> list[nodes.Node]:
        return [help_node(self.state.document.settings.env)]
