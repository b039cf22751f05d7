"""The office's log: size, root, epochs, and the hashes that proofs are made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from psm_course.credentials.log.merkle import EMPTY
from psm_course.store import tree
from psm_course.store.engine import LOG_HOST
from psm_course.store.rows import ours
from psm_course.store.schema import audit_event
from psm_course.store.tree import Epoch, find_epochs

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class LogState:
    """A log at one moment: its name in checkpoints, epoch, number of entries, and 32-byte root."""

    origin: str
    epoch: int
    size: int
    root: bytes


def log_state(tx: Connection) -> LogState:
    """The log of the present epoch.

    Before the first deed: epoch 0, empty, with the name it will have.
    """
    epochs = find_epochs(tx)
    if not epochs:
        return LogState(f"{tx.get_execution_options()[LOG_HOST]}/log/1", 0, 0, EMPTY)
    newest = epochs[-1]
    return LogState(
        newest.origin, newest.number, newest.size, tree.root_between(tx, newest, 0, newest.size)
    )


def root_at(tx: Connection, epoch: int, size: int) -> bytes:
    """The root of an epoch's tree when it had this many entries.

    Raises:
        ValueError: it never had so many, or there is no such epoch.
    """
    return root_between(tx, epoch, 0, size)


def root_between(tx: Connection, epoch: int, start: int, stop: int) -> bytes:
    """The root over a part of an epoch's tree, as `credentials.log.merkle` needs it for proofs.

    Raises:
        ValueError: the epoch does not exist or is shorter.
    """
    return tree.root_between(tx, _within(tx, epoch, stop), start, stop)


def entries(tx: Connection, epoch: int) -> Iterator[bytes]:
    """The 32-byte entries of an epoch in order, streamed.

    Raises:
        ValueError: the epoch does not exist.
    """
    of = _within(tx, epoch, 0)
    query = (
        select(audit_event.c.entry)
        .where(audit_event.c.id >= of.first_event, audit_event.c.id < of.first_event + of.size)
        .order_by(audit_event.c.id)
    )
    with tx.execute(ours(tx, query).execution_options(yield_per=_AT_ONCE)) as rows:
        yield from rows.scalars()


def _within(tx: Connection, number: int, size: int) -> Epoch:
    for epoch in find_epochs(tx):
        if epoch.number == number and size <= epoch.size:
            return epoch
    raise ValueError(f"no epoch {number} with {size} entries")
