"""Public views in, HTML out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from psm_course.content.course import Contact
from psm_course.content.items.base import View
from psm_course.forms import prose

_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("psm_course.forms"),
        autoescape=select_autoescape(["html", "svg"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(block=prose.block, inline=prose.inline, lines=prose.lines, day=indonesian_day, dialled=dialled)
    return environment


def render(template: str, **values: Any) -> str:
    """One of our HTML templates filled in."""
    return _templates().get_template(template).render(**values)


def render_quiz(view: View) -> str:
    """A quiz from `Quiz.public_view()`."""
    return render("quiz.html", quiz=view)


def render_help(contacts: Sequence[Contact]) -> str:
    """The box of help numbers."""
    return render("help.html", contacts=contacts)


def indonesian_day(day: Any) -> str:
    """`23 November 2026`, from a date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dialled(number: str) -> str:
    """A number as a `tel:` link wants it; an extension is dialled after a pause."""
    digits, _, extension = number.partition(" ext ")
    plain = "".join(character for character in digits if character.isdigit() or character == "+")
    return f"{plain},{extension}" if extension else plain
