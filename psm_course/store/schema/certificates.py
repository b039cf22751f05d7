"""Numbered records, their events, and published documents."""

from sqlalchemy import Column, DateTime, Index, Integer, Text

from psm_course.store.schema.base import counted, salt, table, unique

record = table(
    "record",
    Column("number", Text, nullable=False, comment="as printed on the certificate"),
    Column("course", Text, nullable=False, comment="whose series of numbers it is in"),
    Column("year", Integer, nullable=False),
    Column(
        "sequence",
        Integer,
        nullable=False,
        comment="counts up within a course and year; never reused, never skipped without a note",
    ),
    Column("participant", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="attended or passed"),
    Column("kelurahan", Text, nullable=False, comment="code when issued"),
    Column("issued_at", DateTime, nullable=False),
    Column("supersedes", Text, nullable=True, comment="the record that this one corrects"),
    Column(
        "status_index",
        Integer,
        nullable=True,
        comment="its place in the status list; null: never signed",
    ),
    Column("key", Text, nullable=True, comment="id of the key that signed it"),
    unique("course", "year", "sequence"),
    unique("status_index"),
    Index("ix_record_participant", "office", "participant"),
    row="a numbered statement that somebody attended or passed",
    key=("number",),
    refers={"participant": "enrolment.number", "supersedes": "record.number"},
)

record_document = table(
    "record_document",
    counted(),
    Column("record", Text, nullable=False),
    Column(
        "content", Text, nullable=False, comment="JSON of every printed fact, frozen when issued"
    ),
    Column("credential", Text, nullable=True, comment="the signed JSON; null: never signed"),
    Column(
        "jwt",
        Text,
        nullable=True,
        comment="the same as a JSON Web Token; null: never signed, or signed before there were any",
    ),
    Column("qr", Text, nullable=True, comment="text of the QR code"),
    Column("key", Text, nullable=True),
    Column("signed_at", DateTime, nullable=True),
    salt(),
    Index("ix_record_document_record", "office", "record"),
    row=(
        "what the record says and its signed forms; the only place besides enrolment where a name"
        " stands"
    ),
    refers={"record": "record.number"},
)

record_event = table(
    "record_event",
    counted(),
    Column("record", Text, nullable=False),
    Column(
        "event",
        Text,
        nullable=False,
        comment="printed, superseded, revoked, reprinted, resigned or certified",
    ),
    Column("reason", Text, nullable=False),
    Column(
        "by",
        Text,
        nullable=True,
        comment="number of the record that replaces it; SHA-256 of the file printed or certified",
    ),
    Column("actor", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Index("ix_record_event_record", "office", "record"),
    # The few that ended a record, among the many that only printed one.
    Index("ix_record_event_event", "office", "event", "record"),
    row="what became of a record after it was issued",
    refers={"record": "record.number"},
)

number_skip = table(
    "number_skip",
    counted(),
    Column("course", Text, nullable=False, comment="whose series of numbers it is"),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    row="numbers of a course and year that no record will ever have, and why",
)

position_skip = table(
    "position_skip",
    counted(),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    row=(
        "places in the status lists that no record will ever have, and why: they may have been"
        " given after the backup that was restored"
    ),
)

publication = table(
    "publication",
    counted(),
    Column(
        "path",
        Text,
        nullable=False,
        comment="below the site: status lists, corrections, what an issuing shares",
    ),
    Column(
        "document", Text, nullable=False, comment="the JSON as signed; the latest of a path counts"
    ),
    Column("published_at", DateTime, nullable=False),
    Index("ix_publication_path", "office", "path"),
    row="a signed document as it stands on the published site",
)
