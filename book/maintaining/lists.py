"""Writes `data-dictionary.md` from the schema and the index of decisions from their pages.

Of a decision it reads the first lines. `make reference` runs this program.

A table that does not say what a row is, or a decision without date or status, ends the program with
the reason.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from sqlalchemy import Table

from psm_course.store import schema

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


# ---- the data dictionary -------------------------------------------------------------------------

_TABLE = re.compile(r'^\w+ = [Tt]able\(\s*"(\w+)"', re.MULTILINE)

# The order in which the subjects are told; one that is not here comes last.
_SUBJECTS = ("people", "attendance", "answers", "completion", "certificates", "accounts")


def dictionary() -> str:
    return "\n".join(dictionary_lines()) + "\n"


def dictionary_lines() -> Iterator[str]:
    yield "# Data dictionary\n"
    yield (
        "Every table of the register, as `psm_course/store/schema/` declares it. Made by `make"
        " reference`; changes here are lost.\n"
    )
    yield (
        "Every table but `office` begins with the column `office`, the Kemendagri code of the city"
        " whose row it is, and so does"
    )
    yield (
        "every key; it is left out below, and an arrow (→) points to a row of the same office."
        " Times are kept in UTC, points as exact"
    )
    yield (
        "decimals in text. *Append-only*: a trigger refuses to change or delete a row. `number` is"
        " a participant's, as on the card;"
    )
    yield "`actor` the account that did it; `reason` that person's sentence."
    for subject, tables in subjects().items():
        heading, *_ = (inspect.getdoc(_module(subject)) or subject).splitlines()
        yield f"\n## {heading.removesuffix('.')}"
        for table in tables:
            yield from table_lines(table.name)


def subjects() -> dict[str, list[Table]]:
    """The tables that each file of the schema declares, in their order there."""
    names = [each.name for each in pkgutil.iter_modules(schema.__path__) if each.name != "base"]
    names.sort(
        key=lambda name: (_SUBJECTS.index(name) if name in _SUBJECTS else len(_SUBJECTS), name)
    )
    found = {
        name: [
            schema.metadata.tables[table]
            for table in _TABLE.findall(inspect.getsource(_module(name)))
        ]
        for name in names
    }
    if missing := set(schema.metadata.tables) - {
        table.name for tables in found.values() for table in tables
    }:
        sys.exit(f"tables not found in the source of the schema: {missing}")
    return found


def _module(subject: str) -> ModuleType:
    return importlib.import_module(f"{schema.__name__}.{subject}")


def table_lines(name: str) -> Iterator[str]:
    table = schema.metadata.tables[name]
    row = table.info.get("row") or sys.exit(f"table {name}: nothing says what a row is (info)")
    kept = (
        "Append-only."
        if name in schema.APPEND_ONLY
        else "Never changed; deleted at erasure."
        if name in schema.NEVER_CHANGED
        else ""
    )
    yield f"\n### `{name}`\n\n{sentence(row)} {kept}".rstrip()
    yield "\n| column | type | null | meaning |\n|---|---|---|---|"
    for column in table.columns:
        if column.name == "office":
            continue
        keys = ["primary key"] * column.primary_key + [
            f"→ `{key.column.table.name}`" for key in column.foreign_keys
        ]
        meaning = "; ".join([*keys, *([column.comment] if column.comment else [])])
        yield (
            f"| `{column.name}` | {type(column.type).__name__.lower()} |"
            f" {'yes' if column.nullable else ''} | {meaning} |"
        )


def sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


# ---- the index of decisions ----------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """A page of `decisions/`.

    `status` is "accepted" or "superseded by NNNN", with a remark after it where something needs
    one.
    """

    number: str
    page: str
    title: str
    date: str
    status: str


def decisions() -> list[Decision]:
    return [read_decision(path) for path in sorted((HERE / "decisions").glob("[0-9]*.md"))]


def read_decision(path: Path) -> Decision:
    """Title, date and status stand in its first lines, in whatever type."""
    head = path.read_text(encoding="utf-8").partition("**Context")[0].replace("*", "")
    title, date = re.match(r"# (\d{4})\.? (.+)", head), re.search(r"\b20\d\d-\d\d-\d\d\b", head)
    status = re.search(r"[Ss]tatus[.:]?\s+((?:accepted|superseded by \d{4})[^\n]*)", head)
    if not (title and date and status):
        sys.exit(
            f"{path.name}: begins with a title, a date and a status (accepted, or superseded by"
            " NNNN)"
        )
    return Decision(title[1], path.name, title[2].strip(), date[0], status[1].rstrip(". "))


def index() -> str:
    found = decisions()
    numbers = [int(each.number) for each in found]
    unused = ", ".join(f"{number:04}" for number in range(1, max(numbers)) if number not in numbers)
    rows = [
        f"| [{each.number}]({each.page}) | {each.title} | {each.date} | {each.status} |"
        for each in found
    ]
    return "\n".join([_INDEX, *rows, f"\n{_UNUSED}\n\n{unused}\n"])


_INDEX = """# Decisions

Each page says what was decided, what else was possible and what it costs. A changed mind gets a new
page; the old one keeps its words, with the paths of its day, and says by which it is superseded.
Begin a page with its title, date and status; `make reference` writes this list.

| | decision | date | status |
|---|---|---|---|"""
_UNUSED = (
    "Numbers are given out in advance to parts of the work that go on side by side. These were"
    " given out and needed no page:"
)

MADE = {"data-dictionary.md": dictionary, "decisions/README.md": index}

if __name__ == "__main__":
    for name, make in MADE.items():
        (HERE / name).write_text(make(), encoding="utf-8")
        sys.stdout.write(f"{(HERE / name).relative_to(ROOT)}\n")
