"""Finds periods of the log in which the laptop's clock was wrong.

The clock was wrong if the time of an event is more than a day before the time of an earlier event.
When an officer declares that the clock is right again (`psm clock accept`), events before this are
not compared with later events any more.

A laptop's clock can be wrong although nobody forged anything. So wrong times are no damage, and a
register with wrong times can be restored like any other. Decision 0125.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from psm_course.store.soundness.problem import Problem

# An event may be so much earlier than the newest event before it: it waited for another writer, or
# a long import has the time at which it began.
LATE = timedelta(days=1)
CLOCK_ACCEPTED = "clock accepted"


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A period of wrong times: successive events dated more than a day before an earlier event.

    `newest` is the day of that earlier event. `first` and `last` are the ids of the first and the
    last event of the period. `earliest` and `latest` are the earliest and the latest day on which
    an event of the period is dated. `settled_by` is the id of the later event by which an officer
    declared that the clock is right again; None if no officer did.
    """

    first: int
    last: int
    earliest: date
    latest: date
    newest: date
    settled_by: int | None = None

    @property
    def events(self) -> str:
        """The ids of the first and the last event in Indonesian words: `17` or `17 sampai 20`."""
        return f"{self.first}" if self.first == self.last else f"{self.first} sampai {self.last}"

    @property
    def days(self) -> str:
        """The earliest and the latest day of these events in Indonesian words."""
        days = (f"{self.earliest:%d-%m-%Y}", f"{self.latest:%d-%m-%Y}")
        return " sampai ".join(dict.fromkeys(days))


@dataclass(slots=True)
class Clock:
    """Finds periods with a wrong clock, while the log is read event by event (`take`).

    `wrong` is the list of these periods. `newest` is the latest time of the events read until now.
    If an officer has declared that the clock is right again, the events before that declaration do
    not count for `newest`.
    """

    newest: datetime | None = None
    wrong: list[WrongClock] = field(default_factory=list)

    def take(self, event: Mapping[str, Any]) -> None:
        """Compare the time of the next event with the events before it, and update `wrong`.

        If the time is wrong, the event is added to the last period in `wrong`, or begins a new
        period. If the event is an officer's declaration that the clock is right again, all periods
        until now are settled.
        """
        at = event["at"]
        if not isinstance(at, datetime):
            return
        if event["verb"] == CLOCK_ACCEPTED:
            self.wrong = [
                replace(each, settled_by=each.settled_by or event["id"]) for each in self.wrong
            ]
            self.newest = at
        if self.newest and at < self.newest - LATE:
            self._add(event["id"], at.date(), self.newest.date())
        self.newest = max(self.newest or at, at)

    def _add(self, number: int, day: date, newest: date) -> None:
        last = self.wrong[-1] if self.wrong else None
        if last and (last.last, last.newest, last.settled_by) == (number - 1, newest, None):
            self.wrong[-1] = replace(
                last, last=number, earliest=min(last.earliest, day), latest=max(last.latest, day)
            )
        else:
            self.wrong.append(WrongClock(number, number, day, day, newest))


def clock_problems(found: Iterable[WrongClock]) -> Iterator[Problem]:
    """Yield a problem for each period in `found` that no officer has settled.

    An officer settles a period by declaring that the clock is right again.
    """
    return (
        Problem(
            "audit_event",
            each.events,
            f"Catatan {each.events} bertanggal {each.days}, padahal sebelumnya sudah"
            f" {each.newest:%d-%m-%Y}: jam laptop mundur. Bila jamnya kini benar:"
            ' psm clock accept --reason "ALASAN"',
        )
        for each in found
        if each.settled_by is None
    )


def settled_clocks(found: Iterable[WrongClock]) -> tuple[str, ...]:
    """Return an Indonesian sentence for each time of a wrong clock that an officer has settled.

    An officer settles such a time by declaring that the clock is right again.
    """
    return tuple(
        f"Di sekitar catatan {each.events} jam laptop keliru; petugas menyatakan jamnya benar di"
        f" catatan {each.settled_by}."
        for each in found
        if each.settled_by is not None
    )
