"""A made-up office and what it signs: the builders of every test of credentials. Long past, so that
no verifier comes too early.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import Beside, sign_badge
from psm_course.credentials.formats.issuance import Issuance, issuances_of
from psm_course.credentials.formats.token import sign_token, token_address
from psm_course.credentials.lists.corrections import Correction, sign_corrections
from psm_course.credentials.lists.status_list import PURPOSES, status_list
from psm_course.credentials.signing.identity import did_web
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.local_time import WIB

SITE = "https://dinsos.depok.go.id/psm"
BEFORE = datetime(2025, 1, 6, 8, 0, tzinfo=WIB)
SIGNED = datetime(2025, 6, 2, 10, 0, tzinfo=WIB)
LISTED = datetime(2025, 6, 9, 6, 0, tzinfo=WIB)
NOW = datetime(2025, 6, 10, 9, 0, tzinfo=WIB)
LONG = 20 * 365  # days that a list may be relied on: the pages in browsers judge by today's clock
POSITION = 7
NUMBER = "800.2/0007/PSM-DASAR/VI/2025"

KEY = SigningKey.from_seed(bytes(range(32)))
NEXT_KEY = SigningKey.from_seed(bytes(range(1, 33)))
FOREIGN_KEY = SigningKey.from_seed(bytes(range(2, 34)))
OFFICE = Issuer(did_web(SITE), "Dinas Sosial Kota Depok", SITE).with_key(KEY, BEFORE)
FOREIGN_OFFICE = Issuer("did:web:lain.example", "Kantor Lain", "https://lain.example").with_key(
    FOREIGN_KEY, BEFORE
)


def a_record(**changes: Any) -> Json:
    """A record's frozen content, with everything that is printed."""
    return {
        "number": NUMBER,
        "kind": "passed",
        "participant": "D25-017",
        "name": "Siti Nur’aini, S.Sos",
        "kelurahan": "Curug (Cimanggis)",
        "course": "Bimtek Dasar PSM",
        "organiser": "Dinas Sosial Kota Depok",
        "hours": 16,
        "minutes_per_hour": 45,
        "cohort": "Angkatan D25",
        "starts_on": "2025-05-28",
        "ends_on": "2025-05-29",
        "issued_on": "2025-06-02",
        "place": "Depok",
        "signatory_title": "Kepala Dinas Sosial Kota Depok",
        "signatory_name": "Dra. Contoh, M.Si",
        "score": "86.67",
        "sessions": [
            {"title": "Pembukaan", "hours": 1},
            {"title": "Dasar pekerjaan sosial", "hours": 15},
        ],
        "letterhead": ["PEMERINTAH KOTA DEPOK", "DINAS SOSIAL"],
    } | changes


def a_badge(
    record: Mapping[str, Any] | None = None,
    key: SigningKey = KEY,
    issuer: Issuer = OFFICE,
    at: datetime = SIGNED,
    beside: Beside | None = None,
) -> Json:
    return sign_badge(record or a_record(), issuer, POSITION, key, at, beside)


def an_issuance(*records: Mapping[str, Any], issuer: Issuer = OFFICE) -> Issuance:
    """The issuance of these records and of one more, so that the number has a part that differs."""
    first = records[0] if records else a_record()
    (issuance,) = issuances_of(
        [*(records or [first]), {**first, "number": "800.2/1234/PSM-DASAR/VI/2025"}], issuer.did
    )
    return issuance


def a_token(
    record: Mapping[str, Any] | None = None,
    key: SigningKey = KEY,
    issuer: Issuer = OFFICE,
    at: datetime = SIGNED,
) -> bytes:
    record = record or a_record()
    return sign_token(record, an_issuance(record, issuer=issuer), POSITION, key, at)


def an_address(record: Mapping[str, Any] | None = None, **how: Any) -> str:
    return token_address(SITE, a_token(record, **how))


def status_lists(
    revoked: Iterable[int] = (),
    replaced: Iterable[int] = (),
    key: SigningKey = KEY,
    issuer: Issuer = OFFICE,
    at: datetime = LISTED,
    days: int = LONG,
) -> list[Json]:
    """Both published lists. What was replaced is revoked too."""
    revoked, replaced = list(revoked), list(replaced)
    each = zip(PURPOSES, (revoked + replaced, replaced), strict=True)
    return [status_list(issuer, purpose, 0, bits, key, at, days) for purpose, bits in each]


def corrections(*entries: Correction, key: SigningKey = KEY, issuer: Issuer = OFFICE) -> Json:
    return sign_corrections(issuer, entries, key, LISTED + timedelta(hours=1))


def a_correction(**changes: Any) -> Correction:
    return Correction(
        **{
            "number": NUMBER,
            "reason": "Nama salah ketik",
            "on": date(2025, 6, 8),
            "superseded_by": None,
        }
        | changes
    )


def as_bytes(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
