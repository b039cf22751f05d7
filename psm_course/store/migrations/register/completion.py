"""The first tables of completion.

Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out.
"""

import sqlalchemy as sa
from alembic import op


def make_course_version() -> None:
    op.create_table(
        "course_version",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_course_version_course", "course_version", ["office", "course"], unique=False
    )


def make_adoption() -> None:
    op.create_table(
        "adoption",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quiz", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "cohort"],
            ["cohort.office", "cohort.id"],
        ),
        sa.ForeignKeyConstraint(
            ["office", "version"],
            ["course_version.office", "course_version.id"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index("ix_adoption_cohort", "adoption", ["office", "cohort"], unique=False)


def make_override() -> None:
    op.create_table(
        "override",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
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
    op.create_index("ix_override_number", "override", ["office", "number"], unique=False)
