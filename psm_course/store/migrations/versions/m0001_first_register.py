"""The first register: cohorts, enrolments, attendance, submissions, attempts, outcomes, records, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from psm_course.store.migrations.protection import protect

revision = "0001"
down_revision = None

APPEND_ONLY = ("attendance_mark", "submission", "attempt", "outcome", "record", "audit_event")


def upgrade() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
    )
    op.create_table(
        "enrolment",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("cohort", sa.Text, sa.ForeignKey("cohort.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kelurahan", sa.Text, nullable=False),
    )
    op.create_table(
        "attendance_mark",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Text, sa.ForeignKey("enrolment.number"), nullable=False, index=True),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("presence", sa.Text, nullable=False),
        sa.Column("marked_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("participant", sa.Text, nullable=False, index=True),
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("held", sa.Text, nullable=True),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("submission", sa.Text, sa.ForeignKey("submission.id"), nullable=False, unique=True),
        sa.Column("number", sa.Text, sa.ForeignKey("enrolment.number"), nullable=False),
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.UniqueConstraint("number", "quiz", "sequence"),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempt.id"), nullable=False, index=True),
        sa.Column("graded_at", sa.DateTime, nullable=False),
        sa.Column("points", sa.Text, nullable=False),
        sa.Column("maximum", sa.Text, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=True),
        sa.Column("critical", sa.Text, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("participant", sa.Text, sa.ForeignKey("enrolment.number"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("issued_at", sa.DateTime, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.UniqueConstraint("year", "sequence"),
        sa.UniqueConstraint("participant", "kind"),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    for table in APPEND_ONLY:
        protect(table)
