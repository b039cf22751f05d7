"""The log: its events, which are the leaves of a tree, and the digests of rows in each event."""

from sqlalchemy import Column, DateTime, Index, Integer, LargeBinary, Text

from psm_course.store.schema.base import counted, table

audit_event = table(
    "audit_event",
    counted(),
    Column("at", DateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("subject", Text, nullable=False, comment="an id or number, never a name"),
    Column("detail", Text, nullable=False, comment="JSON of ids, numbers and counts, never a name"),
    Column(
        "salt",
        LargeBinary,
        nullable=False,
        comment="32 random bytes, so that nobody guesses from the entry what was done",
    ),
    Column(
        "entry",
        LargeBinary,
        nullable=False,
        comment="SHA-256 over salt, event and its lines in log_entry: what the log publishes",
    ),
    Index("ix_audit_event_subject", "office", "subject"),
    row="one deed, a leaf of the office's log",
)

log_epoch = table(
    "log_epoch",
    Column(
        "epoch",
        Integer,
        nullable=False,
        comment="counts up from 1; a restored register, or another address, begins the next",
    ),
    Column(
        "origin", Text, nullable=False, comment="the log's name in its checkpoints: host/log/epoch"
    ),
    Column("first_event", Integer, nullable=False, comment="the event that is its leaf 0"),
    row="a log of its own, with a tree of its own, from one event to the next epoch's first",
    key=("epoch",),
)

# No foreign key to the event: a server would look up the event of every line, and the check of the
# register finds lines without an event anyway.
log_entry = table(
    "log_entry",
    Column("event", Integer, nullable=False),
    Column("table", Text, nullable=False),
    Column(
        "key",
        Text,
        nullable=False,
        comment="JSON list of the row's primary key, without the office",
    ),
    Column(
        "digest",
        LargeBinary,
        nullable=True,
        comment="SHA-256 of the row as it was then; null: taken out",
    ),
    Index("ix_log_entry_key", "office", "table", "key", "event"),
    row="what an event left a row like; the newest of a key fits the row",
    key=("event", "table", "key"),
    is_short=True,
)

log_node = table(
    "log_node",
    Column("epoch", Integer, nullable=False),
    Column(
        "level",
        Integer,
        nullable=False,
        comment="1 is over 256 leaves, each further level over 256 of the one below",
    ),
    Column("index", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    row=(
        "the root of a full part of an epoch's tree, so that the whole root needs few rows; derived"
        " from the entries"
    ),
    key=("epoch", "level", "index"),
    is_short=True,
)
