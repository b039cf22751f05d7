"""Checks the log itself: each event against its entry, and the entries against the tree.

An entry is the SHA-256 of a salt, an event, and the digests of the rows that the event's deed wrote
(`ledger.entry_of`). The entries are the leaves of the tree.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

from psm_course.store.ledger import Line, entry_of
from psm_course.store.schema import audit_event, log_entry, log_epoch, log_node
from psm_course.store.soundness.clock import Clock
from psm_course.store.soundness.leaves import Leaves
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.stored import Stored, Unread, stored_rows

RESTORED = "register restored"
_COMPARE = "Bandingkan dengan cadangan."
# By epoch, the sizes at which somebody kept a root.
Wanted = Mapping[int, frozenset[int]]


@dataclass(slots=True)
class LogRead:
    """The result of reading the whole log.

    `events` is the number of events. `epochs` contains the tree of every epoch, the oldest first.
    `lost` is the size that an epoch had before a restore ended it, by epoch. `clock` contains the
    periods in which the laptop's clock was wrong.
    """

    events: int = 0
    epochs: list[Leaves] = field(default_factory=list)
    lost: dict[int, int] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, slots=True)
class Chain:
    """The first event of the log that is wrong or missing, and the events before it.

    An event is wrong if it does not fit its entry (hash). `events` is the number of events before
    the wrong or missing one. `head` is the entry of the last of these events, in hexadecimal.
    `broken_at` is the id at which the log is wrong; None if all events are right.
    """

    events: int
    head: str
    broken_at: int | None


def check_chain(tx: Connection) -> Chain:
    """Find the first event of the log that does not fit its entry (hash), or is missing.

    Each event is read with the digests of its rows. This function stops at the first wrong event;
    `event_problems` reads all events and describes each problem.
    """
    before, head = 0, ""
    try:
        for event, is_as_written, lines in _with_lines(tx):
            if (
                event is None
                or event["id"] != before + 1
                or not (is_as_written and _fits(event, lines))
            ):
                return Chain(before, head, event["id"] if event else lines[0][0]["event"])
            before, head = event["id"], event["entry"].hex()
    except Unread:
        return Chain(before, head, before + 1)
    return Chain(before, head, None)


def event_problems(tx: Connection, log: LogRead, wanted: Wanted) -> Iterator[Problem]:
    """Read the whole log once; yield its problems, and write the result into `log`.

    Each event is read with the digests of its rows. `wanted` contains sizes of the log, by epoch.
    In the end, the trees in `log.epochs` contain the roots at these sizes.
    """
    reading = _Reading(log, wanted, [values for values, _ in _each(tx, log_epoch)])
    try:
        for event, is_as_written, lines in _with_lines(tx):
            yield from reading.take(event, is_as_written, lines)
        yield from reading.end()
        yield from _node_problems(tx, reading.nodes)
    except Unread as unread:
        yield Problem(
            "audit_event",
            "",
            f"Catatan tidak terbaca seluruhnya: {unread}. Pakai cadangan terakhir.",
        )


def _each(tx: Connection, table: Table) -> Iterator[Stored]:
    return chain.from_iterable(stored_rows(tx, table))


def _with_lines(
    tx: Connection,
) -> Iterator[tuple[Mapping[str, Any] | None, bool, Sequence[Stored]]]:
    """Yield a tuple for every event of the log: the event, a flag, and the lines of the event.

    The lines are the digests of the event's rows. The flag is True if the event is stored exactly
    as our programs write it. A line without an event is yielded alone; then None stands in the
    place of the event, and the flag is False.
    """
    rest = _each(tx, log_entry)
    line = next(rest, None)
    for event, is_as_written in _each(tx, audit_event):
        mine: list[Stored] = []
        # Both streams are ordered by the event's id, so one pass joins them.
        while line is not None and line[0]["event"] <= event["id"]:
            if line[0]["event"] < event["id"]:
                yield None, False, [line]
            else:
                mine.append(line)
            line = next(rest, None)
        yield event, is_as_written, mine
    while line is not None:
        yield None, False, [line]
        line = next(rest, None)


class _Reading:
    """Checks the log event by event.

    Call `take` for each event, then `end`. Both yield problems, and write what they learn into
    `log` (a `LogRead`).
    """

    def __init__(self, log: LogRead, wanted: Wanted, epochs: Sequence[Mapping[str, Any]]) -> None:
        self.log, self.wanted, self.coming = log, wanted, list(epochs)
        self.nodes: dict[tuple[int, int, int], bytes] = {}
        self.last = 0

    def take(
        self, event: Mapping[str, Any] | None, is_as_written: bool, lines: Sequence[Stored]
    ) -> Iterator[Problem]:
        if event is None:
            number = lines[0][0]["event"]
            yield Problem(
                "log_entry",
                str(number),
                f"Catatan {number} tidak ada, tetapi daftar barisnya masih ada. {_COMPARE}",
            )
            return
        yield from self._in_order(event["id"])
        if not (is_as_written and _fits(event, lines)):
            yield Problem(
                "audit_event",
                str(event["id"]),
                f"Catatan {event['id']} tidak cocok dengan sidiknya; isinya, atau daftar baris yang"
                " ditulisnya, diubah di luar program.",
            )
        self.log.clock.take(event)
        yield from self._next_epoch(event)
        if self.log.epochs:
            leaves = self.log.epochs[-1]
            # The entry as it is stored, even if it does not fit: this entry was published.
            entry = event["entry"] if isinstance(event["entry"], bytes) else b""
            self._note_lost(event)
            self.nodes |= {
                (leaves.epoch, level, index): node for level, index, node in leaves.append(entry)
            }
        self.log.events += 1

    def _in_order(self, number: int) -> Iterator[Problem]:
        before, self.last = self.last, number
        if number != before + 1:
            gone = f"{before + 1}" if number == before + 2 else f"{before + 1} sampai {number - 1}"
            yield Problem(
                "audit_event", gone, f"Catatan {gone} tidak ada lagi; dihapus di luar program."
            )

    def _next_epoch(self, event: Mapping[str, Any]) -> Iterator[Problem]:
        """Begin a new epoch if this event is its first event; yield problems of the new epoch.

        It is a problem if the number of the epoch is not the next one, if its first event is
        missing, or if the detail of this event does not contain the size and the root that the
        epoch before had at its end.
        """
        while self.coming and event["id"] >= self.coming[0]["first_event"]:
            begun = self.coming.pop(0)
            before = self.log.epochs[-1] if self.log.epochs else None
            new = Leaves(begun["epoch"], begun["origin"], self.wanted.get(begun["epoch"], ()))
            self.log.epochs.append(new)
            if (
                begun["first_event"] != event["id"]
                or new.epoch != (before.epoch if before else 0) + 1
                or not _follows(event, before)
            ):
                yield Problem(
                    "log_epoch",
                    str(new.epoch),
                    f"Log {new.epoch} tidak menyambung pada log sebelumnya (catatan {event['id']})."
                    f" {_COMPARE}",
                )

    def _note_lost(self, event: Mapping[str, Any]) -> None:
        if event["verb"] == RESTORED and len(self.log.epochs) > 1:
            seen = _detail(event).get("log_seen")
            if isinstance(seen, int):
                self.log.lost[self.log.epochs[-2].epoch] = seen

    def end(self) -> Iterator[Problem]:
        return (
            Problem(
                "log_epoch",
                str(begun["epoch"]),
                f"Log {begun['epoch']} belum punya satu pun catatan. {_COMPARE}",
            )
            for begun in self.coming
        )


def _follows(event: Mapping[str, Any], before: Leaves | None) -> bool:
    if before is None:
        return True
    said = {"old_epoch": before.epoch, "old_size": before.size, "old_root": before.root.hex()}
    return said.items() <= _detail(event).items()


def _detail(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return the detail of an event as a dict; empty if the detail cannot be read."""
    try:
        detail = json.loads(event["detail"])
    except (ValueError, TypeError):
        return {}
    return detail if isinstance(detail, dict) else {}


