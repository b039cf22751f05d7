"""Edits a YAML file as text, so that comments and layout stay.

Before callers write the edited text to the file, they read it as YAML once more.
"""

import re
from collections.abc import Sequence

from psm_course.authoring.yaml_source import Source, Tree, read_text

_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]*")


def end_of_block(lines: Sequence[str], start: int, dash: int) -> int:
    """Return the number (from 0) of the line after a list element.

    Args:
        lines: all lines of the file.
        start: the first line of the element, from 0.
        dash: the column of the element's dash, from 0.
    """
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) < dash:
            break
        if line.strip() and not line.lstrip().startswith("#"):
            end = number + 1
    return end


def inserted(lines: Sequence[str], at: int, indent: int, new: Sequence[str]) -> list[str]:
    """Return a copy of `lines` with the lines `new` inserted at index `at`.

    The new lines are indented by `indent` spaces.
    """
    return [*lines[:at], *(f"{' ' * indent}{line}" for line in new), *lines[at:]]


def reads_as(text: str, file: str, expected: Tree | None) -> bool:
    """True if `text` is YAML without problems and its content equals `expected`.

    `file` is a name for the text, used in problems. `expected` None means an empty content.
    """
    read = read_text(text, Source(file))
    return not read.problems and read.tree == expected


def quoted(text: str) -> str:
    """Return a text as a YAML scalar, which reads back as exactly this text."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
