"""Changing a YAML file as text: comments and everything else stay as written. What comes out is read again before anybody keeps it."""

import re
from collections.abc import Sequence

from psm_course.authoring.yaml_source import Source, Tree, read_text

_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]*")


def end_of_block(lines: Sequence[str], start: int, dash: int) -> int:
    """How many lines there are up to the end of a list's element whose first line is `start` and whose dash stands in column `dash`."""
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) < dash:
            break
        if line.strip() and not line.lstrip().startswith("#"):
            end = number + 1
    return end


def inserted(lines: Sequence[str], at: int, indent: int, new: Sequence[str]) -> list[str]:
    """The lines with new ones after the first `at`."""
    return [*lines[:at], *(f"{' ' * indent}{line}" for line in new), *lines[at:]]


def says(text: str, file: str, expected: Tree | None) -> bool:
    """Whether a text reads without problems, and as what is expected."""
    read = read_text(text, Source(file))
    return not read.problems and read.tree == expected


def quoted(text: str) -> str:
    """A text as a YAML scalar that is read back as it is."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
