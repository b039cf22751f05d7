"""Offices, cohorts, enrolments, and persons.

A person may have several enrolments.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Table, Text

from psm_course.store.schema.base import OFFICE_COMMENT, counted, metadata, salt, table

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
    Column(
        "closes_at", DateTime, nullable=True, comment="what is handed in later is held; null: never"
    ),
    Column(
        "archived_at",
        DateTime,
        nullable=True,
        comment="when it was put away; null: it is worked with",
    ),
    Column("course", Text, nullable=False, comment="id of the course in course_version"),
    Column("place", Text, nullable=True, comment="where it meets; null: not said"),
    row="one run of the course",
)

cohort_session = table(
    "cohort_session",
    Column("cohort", Text, nullable=False),
    Column(
        "session", Text, nullable=False, comment="id of a session of the cohort's course version"
    ),
    Column("held_on", Date, nullable=False),
    Column("start", Text, nullable=True, comment="as printed: 08.30"),
    Column("minutes", Integer, nullable=True, comment="how long; null: as its JP say"),
    Column("room", Text, nullable=True),
    Column("speaker", Text, nullable=True),
    Column("institution", Text, nullable=True, comment="where the speaker works"),
    row=(
        "when and where a cohort holds a session, and who speaks; copied from the course's pattern"
        " when the cohort is opened"
    ),
    key=("cohort", "session"),
    refers={"cohort": "cohort.id"},
)

person = table(
    "person",
    counted(),
    Column("kelurahan", Text, nullable=False, comment="of the newest enrolment"),
    Column("sex", Text, nullable=True, comment="L or P, of the newest enrolment that says it"),
    Column("birth_year", Integer, nullable=True, comment="of the newest enrolment that says it"),
    Column(
        "certified",
        Boolean,
        nullable=False,
        comment="holds a record of passing that stands; counted anew when one is issued or ends",
    ),
    salt(),
    # Coverage is counted in it alone.
    Index("ix_person_counted", "office", "kelurahan", "certified", "sex"),
    row=(
        "one human being over all cohorts and years, with what is counted of them; two are linked"
        " by an officer, never by a guess"
    ),
)
_IS_KNOWN = person.c.birth_year.is_not(None)
# Few rosters say it: ages are counted in these alone.
Index(
    "ix_person_born",
    person.c.office,
    person.c.birth_year,
    sqlite_where=_IS_KNOWN,
    postgresql_where=_IS_KNOWN,
)

enrolment = table(
    "enrolment",
    Column("number", Text, nullable=False),
    Column("cohort", Text, nullable=False),
    Column("name", Text, nullable=False, comment="empty once erased"),
    Column(
        "kelurahan",
        Text,
        nullable=False,
        comment="Kemendagri code, because two kelurahan may share a name",
    ),
    Column("phone", Text, nullable=True),
    Column("person", Integer, nullable=False, comment="whose enrolment it is"),
    Column(
        "name_key",
        Text,
        nullable=False,
        comment="the name without titles, spaces, case and accents, to find near ones by",
    ),
    Column("sex", Text, nullable=True, comment="L or P where a roster says it; for counts only"),
    Column("birth_year", Integer, nullable=True, comment="where a roster says it; for counts only"),
    Column(
        "roster_name",
        Text,
        nullable=True,
        comment="what the roster has where an officer corrected it: read again, it changes nothing",
    ),
    Column("roster_kelurahan", Text, nullable=True, comment="the same of the kelurahan"),
    Column(
        "roster_phone",
        Text,
        nullable=True,
        comment="the same of the telephone; empty where the roster has none",
    ),
    Column(
        "left_as",
        Text,
        nullable=True,
        comment="withdrawn, moved, replaced or merged; null: expected",
    ),
    Column(
        "left_to", Text, nullable=True, comment="the number that counts, or sits there, instead"
    ),
    Column(
        "card_serial",
        Integer,
        nullable=False,
        default=1,
        comment="which card is the present one; a new card raises it",
    ),
    Column(
        "erased_at", DateTime, nullable=True, comment="when the person was erased; the figures stay"
    ),
    salt(),
    # What counts for whom is read in it alone.
    Index("ix_enrolment_cohort", "office", "cohort", "number", "left_as", "left_to"),
    # Near names are looked for in it alone.
    Index("ix_enrolment_kelurahan", "office", "kelurahan", "name_key", "number"),
    Index("ix_enrolment_person", "office", "person"),
    Index("ix_enrolment_phone", "office", "phone"),
    # For `set_left`, which moves along all who were merged into a number.
    Index("ix_enrolment_left_to", "office", "left_to"),
    row="one person's membership in one cohort; the number is printed on the card",
    key=("number",),
    refers={"cohort": "cohort.id", "person": "person.id"},
)

name_word = table(
    "name_word",
    Column("word", Text, nullable=False, comment="small letters a to z and digits only"),
    Column("number", Text, nullable=False),
    Index("ix_name_word_number", "office", "number"),
    row="a word of an enrolled person's name, to search by; gone once erased",
    key=("word", "number"),
    refers={"number": "enrolment.number"},
)

card_secret = table(
    "card_secret",
    counted(),
    Column(
        "digest",
        Text,
        nullable=False,
        comment="SHA-256 of the secret from which the cards' codes come; the latest row counts",
    ),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    row="that a secret for the cards was made; it lies in a file apart",
)
