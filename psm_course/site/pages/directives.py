"""`{quiz}`, `{bantuan}` and the field guide's directives: they show course files on a page.

Sphinx is told which files each page shows, so that it reads the page again if a file changes.
"""

from collections.abc import Callable
from functools import wraps
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

from psm_course.content.course import (
    COURSE_FILE,
    ModuleFile,
    find_module,
    first_contacts,
    read_schedule,
)
from psm_course.content.glossary import GLOSSARY_FILE, read_glossary
from psm_course.content.help.contacts import HELP_FILE, Contact, find_contacts
from psm_course.content.help.field_guide import (
    KINDS_FILE,
    ROUTES_FILE,
    FieldGuide,
    read_field_guide,
)
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.finding import find_quiz
from psm_course.content.rundown import rundown
from psm_course.errors import ContentFaulty
from psm_course.forms.render import (
    render_asked_numbers,
    render_glossary,
    render_help_strip,
    render_kinds,
    render_quiz,
    render_routes,
    render_rundown,
)
from psm_course.items import TYPES
from psm_course.site.bundles import STYLE
from psm_course.site.pages.progress_facts import note_quiz
from psm_course.site.pages.review_marks import note, review_of

_KINDS_STYLE, _ROUTES_STYLE, _GLOSSARY_STYLE = "kategori.css", "rujukan.css", "istilah.css"
_TEST_STYLE = "tes.css"
_HELP = "psm-help"


def _noted_in_preview(draw: Callable[..., nodes.Node]) -> Callable[..., nodes.Node]:
    """Return a function that calls `draw`; in a preview it shows errors of `draw` on the page.

    If `draw` raises `ContentFaulty`, the page of a preview shows the error's message instead of the
    node. In a build the error is raised as usual.
    """

    @wraps(draw)
    def drawn(env: Any, *asked: Any) -> nodes.Node:
        try:
            return draw(env, *asked)
        except ContentFaulty as error:
            if not env.config.psm_preview:
                raise
            # Sphinx reads a page at every build while a file that it depends on is missing.
            env.note_dependency(str(Path(env.srcdir) / "_belum-selesai"))
            return _html(f'<p class="unfinished">{escape(str(error))}</p>')

    return drawn


@_noted_in_preview
def quiz_node(env: Any, quiz_id: str) -> nodes.Node:
    """Return a quiz as a node for a page; the node contains only the public view of the quiz.

    Raises:
        ContentFaulty: there is no such quiz, it has mistakes, or it is a bank.
    """
    found = find_quiz(Path(env.srcdir), quiz_id)
    if found is None or found[1].quiz is None:
        raise ContentFaulty(
            f'Kuis "{quiz_id}" tidak ada atau masih bermasalah. Jalankan: psm check'
        )
    path, read = found
    if found[1].quiz.header.use == "bank":
        raise ContentFaulty(
            f'"{quiz_id}" adalah bank soal dan tidak ditampilkan. Tampilkan tes yang memakainya.'
        )
    for file in (path, *read.pool_files):
        env.note_dependency(str(file))
    note_quiz(env, quiz_id)
    quiz = found[1].quiz
    waiting = set() if quiz.is_test else _waiting(env, quiz)
    text = render_quiz(quiz.public_view(), waiting)
    shown = {item.type for item in quiz.items}
    styles = [
        f"{kind.name}.css" for kind in TYPES.values() if kind.name in shown and kind.text_of(STYLE)
    ]
    return _styled(env, text, *([_TEST_STYLE, *styles] if quiz.is_test else styles))


def _waiting(env: Any, quiz: Quiz) -> set[str]:
    """Return the ids of the items that wait for an authority's answer, by the review ledger.

    The page shows a ring behind the explanation of such an item or behind the source of the
    explanation, and names the authority at its end. Only a practice quiz shows explanations.
    """
    review = review_of(env)
    entries = {
        item.id: [entry for entry in review.at(f"{quiz.id}#{item.id}") if entry.is_open]
        for item in quiz.items
    }
    note(env, (entry for found in entries.values() for entry in found))
    return {item for item, found in entries.items() if found}


@_noted_in_preview
def help_node(env: Any) -> nodes.Node:
    """Return the box of help numbers.

    The box shows the numbers that the page's module puts first, and then a list of all numbers. On
    the front page it shows only the list. If the page has another such box already, the list is not
    repeated.

    Raises:
        ContentFaulty: the file of the help numbers cannot be read.
    """
    contacts = find_contacts(Path(env.srcdir))
    if contacts is None:
        raise ContentFaulty("modules/bantuan.yml belum dapat dibaca. Jalankan: psm check")
    env.note_dependency(str(Path(env.srcdir) / HELP_FILE))
    review_of(env)  # it says which numbers were called, and when
    noted = env.metadata[env.docname]  # forgotten when the page is read again
    again, noted[_HELP] = _HELP in noted, True
    is_front = env.docname == env.config.root_doc  # where the numbers are told at length
    return _html(
        render_help_strip(
            contacts,
            () if is_front else first_contacts(contacts, _module_of(env)),
            again,
            brief=not is_front,
        )
    )


def _module_of(env: Any) -> ModuleFile | None:
    """Return the front matter of the module that contains the page being read.

    None for a page outside the modules.
    """
    part, _, rest = env.docname.partition("/")
    if part != "modules":
        return None
    root, folder = Path(env.srcdir), rest.partition("/")[0]
    env.note_dependency(str(root / part / folder / "index.md"))
    return find_module(root, folder)


