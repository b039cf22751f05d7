"""A migration as the next release might bring it, to see what becomes of a register."""

from __future__ import annotations

import shutil
from pathlib import Path

from psm_course.store import migrating

VERSION = "0002"
_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("enrolment", sa.Column("nickname", sa.Text(), nullable=True))
    op.execute("UPDATE enrolment SET nickname = name")
"""
_FAILING = '    op.execute("INSERT INTO nowhere VALUES (1)")\n'


def migrations_of_the_next_release(folder: Path, failing: bool = False) -> Path:
    """Today's migrations and one more, which gives everybody a nickname; if `failing`, it breaks
    off at its end.
    """
    made = shutil.copytree(
        migrating.MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__")
    )
    (made / "versions" / "m0002_nicknames.py").write_text(
        _NEXT + _FAILING * failing, encoding="utf-8"
    )
    return made
