"""The first tables of accounts.

Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out.
"""

import sqlalchemy as sa
from alembic import op


def make_account() -> None:
    op.create_table(
        "account",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "name"),
        sqlite_with_rowid=True,
    )


def make_account_cohort() -> None:
    op.create_table(
        "account_cohort",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "account"],
            ["account.office", "account.name"],
        ),
        sa.ForeignKeyConstraint(
            ["office", "cohort"],
            ["cohort.office", "cohort.id"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "account", "cohort"),
        sqlite_with_rowid=True,
    )


def make_sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("form_token", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "account"],
            ["account.office", "account.name"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "digest"),
        sqlite_with_rowid=True,
    )
    op.create_index("ix_sign_in_account", "sign_in", ["office", "account"], unique=False)


def make_sign_in_failure() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_sign_in_failure_account", "sign_in_failure", ["office", "account"], unique=False
    )
