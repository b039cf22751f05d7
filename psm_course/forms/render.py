"""Fills our HTML templates with what learners may see of each item."""

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    PackageLoader,
    StrictUndefined,
    select_autoescape,
)

from psm_course.content.glossary import Glossary
from psm_course.content.help.contacts import Contact
from psm_course.content.help.field_guide import KindsFile, RoutesFile
from psm_course.content.rundown import CourseDay, Row
from psm_course.forms import prose
from psm_course.forms.help import HELP_LIST, checked, dialled, short
from psm_course.items import TYPES
from psm_course.items.base import View
from psm_course.local_time import day


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("psm_course.forms"), FunctionLoader(_template_of_type)]),
        autoescape=select_autoescape(["html", "svg"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Phones pay for idle space.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    environment.filters.update(
        block=prose.block,
        inline=prose.inline,
        lines=prose.lines,
        ringed=prose.ringed,
        beyond_ours=prose.beyond_ours,
    )
    environment.filters.update(day=day, dialled=dialled, checked=checked, short=short)
    return environment


def _template_of_type(name: str) -> str | None:
    """Return the text of a template in the folder of an item type; None if no such file exists.

    The name `choice/form.html` means the file `form.html` in the folder of the item type `choice`.
    """
    kind, _, file = name.partition("/")
    return TYPES[kind].text_of(file) if kind in TYPES else None


def keep_compiled(folder: Path) -> None:
    """Keep compiled templates in this folder for later processes.

    Compiling the templates takes most of the time of drawing one page.
    """
    _templates().bytecode_cache = FileSystemBytecodeCache(str(folder))


def render(template: str, **values: Any) -> str:
    """Fill one of our HTML templates with these values, and return the HTML."""
    return _templates().get_template(template).render(**values)


def render_quiz(view: View, waiting: Collection[str] = ()) -> str:
    """Return a quiz as an HTML form.

    Args:
        view: the quiz as `Quiz.public_view()` gives it.
        waiting: ids of items whose explanation waits for an authority's answer.
    """
    return render("quiz.html", quiz=view, waiting=waiting)


def render_help(contacts: Sequence[Contact], numbers_only: bool = False) -> str:
    """Return HTML of all help numbers, for a poster or a slide.

    `numbers_only` is True to leave out the text that says when to call which number.
    """
    return render("help.html", contacts=contacts, numbers_only=numbers_only, brief=False)


def render_help_strip(
    contacts: Sequence[Contact], first: Sequence[Contact], again: bool = False, brief: bool = False
) -> str:
    """Return HTML of the numbers in `first` on one line; one tap opens the list of all numbers.

    If `first` is empty, the HTML has no such line, and the list is always open.

    Args:
        contacts: all numbers.
        first: the numbers on the line.
        again: True if another part of the page already has the list: then only the line is drawn.
        brief: True if the list has only the names of the services. The front page uses it, because
            it says elsewhere when to call which number.
    """
    return render(
        "help_strip.html",
        contacts=contacts,
        first=first,
        again=again,
        numbers_only=False,
        brief=brief,
        anchor=HELP_LIST,
    )


def render_kinds(
    guide: KindsFile, routes: RoutesFile, contacts: Sequence[Contact], *, waits: bool = False
) -> str:
    """Return HTML of the 26 kinds of clients (PPKS): criteria, signs to see or hear, first steps.

    `waits` is True if a text about these kinds waits for an authority's answer. Then the sentence
    about the sources ends with a ring (°), which tells readers that a text waits.
    """
    return render(
        "guide/kinds.html",
        guide=guide,
        routes=routes,
        signs={sign.id: sign for _, sign in guide.placed_signs()},
        titles={situation.id: situation.title for situation in routes.situations},
        contacts=_by_id(contacts),
        waits=waits,
    )


def render_routes(routes: RoutesFile, contacts: Sequence[Contact], *, waits: bool = False) -> str:
    """Return HTML of the situations of the field guide, the most urgent first.

    `waits` is True if a text of the situations waits for an authority's answer. Then the sentence
    about the source ends with a ring (°), which tells readers that a text waits.
    """
    return render("guide/routes.html", routes=routes, contacts=_by_id(contacts), waits=waits)


def render_asked_numbers(routes: RoutesFile, contacts: Sequence[Contact]) -> str:
    """Return HTML of the help numbers for the search page.

    All numbers are hidden. If the reader searches for a service or for a situation of the field
    guide, such as a danger, the script of the page shows the numbers for it.
    """
    own = [{"words": contact.words, "call": [contact.id]} for contact in contacts if contact.words]
    urgent = routes.levels[0]
    situations = [
        {
            "words": each.danger,
            "typed": each.typed or "",
            "call": each.call,
            "at": f"book/ke-mana-merujuk.html#{each.id}",
            "urgent": each.level == urgent.id,
        }
        for each in routes.situations
        if each.danger or each.typed
    ]
    return render(
        "guide/asked_numbers.html",
        contacts=_by_id(contacts),
        asked=[*own, *situations],
        level=urgent,
    )


def render_glossary(glossary: Glossary) -> str:
    """Return the glossary as HTML, with its terms in alphabetical order."""
    return render(
        "guide/glossary.html", terms=sorted(glossary.terms, key=lambda term: term.term.casefold())
    )


def render_rundown(days: Sequence[CourseDay]) -> str:
    """Return an HTML table for each day, with the columns time, event and minutes."""
    return "".join(
        render(
            "table.html", title=f"Hari {each.number}", columns=_COLUMNS, rows=_rows(each), source=""
        )
        for each in days
    )


_COLUMNS = ("Pukul", "Acara", "Menit")
_UNBROKEN_DASH = "\u2060–\u2060"


def _rows(day_: CourseDay) -> list[tuple[str, str, str]]:
    return [
        (f"{row.starts:%H.%M}{_UNBROKEN_DASH}{row.ends:%H.%M}", _what(row), str(row.minutes))
        for row in day_.rows
    ]


def _what(row: Row) -> str:
    """Return the title of a row of the rundown as Markdown.

    Titles of sessions and tests are bold, so that readers can tell them from breaks.
    """
    title = f"{row.title} (lanjutan)" if row.continues else row.title
    return f"**{title}**" if row.kind in ("session", "test") else title


def _by_id(contacts: Sequence[Contact]) -> dict[str, Contact]:
    return {contact.id: contact for contact in contacts}
