"""The rundown to hang on the wall and send to speakers: a page a day, in order of time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class RundownRow:
    """One line of the rundown.

    `begins` and `ends` are times as printed. `parts` are pairs of time and title of its parts.
    `kind` decides the look: teaching is bold, a pause has a quiet background.
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
    """One day of the rundown. `on` is its date; None if the days of a course have no dates yet."""

    title: str
    on: date | None
    rows: tuple[RundownRow, ...]


def render_rundown(
    occasion: Occasion, days: Sequence[RundownDay], as_of: date, logo: bytes | None = None
) -> bytes:
    """All days as one PDF. `as_of` is printed at the foot of each page: the plan of that day.

    Raises:
        Unprintable: the typeface lacks a letter.
        Refused: the logo cannot be printed.
    """
    facts = {"days": [asdict(day) for day in days], "as_of": as_of}
    return print_for(occasion, "rundown", "Rundown", facts, occasion.starts_on, logo)
