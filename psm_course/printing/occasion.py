"""What a printed document belongs to: one run of a course, as it stands in the head of every sheet."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from psm_course.printing.typesetting import Template


@dataclass(frozen=True, slots=True)
class Occasion:
    """One run of a course. Without a `letterhead` the organiser stands there; without `ends_on` only the first day is said.

    `place` is where the office signs, `venue` where the cohort meets (empty: not said).
    """

    course: str
    organiser: str
    cohort: str
    starts_on: date
    ends_on: date | None = None
    place: str = ""
    letterhead: tuple[str, ...] = ()
    venue: str = ""


def print_for(occasion: Occasion, template: str, title: str, facts: Mapping[str, Any], day: date, logo: bytes | None) -> bytes:
    """One document about an occasion. Raises Unprintable, and Refused for a logo that is none."""
    head = {"title": f"{title} {occasion.course} - {occasion.cohort}", "author": occasion.organiser, "occasion": asdict(occasion)}
    return Template(template, logo).print({**head, **facts}, day)
