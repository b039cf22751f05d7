"""Signing what a record states: the same facts as a credential and as a QR code, each with the record's own place in the status lists."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from psm_course.credentials.formats.badge import sign_badge
from psm_course.credentials.formats.issuance import Issuance, issuances_of
from psm_course.credentials.formats.token import sign_token, token_address
from psm_course.domain.register import CompletionRecord
from psm_course.registrar.certificates.keyring import Signer


def sign_records(
    unsigned: Sequence[CompletionRecord], signer: Signer, now: datetime
) -> tuple[tuple[CompletionRecord, ...], tuple[Issuance, ...]]:
    """The records with their credentials and codes, in order; and the documents of what they share, to be published.

    ValueError for a record without a place in the status lists: that would be a mistake of ours.
    """
    shared = issuances_of([record.content for record in unsigned], signer.issuer.did)
    return tuple(_signed(record, shared, signer, now) for record in unsigned), shared


def _signed(record: CompletionRecord, shared: Sequence[Issuance], signer: Signer, now: datetime) -> CompletionRecord:
    if record.status_index is None:
        raise ValueError(f"{record.number} has no place in the status lists")
    credential = sign_badge(record.content, signer.issuer, record.status_index, signer.key, now)
    issuance = next(each for each in shared if each.covers(record.content))
    token = sign_token(record.content, issuance, record.status_index, signer.key, now)
    written = json.dumps(credential, ensure_ascii=False)
    return replace(record, credential=written, qr=token_address(signer.issuer.site, token), key=signer.key.multikey)
