"""Quarantine: documents that arrived but are not submissions yet.

A document is in quarantine if its card code is wrong, if its participant is unknown, or if it has
no card and is too long or one of too many. Documents are stored for some time only. The log does
not cover them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from psm_course.store.engine import from_utc, to_utc
from psm_course.store.rows import add, ours, remove
from psm_course.store.schema import quarantine


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document in quarantine, as it arrived.

    `digest` is the SHA-256 of the document in canonical form. `address` is the sender's network
    address, or who brought the document to the desk. `why` is `wrong_mac` (wrong card code),
    `unknown_participant`, or `no_card`. A document with `no_card` came over the network without a
    card, and there is one more reason: it is too long, or too many hand-ins of the same number
    without a card already wait for a decision.
    """

    digest: str
    address: str
    received_at: datetime
    submission: str
    participant: str
    quiz: str
    document: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """A sender's address, the number of its documents, and when the first and last one arrived."""

    address: str
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Space:
    """A number of documents (`documents`), and their total length in characters (`letters`)."""

    documents: int = 0
    letters: int = 0

    def with_one(self, document: str) -> "Space":
        """Return a new `Space`: one document more, and the length of `document` added."""
        return Space(self.documents + 1, self.letters + len(document))

    def has_room_for(self, document: str, most: "Space") -> bool:
        """True if `document` can be added without exceeding the limits in `most`.

        `most` has the largest allowed number of documents and their largest allowed total length.
        """
        more = self.with_one(document)
        return more.documents <= most.documents and more.letters <= most.letters


def space_by_address(tx: Connection) -> dict[str, Space]:
    """Return number and total length of each sender's quarantined documents, by address."""
    # Summed by the database, so that no document is read for it.
    letters = func.sum(func.length(quarantine.c.document)).label("letters")
    query = select(quarantine.c.address, func.count().label("documents"), letters).group_by(
        quarantine.c.address
    )
    return {
        row.address: Space(row.documents, int(row.letters)) for row in tx.execute(ours(tx, query))
    }


def count(tx: Connection) -> int:
    """Return the number of documents in quarantine."""
    return int(tx.execute(ours(tx, select(func.count()).select_from(quarantine))).scalar_one())


def list_sources(tx: Connection) -> tuple[Source, ...]:
    """Return all addresses with a document in quarantine, those with most documents first."""
    at, documents = quarantine.c.received_at, func.count().label("documents")
    query = select(
        quarantine.c.address, documents, func.min(at).label("first"), func.max(at).label("last")
    ).group_by(quarantine.c.address)
    rows = tx.execute(ours(tx, query.order_by(documents.desc(), quarantine.c.address)))
    return tuple(
        Source(row.address, row.documents, from_utc(row.first), from_utc(row.last)) for row in rows
    )


def list_quarantined(
    tx: Connection, address: str | None = None, most: int = 200
) -> tuple[Quarantined, ...]:
    """Return the newest documents in quarantine, at most `most`, newest first.

    `address` limits the result to documents from one sender; None: all senders.
    """
    query = (
        select(quarantine)
        .order_by(quarantine.c.received_at.desc(), quarantine.c.digest)
        .limit(most)
    )
    return _found(tx, query if address is None else query.where(quarantine.c.address == address))


def find_quarantined(tx: Connection, digests: Collection[str]) -> tuple[Quarantined, ...]:
    """Return the quarantined documents that have one of these digests, oldest first."""
    return _found(
        tx,
        select(quarantine)
        .where(quarantine.c.digest.in_(digests))
        .order_by(quarantine.c.received_at, quarantine.c.digest),
    )


def _found(tx: Connection, query: Select[Any]) -> tuple[Quarantined, ...]:
    return tuple(
        Quarantined(
            row.digest,
            row.address,
            from_utc(row.received_at),
            row.submission,
            row.participant,
            row.quiz,
            row.document,
            row.why,
        )
        for row in tx.execute(ours(tx, query))
    )


def add_quarantined(tx: Connection, new: Sequence[Quarantined]) -> None:
    """Put documents into quarantine. The log does not cover this table."""
    add(
        tx,
        quarantine,
        [
            {
                "digest": each.digest,
                "address": each.address,
                "received_at": to_utc(each.received_at),
                "submission": each.submission,
                "participant": each.participant,
                "quiz": each.quiz,
                "document": each.document,
                "why": each.why,
            }
            for each in new
        ],
    )


def purge_address(tx: Connection, address: str | None) -> int:
    """Delete all documents of one sender, or of all senders; return the number deleted.

    Args:
        address: the sender's network address, or who brought the documents to the desk; None: all.
    """
    everything = delete(quarantine)
    return remove(
        tx, everything if address is None else everything.where(quarantine.c.address == address)
    )


def purge_before(tx: Connection, moment: datetime) -> int:
    """Delete the documents that arrived before a time; return the number deleted."""
    return remove(tx, delete(quarantine).where(quarantine.c.received_at < to_utc(moment)))


def delete_documents(tx: Connection, digests: Collection[str]) -> None:
    """Delete the documents with these digests."""
    remove(tx, delete(quarantine).where(quarantine.c.digest.in_(digests)))


def delete_submissions(tx: Connection, ids: Collection[str]) -> None:
    """Delete the documents that have these submission ids.

    Call this when submissions with the same ids have arrived again and are in the register now.
    """
    remove(tx, delete(quarantine).where(quarantine.c.submission.in_(ids)))
