"""Offices, cohorts, and who belongs to them."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, Table, Text

from psm_course.store.schema.base import OFFICE_COMMENT, metadata, table, unique

office = Table(
    "office",
    metadata,
    Column("code", Text, primary_key=True, comment=OFFICE_COMMENT),
    info={"row": "an office that keeps its register in this database"},
)

cohort = table(
    "cohort",
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("closes_at", DateTime, nullable=True, comment="what is handed in later is held; null: never"),
    Column("course", Text, nullable=False, comment="id of the course in course_version"),
    Column("place", Text, nullable=True, comment="where it meets; null: not said"),
    row="one run of the course",
)

cohort_session = table(
    "cohort_session",
    Column("cohort", Text, nullable=False),
    Column("session", Text, nullable=False, comment="id of a session of the cohort's course version"),
    Column("held_on", Date, nullable=False),
    Column("start", Text, nullable=True, comment="as printed: 08.30"),
    Column("minutes", Integer, nullable=True, comment="how long; null: as its JP say"),
    Column("room", Text, nullable=True),
    Column("speaker", Text, nullable=True),
    Column("institution", Text, nullable=True, comment="where the speaker works"),
    row="when and where a cohort holds a session, and who speaks; copied from the course's pattern when the cohort is opened",
    key=("cohort", "session"),
    refers={"cohort": "cohort.id"},
)

enrolment = table(
    "enrolment",
    Column("number", Text, nullable=False),
    Column("cohort", Text, nullable=False),
    Column("name", Text, nullable=False, comment="empty once erased"),
    Column("kelurahan", Text, nullable=False, comment="Kemendagri code, because two kelurahan may share a name"),
    Column("phone", Text, nullable=True),
    Column("token", Text, nullable=True, comment="the card's secret; null once erased"),
    Column("erased_at", DateTime, nullable=True, comment="when the person was erased; the figures stay"),
    unique("token"),
    Index("ix_enrolment_cohort", "office", "cohort", "number"),
    Index("ix_enrolment_kelurahan", "office", "kelurahan"),
    row="one person's membership in one cohort; the number is printed on the card",
    key=("number",),
    refers={"cohort": "cohort.id"},
)
