"""The tables as SQLAlchemy sees them. The migrations make them; a test proves that the two agree."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

cohort = Table(
    "cohort",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("number", Text, primary_key=True),
    Column("cohort", Text, ForeignKey("cohort.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("kelurahan", Text, nullable=False, comment="Kemendagri code, because two kelurahan are called Curug"),
)

attendance_mark = Table(
    "attendance_mark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, ForeignKey("enrolment.number"), nullable=False, index=True),
    Column("session", Text, nullable=False, comment="id of a session in course.yml"),
    Column("presence", Text, nullable=False, comment="present, excused or absent; the latest mark of a session counts"),
    Column("marked_at", DateTime, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Text, primary_key=True, comment="chosen by the phone; the same hand-in twice counts once"),
    Column("received_at", DateTime, nullable=False),
    Column("participant", Text, nullable=False, index=True, comment="as written by the phone; may be nobody we know"),
    Column("quiz", Text, nullable=False),
    Column("document", Text, nullable=False, comment="exactly as handed in, kept for ever"),
    Column("held", Text, nullable=True, comment="why an officer must decide; null when it became an attempt"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission", Text, ForeignKey("submission.id"), nullable=False, unique=True),
    Column("number", Text, ForeignKey("enrolment.number"), nullable=False),
    Column("quiz", Text, nullable=False),
    Column("sequence", Integer, nullable=False, comment="1 for the first attempt of this learner at this quiz"),
    UniqueConstraint("number", "quiz", "sequence"),
)

outcome = Table(
    "outcome",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt", Integer, ForeignKey("attempt.id"), nullable=False, index=True),
    Column("graded_at", DateTime, nullable=False),
    Column("points", Text, nullable=False, comment="exact decimal"),
    Column("maximum", Text, nullable=False, comment="exact decimal"),
    Column("passed", Boolean, nullable=True, comment="null: the quiz has no pass mark"),
    Column("critical", Text, nullable=False, comment="JSON list of item ids"),
    Column("items", Text, nullable=False, comment="JSON: marks per item, as psm grade prints them"),
)

record = Table(
    "record",
    metadata,
    Column("number", Text, primary_key=True, comment="as printed on the certificate"),
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False, comment="counts up within a year; never reused, never skipped"),
    Column("participant", Text, ForeignKey("enrolment.number"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("issued_at", DateTime, nullable=False),
    Column("content", Text, nullable=False, comment="JSON of every printed fact, frozen when issued"),
    UniqueConstraint("year", "sequence"),
    UniqueConstraint("participant", "kind"),
)

audit_event = Table(
    "audit_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("subject", Text, nullable=False, comment="an id or number, never a name"),
    Column("detail", Text, nullable=False),
)

APPEND_ONLY = ("attendance_mark", "submission", "attempt", "outcome", "record", "audit_event")
