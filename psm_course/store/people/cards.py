"""Cards in the register: the serial of each person's present card, and the card secret's digest.

The card secret is the office's secret from which the codes on cards are computed.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from psm_course.domain.register import Reason
from psm_course.store.engine import to_utc
from psm_course.store.rows import add, change, ours
from psm_course.store.schema import card_secret, enrolment


def find_serial(tx: Connection, number: str) -> int | None:
    """Return the serial of a person's present card; None for an unknown number or erased person."""
    return _serials(tx, enrolment.c.number == number).get(number)


def serials_in(tx: Connection, cohort_id: str) -> dict[str, int]:
    """Return the card serials of the people in a cohort, by participant number.

    Erased people are left out.
    """
    return _serials(tx, enrolment.c.cohort == cohort_id)


def _serials(tx: Connection, whose: ColumnElement[bool]) -> dict[str, int]:
    query = select(enrolment.c.number, enrolment.c.card_serial).where(
        whose, enrolment.c.erased_at.is_(None)
    )
    return {row.number: row.card_serial for row in tx.execute(ours(tx, query))}


def raise_serial(tx: Connection, number: str) -> None:
    """Add 1 to a person's card serial. Cards with a lower serial are not valid any more."""
    change(
        tx,
        update(enrolment)
        .where(enrolment.c.number == number)
        .values(card_serial=enrolment.c.card_serial + 1),
    )


def secret_digest(tx: Connection) -> str | None:
    """Return the digest of the newest card secret; None before the first secret was made.

    The codes on cards are computed from the secret.
    """
    newest = select(card_secret.c.digest).order_by(card_secret.c.id.desc()).limit(1)
    return tx.execute(ours(tx, newest)).scalar()


def add_secret(tx: Connection, digest: str, reason: Reason, actor: str, at: datetime) -> None:
    """Add the digest of a new card secret. The secret itself is in a file, not in the register."""
    add(
        tx,
        card_secret,
        [{"digest": digest, "reason": reason, "actor": actor, "made_at": to_utc(at)}],
    )
