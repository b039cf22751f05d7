"""The first tables of certificates.

Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out.
"""

import sqlalchemy as sa
from alembic import op


def make_record() -> None:
    op.create_table(
        "record",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kelurahan", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.Column("status_index", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "participant"],
            ["enrolment.office", "enrolment.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office", "supersedes"],
            ["record.office", "record.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "number"),
        sa.UniqueConstraint("office", "course", "year", "sequence"),
        sa.UniqueConstraint("office", "status_index"),
        sqlite_with_rowid=True,
    )
    op.create_index("ix_record_participant", "record", ["office", "participant"], unique=False)


def make_record_document() -> None:
    op.create_table(
        "record_document",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=True),
        sa.Column("jwt", sa.Text(), nullable=True),
        sa.Column("qr", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "record"],
            ["record.office", "record.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_record_document_record", "record_document", ["office", "record"], unique=False
    )


def make_record_event() -> None:
    op.create_table(
        "record_event",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "record"],
            ["record.office", "record.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_record_event_event", "record_event", ["office", "event", "record"], unique=False
    )
    op.create_index("ix_record_event_record", "record_event", ["office", "record"], unique=False)


def make_number_skip() -> None:
    op.create_table(
        "number_skip",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )


def make_position_skip() -> None:
    op.create_table(
        "position_skip",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )


def make_publication() -> None:
    op.create_table(
        "publication",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index("ix_publication_path", "publication", ["office", "path"], unique=False)
