"""The sign-in sheet (*daftar hadir*): a row for each person, a field to sign for each session."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from psm_course.printing.occasion import Occasion, print_for


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """One sheet, of a day or of a single session.

    `sessions` are the titles above the fields in which people sign; `day` is the date, None if not
    known. `held` are lines above the table: when and where each session is, and who speaks.
    """

    title: str
    sessions: tuple[str, ...]
    day: date | None = None
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInRow:
    """A person who is expected to come and sign."""

    number: str
    name: str
    kelurahan: str


def render_sign_in_sheet(
    occasion: Occasion,
    sheets: Sequence[SignInSheet],
    people: Sequence[SignInRow],
    logo: bytes | None = None,
) -> bytes:
    """Return a PDF with every sheet, each with all people and beginning on its own page.

    `occasion` is the run of the course that the heading of each page names.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    facts = {
        "sheets": [asdict(sheet) for sheet in sheets],
        "people": [asdict(person) for person in people],
    }
    return print_for(occasion, "sign_in_sheet", "Daftar hadir", facts, occasion.starts_on, logo)
