"""Triage with too few visits: the same calls for help, visited in three different orders.

As in the lesson, red calls do not wait: they are answered by telephone at once. So this model only
counts them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from statistics import mean
from types import MappingProxyType

DAYS = 14
MOST_A_DAY = 12
RED = 5  # per cent of all calls
YELLOW, GREEN = "kuning", "hijau"


@dataclass(frozen=True, slots=True)
class Call:
    """A request for a visit on a day (from 0).

    `loudness`, from 0 to 1, tells how loudly the person asks, which tells nothing about the danger.
    `place` is the place of the call among the day's calls.
    """

    day: int
    place: int
    colour: str
    loudness: float


ORDERS: Mapping[str, Callable[[Call], tuple[float, ...]]] = MappingProxyType(
    {
        "Siapa datang dulu": lambda call: (call.day, call.place),
        "Siapa paling keras meminta": lambda call: (-call.loudness,),
        "Menurut warna": lambda call: (call.colour != YELLOW, call.day, call.place),
    }
)


@dataclass(frozen=True, slots=True)
class Waits:
    """The days that people wait, if the visits follow one of the three `ORDERS`.

    `days` has, for the colours yellow and green, the days that each caller waited; people who are
    not visited wait until the last day. `visited` is the number of calls that were visited, `left`
    the number of the others.
    """

    days: Mapping[str, tuple[int, ...]]
    visited: int
    left: int

    def average(self, colour: str) -> float:
        """Return the mean number of days waited for this colour; 0 if nobody called."""
        return mean(self.days[colour]) if self.days[colour] else 0.0


@dataclass(frozen=True, slots=True)
class Fortnight:
    """All calls of two weeks, and how long people wait for each order of visits."""

    red: int
    calls: int
    by_order: Mapping[str, Waits]


def fortnight(visits: int, calls: int, yellow: int, seed: int) -> Fortnight:
    """Simulate two weeks in one neighbourhood.

    Args:
        visits: the number of visits that are possible in a day.
        calls: the number of calls in a day, at most `MOST_A_DAY`.
        yellow: the percent of calls that cannot wait until tomorrow.
        seed: start of the random numbers: each seed gives other calls.
    """
    red, waiting = _calls(calls, yellow, seed)
    return Fortnight(
        red, len(waiting), {name: _waits(waiting, visits, order) for name, order in ORDERS.items()}
    )


def _calls(a_day: int, yellow: int, seed: int) -> tuple[int, list[Call]]:
    """Return the number of red calls, and all other calls.

    Random numbers are always drawn for the largest number of calls in a day. So with a higher
    number of calls, further calls are added, and no other call changes.
    """
    random, red, waiting = Random(seed), 0, []  # noqa: S311 - a lesson, no secret
    for day in range(DAYS):
        for place in range(MOST_A_DAY):
            urgency, loudness = random.random() * 100, random.random()
            if place < a_day and urgency < RED:
                red += 1
            elif place < a_day:
                colour = YELLOW if (urgency - RED) / (100 - RED) * 100 < yellow else GREEN
                waiting.append(Call(day, place, colour, loudness))
    return red, waiting


def _waits(calls: list[Call], visits: int, order: Callable[[Call], tuple[float, ...]]) -> Waits:
    waited: dict[str, list[int]] = {YELLOW: [], GREEN: []}
    queue: list[Call] = []
    for day in range(DAYS):
        queue = sorted([*queue, *(call for call in calls if call.day == day)], key=order)
        for call in queue[:visits]:
            waited[call.colour].append(day - call.day)
        queue = queue[visits:]
    for call in queue:
        waited[call.colour].append(DAYS - call.day)
    return Waits(
        {colour: tuple(days) for colour, days in waited.items()},
        len(calls) - len(queue),
        len(queue),
    )
