"""Attendance marks and observations."""

from sqlalchemy import Column, DateTime, Index, Integer, Text

from psm_course.store.schema.base import counted, table

attendance_mark = table(
    "attendance_mark",
    counted(),
    Column("number", Text, nullable=False),
    Column("session", Text, nullable=False, comment="id of a session in course.yml"),
    Column(
        "presence",
        Text,
        nullable=False,
        comment="present, late, excused or absent; the latest mark of a session counts",
    ),
    Column("marked_at", DateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False, comment="sheet, scan or desk"),
    Column("reason", Text, nullable=True, comment="why an earlier mark was corrected"),
    # Judging reads it alone.
    Index("ix_attendance_mark_number", "office", "number", "id", "session", "presence"),
    row="one mark of one person for one session",
    refers={"number": "enrolment.number"},
)

observation = table(
    "observation",
    counted(),
    Column("number", Text, nullable=False),
    Column(
        "criterion",
        Text,
        nullable=False,
        comment="id of a criterion of the rubric; the latest of a criterion counts",
    ),
    Column("level", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("observed_at", DateTime, nullable=False),
    Index("ix_observation_number", "office", "number"),
    row="a skill that a trainer saw, on the levels of the rubric",
    refers={"number": "enrolment.number"},
)
