"""The first tables of attendance.

Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out.
"""

import sqlalchemy as sa
from alembic import op


def make_attendance_mark() -> None:
    op.create_table(
        "attendance_mark",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "number"],
            ["enrolment.office", "enrolment.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_attendance_mark_number",
        "attendance_mark",
        ["office", "number", "id", "session", "presence"],
        unique=False,
    )


def make_observation() -> None:
    op.create_table(
        "observation",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("observed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "number"],
            ["enrolment.office", "enrolment.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index("ix_observation_number", "observation", ["office", "number"], unique=False)