def _fits(event: Mapping[str, Any], lines: Sequence[Stored]) -> bool:
    """True if the entry of an event is the right one for the event and these lines.

    Event and lines must be stored exactly as our programs write them.
    """
    if not all(is_as_written for _, is_as_written in lines):
        return False
    try:
        detail = json.loads(event["detail"])
        body = {name: event[name] for name in ("office", "id", "at", "actor", "verb", "subject")}
        entry = entry_of(
            event["salt"],
            {**body, "detail": detail},
            [Line(each["table"], each["key"], each["digest"]) for each, _ in lines],
        )
    except (ValueError, TypeError):
        return False
    # The entry covers the values of the detail, not the layout of its text.
    return bool(entry == event["entry"]) and json.dumps(detail, sort_keys=True) == event["detail"]


def _node_problems(tx: Connection, made: Mapping[tuple[int, int, int], bytes]) -> Iterator[Problem]:
    rest = dict(made)
    for node, is_as_written in _each(tx, log_node):
        place = node["epoch"], node["level"], node["index"]
        if not is_as_written or rest.pop(place, None) != node["hash"]:
            yield _unfit_node(place, "tidak cocok dengan catatannya")
    yield from (_unfit_node(place, "tidak ada lagi") for place in rest)


def _unfit_node(place: tuple[object, ...], said: str) -> Problem:
    row = "/".join(map(str, place))
    return Problem("log_node", row, f"Simpul {row} dari pohon log {said}. {_COMPARE}")
