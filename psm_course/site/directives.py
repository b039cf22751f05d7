"""`{quiz}` and `{bantuan}`: a quiz or the help numbers on a page. The page is noted to depend on the files shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from psm_course.content.course import HELP_FILE, find_contacts, find_quiz
from psm_course.errors import ContentFaulty
from psm_course.forms.render import render_help, render_quiz


def quiz_node(env: Any, quiz_id: str) -> nodes.Node:
    """A quiz as the page shows it, from its public view alone."""
    found = find_quiz(Path(env.srcdir), quiz_id)
    if found is None or found[1].quiz is None:
        raise ContentFaulty(f'Kuis "{quiz_id}" tidak ada atau masih bermasalah. Jalankan: psm check')
    path, read = found
    if found[1].quiz.header.use == "bank":
        raise ContentFaulty(f'"{quiz_id}" adalah bank soal dan tidak ditampilkan. Tampilkan tes yang memakainya.')
    for file in (path, *read.pool_files):
        _depend_on(env, file)
    return _html(render_quiz(found[1].quiz.public_view()))


def help_node(env: Any) -> nodes.Node:
    """The help numbers with the date each was last seen."""
    contacts = find_contacts(Path(env.srcdir))
    if contacts is None:
        raise ContentFaulty("modules/bantuan.yml belum dapat dibaca. Jalankan: psm check")
    _depend_on(env, Path(env.srcdir) / HELP_FILE)
    return _html(render_help(contacts))


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
