"""The index of the offline search: titles and texts of all pages, as a script.

A page that is opened from a folder can load a script, but cannot fetch data.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from psm_course.site.kept import program_digest, replace_file
from psm_course.site.pages.navigation import Outline, trails

FILE = "cari-indeks.js"
_MARKER = "data-search"
# Bytes compressed; the script that searches is another 2.5 kB, and both together may be 40.
_BUDGET = 37_400
# How many letters of a section's text are kept for showing, and the share of all parts from which
# on a word is common: such a word tells nothing deep in a text.
_STEPS = (
    (10_000, 0.09),
    (600, 0.09),
    (400, 0.08),
    (300, 0.07),
    (200, 0.06),
    (140, 0.05),
    (120, 0.04),
    (120, 0.03),
    (100, 0.03),
    (90, 0.03),
    (80, 0.03),
    (70, 0.025),
    (60, 0.02),
    (30, 0.02),
)
_WORD = re.compile(r"\w+")

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "mark",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TITLES = {*_HEADINGS, "dt", "summary"}
_PLACES = {"section", "li", "div"}
# Sphinx's own word in a page's front matter. Commands for a server's keeper would only weigh down
# what volunteers look for.
_LEFT_OUT = "nosearch"
# Around the text, or repeated on many pages, or a way to a page's own data.
_SKIPPED_TAGS = {"nav", "script", "style", "form", "button", "select", "svg", "pre", "noscript"}
_SKIPPED_CLASSES = {
    "facts",
    "minutes",
    "help",
    "danger",
    "calls",
    "tag",
    "tags",
    "number",
    "basis",
    "unseen",
    "chart-source",
    "paper",
    "sections",
}


@dataclass
class Entry:
    """A place to which a search result can lead: a page itself, or a part of it with an id."""

    anchor: str
    words: str = ""
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def written(self, lead: int, common: Collection[str] = ()) -> list[str]:
        """Return the entry as a list of texts, as the search script reads it.

        The texts are, in this order: anchor, title, beginning of the text (at most `lead`
        characters), the author's search words, and all other words of the text except those in
        `common`. Empty texts at the end of the list are left out.
        """
        title, text = (" ".join("".join(pieces).split()) for pieces in (self.title, self.text))
        shown = text if len(text) <= lead else text[:lead].rsplit(" ", 1)[0]
        known = {word.casefold() for word in _WORD.findall(f"{title} {shown}")}
        known.update(common)
        others = sorted(
            {word for word in _WORD.findall(text[len(shown) :].casefold()) if len(word) > 2} - known
        )
        parts = [self.anchor, title, shown, self.words, " ".join(others)]
        while not parts[-1]:
            parts.pop()
        return parts


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    # After navigation has named the page's scripts.
    app.connect("html-page-context", _load, priority=600)
    app.connect("build-finished", _write)


def _load(_: Any, __: str, ___: str, context: dict[str, Any], ____: object) -> None:
    """Add the index to the scripts of the search page, before the script that reads it."""
    if _MARKER in context.get("body", ""):
        context["scripts"].insert(1, FILE)


def _write(app: Any, error: Exception | None) -> None:
    if error is None:
        read = _Read(Path(app.doctreedir) / "search.json")
        left_out = {docname for docname, said in app.env.metadata.items() if _LEFT_OUT in said}
        pages = list(_pages(Path(app.outdir), app.builder.outline, read, left_out))
        read.keep()
        (Path(app.outdir) / "_static" / FILE).write_text(script_of(pages), encoding="utf-8")


def _pages(
    out: Path, outline: Outline, read: "_Read", left_out: Container[str]
) -> Iterator[tuple[str, str, Sequence[Entry]]]:
    """Yield address, title and entries of every page, in the order of the table of contents.

    The search page itself and the pages named in `left_out` are not yielded. `out` is the folder
    of the composed pages.
    """
    for page in (trail[-1] for part in outline.parts for trail in trails(part.pages)):
        if page.docname in left_out:
            continue
        html = (out / f"{page.docname}.html").read_text(encoding="utf-8")
        if _MARKER not in html:
            yield f"{page.docname}.html", page.title, read.entries_of(html)


class _Read:
    """Remembers the entries of pages between builds, because usually only a single page changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _known(path)
        self._used: dict[str, list[Any]] = {}

    def entries_of(self, html: str) -> list[Entry]:
        """Return the entries of a page. An unchanged page is not parsed again."""
        name = hashlib.sha256(html.encode()).hexdigest()
        self._used[name] = self._known.get(name) or [asdict(entry) for entry in entries_of(html)]
        return [Entry(**entry) for entry in self._used[name]]

    def keep(self) -> None:
        """Write the entries of this build's pages to the file of the cache, for the next build."""
        replace_file(self._path, json.dumps({"by": program_digest(), "pages": self._used}).encode())


