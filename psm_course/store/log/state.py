"""The office's log: size, root, epochs, and the hashes that are needed for proofs."""

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
    """Return the state of the log in the present epoch.

    Before the office's first deed, the state has epoch 0, size 0, and the name that the log will
    have.
    """
    epochs = find_epochs(tx)
    if not epochs:
        return LogState(f"{tx.get_execution_options()[LOG_HOST]}/log/1", 0, 0, EMPTY)
    newest = epochs[-1]
    return LogState(
        newest.origin, newest.number, newest.size, tree.root_between(tx, newest, 0, newest.size)
    )


def root_at(tx: Connection, epoch: int, size: int) -> bytes:
    """Return the root that an epoch's tree had when it had `size` entries.

    Raises:
        ValueError: the epoch does not exist, or never had so many entries.
    """
    return root_between(tx, epoch, 0, size)


def root_between(tx: Connection, epoch: int, start: int, stop: int) -> bytes:
    """Return the root of some neighbouring entries of a log, from index `start` to `stop` - 1.

    `epoch` is the number of the log: an office begins a new log, with its own tree, after a restore
    or a move of the site. `start` must be 0, or a multiple of a power of two that is at least
    `stop - start`. `credentials.log.merkle` needs such roots for proofs.

    Raises:
        ValueError: the epoch does not exist, or has fewer than `stop` entries.
    """
    return tree.root_between(tx, _within(tx, epoch, stop), start, stop)


def entries(tx: Connection, epoch: int) -> Iterator[bytes]:
    """Yield the entries of an epoch, in order.

    An entry is the SHA-256 (32 bytes) of a salt, an event, and the digests of the event's rows.

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
