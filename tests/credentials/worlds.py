"""What an office may have published when somebody checks the certificate of `signed`: each world is
one such state of affairs.

`verdict`, `as_of` and `by` are what it makes of the genuine certificate; worlds that are about
something else leave them out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from psm_course.credentials.documents import Json
from psm_course.credentials.lists.digests import in_parts, sign_digests
from psm_course.credentials.signing.keys import Issuer, read_issuer
from psm_course.credentials.verification.published import Published, published
from tests.credentials.signed import (
    BEFORE,
    FOREIGN_KEY,
    FOREIGN_OFFICE,
    KEY,
    LISTED,
    NEXT_KEY,
    OFFICE,
    POSITION,
    SIGNED,
    a_correction,
    a_record,
    an_issuance,
    corrections,
    status_lists,
)
from tests.credentials.tampered_pdf import genuine_pdf
from tests.credentials.tampered_receipts import OFFICE_WITH_LOG, OTHER_OFFICE_WITH_LOG, RETIRED

ISSUANCE = an_issuance().to_json()
CORRECTED = LISTED + timedelta(hours=1)
NEW_NUMBER = "800.2/0012/PSM-DASAR/VI/2025"


EARLIER = Path(__file__).parent / "earlier"
EARLIER_LISTS = [
    json.loads((EARLIER / name).read_text(encoding="utf-8"))
    for name in ("0-revocation.json", "0-refresh.json")
]


@dataclass(frozen=True)
class World:
    issuers: tuple[Issuer, ...] = (OFFICE,)
    status_lists: list[Json] = field(default_factory=status_lists)
    issuances: list[Json] = field(default_factory=lambda: [ISSUANCE])
    corrections: list[Json] = field(default_factory=list)
    pdfs: Mapping[str, list[str]] = field(default_factory=dict)
    marks: Mapping[str, list[str]] | None = None
    listed: datetime = LISTED
    letters: int = 0
    verdict: str = ""
    as_of: datetime | None = None
    by: str | None = None

    def published(self) -> Published:
        issuers = [read_issuer(issuer.to_json()) for issuer in self.issuers]
        return published(
            issuers, self.status_lists, self.issuances, self.corrections, self.digests()
        )

    def digests(self) -> list[Json]:
        """What was given out, as published: nothing, one file, or parts."""
        if not self.issuers or (not self.pdfs and self.marks is None):
            return []
        pdfs, marks = in_parts(self.pdfs, self.letters), in_parts(self.marks or {}, self.letters)
        keyed = [(part, marks[part] if self.marks is not None else None) for part in pdfs]
        return [
            sign_digests(
                OFFICE,
                pdfs[part],
                KEY,
                self.listed,
                self.letters if part == "" else 0,
                part,
                marked,
            )
            for part, marked in keyed
        ]

    def to_json(self) -> Json:
        return {
            "keys": [issuer.to_json() for issuer in self.issuers],
            "status_lists": self.status_lists,
            "issuances": self.issuances,
            "corrections": self.corrections,
            "digests": self.digests(),
        }


def office_with(
    retired_at: datetime | None = None, compromised_at: datetime | None = None
) -> Issuer:
    """Our office after it took another key, its first one retired or compromised."""
    first, after = OFFICE.keys[0], OFFICE.with_key(NEXT_KEY, LISTED)
    return replace(
        after,
        keys=(
            replace(first, retired_at=retired_at, compromised_at=compromised_at),
            *after.keys[1:],
        ),
    )


def other_proofs(*second: Json) -> list[Json]:
    """Both lists, one of them with these proofs instead of its second."""
    first, other = status_lists()
    return [{**first, "proof": [first["proof"][0], *second]}, other]


def changed_list(index: int = 0, **changes: Any) -> list[Json]:
    """Both lists, one of them changed after it was signed."""
    lists = status_lists(revoked=[POSITION])
    lists[index] = lists[index] | changes
    return lists


def renamed(**changes: Any) -> World:
    """Lists that our own key signed, but under another site's address."""
    elsewhere = replace(OFFICE, **changes)
    return World(status_lists=status_lists(revoked=[POSITION], issuer=elsewhere), verdict="stale")


