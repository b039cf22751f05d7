"""The tables as SQLAlchemy sees them. The migrations make them; a test proves that the two agree.

`info["row"]` says what a row is, `comment` what a column holds; `book/maintaining/data-dictionary.md` is made of them.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()


def _counted() -> Column[int]:
    """A number that the database counts up by itself."""
    return Column("id", Integer, primary_key=True)


# ---- who belongs -------------------------------------------------------------------------------------------------------------

cohort = Table(
    "cohort",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("closes_at", DateTime, nullable=True, comment="what is handed in later is held; null: never"),
    info={"row": "one run of the course"},
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("number", Text, primary_key=True),
    Column("cohort", Text, ForeignKey("cohort.id"), nullable=False, index=True),
    Column("name", Text, nullable=False, comment="empty once erased"),
    Column("kelurahan", Text, nullable=False, index=True, comment="Kemendagri code, because two kelurahan may share a name"),
    Column("phone", Text, nullable=True),
    Column("token", Text, nullable=True, index=True, unique=True, comment="the card's secret; null once erased"),
    Column("erased_at", DateTime, nullable=True, comment="when the person was erased; the figures stay"),
    info={"row": "one person's membership in one cohort; the number is printed on the card"},
)

adopted_rules = Table(
    "adopted_rules",
    metadata,
    _counted(),
    Column("cohort", Text, ForeignKey("cohort.id"), nullable=False, index=True),
    Column("version", Text, nullable=False, comment="digest of the rules; the latest row of a cohort counts"),
    Column("rules", Text, nullable=False, comment="JSON: course.yml as it was when adopted"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("adopted_at", DateTime, nullable=False),
    info={"row": "what a cohort is judged by: course.yml as it was adopted"},
)

# ---- who came ----------------------------------------------------------------------------------------------------------------

attendance_mark = Table(
    "attendance_mark",
    metadata,
    _counted(),
    Column("number", Text, ForeignKey("enrolment.number"), nullable=False, index=True),
    Column("session", Text, nullable=False, comment="id of a session in course.yml"),
    Column("presence", Text, nullable=False, comment="present, late, excused or absent; the latest mark of a session counts"),
    Column("marked_at", DateTime, nullable=False),
    Column("actor", Text, nullable=True, comment="null in marks of the first register"),
    Column("source", Text, nullable=True, comment="sheet, scan or desk"),
    Column("reason", Text, nullable=True, comment="why an earlier mark was corrected"),
    info={"row": "one mark of one person for one session"},
)

observation = Table(
    "observation",
    metadata,
    _counted(),
    Column("number", Text, ForeignKey("enrolment.number"), nullable=False, index=True),
    Column("criterion", Text, nullable=False, comment="id of a criterion of the rubric; the latest of a criterion counts"),
    Column("level", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("observed_at", DateTime, nullable=False),
    info={"row": "a skill that a trainer saw, on the levels of the rubric"},
)

# ---- what they handed in -----------------------------------------------------------------------------------------------------

submission = Table(
    "submission",
    metadata,
    Column("id", Text, primary_key=True, comment="chosen by the phone; the same hand-in twice counts once"),
    Column("received_at", DateTime, nullable=False),
    Column("participant", Text, nullable=False, index=True, comment="as written by the phone; may be nobody we know"),
    Column("quiz", Text, nullable=False),
    Column("document", Text, nullable=False, comment="exactly as handed in, kept for ever"),
    Column("held", Text, nullable=True, comment="why an officer must decide; null when it became an attempt"),
    Index("ix_submission_received", "received_at", "id"),  # the newest first, without sorting all that was ever handed in
    info={"row": "what was handed in, exactly as it came, counted or not"},
)
_HELD = submission.c.held.is_not(None)
# In the same order as the index above: with fewer columns SQLite takes that one, and reads all that was ever handed in for the few held.
Index("ix_submission_held", submission.c.received_at, submission.c.id, sqlite_where=_HELD, postgresql_where=_HELD)

decision = Table(
    "decision",
    metadata,
    Column("submission", Text, ForeignKey("submission.id"), primary_key=True, comment="a held submission is decided once"),
    Column("ruling", Text, nullable=False, comment="accepted or refused"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    info={"row": "an officer's word on a held submission"},
)

attempt = Table(
    "attempt",
    metadata,
    _counted(),
    Column("submission", Text, ForeignKey("submission.id"), nullable=False, unique=True),
    Column("number", Text, ForeignKey("enrolment.number"), nullable=False),
    Column("quiz", Text, nullable=False, index=True),
    Column("sequence", Integer, nullable=False, comment="1 for the first attempt of this learner at this quiz"),
    UniqueConstraint("number", "quiz", "sequence"),
    info={"row": "a submission that counts: numbered, of a known person"},
)

outcome = Table(
    "outcome",
    metadata,
    _counted(),
    Column("attempt", Integer, ForeignKey("attempt.id"), nullable=False, index=True),
    Column("graded_at", DateTime, nullable=False),
    Column("points", Text, nullable=False, comment="exact decimal"),
    Column("maximum", Text, nullable=False, comment="exact decimal"),
    Column("passed", Boolean, nullable=True, comment="null: the quiz has no pass mark"),
    Column("critical", Text, nullable=False, comment="JSON list of item ids"),
    Column("items", Text, nullable=False, comment="JSON: marks per item, as psm grade prints them"),
    Column("scoring", Text, nullable=True, comment="digest of the key and dispositions it was graded by; null in the first register"),
    info={"row": "what an attempt earned, by one key and its rulings; a regrade adds another"},
)

disposition = Table(
    "disposition",
    metadata,
    _counted(),
    Column("quiz", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("ruling", Text, nullable=False, comment="disregard, full or none; the latest of an item counts"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("ruled_at", DateTime, nullable=False),
    info={"row": "an officer's ruling on a faulty item of a quiz, for everybody"},
)

override = Table(
    "override",
    metadata,
    _counted(),
    Column("number", Text, ForeignKey("enrolment.number"), nullable=False, index=True),
    Column("requirement", Text, nullable=False, comment="id of a requirement in the adopted rules"),
    Column("met", Boolean, nullable=True, comment="null takes the override back; the latest of a requirement counts"),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    info={"row": "an officer's word on one requirement for one person, which counts instead of the rule"},
)

# ---- what they were given ----------------------------------------------------------------------------------------------------

record = Table(
    "record",
    metadata,
    Column("number", Text, primary_key=True, comment="as printed on the certificate"),
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False, comment="counts up within a year; never reused, never skipped without a note"),
    Column("participant", Text, ForeignKey("enrolment.number"), nullable=False, index=True),
    Column("kind", Text, nullable=False, comment="attended or passed"),
    Column("kelurahan", Text, nullable=False, comment="code when issued"),
    Column("issued_at", DateTime, nullable=False),
    Column("supersedes", Text, ForeignKey("record.number"), nullable=True, comment="the record that this one corrects"),
    Column("status_index", Integer, nullable=True, unique=True, comment="its place in the status list; null: never signed"),
    Column("key", Text, nullable=True, comment="id of the key that signed it"),
    UniqueConstraint("year", "sequence"),
    Index("ix_record_coverage", "kind", "kelurahan", "number"),  # coverage is counted in it alone
    info={"row": "a numbered statement that somebody attended or passed"},
)

record_document = Table(
    "record_document",
    metadata,
    _counted(),
    Column("record", Text, ForeignKey("record.number"), nullable=False, index=True),
    Column("content", Text, nullable=False, comment="JSON of every printed fact, frozen when issued"),
    Column("credential", Text, nullable=True, comment="the signed JSON; null: never signed"),
    Column("qr", Text, nullable=True, comment="text of the QR code"),
    Column("key", Text, nullable=True),
    Column("signed_at", DateTime, nullable=True),
    info={"row": "what the record says and its signed forms; the only place besides enrolment where a name stands"},
)

record_event = Table(
    "record_event",
    metadata,
    _counted(),
    Column("record", Text, ForeignKey("record.number"), nullable=False, index=True),
    Column("event", Text, nullable=False, comment="printed, superseded, revoked, reprinted, resigned or certified"),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=True, comment="number of the record that replaces it; SHA-256 of the file printed or certified"),
    Column("actor", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Index("ix_record_event_event", "event", "record"),  # the few that ended a record, among the many that only printed one
    info={"row": "what became of a record after it was issued"},
)

number_skip = Table(
    "number_skip",
    metadata,
    _counted(),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    info={"row": "numbers of a year that no record will ever have, and why"},
)

publication = Table(
    "publication",
    metadata,
    _counted(),
    Column("path", Text, nullable=False, index=True, comment="below the site: status lists, corrections, what an issuing shares"),
    Column("document", Text, nullable=False, comment="the JSON as signed; the latest of a path counts"),
    Column("published_at", DateTime, nullable=False),
    info={"row": "a signed document as it stands on the published site"},
)

# ---- who may do it, and what was done ----------------------------------------------------------------------------------------

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False, comment="petugas, pelatih or pembaca"),
    Column("password", Text, nullable=False, comment="Argon2id"),
    Column("is_open", Boolean, nullable=False),
    info={"row": "somebody who may sign in to the desk"},
)

account_cohort = Table(
    "account_cohort",
    metadata,
    Column("account", Text, ForeignKey("account.name"), primary_key=True),
    Column("cohort", Text, ForeignKey("cohort.id"), primary_key=True),
    info={"row": "the cohorts that a trainer's account may open"},
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("digest", Text, primary_key=True, comment="SHA-256 of the cookie; the cookie itself is nowhere"),
    Column("account", Text, ForeignKey("account.name"), nullable=False, index=True),
    Column("form_token", Text, nullable=False, comment="what every form of this sign-in must carry"),
    Column("expires_at", DateTime, nullable=False),
    info={"row": "one browser that is signed in"},
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    _counted(),
    Column("account", Text, nullable=False, index=True, comment="an account as typed, or @ and the address it was typed at"),
    Column("at", DateTime, nullable=False),
    info={"row": "one wrong password, counted before it was looked at; old rows go"},
)

audit_event = Table(
    "audit_event",
    metadata,
    _counted(),
    Column("at", DateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True, comment="an id or number, never a name"),
    Column("detail", Text, nullable=False, comment="JSON of ids, numbers and counts, never a name"),
    Column("hash", Text, nullable=False, comment="SHA-256 over the hash before and this row's canonical JSON"),
    info={"row": "one deed, in a chain of hashes"},
)

APPEND_ONLY = (
    "adopted_rules",
    "attendance_mark",
    "observation",
    "submission",
    "decision",
    "attempt",
    "outcome",
    "disposition",
    "override",
    "record",
    "record_event",
    "number_skip",
    "publication",
    "audit_event",
)
# Never changed, but taken out when a person is erased: the only place besides `enrolment` where a name stands.
NEVER_CHANGED = ("record_document",)
