"""The first tables of people.

Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out.
"""

import sqlalchemy as sa
from alembic import op


def make_office() -> None:
    op.create_table(
        "office", sa.Column("code", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("code")
    )


def make_cohort() -> None:
    op.create_table(
        "cohort",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )


def make_cohort_session() -> None:
    op.create_table(
        "cohort_session",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("institution", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "cohort"],
            ["cohort.office", "cohort.id"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "cohort", "session"),
        sqlite_with_rowid=True,
    )


def make_person() -> None:
    op.create_table(
        "person",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kelurahan", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("certified", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_person_born",
        "person",
        ["office", "birth_year"],
        unique=False,
        sqlite_where=sa.text("birth_year IS NOT NULL"),
        postgresql_where=sa.text("birth_year IS NOT NULL"),
    )
    op.create_index(
        "ix_person_counted", "person", ["office", "kelurahan", "certified", "sex"], unique=False
    )


def make_enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kelurahan", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("roster_name", sa.Text(), nullable=True),
        sa.Column("roster_kelurahan", sa.Text(), nullable=True),
        sa.Column("roster_phone", sa.Text(), nullable=True),
        sa.Column("left_as", sa.Text(), nullable=True),
        sa.Column("left_to", sa.Text(), nullable=True),
        sa.Column("card_serial", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "cohort"],
            ["cohort.office", "cohort.id"],
        ),
        sa.ForeignKeyConstraint(
            ["office", "person"],
            ["person.office", "person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "number"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "ix_enrolment_cohort",
        "enrolment",
        ["office", "cohort", "number", "left_as", "left_to"],
        unique=False,
    )
    op.create_index(
        "ix_enrolment_kelurahan",
        "enrolment",
        ["office", "kelurahan", "name_key", "number"],
        unique=False,
    )
    op.create_index("ix_enrolment_left_to", "enrolment", ["office", "left_to"], unique=False)
    op.create_index("ix_enrolment_person", "enrolment", ["office", "person"], unique=False)
    op.create_index("ix_enrolment_phone", "enrolment", ["office", "phone"], unique=False)


def make_name_word() -> None:
    op.create_table(
        "name_word",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "number"],
            ["enrolment.office", "enrolment.number"],
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "word", "number"),
        sqlite_with_rowid=True,
    )
    op.create_index("ix_name_word_number", "name_word", ["office", "number"], unique=False)


def make_card_secret() -> None:
    op.create_table(
        "card_secret",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"],
            ["office.code"],
        ),
        sa.PrimaryKeyConstraint("office", "id"),
        sqlite_with_rowid=True,
    )
