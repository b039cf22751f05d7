"""Mistakes in a file, described so that its author can correct them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake at a `path` (keys from the top of a file), before its line is known.

    `on_key` is True if the last key of the path is wrong, False if its value is wrong.
    """

    path: Path
    message: str
    hint: str
    severity: Severity = "error"
    on_key: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake at a line and column (both counted from 1) of a file."""

    file: str
    line: int
    column: int
    severity: Severity
    where: str
    message: str
    hint: str

    def __str__(self) -> str:
        label = "peringatan: " if self.severity == "warning" else ""
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {label}{where}{self.message} - {self.hint}"


def problem_on(
    file: str, line: int, message: str, hint: str, severity: Severity = "error"
) -> Problem:
    """Return a problem of a whole line, without a column.

    Use line 1 for a problem of the whole file.
    """
    return Problem(file, line, 1, severity, "", message, hint)


def has_errors(problems: Iterable[Problem]) -> bool:
    """True if one of the problems is an error; False if there are only warnings.

    Warnings do not stop the work.
    """
    return any(problem.severity == "error" for problem in problems)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the most similar known word, or None if nothing is similar."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a hint that names the most similar known word; `otherwise` if nothing is similar."""
    near = did_you_mean(word, known)
    return f'maksud Anda "{near}"?' if near else otherwise


def shorten(text: str, width: int = 40) -> str:
    """Cut a text to `width` characters, so that a message with the text stays one line."""
    seen = "".join(character if character.isprintable() else " " for character in text[: width * 4])
    one_line = " ".join(seen.split())
    return one_line if len(one_line) <= width else one_line[: width - 1] + "…"
