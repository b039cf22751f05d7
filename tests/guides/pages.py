"""The commands that the guides tell somebody to type, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.conftest import ROOT

OTHER_LANGUAGES = {
    "toml",
    "nginx",
    "apache",
    "python",
    "yaml",
    "json",
    "ini",
    "caddyfile",
    "html",
    "",
}
SHELL = {"sh", "bash", "console", "powershell", "bat"}
INSTALLING = "book/panduan-pemasangan.md"
THE_TABLE = "book/panduan-server.md"
_HEADING = "## Yang tidak dijalankan pengujian"
GUIDES = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "book").glob("*.md")),
    *sorted(
        path.relative_to(ROOT).as_posix()
        for folder in ("maintaining", "maintaining/how-to")
        for path in (ROOT / "book" / folder).glob("*.md")
    ),
)
# With which words a command begins, where it stands in a line of text
# and not in a block of its own.
_PROGRAMS = "psm|pip|python3?|py|make|jupyter|pytest|uv|npm|npx|cd|source|git|bash|sh|curl|wget"
_PROGRAMS += "|tar|unzip|rsync|ssh|scp|sftp|sudo|apt|apt-get|brew"
_PROGRAMS += "|docker|podman|systemctl|journalctl|caddy|nginx|sha256sum|shasum|certutil"
_PROGRAMS += "|psm\\.bat|xattr|pybabel"
_PROGRAMS += "|ssh-keygen|ssh-copy-id|ssh-add|mkdir|touch|chmod|chown|cp|mv|rm|ln|crontab"
_IN_A_LINE = re.compile(rf"`((?:[A-Z_]+=\S* )?(?:{_PROGRAMS}) [^`]+)`")
_INDENTED = re.compile(rf"^ {{4,}}((?:{_PROGRAMS})(?: .+)?)$")
_FENCE = re.compile(r"^ *```(?!\{)(.*)$")


@dataclass(frozen=True, slots=True)
class Passage:
    """Commands that belong together: the lines of a block, or what one line of text names."""

    page: str
    line: int
    commands: tuple[str, ...]
    is_block: bool = False

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def passages(page: str, text: str) -> Iterator[Passage]:
    """All of a page.

    Raises:
        AssertionError: a block is in a language of which nobody said whether it is typed.
    """
    language, begun, block = None, 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        fence = _FENCE.match(line)
        if fence and language is None:
            language, begun, block = fence[1].strip(), number, []
            assert language in SHELL | OTHER_LANGUAGES, (
                f'{page}:{number}: is "{language}" something to type?'
            )
        elif fence or line.strip() == "```":
            if language in SHELL and block:
                yield Passage(page, begun, tuple(block), is_block=True)
            language = None
        elif language is not None:
            block += _typed(line)
        elif found := [*_INDENTED.findall(line), *_IN_A_LINE.findall(line)]:
            yield Passage(
                page, number, tuple(typed for command in found for typed in _typed(command))
            )


def _typed(line: str) -> list[str]:
    """What is typed of a line of a block: no comment behind it, no sign of the shell before it."""
    bare = re.sub(r"(^|\s)#.*$", "", line).strip().removeprefix("$ ")
    return [bare] if bare else []


def all_passages() -> list[Passage]:
    """Of all guides. The one table is no part of a guide."""
    texts = {page: (ROOT / page).read_text(encoding="utf-8") for page in GUIDES}
    return [
        each for page, text in texts.items() for each in passages(page, text.split(_HEADING)[0])
    ]


def not_run() -> dict[str, str]:
    """The one table of commands that no test runs:
    why, by command, or by its beginning where that ends in "…".
    """
    text = (ROOT / THE_TABLE).read_text(encoding="utf-8")
    table = text.split(_HEADING, 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", table, re.MULTILINE)
    return {
        command.replace("\\|", "|"): why
        for commands, why in rows
        for command in re.findall(r"`([^`]+)`", commands)
    }


def stands_in(table: dict[str, str], command: str) -> bool:
    """Whether a row of the one table is about a command."""
    return any(
        command == row or (row.endswith("…") and command.startswith(row[:-1])) for row in table
    )
