"""A page's place in the course: menu, trail, and the lessons and objectives of its module.

A trail is the pages from the top of the table of contents down to the page.

Order and titles come from Sphinx's table of contents, minutes and objectives from the course files.
So an author writes each fact only once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from textwrap import shorten
from typing import Any, Literal

from docutils import nodes
from sphinx import addnodes

from psm_course.content.course import ModuleFolder, find_course_file, read_modules
from psm_course.content.quiz_files.finding import quiz_files, read_quizzes
from psm_course.errors import ContentFaulty
from psm_course.forms.help import HELP_LIST
from psm_course.site.bundles import PARTS, parts_of, scripts_of
from psm_course.site.kept import remembering
from psm_course.site.pages.progress_facts import Practice, practices_of, practices_on, shortened
from psm_course.site.pages.steps import level_of

_DESCRIPTION = 160
_UNDER_THE_TITLE = 2  # the level of such a heading
_ON_THE_WAY = "on_the_way"
# Between the two parts of a page's text; it comes into no page.
_MARK = "<!-- here begins the first subsection -->"


class first_subsection(nodes.Element):  # noqa: N801 - docutils names nodes so
    """A node without text that shows where a page's first subsection begins."""


@dataclass(frozen=True)
class Facts:
    """Facts from the course files about a page: is it a module or a lesson, with which number?

    Attributes:
        kind: the kind of page.
        number: the place of the page, from 1: among the modules, or among the lessons of its
            module; 0 for other pages.
        of: the number of all modules, or of all lessons in the page's module; 0 for other pages.
        minutes: the planned length.
        objectives: the texts of a module's objectives.
        is_on_the_way: True if the page has a place in the reading order, with a page before and
            after it: modules, lessons, and pages with `on_the_way: yes` in their front matter.
        practices: practice quizzes on the page.
    """

    kind: Literal["module", "lesson", "page"] = "page"
    number: int = 0
    of: int = 0
    minutes: int = 0
    objectives: tuple[str, ...] = ()
    is_on_the_way: bool = True
    practices: tuple[Practice, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of the site, with the pages under it in the table of contents."""

    docname: str
    title: str
    facts: Facts
    pages: tuple[Page, ...]

    @property
    def in_short(self) -> str:
        """The lessons of a module, with their practice quizzes, as one short text for scripts.

        An example with two lessons is `01 latihan-a:4/02`. The first lesson has the quiz
        `latihan-a` with 4 items, the second has no quiz. `01` is the shortest beginning of the
        lesson's file name that no other page of the module shares; scripts recognise the lesson by
        it. If the whole name is the beginning of another name, a dot is put after it.
        """
        lessons = [page for page in self.pages if page.facts.kind == "lesson"]
        names = [f"{page.docname.rpartition('/')[2]}." for page in lessons]
        short = shortened([*names, "index."])[:-1]  # the module's own page is told from them too
        return "/".join(
            " ".join((name, *map(str, page.facts.practices)))
            for name, page in zip(short, lessons, strict=True)
        )


@dataclass(frozen=True)
class Part:
    """A part of the table of contents, with a caption."""

    caption: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Outline:
    """The whole site as the menu shows it."""

    organiser: str
    front: Page
    parts: tuple[Part, ...]

    def trail(self, docname: str) -> tuple[Page, ...]:
        """Return the pages from the top of a part down to this page; empty if no part has it."""
        return next((trail for trail in self._trails() if trail[-1].docname == docname), ())

    def beside(self, docname: str) -> tuple[Page | None, Page | None]:
        """Return the page before and the page after this page, in the reading order of the course.

        The page before is None for the front page, the page after is None for the last page. Both
        are None for a page that has no place in that order, such as a list in which readers look
        things up.
        """
        way = (
            self.front,
            *(trail[-1] for trail in self._trails() if trail[-1].facts.is_on_the_way),
        )
        at = next((at for at, page in enumerate(way) if page.docname == docname), None)
        if at is None:
            return None, None
        return (way[at - 1] if at else None), (way[at + 1] if at + 1 < len(way) else None)

    def _trails(self) -> Iterator[tuple[Page, ...]]:
        return (trail for part in self.parts for trail in trails(part.pages))


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.add_node(first_subsection, html=(_mark, _nothing))
    app.connect("env-updated", _read_outline)
    app.connect("doctree-resolved", _note_first_subsection)
    app.connect("html-page-context", _place_page)


def _read_outline(app: Any, env: Any) -> list[str]:
    """Make the outline of this build, and return the pages to write again.

    Every page contains the menu. So all pages are written again if the outline changed.
    """
    root = Path(app.srcdir)
    file = find_course_file(root)
    if file is None:
        raise ContentFaulty("modules/course.yml belum dapat dibaca. Jalankan: psm check")
    with remembering(Path(app.doctreedir).parents[1], "pages") as memory:
        practices = memory.recall_of_files(
            "practices", quiz_files(root), lambda: practices_of(read_quizzes(root, memory))
        )
        outline = outline_of(file.organiser, read_modules(root, memory), practices, env)
    app.builder.outline = outline
    before, env.psm_outline = getattr(env, "psm_outline", ""), repr(outline)
    return sorted(env.found_docs) if before != env.psm_outline else []


def outline_of(
    organiser: str, modules: tuple[ModuleFolder, ...], practices: Mapping[str, Practice], env: Any
) -> Outline:
    """Return the site's menu: Sphinx's table of contents, with facts from the course files.

    `organiser` is the institution that holds the course, as `course.yml` names it. `practices`
    holds the practice quizzes by quiz id.
    """
    facts = dict(_facts(modules, practices, env))
    trees = env.get_doctree(env.config.root_doc).findall(addnodes.toctree)
    parts = (
        Part(
            tree["caption"] or "",
            tuple(_page(env, facts, docname) for docname in tree["includefiles"]),
        )
        for tree in trees
    )
    front = Page(env.config.root_doc, env.titles[env.config.root_doc].astext(), Facts(), ())
    return Outline(organiser, front, tuple(parts))


def _facts(
    modules: tuple[ModuleFolder, ...], practices: Mapping[str, Practice], env: Any
) -> Iterator[tuple[str, Facts]]:
    for number, module in enumerate(modules, 1):
        objectives = tuple(objective.text for objective in module.file.objectives)
        yield (
            f"modules/{module.folder}/index",
            Facts("module", number, len(modules), module.file.minutes, objectives),
        )
        for place, lesson in enumerate(module.lessons, 1):
            docname = PurePosixPath(lesson.file).with_suffix("").as_posix()
            yield (
                docname,
                Facts(
                    "lesson",
                    place,
                    len(module.lessons),
                    lesson.minutes,
                    practices=practices_on(practices, env, docname),
                ),
            )


def _page(env: Any, facts: dict[str, Facts], docname: str) -> Page:
    under = tuple(_page(env, facts, child) for child in env.toctree_includes.get(docname, ()))
    return Page(
        docname,
        env.titles[docname].astext(),
        facts.get(docname) or Facts(is_on_the_way=env.metadata[docname].get(_ON_THE_WAY) == "True"),
        under,
    )


def trails(pages: tuple[Page, ...]) -> Iterator[tuple[Page, ...]]:
    """Yield the trail of each of `pages` and of every page under them.

    A trail is the pages from the top down to one page. The trail of a page comes before the trails
    of the pages under it.
    """
    for page in pages:
        yield (page,)
        for below in trails(page.pages):
            yield (page, *below)


def _place_page(
    app: Any,
    pagename: str,
    templatename: str,  # noqa: ARG001
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates the values for everything around a page's text, such as menu and trail."""
    outline, body = app.builder.outline, context.get("body", "")
    before, after = outline.beside(pagename)
    opening, _, rest = body.partition(_MARK)
    context.update(
        outline=outline,
        trail=outline.trail(pagename),
        prev=before,
        next=after,
        opening=opening,
        rest=rest,
        help_here=f'id="{HELP_LIST}"' in body,
        scripts=scripts_of(body),
        waiting=parts_of(body),
        way_on=PARTS["way"],
        description=_first_words(doctree) if doctree else "",
        sections=_subsections(doctree) if doctree else (),
    )


def _note_first_subsection(_: Any, doctree: nodes.document, __: str) -> None:
    """Put a node `first_subsection` before a page's first subsection.

    At this node the template cuts the text in two: a module's page lists its lessons between the
    two parts.
    """
    first = next(
        (node for node in doctree.findall(nodes.section) if node.parent is not doctree), None
    )
    if first is not None:
        first.parent.insert(first.parent.index(first), first_subsection())


def _mark(writer: Any, _: first_subsection) -> None:
    writer.body.append(_MARK)


def _nothing(_: Any, __: first_subsection) -> None:
    """Write no closing tag: the node of the first subsection has none."""


def _first_words(doctree: nodes.document) -> str:
    words = next((paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)), "")
    return shorten(words, _DESCRIPTION, placeholder=" …")


def _subsections(doctree: nodes.document) -> tuple[tuple[str, str], ...]:
    """Return anchor and title of the sections directly under the page's title."""
    return tuple(
        (node["ids"][0], node[0].astext())
        for node in doctree.findall(nodes.section)
        if level_of(node) == _UNDER_THE_TITLE
    )
