"""All signatures made for a certificate number; the office publishes a mark of each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from psm_course.store.rows import ours
from psm_course.store.schema import record, record_document

_AT_ONCE = 500  # numbers in one question


@dataclass(frozen=True, slots=True)
class SignedForms:
    """The signed texts of a record, made at one time: JSON, JSON Web Token and QR code.

    `number` is the certificate number, `credential` the signed JSON. `jwt` (JSON Web Token) and
    `qr` are None if they were not made.
    """

    number: str
    credential: str
    jwt: str | None
    qr: str | None


def count_signatures(tx: Connection) -> dict[str, int]:
    """Return the number of signatures in the register, by certificate number.

    Only records that were signed are in the result. Each signed text (JSON, JSON Web Token, QR
    code) is one signature. The number is 0 if the holder was erased.
    """
    given = (
        select(record.c.number)
        .where(record.c.status_index.is_not(None))
        .order_by(record.c.year, record.c.sequence, record.c.course)
    )
    counted = dict.fromkeys(tx.execute(ours(tx, given)).scalars(), 0)
    document = record_document.c
    count = func.count(document.credential) + func.count(document.jwt) + func.count(document.qr)
    signed = (
        select(document.record, count.label("signatures"))
        .where(document.credential.is_not(None))
        .group_by(document.record)
    )
    for row in tx.execute(ours(tx, signed)):
        if row.record in counted:
            counted[row.record] = int(row.signatures)
    return counted


def signed_forms(tx: Connection, numbers: Sequence[str]) -> Iterator[SignedForms]:
    """Yield the signed texts of the records with these certificate numbers.

    If a record was signed several times, its oldest texts come first.
    """
    document = record_document.c
    query = select(document.record, document.credential, document.jwt, document.qr).where(
        document.credential.is_not(None)
    )
    for start in range(0, len(numbers), _AT_ONCE):
        some = query.where(document.record.in_(numbers[start : start + _AT_ONCE])).order_by(
            document.id
        )
        for row in tx.execute(ours(tx, some)):
            yield SignedForms(row.record, row.credential, row.jwt, row.qr)
