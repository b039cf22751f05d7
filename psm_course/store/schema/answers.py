"""What was handed in, what was decided about it, and what it earned."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text

from psm_course.store.schema.base import counted, table, unique

submission = table(
    "submission",
    Column("id", Text, nullable=False, comment="chosen by the phone; the same hand-in twice counts once"),
    Column("received_at", DateTime, nullable=False),
    Column("participant", Text, nullable=False, comment="as written by the phone; may be nobody we know"),
    Column("quiz", Text, nullable=False),
    Column("document", Text, nullable=False, comment="exactly as handed in, kept for ever"),
    Column("held", Text, nullable=True, comment="why an officer must decide; null when it became an attempt"),
    Index("ix_submission_received", "office", "received_at", "id"),  # the newest first, without sorting all that was ever handed in
    Index("ix_submission_participant", "office", "participant"),
    row="what was handed in, exactly as it came, counted or not",
)
_HELD = submission.c.held.is_not(None)
# In the same order as the index above: with fewer columns SQLite takes that one, and reads all that was ever handed in for the few held.
Index(
    "ix_submission_held",
    submission.c.office,
    submission.c.received_at,
    submission.c.id,
    sqlite_where=_HELD,
    postgresql_where=_HELD,
)

decision = table(
    "decision",
    Column("submission", Text, nullable=False, comment="a held submission is decided once"),
    Column("ruling", Text, nullable=False, comment="accepted or refused"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    row="an officer's word on a held submission",
    key=("submission",),
    refers={"submission": "submission.id"},
)

attempt = table(
    "attempt",
    counted(),
    Column("submission", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("quiz", Text, nullable=False),
    Column("sequence", Integer, nullable=False, comment="1 for the first attempt of this learner at this quiz"),
    unique("submission"),
    Index("ix_attempt_number", "office", "number", "quiz", "sequence", unique=True),  # knows the id as well where rows are short
    Index("ix_attempt_quiz", "office", "quiz"),
    row="a submission that counts: numbered, of a known person",
    is_short=True,
    refers={"submission": "submission.id", "number": "enrolment.number"},
)

outcome = table(
    "outcome",
    counted(),
    Column("attempt", Integer, nullable=False),
    Column("graded_at", DateTime, nullable=False),
    Column("points", Text, nullable=False, comment="exact decimal"),
    Column("maximum", Text, nullable=False, comment="exact decimal"),
    Column("passed", Boolean, nullable=True, comment="null: the quiz has no pass mark"),
    Column("critical", Text, nullable=False, comment="JSON list of item ids"),
    Column("items", Text, nullable=False, comment="JSON: marks per item, as psm grade prints them"),
    Column("scoring", Text, nullable=False, comment="digest of the key and dispositions it was graded by"),
    # The latest of an attempt is found and judged in it alone: the rows themselves are long.
    Index("ix_outcome_attempt", "office", "attempt", "id", "points", "maximum", "passed", "critical"),
    row="what an attempt earned, by one key and its rulings; a regrade adds another",
    refers={"attempt": "attempt.id"},
)

disposition = table(
    "disposition",
    counted(),
    Column("quiz", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("ruling", Text, nullable=False, comment="disregard, full or none; the latest of an item counts"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("ruled_at", DateTime, nullable=False),
    row="an officer's ruling on a faulty item of a quiz, for everybody",
)
