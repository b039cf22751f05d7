"""The participants' cards as the register knows them: which serial is the present one, and that a secret for the codes was made."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from psm_course.domain.register import Reason
from psm_course.store.engine import to_utc
from psm_course.store.rows import add, change, ours
from psm_course.store.schema import card_secret, enrolment


def find_serial(tx: Connection, number: str) -> int | None:
    """The serial of a person's present card; None for a number we do not know, or a person who was erased."""
    return serials_of(tx, [number]).get(number)


def serials_of(tx: Connection, numbers: Collection[str]) -> dict[str, int]:
    """The serials of the cards of those of these people who are in the register; an erased person has no card."""
    query = select(enrolment.c.number, enrolment.c.card_serial).where(enrolment.c.number.in_(numbers), enrolment.c.erased_at.is_(None))
    return {row.number: row.card_serial for row in tx.execute(ours(tx, query))}


def serials_in(tx: Connection, cohort_id: str) -> dict[str, int]:
    """The serial of every card of a cohort."""
    query = select(enrolment.c.number, enrolment.c.card_serial).where(enrolment.c.cohort == cohort_id, enrolment.c.erased_at.is_(None))
    return {row.number: row.card_serial for row in tx.execute(ours(tx, query))}


def raise_serial(tx: Connection, number: str) -> None:
    """What the card so far says is that of an earlier card from now on."""
    change(tx, update(enrolment).where(enrolment.c.number == number).values(card_serial=enrolment.c.card_serial + 1))


def secret_digest(tx: Connection) -> str | None:
    """The digest of the secret that the cards' codes come from; None before the first."""
    newest = select(card_secret.c.digest).order_by(card_secret.c.id.desc()).limit(1)
    return tx.execute(ours(tx, newest)).scalar()


def add_secret(tx: Connection, digest: str, reason: Reason, actor: str, at: datetime) -> None:
    add(tx, card_secret, [{"digest": digest, "reason": reason, "actor": actor, "made_at": to_utc(at)}])
