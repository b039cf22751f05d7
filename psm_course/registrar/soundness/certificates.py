"""Check records: frozen content, signed forms and the office's signature must agree."""

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.earlier_badge import badge_like
from psm_course.credentials.formats.token import Token, read_token
from psm_course.credentials.formats.vc_jwt import is_jwt_of
from psm_course.credentials.signing.keys import Issuer
from psm_course.credentials.verification.signer import signer_of, signer_of_token
from psm_course.credentials.verification.verdict import Doubt
from psm_course.local_time import WIB
from psm_course.store.certificates import frozen
from psm_course.store.certificates.frozen import FrozenRow
from psm_course.store.engine import Connection
from psm_course.store.soundness.problem import Problem

# As of attempts: so many where not all are asked for, the same ones every time.
SAMPLE = 500
_SEED = 20261128
_OWN = ("kind", "participant", "name", "kelurahan", "issued_on", "score")


def certificate_problems(
    tx: Connection, issuer: Issuer | None, everything: bool
) -> Iterator[Problem]:
    """Yield the first problem of each record that has a problem.

    If `everything` is False, at most `SAMPLE` (500) records are checked, the same ones each time.
    `issuer` is None if the office has no list of keys; then one problem says that signatures cannot
    be checked.
    """
    for number in frozen.without_document(tx):
        yield Problem(
            "record_document",
            number,
            f"Isi sertifikat {number} tidak ada lagi, padahal pemiliknya tidak dihapus.",
        )
    unsigned = 0
    for row in _to_check(tx, everything):
        said = _trouble_with(row, issuer)
        if said:
            yield Problem("record_document", row.number, f"Sertifikat {row.number}: {said}.")
        unsigned += issuer is None and row.credential is not None
    if unsigned:
        yield Problem(
            "record_document",
            "",
            f"Daftar kunci (keys.json) tidak ada, jadi tanda tangan {unsigned} sertifikat tidak"
            " dapat diperiksa. Kembalikan dari cadangan.",
        )


def _to_check(tx: Connection, everything: bool) -> Iterator[FrozenRow]:
    numbers = () if everything else frozen.numbers_issued(tx)
    if len(numbers) <= SAMPLE:
        return frozen.stream_frozen(tx)
    # The same sample every time.
    return frozen.stream_frozen(tx, Random(_SEED).sample(numbers, SAMPLE))  # noqa: S311


def _trouble_with(row: FrozenRow, issuer: Issuer | None) -> str:
    """The first problem with a record, as the end of a sentence; empty if there is no problem."""
    try:
        said = _trouble_with_content(row)
        if said or row.credential is None or issuer is None:
            return said
        return (
            _trouble_with_credential(row, issuer)
            or _trouble_with_token(row, issuer)
            or _trouble_with_code(row, issuer)
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        # A fact of the content is missing, or is none.
        return "isinya tidak terbaca"


def _trouble_with_content(row: FrozenRow) -> str:
    content = _read(row.content)
    says = {
        "number": row.number,
        "participant": row.participant,
        "kind": row.kind,
        "issued_on": row.issued_at.astimezone(WIB).date().isoformat(),
    }
    differing = [name for name, value in says.items() if content.get(name) != value]
    return f"isinya tidak cocok dengan register ({', '.join(differing)})" if differing else ""


def _trouble_with_credential(row: FrozenRow, issuer: Issuer) -> str:
    """The problem with a credential, as the end of a sentence; empty if there is no problem.

    The credential must hold the frozen content, the record's place in the lists and the office's
    contacts, and nothing else; and the office must have signed it.
    """
    credential, content = _read(row.credential or ""), _read(row.content)
    if row.status_index is None:
        return "tempatnya di daftar status hilang"
    said = {name: value for name, value in credential.items() if name != "proof"}
    like = badge_like(credential, content, issuer, row.status_index)
    if said != _read(json.dumps(like)):  # as it is after writing and reading it
        return "kredensialnya tidak sama dengan isi yang dibekukan"
    if str(row.key) not in json.dumps(credential["proof"]):
        return "kuncinya bukan yang menandatangani kredensialnya"
    return _doubt(lambda: signer_of(credential, [issuer]))


def _trouble_with_token(row: FrozenRow, issuer: Issuer) -> str:
    key = issuer.find_key(str(row.key))
    if row.jwt is None or key is None or is_jwt_of(row.jwt, _read(row.credential or ""), key):
        return ""
    return "tokennya tidak sama dengan kredensialnya"


def _trouble_with_code(row: FrozenRow, issuer: Issuer) -> str:
    try:
        token = read_token(row.qr or "")
    except Unreadable:
        return "kode QR-nya tidak terbaca"
    if not _is_about(token, row, _read(row.content)) or not str(row.qr).startswith(
        f"{issuer.site}/v#"
    ):
        return "kode QR-nya tidak sama dengan isi yang dibekukan"
    return _doubt(lambda: signer_of_token(token, [issuer]))


def _is_about(token: Token, row: FrozenRow, content: Mapping[str, Any]) -> bool:
    own = {name: content[name] for name in _OWN}
    return (
        token.facts == own
        and token.position == row.status_index
        and token.number_part in row.number
    )


def _doubt(look: Any) -> str:
    """The problem with a signature, as the end of a sentence; empty if the office's key signed.

    `look` is a function that checks the signature and raises `Doubt` if the signature is not valid.
    A leaked key is no problem here, because leaked keys are reported elsewhere.
    """
    try:
        look()
    except Doubt as doubt:
        return "" if doubt.verdict.verdict == "revoked" else "tanda tangannya tidak sah"
    return ""


def _read(written: str) -> dict[str, Any]:
    try:
        read = json.loads(written)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
