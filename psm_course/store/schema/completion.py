"""Adopted rules, and officers' overrides."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text

from psm_course.store.schema.base import counted, table

course_version = table(
    "course_version",
    counted(),
    Column(
        "course", Text, nullable=False, comment="id of the course, the same in all its versions"
    ),
    Column("title", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="sha256 of all that was adopted"),
    Column("site", Text, nullable=False, comment="sha256 of what the site of this version shows"),
    Column(
        "content",
        Text,
        nullable=False,
        comment="JSON: rules, sessions, quizzes with their keys, texts (content/adopted.py)",
    ),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("adopted_at", DateTime, nullable=False),
    Index("ix_course_version_course", "office", "course"),
    row="a course as the office adopted it; the latest of a course counts for new cohorts",
)

adoption = table(
    "adoption",
    counted(),
    Column("cohort", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column(
        "quiz",
        Text,
        nullable=True,
        comment="null: the whole version; else this quiz alone, by a regrade",
    ),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("adopted_at", DateTime, nullable=False),
    Index("ix_adoption_cohort", "office", "cohort"),
    row="by which version of its course a cohort is judged and graded; the latest counts",
    refers={"cohort": "cohort.id", "version": "course_version.id"},
)

override = table(
    "override",
    counted(),
    Column("number", Text, nullable=False),
    Column("requirement", Text, nullable=False, comment="id of a requirement in the adopted rules"),
    Column(
        "met",
        Boolean,
        nullable=True,
        comment="null takes the override back; the latest of a requirement counts",
    ),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Index("ix_override_number", "office", "number"),
    row="an officer's word on one requirement for one person, which counts instead of the rule",
    refers={"number": "enrolment.number"},
)
