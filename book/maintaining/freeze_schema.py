"""Writes the migration that makes the register from nothing, out of the schema as it is today.

Run it while no release has gone out, after tables or columns changed: `python
book/maintaining/freeze_schema.py`. After a release the migration never changes; what comes then is
a new file in `psm_course/store/migrations/versions/`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from alembic.autogenerate import render_python_code
from alembic.operations.ops import CreateIndexOp, CreateTableOp, UpgradeOps
from lists import subjects
from sqlalchemy import MetaData, Table

from psm_course.store import schema
from psm_course.store.migrating import MIGRATIONS

PARTS = MIGRATIONS / "register"
MAIN = MIGRATIONS / "versions" / "m0001_register.py"
_WRITTEN = (
    "Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out."
)


def main() -> None:
    shutil.rmtree(PARTS, ignore_errors=True)
    PARTS.mkdir()
    (PARTS / "__init__.py").touch()
    for subject, tables in subjects().items():
        (PARTS / f"{subject}.py").write_text(
            "\n".join(_part(subject, tables)) + "\n", encoding="utf-8"
        )
    MAIN.write_text("\n".join(_main()) + "\n", encoding="utf-8")
    for words in (("check", "--fix", "--select", "I,F", "--quiet"), ("format", "--quiet")):
        command = [sys.executable, "-m", "ruff", *words, str(MAIN), str(PARTS)]
        subprocess.run(command, check=True)  # noqa: S603 - our own files


def _part(subject: str, tables: Sequence[Table]) -> Iterator[str]:
    yield f'"""The first tables of {subject}.\n\n{_WRITTEN}\n"""\n'
    yield "import sqlalchemy as sa\nfrom alembic import op\n"
    for table in tables:
        yield f"\ndef {_function(table)}() -> None:\n{_indented(_made(table))}\n"


def _made(table: Table) -> str:
    """Write the calls that make a table with its indexes.

    Comments are left out: `migrating` writes them anew with every migration.
    """
    bare = table.to_metadata(MetaData())
    bare.info.clear()
    for column in bare.columns:
        column.comment = None
    indexes = sorted(bare.indexes, key=lambda index: str(index.name))
    operations = [CreateTableOp.from_table(bare), *map(CreateIndexOp.from_index, indexes)]
    return render_python_code(UpgradeOps(operations))


def _indented(code: str) -> str:
    """Without the remarks that alembic writes for whoever has to adjust its guesses."""
    lines = (line.strip() for line in code.splitlines() if not re.match(r"\s*#", line))
    return "\n".join(f"    {line}" for line in lines)


def _function(table: Table) -> str:
    return f"make_{table.name}"


def _main() -> Iterator[str]:
    of = {table.name: subject for subject, tables in subjects().items() for table in tables}
    yield f'"""The register, from nothing.\n\n{_WRITTEN}\n"""\n'
    yield "from psm_course.store.migrations.protection import protect"
    yield (
        f"from psm_course.store.migrations.register import {', '.join(sorted(set(of.values())))}\n"
    )
    yield 'revision = "0001"\ndown_revision = None\n'
    yield f"_APPEND_ONLY = {tuple(schema.APPEND_ONLY)!r}"
    yield f"_NEVER_CHANGED = {tuple(schema.NEVER_CHANGED)!r}\n\n"
    yield "def upgrade() -> None:"
    for table in schema.metadata.sorted_tables:
        yield f"    {of[table.name]}.{_function(table)}()"
    yield "    for table in _APPEND_ONLY:\n        protect(table)"
    yield '    for table in _NEVER_CHANGED:\n        protect(table, "UPDATE")'


if __name__ == "__main__":
    main()
