"""The register, from nothing.

Written by `book/maintaining/freeze_schema.py`; never changed once a release has gone out.
"""

from psm_course.store.migrations.protection import protect
from psm_course.store.migrations.register import (
    accounts,
    answers,
    attendance,
    certificates,
    completion,
    log,
    people,
)

revision = "0001"
down_revision = None

_APPEND_ONLY = (
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
_NEVER_CHANGED = ("record_document",)


def upgrade() -> None:
    people.make_office()
    accounts.make_account()
    log.make_audit_event()
    people.make_card_secret()
    people.make_cohort()
    completion.make_course_version()
    answers.make_disposition()
    log.make_log_entry()
    log.make_log_epoch()
    log.make_log_node()
    certificates.make_number_skip()
    people.make_person()
    certificates.make_position_skip()
    certificates.make_publication()
    answers.make_quarantine()
    accounts.make_sign_in_failure()
    answers.make_submission()
    accounts.make_account_cohort()
    completion.make_adoption()
    people.make_cohort_session()
    answers.make_decision()
    people.make_enrolment()
    accounts.make_sign_in()
    answers.make_attempt()
    attendance.make_attendance_mark()
    people.make_name_word()
    attendance.make_observation()
    completion.make_override()
    certificates.make_record()
    answers.make_outcome()
    certificates.make_record_document()
    certificates.make_record_event()
    for table in _APPEND_ONLY:
        protect(table)
    for table in _NEVER_CHANGED:
        protect(table, "UPDATE")
