"""A sheet for one authority: what of the course waits for its word, with room to answer by hand."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked: its entry, what stands there line by line, what is asked about it, and the pages it stands on."""

    entry: str
    lines: tuple[str, ...]
    question: str
    where: str


def render_review(occasion: Occasion, authority: str, asked: Sequence[Asked], as_of: date, logo: bytes | None = None) -> bytes:
    """All that is asked of one authority as one PDF. Raises Unprintable."""
    facts = {"authority": authority, "asked": [asdict(each) for each in asked], "as_of": as_of}
    return print_for(occasion, "review", f"Lembar tinjauan {authority}", facts, as_of, logo)
