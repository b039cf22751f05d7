"""Papers for the course days: a page for each speaker, the follow-up plan, the evaluation form."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """Instructions for one speaker. `when`, `room` and `speaker` are empty if not known."""

    institution: str
    topic: str
    session: str
    lesson: str
    minutes: int
    audience: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    say: tuple[str, ...]
    avoid: tuple[str, ...]
    bring: tuple[str, ...]
    room_rules: tuple[str, ...]
    when: str = ""
    room: str = ""
    speaker: str = ""


def render_speaker_pages(
    occasion: Occasion, pages: Sequence[SpeakerPage], as_of: date, logo: bytes | None = None
) -> bytes:
    """Return a PDF with exactly one page for each speaker, in the largest letters that fit.

    `occasion` is the run of the course that the heading of each page names. `as_of` is printed too:
    the date on which these texts were current.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    facts = {"pages": [asdict(page) for page in pages], "as_of": as_of}
    return print_for(occasion, "speakers", "Lembar pemateri", facts, occasion.starts_on, logo)


def render_closing_sheets(
    occasion: Occasion, speakers: Sequence[str], logo: bytes | None = None
) -> bytes:
    """Return a PDF of two pages to copy: follow-up plan, and anonymous evaluation of the speakers.

    `occasion` is the run of the course that the heading of each page names.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    return print_for(
        occasion,
        "closing",
        "Lembar penutupan",
        {"speakers": list(speakers)},
        occasion.starts_on,
        logo,
    )
