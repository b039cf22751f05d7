"""Finds template words between « and » that an author has not replaced yet.

Pages, lessons and quizzes are searched for template words.
"""

import re
from collections.abc import Iterator

from psm_course.authoring.problems import Finding, Problem, problem_on, shorten
from psm_course.authoring.texts import placed_texts
from psm_course.authoring.yaml_source import Tree

_WORDS = re.compile(r"«\s*(\S[^«»]*)»")
_HINT = "tulis kata Anda sendiri, tanpa tanda « dan »"


def template_findings(tree: Tree | None) -> Iterator[Finding]:
    """Report template words in a quiz or in the front matter of a page."""
    return (
        Finding(path, _message(found[1]), _HINT)
        for path, text in placed_texts(tree)
        for found in _WORDS.finditer(text)
    )


def template_problems(file: str, text: str) -> Iterator[Problem]:
    """Report template words in a Markdown text that begins on the first line of a file."""
    return (
        problem_on(file, 1 + text.count("\n", 0, found.start()), _message(found[1]), _HINT)
        for found in _WORDS.finditer(text)
    )


def _message(words: str) -> str:
    return f'kata dari pola belum diganti: "{shorten(words)}"'
