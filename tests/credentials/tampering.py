"""The table that every verifier of ours is run over: the library, the command and the page. Each
case is what a person might hand in.

`cases()` gives it for Python; `python -m tests.credentials.tampering FILE` writes it as JSON
(`given` in base64) for the others. A case says the verdict by hand, or that it must never be one
that lets a record through (`NEVER`): then the library's own is written down.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from psm_course.credentials.documents import Json, read_document, written
from psm_course.credentials.log.receipt import short_code
from psm_course.credentials.verification.verdict import Verdict
from psm_course.credentials.verification.verification import verify
from tests.credentials.aged import AGED_WORLDS, aged
from tests.credentials.signed import (
    FOREIGN_KEY,
    FOREIGN_OFFICE,
    LISTED,
    NEXT_KEY,
    NOW,
    OFFICE,
    SIGNED,
    a_badge,
    a_record,
    an_address,
    as_bytes,
    corrections,
    status_lists,
)
from tests.credentials.tampered_json import (
    OTHER_JSON,
    changed_bytes,
    changed_documents,
    other_proofs,
    same_documents,
)
from tests.credentials.tampered_pdf import pdfs
from tests.credentials.tampered_png import pngs
from tests.credentials.tampered_receipts import (
    OTHER_LOG_KEY,
    a_receipt,
    after,
    changed_receipts,
    genuine_receipts,
)
from tests.credentials.tampered_token import (
    OTHER_NAMES,
    OTHER_TEXTS,
    changed_tokens,
    flipped_bytes,
    same_texts,
)
from tests.credentials.worlds import WORLDS as USUAL_WORLDS

NEVER = "never"
WORLDS = USUAL_WORLDS | AGED_WORLDS
OWN_FACTS = ("kind", "participant", "name", "kelurahan", "issued_on", "score")


@dataclass(frozen=True)
class Case:
    """`record`: the facts that must be shown. `as_of` and `by`: the date of the status and the
    number that replaced this one.
    """

    id: str
    given: bytes
    verdict: str
    world: str = "usual"
    now: datetime = NOW
    record: Json | None = None
    as_of: datetime | None = None
    by: str | None = None
    receipt: Json | None = None

    def expected(self) -> Json:
        """Without the sentence: the things that all verifiers must agree on."""
        as_of = written(self.as_of) if self.as_of else None
        return {
            "verdict": self.verdict,
            "record": self.record,
            "status_as_of": as_of,
            "superseded_by": self.by,
            "receipt": self.receipt,
        }


def answer(case: Case) -> Verdict:
    return verify(case.given, WORLDS[case.world].published(), case.now)


def cases() -> list[Case]:
    found = [
        *_forms(),
        *_json(),
        *_tokens(),
        *_pdfs(),
        *_pngs(),
        *_keys(),
        *_statuses(),
        *_times(),
        *_receipts(),
        *_ages(),
    ]
    assert len({case.id for case in found}) == len(found)
    return found


def _valid(case_id: str, given: bytes, **more: Any) -> Case:
    return Case(case_id, given, "valid", **{"record": a_record(), "as_of": LISTED} | more)


def _forms() -> Iterator[Case]:
    """The same certificate in another dress is valid; what is no certificate is unreadable."""
    for name, raw in same_documents().items():
        yield _valid(f"json/same/{name}", raw)
    for name, text in same_texts().items():
        yield _valid(f"token/same/{name}", text.encode())
    for name, raw in OTHER_JSON.items():
        yield Case(f"json/other/{name}", raw, "unreadable")
    for name, text in OTHER_TEXTS.items():
        yield Case(f"token/other/{name}", text.encode(), "unreadable")
    for name, document in {"status-list": status_lists()[0], "corrections": corrections()}.items():
        yield Case(f"json/signed-but-no-certificate/{name}", as_bytes(document), "unreadable")
    yield Case("json/not-signed-and-no-certificate/keys", as_bytes(OFFICE.to_json()), "tampered")


def _json() -> Iterator[Case]:
    for name, document, verdict in changed_documents():
        yield Case(f"json/field/{name}", as_bytes(document), verdict)
    for name, document in other_proofs():
        yield Case(f"json/proofs/{name}", as_bytes(document), "tampered")
    for name, raw in changed_bytes():
        yield Case(f"json/byte/{name}", raw, NEVER)


def _tokens() -> Iterator[Case]:
    for name, text, verdict in changed_tokens():
        yield Case(f"token/field/{name}", text.encode(), verdict)
    for name, letters in OTHER_NAMES.items():
        record = a_record(name=letters)
        yield _valid(f"token/name/{name}", an_address(record).encode(), record=record)
    for name, text in flipped_bytes():
        yield Case(f"token/byte/{name}", text.encode(), NEVER)


def _pdfs() -> Iterator[Case]:
    for name, raw, verdict, world in pdfs():
        shown = (
            {"record": a_record(), "as_of": LISTED}
            if verdict == "valid" or name == "edited-and-digest-known"
            else {}
        )
        yield Case(f"pdf/{name}", raw, verdict, world, **shown)


def _pngs() -> Iterator[Case]:
    for name, raw, verdict in pngs():
        yield Case(
            f"png/{name}",
            raw,
            verdict,
            **({"record": a_record(), "as_of": LISTED} if verdict == "valid" else {}),
        )


def _both(record: Json, **how: Any) -> list[tuple[str, bytes]]:
    return [
        ("json", as_bytes(a_badge(record, **how))),
        ("token", an_address(record, **how).encode()),
    ]


def _keys() -> Iterator[Case]:
    for form, given in _both(a_record(), key=FOREIGN_KEY):
        yield Case(f"key/foreign-key-in-our-name/{form}", given, "unknown_issuer")
    for form, given in _both(a_record(), key=FOREIGN_KEY, issuer=FOREIGN_OFFICE):
        yield Case(f"key/office-we-do-not-know/{form}", given, "unknown_issuer")
    for form, given in _both(a_record()):
        yield Case(f"key/nobody-known/{form}", given, "unknown_issuer", "nobody")
        yield _valid(f"key/retired-since/{form}", given, world="retired")
        yield _valid(f"key/retired-the-same-day/{form}", given, world="retired-the-same-day")
        yield Case(f"key/retired-before/{form}", given, "unknown_issuer", "retired-before")
        yield Case(f"key/compromised/{form}", given, "revoked", "compromised")
    for form, given in _both(a_record(), key=NEXT_KEY, at=LISTED):
        yield _valid(f"key/compromised-and-signed-anew/{form}", given, world="compromised")
    for form, given in _both(a_record(), key=FOREIGN_KEY, issuer=FOREIGN_OFFICE):
        yield _valid(f"key/two-offices-known/{form}", given, world="two-offices")


def _statuses() -> Iterator[Case]:
    for form, given in _both(a_record()):
        for name, world in WORLDS.items():
            if world.verdict:
                shown = {"record": a_record(), "as_of": world.as_of, "by": world.by}
                yield Case(f"status/{name}/{form}", given, world.verdict, name, **shown)
    address = an_address().encode()
    own = {name: value for name, value in a_record().items() if name in OWN_FACTS}
    for name in ("no-issuance", "issuance-of-others", "issuance-changed", "issuance-broken"):
        yield Case(f"issuance/{name}/token", address, "stale", name, record=own, as_of=LISTED)
    yield Case(
        "issuance/replaced-and-number-not-known/token",
        address,
        "superseded",
        "replaced-no-issuance",
        NOW,
        own,
        LISTED,
    )


def _ages() -> Iterator[Case]:
    for case_id, given, verdict, world, how in aged():
        yield Case(case_id, given, verdict, world, **how)


def _times() -> Iterator[Case]:
    record = a_record(valid_until="2025-06-09")
    for form, given in _both(record):
        shown = {"world": "expiring", "record": record, "as_of": LISTED}
        yield Case(f"time/expired/{form}", given, "revoked", **shown)
        yield Case(
            f"time/last-day/{form}",
            given,
            "valid",
            now=datetime.fromisoformat("2025-06-09T23:59:00+07:00"),
            **shown,
        )
    for form, given in _both(a_record()):
        yield _valid(
            f"time/first-minute/{form}",
            given,
            now=datetime.fromisoformat("2025-06-02T00:00:00+07:00"),
        )
        yield Case(
            f"time/before-its-day/{form}",
            given,
            "revoked",
            now=SIGNED.replace(day=1),
            record=a_record(),
            as_of=LISTED,
        )


def _receipts() -> Iterator[Case]:
    for name, raw in genuine_receipts():
        yield Case(f"receipt/genuine/{name}", raw, "valid", "with-log", receipt=_facts(raw))
    for name, raw, verdict in changed_receipts():
        yield Case(f"receipt/{name}", raw, verdict, "with-log")
    own, others = as_bytes(a_receipt()), as_bytes(a_receipt(OTHER_LOG_KEY))
    yield Case("receipt/nobody-known", own, "unknown_issuer", "nobody")
    yield Case("receipt/office-without-a-log", own, "unknown_issuer", "usual")
    yield Case("receipt/of-another-office", others, "valid", "two-logs", receipt=_facts(others))
    yield Case(
        "receipt/another-office-s-key-named",
        as_bytes(a_receipt() | {"key": OTHER_LOG_KEY.multikey}),
        "tampered",
        "two-logs",
    )
    yield Case("receipt/key-retired-since", own, "valid", "log-key-retired", receipt=_facts(own))
    yield Case(
        "receipt/key-retired-before",
        after(timedelta(seconds=1)),
        "unknown_issuer",
        "log-key-retired",
    )


def _facts(raw: bytes) -> Json:
    """What a genuine receipt says, with its code."""
    document = read_document(raw)
    facts = {name: value for name, value in document.items() if name not in ("format", "signature")}
    return facts | {"code": short_code(document["document"])}


def as_json() -> Json:
    """The table for verifiers in other languages; the library's sentence is beside each verdict."""
    return {
        "worlds": {name: world.to_json() for name, world in WORLDS.items()},
        "cases": [_case_json(case) for case in cases()],
    }


def _case_json(case: Case) -> Json:
    given = base64.b64encode(case.given).decode()
    return {
        "id": case.id,
        "given": given,
        "world": case.world,
        "now": written(case.now),
        "expected": answer(case).to_json(),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(
        json.dumps(as_json(), ensure_ascii=False, indent=1), encoding="utf-8"
    )