def _known(path: Path) -> dict[str, list[Any]]:
    """Return the entries that an earlier build kept in the file `path`.

    The key is the digest of a page's HTML, the value the list of its entries as JSON data. Empty if
    there is no such file, or if another version of the program wrote the file.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return dict(kept["pages"]) if kept["by"] == program_digest() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def script_of(pages: Sequence[tuple[str, str, Sequence[Entry]]]) -> str:
    """Return the index as a script, within its size limit.

    `pages` holds address, title and entries of each page. Of each entry, the index has a piece of
    text that is shown in results, and a list of the other words of the text. If the index would be
    too large, the pieces are made shorter, and words that are in many entries are left out of the
    lists. Rare words can still be found.
    """
    spread = _spread([entry for _, __, entries in pages for entry in entries])

    def written(step: int) -> str:
        lead, share = _STEPS[step]
        common = {word for word, found in spread.items() if found > share}
        index = [
            [address, title, [entry.written(lead, common) for entry in entries]]
            for address, title, entries in pages
        ]
        return (
            f"PSM.provide('index',{json.dumps(index, ensure_ascii=False, separators=(',', ':'))})"
        )

    # The shortest is taken where nothing fits; each further letter kept weighs something.
    shorter, longer = len(_STEPS) - 1, -1
    found = ""
    while shorter - longer > 1:
        middle = (shorter + longer) // 2
        script = written(middle)
        if len(gzip.compress(script.encode(), 6)) <= _BUDGET:
            shorter, found = middle, script
        else:
            longer = middle
    return found or written(shorter)


def _spread(entries: Sequence[Entry]) -> dict[str, float]:
    """Return for each word, in small letters, the share (0 to 1) of entries with this word."""
    found = Counter(
        word for entry in entries for word in set(_WORD.findall("".join(entry.text).casefold()))
    )
    return {word: parts / len(entries) for word, parts in found.items()}


def entries_of(html: str) -> tuple[Entry, ...]:
    """Return the entries of a page: the page itself, then its elements with an id and a title."""
    reader = _Reader()
    reader.feed(html)
    return tuple(entry for entry in reader.entries if "".join(entry.title).strip())


@dataclass(frozen=True)
class _Open:
    """An HTML element that is not closed yet.

    `into` says where the element's text is written: to the "title" or to the "text" of `entry`. If
    `into` is empty, the text is not read.
    """

    tag: str
    entry: Entry | None
    into: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._open = [_Open("", None, "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        here = self._open[-1]
        if tag not in _INLINE and here.entry:
            here.entry.text.append(" ")
        if tag not in _VOID:
            self._open.append(self._opened(tag, given, here))

    def _opened(self, tag: str, given: dict[str, str], here: _Open) -> _Open:
        classes = set(given.get("class", "").split())
        if tag == "main":
            return _Open(tag, self._entry(""), "text")
        if (
            here.entry is None
            or tag in _SKIPPED_TAGS
            or classes & _SKIPPED_CLASSES
            or "data-search" in given
            or "data-resume" in given
        ):
            return _Open(tag, here.entry, "")
        # A quiz is found by its title; its questions are for the page alone.
        if "data-quiz" in given:
            return _Open(tag, self._entry(given["id"]), "")
        if "quiz-title" in classes:
            return _Open(tag, here.entry, "title")
        # A step that begins at no heading has no title to be found by.
        is_titled = "aria-label" not in given
        if here.into and tag in _PLACES and "id" in given and is_titled and here.entry.title:
            return _Open(tag, self._entry(given["id"], given.get("data-words", "")), "text")
        if here.into and tag in _TITLES and not here.entry.title:
            return _Open(tag, here.entry, "title")
        # "Lakukan dulu" of every situation: it would stand glued to the text that is shown.
        is_glued = tag in _HEADINGS and here.entry.anchor
        return _Open(tag, here.entry, "" if is_glued else here.into)

    def _entry(self, anchor: str, words: str = "") -> Entry:
        self.entries.append(Entry(anchor, words))
        return self.entries[-1]

    def handle_endtag(self, tag: str) -> None:
        while self._open[-1].tag and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        here = self._open[-1]
        if here.entry and here.into:
            (here.entry.title if here.into == "title" else here.entry.text).append(data)
