"""Offices, cohorts, and who belongs to them."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, Table, Text

from psm_course.store.schema.base import OFFICE_COMMENT, counted, metadata, table

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
    row="one run of the course",
)

enrolment = table(
    "enrolment",
    Column("number", Text, nullable=False),
    Column("cohort", Text, nullable=False),
    Column("name", Text, nullable=False, comment="empty once erased"),
    Column("kelurahan", Text, nullable=False, comment="Kemendagri code, because two kelurahan may share a name"),
    Column("phone", Text, nullable=True),
    Column("card_serial", Integer, nullable=False, default=1, comment="which card is the present one; a new card raises it"),
    Column("erased_at", DateTime, nullable=True, comment="when the person was erased; the figures stay"),
    Index("ix_enrolment_cohort", "office", "cohort", "number"),
    Index("ix_enrolment_kelurahan", "office", "kelurahan"),
    row="one person's membership in one cohort; the number is printed on the card",
    key=("number",),
    refers={"cohort": "cohort.id"},
)

card_secret = table(
    "card_secret",
    counted(),
    Column("digest", Text, nullable=False, comment="SHA-256 of the secret from which the cards' codes come; the latest row counts"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    row="that a secret for the cards was made; it lies in a file apart",
)
