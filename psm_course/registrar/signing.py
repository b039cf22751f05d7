"""Signing what a record states: the same facts as a credential and as a QR code, each with the record's own place in the status lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from psm_course.credentials.badge import sign_badge
from psm_course.credentials.issuance import Issuance, issuances_of, read_issuance
from psm_course.credentials.token import sign_token, token_address
from psm_course.records.register import CompletionRecord
from psm_course.registrar.keyring import Signer


def sign_records(
    unsigned: Sequence[CompletionRecord], first: int, signer: Signer, now: datetime
) -> tuple[list[CompletionRecord], tuple[Issuance, ...]]:
    """New records signed, in order, from the status place `first` on; and the documents of what they share, to be published."""
    shared = issuances_of([record.content for record in unsigned], signer.issuer.did)
    placed = [replace(record, status_index=first + offset) for offset, record in enumerate(unsigned)]
    return [sign_record(record, shared, signer, now) for record in placed], shared


def sign_record(record: CompletionRecord, shared: Iterable[Issuance], signer: Signer, now: datetime) -> CompletionRecord:
    """The record with its credential and code; `shared` holds the document that covers it."""
    position = record.status_index or 0
    credential = sign_badge(record.content, signer.issuer, position, signer.key, now)
    issuance = next(each for each in shared if each.covers(record.content))
    token = sign_token(record.content, issuance, position, signer.key, now)
    written = json.dumps(credential, ensure_ascii=False)
    return replace(record, credential=written, qr=token_address(signer.issuer.site, token), key=signer.key.multikey)


def known_issuances(publications: dict[str, str], folder: str) -> tuple[Issuance, ...]:
    """The published documents of shared facts."""
    texts: list[dict[str, Any]] = [json.loads(text) for path, text in publications.items() if path.startswith(f"{folder}/")]
    return tuple(read_issuance(text) for text in texts)
