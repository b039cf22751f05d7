"""An office that issues certificates, and corrects and revokes what it issued."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from psm_course.credentials.verification.verification import verify
from psm_course.domain.register import CompletionRecord
from psm_course.registrar.certificates.correcting import Correction, supersede
from psm_course.registrar.certificates.issuing import Issue, issue_records
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.builders import REGION
from tests.published import published_in
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_signer,
    completes,
)

COURSE = a_course()
SIGNER = a_signer()
FIRST, SECOND, THIRD, FOURTH = (
    f"800.2/000{sequence}/PSM-DASAR/XI/2026" for sequence in (1, 2, 3, 4)
)
LATER = NOW + timedelta(days=8)
OFFICE = Settings(signatory_name="Dra. Contoh")


def issued(
    store: Store, settings: Settings, cohort: str = "D26", now: datetime = NOW, **how: Any
) -> Issue:
    return issue_records(store, COURSE, settings, SIGNER, cohort, ACTOR, now, **how)


def two_issued(store: Store) -> None:
    a_cohort(store, "Siti Rahayyu", "Ujang Hidayat")
    completes(store, COURSE, "D26-001", "D26-002")
    issue_records(store, COURSE, OFFICE, SIGNER, "D26", ACTOR, NOW)


def corrects(
    store: Store,
    settings: Settings,
    number: str = FIRST,
    name: str | None = "Siti Rahayu",
    **how: str,
) -> CompletionRecord:
    reason = how.pop("reason", "salah ketik pada nama")
    return supersede(
        store, REGION, settings, SIGNER, number, Correction(name, **how), reason, ACTOR, LATER
    )


def becomes(store: Store, record: CompletionRecord) -> list[tuple[str, str | None, str]]:
    """What both forms of a record answer: verdict, by which number, and the sentence."""
    known = published_in(store)
    answers = [verify(form or "", known, LATER) for form in (record.credential, record.qr)]
    return [(answer.verdict, answer.superseded_by, answer.reason) for answer in answers]