@_noted_in_preview
def kinds_node(env: Any) -> nodes.Node:
    """Return the tool `Cari kategori`.

    The user chooses the signs that she sees in a person, and gets the kinds of clients (PPKS) that
    this person may belong to.

    Raises:
        ContentFaulty: the field guide or the help numbers have mistakes.
    """
    guide, contacts = _field_guide(env)
    if guide.kinds is None or guide.routes is None:
        raise ContentFaulty(
            f"{KINDS_FILE} atau {ROUTES_FILE} belum dapat dibaca. Jalankan: psm check"
        )
    waits = _waits(env, KINDS_FILE)
    return _styled(
        env, render_kinds(guide.kinds, guide.routes, contacts, waits=waits), _KINDS_STYLE
    )


@_noted_in_preview
def routes_node(env: Any) -> nodes.Node:
    """Return the tool `Ke mana merujuk`.

    For each situation it tells what to do and say, what to avoid, and whom to call.

    Raises:
        ContentFaulty: the field guide or the help numbers have mistakes.
    """
    guide, contacts = _field_guide(env)
    if guide.routes is None:
        raise ContentFaulty(f"{ROUTES_FILE} belum dapat dibaca. Jalankan: psm check")
    return _styled(
        env, render_routes(guide.routes, contacts, waits=_waits(env, ROUTES_FILE)), _ROUTES_STYLE
    )


def _waits(env: Any, file: Path) -> bool:
    """True if a text in a data file waits for an authority's answer.

    The end of the page then names that authority.
    """
    waiting = review_of(env).waiting_in(file)
    note(env, waiting)
    return bool(waiting)


@_noted_in_preview
def asked_numbers_node(env: Any) -> nodes.Node:
    """Return the box above search results: help numbers, each with the search words that find it.

    Raises:
        ContentFaulty: the field guide or the help numbers have mistakes.
    """
    guide, contacts = _field_guide(env)
    if guide.routes is None:
        raise ContentFaulty(f"{ROUTES_FILE} belum dapat dibaca. Jalankan: psm check")
    return _html(render_asked_numbers(guide.routes, contacts))


def _field_guide(env: Any) -> tuple[FieldGuide, tuple[Contact, ...]]:
    """Read the field guide, and all help numbers.

    If one of the two has a problem, neither is returned: without a number, somebody in need would
    have nobody to call.

    Raises:
        ContentFaulty: the field guide or the help numbers have mistakes, or there are no help
            numbers.
    """
    root = Path(env.srcdir)
    contacts = find_contacts(root) or ()
    guide, problems = read_field_guide(root, [contact.id for contact in contacts])
    if problems or not contacts:
        raise ContentFaulty(
            f"{KINDS_FILE}, {ROUTES_FILE}, atau {HELP_FILE} masih bermasalah. Jalankan: psm check"
        )
    for file in (KINDS_FILE, ROUTES_FILE, HELP_FILE):
        env.note_dependency(str(root / file))
    review_of(env)
    return guide, contacts


@_noted_in_preview
def glossary_node(env: Any) -> nodes.Node:
    """Return all terms of the glossary.

    Raises:
        ContentFaulty: the file of the glossary cannot be read.
    """
    glossary, _ = read_glossary(Path(env.srcdir))
    if glossary is None:
        raise ContentFaulty(f"{GLOSSARY_FILE} belum dapat dibaca. Jalankan: psm check")
    env.note_dependency(str(Path(env.srcdir) / GLOSSARY_FILE))
    return _styled(env, render_glossary(glossary), _GLOSSARY_STYLE)


@_noted_in_preview
def rundown_node(env: Any) -> nodes.Node:
    """Return the rundown: every day of the course with its times.

    Raises:
        ContentFaulty: the course file cannot be read.
    """
    root = Path(env.srcdir)
    schedule = read_schedule(root)
    if schedule is None:
        raise ContentFaulty(f"{COURSE_FILE} belum dapat dibaca. Jalankan: psm check")
    env.note_dependency(str(root / COURSE_FILE))
    return _html(render_rundown(rundown(schedule.file)))


def _styled(env: Any, text: str, *sheets: str) -> nodes.Node:
    """Return the HTML `text` as a node, with links to style sheets that other pages do not need.

    `sheets` are the names of these style sheets.
    """
    up = "../" * env.docname.count("/")
    links = "".join(f'<link rel="stylesheet" href="{up}_static/{sheet}">\n' for sheet in sheets)
    return _html(links + text)


def _html(text: str) -> nodes.Node:
    return nodes.raw("", text, format="html")


def _directive(draw: Callable[..., nodes.Node], arguments: int = 0) -> type[Directive]:
    """Return a directive that shows the node that `draw` returns.

    `draw` is called with the environment of the page being read and the arguments of the directive;
    `arguments` is the number of these arguments.
    """

    class Drawn(Directive):
        required_arguments = arguments

        def run(self) -> list[nodes.Node]:
            return [draw(self.state.document.settings.env, *self.arguments)]

    return Drawn


DIRECTIVES = {
    "quiz": _directive(quiz_node, arguments=1),
    "bantuan": _directive(help_node),
    "cari-kategori": _directive(kinds_node),
    "nomor-dicari": _directive(asked_numbers_node),
    "ke-mana-merujuk": _directive(routes_node),
    "istilah": _directive(glossary_node),
    "rundown": _directive(rundown_node),
}