later = status_lists(at=LISTED, key=NEXT_KEY)
two_offices = World(
    (OFFICE, FOREIGN_OFFICE),
    status_lists(issuer=FOREIGN_OFFICE, key=FOREIGN_KEY),
    [an_issuance(issuer=FOREIGN_OFFICE).to_json()],
)
WORLDS = {
    "usual": World(verdict="valid", as_of=LISTED),
    "nobody": World(()),
    "two-offices": two_offices,
    "pdf-known": World(pdfs={a_record()["number"]: [hashlib.sha256(genuine_pdf()).hexdigest()]}),
    # ---- keys
    "retired": World((office_with(retired_at=LISTED),), later),
    "retired-the-same-day": World((office_with(retired_at=SIGNED + timedelta(hours=1)),), later),
    "retired-before": World((office_with(retired_at=BEFORE + timedelta(days=1)),), later),
    "compromised": World((office_with(compromised_at=LISTED),), later),
    # ---- the status
    "revoked": World(
        status_lists=status_lists(revoked=[POSITION]), verdict="revoked", as_of=LISTED
    ),
    "others-revoked": World(
        status_lists=status_lists([POSITION - 1, POSITION + 1]), verdict="valid", as_of=LISTED
    ),
    "replaced": World(
        status_lists=status_lists(replaced=[POSITION]), verdict="superseded", as_of=LISTED
    ),
    "revoked-with-reason": World(
        status_lists=status_lists(revoked=[POSITION]),
        corrections=[corrections(a_correction())],
        verdict="revoked",
        as_of=CORRECTED,
    ),
    "replaced-with-reason": World(
        status_lists=status_lists(replaced=[POSITION]),
        corrections=[corrections(a_correction(superseded_by=NEW_NUMBER))],
        verdict="superseded",
        as_of=CORRECTED,
        by=NEW_NUMBER,
    ),
    "replaced-then-revoked": World(
        corrections=[corrections(a_correction(superseded_by=NEW_NUMBER), a_correction())],
        verdict="revoked",
        as_of=CORRECTED,
    ),
    "corrections-only": World(
        status_lists=[],
        corrections=[corrections(a_correction())],
        verdict="revoked",
        as_of=CORRECTED,
    ),
    "corrections-of-others": World(
        corrections=[corrections(a_correction(number=NEW_NUMBER))], verdict="valid", as_of=LISTED
    ),
    "corrections-changed": World(
        corrections=[corrections(a_correction()) | {"as_of": "2025-06-01T00:00:00Z"}],
        verdict="valid",
        as_of=LISTED,
    ),
    "corrections-of-another-office": World(
        (OFFICE, FOREIGN_OFFICE),
        corrections=[corrections(a_correction(), key=FOREIGN_KEY, issuer=FOREIGN_OFFICE)],
        verdict="valid",
        as_of=LISTED,
    ),
    "newer-list-counts": World(
        status_lists=[
            *status_lists(replaced=[POSITION]),
            *status_lists(at=LISTED - timedelta(days=1)),
        ],
        verdict="superseded",
        as_of=LISTED,
    ),
    # ---- lists that say nothing about this certificate, or that nobody may believe
    "no-list": World(status_lists=[], verdict="stale"),
    "one-list-of-two": World(status_lists=status_lists()[:1], verdict="stale"),
    "list-changed": World(
        status_lists=changed_list(validFrom="2025-06-30T00:00:00Z"), verdict="stale"
    ),
    "lists-of-one-proof": World(status_lists=EARLIER_LISTS, verdict="valid", as_of=LISTED),
    "list-without-its-second-proof": World(status_lists=other_proofs(), verdict="stale"),
    "list-with-another-second-proof": World(
        status_lists=other_proofs(status_lists()[1]["proof"][1]), verdict="stale"
    ),
    "list-not-signed": World(
        status_lists=[{**status_lists([POSITION])[0], "proof": []}, status_lists()[1]],
        verdict="stale",
    ),
    "list-of-another-site": renamed(site="https://lain.example"),
    "list-of-another-office": World(
        (OFFICE, FOREIGN_OFFICE),
        status_lists([POSITION], issuer=replace(FOREIGN_OFFICE, site=OFFICE.site), key=FOREIGN_KEY),
        verdict="stale",
    ),
    "list-by-unknown-key": World(
        status_lists=status_lists([POSITION], key=FOREIGN_KEY), verdict="stale"
    ),
    "list-of-unknown-office": World(
        status_lists=status_lists([POSITION], issuer=FOREIGN_OFFICE, key=FOREIGN_KEY),
        verdict="stale",
    ),
    # ---- shared facts
    "no-issuance": World(issuances=[]),
    "replaced-no-issuance": World(status_lists=status_lists(replaced=[POSITION]), issuances=[]),
    "issuance-of-others": World(
        issuances=[an_issuance(a_record(course="Bimtek Lanjutan")).to_json()]
    ),
    "issuance-changed": World(issuances=[ISSUANCE | {"facts": ISSUANCE["facts"] | {"hours": 160}}]),
    "issuance-broken": World(issuances=[{"format": "psm-issuance/1"}, ISSUANCE | {"added": 1}]),
    # ---- receipts
    "with-log": World((OFFICE_WITH_LOG,)),
    "two-logs": World((OFFICE_WITH_LOG, OTHER_OFFICE_WITH_LOG)),
    "log-key-retired": World((RETIRED,)),
    "expiring": World(issuances=[an_issuance(a_record(valid_until="2025-06-09")).to_json()]),
}
