"""The tables for SQLAlchemy, one file for each subject.

Migrations create these tables in the database; a test compares both.

`info["row"]` of a table says what a row is, `comment` of a column says what it contains:
`book/maintaining/data-dictionary.md` is made of these texts.
"""

from psm_course.store.schema.accounts import account, account_cohort, sign_in, sign_in_failure
from psm_course.store.schema.answers import (
    attempt,
    decision,
    disposition,
    outcome,
    quarantine,
    submission,
)
from psm_course.store.schema.attendance import attendance_mark, observation
from psm_course.store.schema.base import metadata
from psm_course.store.schema.certificates import (
    number_skip,
    position_skip,
    publication,
    record,
    record_document,
    record_event,
)
from psm_course.store.schema.completion import adoption, course_version, override
from psm_course.store.schema.log import audit_event, log_entry, log_epoch, log_node
from psm_course.store.schema.people import (
    card_secret,
    cohort,
    cohort_session,
    enrolment,
    name_word,
    office,
    person,
)

__all__ = [
    "APPEND_ONLY",
    "NEVER_CHANGED",
    "UNLOGGED",
    "account",
    "account_cohort",
    "adoption",
    "attempt",
    "attendance_mark",
    "audit_event",
    "card_secret",
    "cohort",
    "cohort_session",
    "course_version",
    "decision",
    "disposition",
    "enrolment",
    "log_entry",
    "log_epoch",
    "log_node",
    "metadata",
    "name_word",
    "number_skip",
    "observation",
    "office",
    "outcome",
    "override",
    "person",
    "position_skip",
    "publication",
    "quarantine",
    "record",
    "record_document",
    "record_event",
    "sign_in",
    "sign_in_failure",
    "submission",
]

APPEND_ONLY = (
    "office",
    "card_secret",
    "course_version",
    "adoption",
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
    "position_skip",
    "publication",
    "audit_event",
    "log_epoch",
    "log_entry",
    "log_node",
)
# Never changed, but taken out when a person is erased:
# the only place besides `enrolment` where a name stands.
NEVER_CHANGED = ("record_document",)
# Bound by no event: what comes and goes by itself, the words of names
# (made again from `enrolment`; the key of such a row would keep a name
# after its person was erased), and the log itself, which its tree binds.
UNLOGGED = frozenset(
    {
        "sign_in",
        "sign_in_failure",
        "quarantine",
        "name_word",
        "audit_event",
        "log_entry",
        "log_node",
    }
)
