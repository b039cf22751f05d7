"""The Merkle tree over an office's log.

The leaves of the tree are events. Every 256 leaves are a full part of level 1; every 256 full parts
are a full part of the next level. The roots of full parts are stored in `log_node`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from psm_course.credentials.log.merkle import Growing, leaf_hash, root_of
from psm_course.store.rows import add, highest, ours
from psm_course.store.schema import audit_event, log_epoch, log_node

# Leaves under a stored node of the first level, and stored nodes under one of the next level.
WIDTH = 256
_BITS = 8
# A node of this level would stand for 256^7 leaves: no log gets so long.
_MOST_LEVELS = 7


@dataclass(frozen=True, slots=True)
class Epoch:
    """One log of the office. A restore or a new address of the site begins the next epoch.

    `origin` is the name of the log in checkpoints, `first_event` the id of the event that is leaf
    0, `size` the number of events.
    """

    number: int
    origin: str
    first_event: int
    size: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of a log: the name of the log in checkpoints, and the index of the leaf from 0."""

    origin: str
    index: int


def find_epochs(tx: Connection) -> tuple[Epoch, ...]:
    """Return all epochs of an office, oldest first; none before the office's first event."""
    rows = tx.execute(ours(tx, select(log_epoch).order_by(log_epoch.c.epoch))).all()
    ends = [*(row.first_event for row in rows[1:]), last_event(tx) + 1]
    # strict=False: before the first event there is an end, but no epoch.
    return tuple(
        Epoch(row.epoch, row.origin, row.first_event, end - row.first_event)
        for row, end in zip(rows, ends, strict=False)
    )


def last_event(tx: Connection) -> int:
    """Return the id of the newest event; 0 before the first."""
    return highest(tx, audit_event.c.id)


def root_between(tx: Connection, epoch: Epoch, start: int, stop: int) -> bytes:
    """Return the root of the leaves from index `start` to `stop` - 1; proofs need such roots.

    `start` must be 0, or a multiple of a power of two that is at least `stop - start`.
    """
    tree = Growing()
    for level, first, last in _full_parts(start, stop):
        for each in hashes(tx, epoch, level, first, last):
            # A stored root stands for 256^level leaves, so the whole tree is never read.
            tree.append(each, height=level * _BITS)
    return tree.root()


def _full_parts(start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Cut the leaves from index `start` to `stop` - 1 into full parts, the largest parts first.

    A full part of level n has 256^n leaves; on level 0 it is one leaf. Yields for each level that
    has parts: the level, the index of the first part, and the index after the last part.
    """
    for level in range(_MOST_LEVELS, -1, -1):
        leaves = WIDTH**level
        parts = (stop - start) // leaves
        if parts:
            yield level, start // leaves, start // leaves + parts
            start += parts * leaves


def hashes(tx: Connection, epoch: Epoch, level: int, first: int, last: int) -> Sequence[bytes]:
    """Return the hashes of one level of the tree, from index `first` to `last` - 1.

    On level 0 these are the hashes of leaves. On a higher level n they are the stored roots of
    parts with 256^n leaves.
    """
    if first == last:
        return ()
    # Not stored: hashing 256 leaves again takes 0.1 ms, storing them one more row for each event.
    if level == 0:
        query = select(audit_event.c.entry).order_by(audit_event.c.id)
        within = (
            audit_event.c.id >= epoch.first_event + first,
            audit_event.c.id < epoch.first_event + last,
        )
        return [leaf_hash(entry) for entry in tx.execute(ours(tx, query.where(*within))).scalars()]
    index = log_node.c["index"]
    of_level = (
        log_node.c.epoch == epoch.number,
        log_node.c.level == level,
        index >= first,
        index < last,
    )
    return (
        tx.execute(ours(tx, select(log_node.c.hash).where(*of_level).order_by(index)))
        .scalars()
        .all()
    )


def grow(tx: Connection, epoch: Epoch, leaf_hashes: Sequence[bytes]) -> None:
    """Store the nodes of the tree that are complete now that new leaves were added.

    Args:
        epoch: the log as it was before the new leaves.
        leaf_hashes: hashes of the new leaves, in order.
    """
    new: list[dict[str, Any]] = []
    level, size, more = 0, epoch.size, leaf_hashes
    while size // WIDTH < (size + len(more)) // WIDTH:
        begun = size // WIDTH
        below = [*hashes(tx, epoch, level, begun * WIDTH, size), *more]
        more = [
            root_of(below[place : place + WIDTH])
            for place in range(0, len(below) - WIDTH + 1, WIDTH)
        ]
        level, size = level + 1, begun
        new += [
            {"epoch": epoch.number, "level": level, "index": begun + place, "hash": each}
            for place, each in enumerate(more)
        ]
    add(tx, log_node, new)
