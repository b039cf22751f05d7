"""One run of a course, as the heading of each printed document names it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from psm_course.printing.typesetting import Template


@dataclass(frozen=True, slots=True)
class Occasion:
    """One run of a course, as the heading of each sheet shows it.

    If `letterhead` is empty, the organiser is printed in its place. If `ends_on` is None, only the
    first day is printed. `place` is where the office signs, `venue` where the cohort meets (empty:
    not known).
    """

    course: str
    organiser: str
    cohort: str
    starts_on: date
    ends_on: date | None = None
    place: str = ""
    letterhead: tuple[str, ...] = ()
    venue: str = ""


def print_for(
    occasion: Occasion,
    template: str,
    title: str,
    facts: Mapping[str, Any],
    day: date,
    logo: bytes | None,
) -> bytes:
    """Print one document about a run of a course; returns the bytes of the PDF.

    Args:
        occasion: the run of the course that the heading of each page names.
        template: the name of a file in `templates/`, without its ending.
        title: the beginning of the document's title; course and cohort follow.
        facts: the template's data.
        day: date of the document, so that the same facts give the same bytes.
        logo: PNG or SVG; None: no logo.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    return Template(template, logo).print(
        {
            "title": f"{title} {occasion.course} - {occasion.cohort}",
            "author": occasion.organiser,
            "occasion": asdict(occasion),
            **facts,
        },
        day,
    )
