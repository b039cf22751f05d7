"""By what rules completion is judged, and what officers decided about it."""

from sqlalchemy import Boolean, Column, DateTime, Index, Text

from psm_course.store.schema.base import counted, table

adopted_rules = table(
    "adopted_rules",
    counted(),
    Column("cohort", Text, nullable=False),
    Column("version", Text, nullable=False, comment="digest of the rules; the latest row of a cohort counts"),
    Column("rules", Text, nullable=False, comment="JSON: course.yml as it was when adopted"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("adopted_at", DateTime, nullable=False),
    Index("ix_adopted_rules_cohort", "office", "cohort"),
    row="what a cohort is judged by: course.yml as it was adopted",
    refers={"cohort": "cohort.id"},
)

override = table(
    "override",
    counted(),
    Column("number", Text, nullable=False),
    Column("requirement", Text, nullable=False, comment="id of a requirement in the adopted rules"),
    Column("met", Boolean, nullable=True, comment="null takes the override back; the latest of a requirement counts"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Index("ix_override_number", "office", "number"),
    row="an officer's word on one requirement for one person, which counts instead of the rule",
    refers={"number": "enrolment.number"},
)
