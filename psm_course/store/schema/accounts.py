"""Accounts of the desk, and sign-ins."""

from sqlalchemy import Boolean, Column, DateTime, Index, Text

from psm_course.store.schema.base import counted, table

account = table(
    "account",
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False, comment="petugas, pelatih or pembaca"),
    Column("password", Text, nullable=False, comment="Argon2id"),
    Column("is_open", Boolean, nullable=False),
    row="somebody who may sign in to the desk",
    key=("name",),
)

account_cohort = table(
    "account_cohort",
    Column("account", Text, nullable=False),
    Column("cohort", Text, nullable=False),
    row="the cohorts that a trainer's account may open",
    key=("account", "cohort"),
    refers={"account": "account.name", "cohort": "cohort.id"},
)

sign_in = table(
    "sign_in",
    Column(
        "digest",
        Text,
        nullable=False,
        comment="SHA-256 of the cookie; the cookie itself is nowhere",
    ),
    Column("account", Text, nullable=False),
    Column(
        "form_token", Text, nullable=False, comment="what every form of this sign-in must carry"
    ),
    Column("expires_at", DateTime, nullable=False),
    Index("ix_sign_in_account", "office", "account"),
    row="one browser that is signed in",
    key=("digest",),
    refers={"account": "account.name"},
)

sign_in_failure = table(
    "sign_in_failure",
    counted(),
    Column(
        "account",
        Text,
        nullable=False,
        comment="an account as typed, @ and the address it was typed at, or both",
    ),
    Column("at", DateTime, nullable=False),
    Index("ix_sign_in_failure_account", "office", "account"),
    row="one wrong password, counted before it was looked at; old rows go",
)
