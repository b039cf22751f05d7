"""The rundown to hang on the wall and to send to speakers: a page a day, in the order of the clock."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class RundownRow:
    """One line: from when to when, what, where and by whom. `parts` are what it consists of, each with its time.

    `kind`: teaching is set in bold, a pause on a quiet ground.
    """

    begins: str
    ends: str
    minutes: int
    title: str
    kind: Literal["teaching", "test", "pause"]
    room: str = ""
    speaker: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RundownDay:
    """A day. `on` is None where only the course is known."""

    title: str
    on: date | None
    rows: tuple[RundownRow, ...]


def render_rundown(occasion: Occasion, days: Sequence[RundownDay], as_of: date, logo: bytes | None = None) -> bytes:
    """All days as one PDF. `as_of` is the day on which this was what held: it stands at the foot of each page. Raises Unprintable."""
    facts = {"days": [asdict(day) for day in days], "as_of": as_of}
    return print_for(occasion, "rundown", "Rundown", facts, occasion.starts_on, logo)
