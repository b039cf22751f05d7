"""Submissions, decisions, attempts, outcomes, quarantine, and dispositions of faulty items.

A disposition is the office's decision on a faulty item of a quiz (*keputusan atas butir*): the item
counts for nobody, or everybody gets its full marks. It is not a *disposisi*, a note on a letter
that says who has to deal with it.
"""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text

from psm_course.store.schema.base import counted, table, unique

submission = table(
    "submission",
    Column(
        "id",
        Text,
        nullable=False,
        comment="chosen by the phone; the same hand-in twice counts once",
    ),
    Column("received_at", DateTime, nullable=False),
    Column(
        "participant",
        Text,
        nullable=False,
        comment="as written by the phone; may be nobody we know",
    ),
    Column("quiz", Text, nullable=False),
    Column("document", Text, nullable=False, comment="exactly as handed in, kept for ever"),
    Column(
        "held",
        Text,
        nullable=True,
        comment="why an officer must decide; null when it became an attempt",
    ),
    Column("notes", Text, nullable=True, comment="what is noted about it; null: nothing"),
    # The newest first, without sorting all that was ever handed in.
    Index("ix_submission_received", "office", "received_at", "id"),
    Index("ix_submission_participant", "office", "participant"),
    row="what was handed in, exactly as it came, counted or not",
)
_HELD = submission.c.held.is_not(None)
# In the same order as the index above: with fewer columns SQLite takes that one, and reads all that
# was ever handed in for the few held.
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
    counted(),
    Column(
        "submission",
        Text,
        nullable=False,
        comment="a held submission; the latest word on it counts",
    ),
    Column("ruling", Text, nullable=False, comment="accepted or refused"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Index("ix_decision_submission", "office", "submission"),
    row="an officer's word on a held submission, or that its turn came; a later one supersedes it",
    refers={"submission": "submission.id"},
)

attempt = table(
    "attempt",
    counted(),
    Column("submission", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("quiz", Text, nullable=False),
    Column(
        "bound",
        Boolean,
        nullable=False,
        comment=(
            "this person's own, by the card or an officer's word; false: counted without a card"
        ),
    ),
    Column(
        "sequence",
        Integer,
        nullable=False,
        comment="1 for the first of this learner at this quiz; without a card apart",
    ),
    unique("submission"),
    # Knows the id as well where rows are short.
    Index("ix_attempt_number", "office", "number", "quiz", "bound", "sequence", unique=True),
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
    Column(
        "scoring",
        Text,
        nullable=False,
        comment="digest of the key and dispositions it was graded by",
    ),
    Column(
        "void",
        Boolean,
        nullable=False,
        default=False,
        comment="an officer took the attempt back: it counts no more",
    ),
    # The latest of an attempt is found and judged in it alone: the rows themselves are long.
    Index(
        "ix_outcome_attempt",
        "office",
        "attempt",
        "id",
        "points",
        "maximum",
        "passed",
        "critical",
        "void",
    ),
    row="what an attempt earned, by one key and its dispositions; a regrade adds another",
    refers={"attempt": "attempt.id"},
)

quarantine = table(
    "quarantine",
    Column(
        "digest",
        Text,
        nullable=False,
        comment="SHA-256 of the document without its layout; the same twice is kept once",
    ),
    Column(
        "address",
        Text,
        nullable=False,
        comment="where it came from: of the network, or who brought it to the desk",
    ),
    Column("received_at", DateTime, nullable=False),
    Column("submission", Text, nullable=False, comment="its id, as the phone wrote it"),
    Column("participant", Text, nullable=False),
    Column("quiz", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("why", Text, nullable=False, comment="wrong_mac or unknown_participant"),
    Index("ix_quarantine_address", "office", "address"),
    # For hand-ins that come again with the right card.
    Index("ix_quarantine_submission", "office", "submission"),
    row="what nobody's card vouches for: no part of the register, may be thrown away",
    key=("digest",),
)

disposition = table(
    "disposition",
    counted(),
    Column(
        "course", Text, nullable=False, comment="whose quiz it is; two courses may name one alike"
    ),
    Column("quiz", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column(
        "ruling",
        Text,
        nullable=False,
        comment="disregard, full or none; the latest of an item counts",
    ),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("ruled_at", DateTime, nullable=False),
    row="the disposition of a faulty item of a quiz, for everybody",
)
