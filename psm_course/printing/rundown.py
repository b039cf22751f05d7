"""The rundown to hang on the wall and to send to speakers: one page for each day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class RundownRow:
    """One line of the rundown.

    `begins` and `ends` are times as printed. `parts` are pairs of time and title, for the parts of
    the line. `kind` decides the look: teaching is bold, a pause has a pale background.
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
    """Return a PDF with all days.

    `occasion` is the run of the course that the heading of each page names. `as_of` is printed at
    the foot of each page: the date on which this plan was current.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    facts = {"days": [asdict(day) for day in days], "as_of": as_of}
    return print_for(occasion, "rundown", "Rundown", facts, occasion.starts_on, logo)
