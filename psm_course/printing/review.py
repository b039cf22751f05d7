"""A review sheet for one authority: open questions on the course, with room to answer by hand."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the review sheet.

    `entry` is the id of its entry in the ledger. `lines` are the sentences that the authority is
    asked about, `where` the pages on which they stand.
    """

    entry: str
    lines: tuple[str, ...]
    question: str
    where: str


def render_review(
    occasion: Occasion,
    authority: str,
    asked: Sequence[Asked],
    as_of: date,
    logo: bytes | None = None,
) -> bytes:
    """Return a PDF with all questions for one authority.

    `occasion` is the run of the course that the heading of each page names. `as_of` is the date of
    the document.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    facts = {"authority": authority, "asked": [asdict(each) for each in asked], "as_of": as_of}
    return print_for(occasion, "review", f"Lembar tinjauan {authority}", facts, as_of, logo)
