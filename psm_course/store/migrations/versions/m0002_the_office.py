"""The office's book: cards, adopted rules, corrections, decisions, dispositions, signed records, accounts, and a chained audit log."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from psm_course.store.migrations.protection import protect

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _widen()
    _give_tokens()
    _rules_and_deeds()
    _records()
    _accounts()
    _audit()


def _widen() -> None:
    op.add_column("cohort", sa.Column("closes_at", sa.DateTime))
    for column in (sa.Column("phone", sa.Text), sa.Column("token", sa.Text), sa.Column("erased_at", sa.DateTime)):
        op.add_column("enrolment", column)
    for name in ("actor", "source", "reason"):
        op.add_column("attendance_mark", sa.Column(name, sa.Text))
    op.add_column("outcome", sa.Column("scoring", sa.Text))
    op.create_index("ix_enrolment_cohort", "enrolment", ["cohort"])
    op.create_index("ix_enrolment_kelurahan", "enrolment", ["kelurahan"])
    op.create_index("ix_enrolment_token", "enrolment", ["token"], unique=True)
    op.create_index("ix_attempt_quiz", "attempt", ["quiz"])
    op.create_index("ix_submission_received", "submission", ["received_at", "id"])
    held = sa.text("held IS NOT NULL")
    op.create_index("ix_submission_held", "submission", ["received_at", "id"], sqlite_where=held, postgresql_where=held)


def _give_tokens() -> None:
    numbers = op.get_bind().execute(sa.text("SELECT number FROM enrolment")).scalars().all()
    for number in numbers:
        values = {"number": number, "token": secrets.token_urlsafe(16)}
        op.get_bind().execute(sa.text("UPDATE enrolment SET token = :token WHERE number = :number"), values)


def _deed(table: str, *columns: sa.Column[Any]) -> None:
    """A table that only grows, counted up by the database."""
    op.create_table(table, sa.Column("id", sa.Integer, primary_key=True), *columns)
    protect(table)


def _text(*names: str) -> Iterator[sa.Column[str]]:
    return (sa.Column(name, sa.Text, nullable=False) for name in names)


def _learner() -> sa.Column[str]:
    return sa.Column("number", sa.Text, sa.ForeignKey("enrolment.number"), nullable=False, index=True)


def _at(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime, nullable=False)


def _rules_and_deeds() -> None:
    cohort = sa.Column("cohort", sa.Text, sa.ForeignKey("cohort.id"), nullable=False, index=True)
    _deed("adopted_rules", cohort, *_text("version", "rules", "reason", "actor"), _at("adopted_at"))
    _deed(
        "observation", _learner(), *_text("criterion"), sa.Column("level", sa.Integer, nullable=False), *_text("actor"), _at("observed_at")
    )
    op.create_table(
        "decision",
        sa.Column("submission", sa.Text, sa.ForeignKey("submission.id"), primary_key=True),
        *_text("ruling", "reason", "actor"),
        _at("decided_at"),
    )
    protect("decision")
    _deed("disposition", *_text("quiz", "item", "ruling", "reason", "actor"), _at("ruled_at"))
    _deed("override", _learner(), *_text("requirement"), sa.Column("met", sa.Boolean), *_text("reason", "actor"), _at("decided_at"))


def _records() -> None:
    bind = op.get_bind()
    asked = sa.text(
        "SELECT record.*, enrolment.kelurahan FROM record JOIN enrolment ON enrolment.number = participant ORDER BY year, sequence"
    )
    old = bind.execute(asked.columns(issued_at=sa.DateTime)).all()
    op.drop_table("record")
    record = op.create_table(
        "record",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("participant", sa.Text, sa.ForeignKey("enrolment.number"), nullable=False, index=True),
        *_text("kind", "kelurahan"),
        _at("issued_at"),
        sa.Column("supersedes", sa.Text, sa.ForeignKey("record.number")),
        sa.Column("status_index", sa.Integer, unique=True),
        sa.Column("key", sa.Text),
        sa.UniqueConstraint("year", "sequence"),
    )
    op.create_index("ix_record_coverage", "record", ["kind", "kelurahan", "number"])
    protect("record")
    document = op.create_table(
        "record_document",
        sa.Column("id", sa.Integer, primary_key=True),
        _about(),
        *_text("content"),
        *(sa.Column(name, sa.Text) for name in ("credential", "qr", "key")),
        sa.Column("signed_at", sa.DateTime),
    )
    protect("record_document", "UPDATE")
    for row in old:
        kept = {name: getattr(row, name) for name in ("number", "year", "sequence", "participant", "kind", "kelurahan")}
        bind.execute(sa.insert(record).values(**kept, issued_at=row.issued_at))
        bind.execute(sa.insert(document).values(record=row.number, content=row.content))
    _deed("record_event", _about(), *_text("event", "reason"), sa.Column("by", sa.Text), *_text("actor"), _at("at"))
    op.create_index("ix_record_event_event", "record_event", ["event", "record"])
    years = (sa.Column(name, sa.Integer, nullable=False) for name in ("year", "first", "last"))
    _deed("number_skip", *years, *_text("reason", "actor"), _at("at"))
    path = sa.Column("path", sa.Text, nullable=False, index=True)
    _deed("publication", path, *_text("document"), _at("published_at"))


def _about() -> sa.Column[str]:
    return sa.Column("record", sa.Text, sa.ForeignKey("record.number"), nullable=False, index=True)


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.Text, primary_key=True),
        *_text("role", "password"),
        sa.Column("is_open", sa.Boolean, nullable=False),
    )
    op.create_table(
        "account_cohort",
        sa.Column("account", sa.Text, sa.ForeignKey("account.name"), primary_key=True),
        sa.Column("cohort", sa.Text, sa.ForeignKey("cohort.id"), primary_key=True),
    )
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("account.name"), nullable=False, index=True),
        *_text("form_token"),
        _at("expires_at"),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        _at("at"),
    )


def _audit() -> None:
    """The old events stand first in the chain."""
    bind = op.get_bind()
    asked = sa.text("SELECT at, actor, verb, subject, detail FROM audit_event ORDER BY id")
    old = bind.execute(asked.columns(at=sa.DateTime)).all()
    op.drop_table("audit_event")
    audit = op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, primary_key=True),
        _at("at"),
        *_text("actor", "verb"),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        *_text("detail", "hash"),
    )
    before = ""
    for row in old:
        body = {"at": row.at.isoformat(), "actor": row.actor, "verb": row.verb, "subject": row.subject, "detail": row.detail}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = hashlib.sha256(f"psm-audit-v1\0{before}{text}".encode()).hexdigest()
        bind.execute(sa.insert(audit).values(**(body | {"at": row.at}), hash=before))
    protect("audit_event")
