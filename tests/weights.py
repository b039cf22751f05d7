"""What a page of a built site costs a phone on its first visit, read from the files themselves:
nothing here takes time or a browser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from psm_course.site.output.compressed import transferred

_LOADED_LINKS = {"stylesheet", "icon", "manifest", "preload"}


@dataclass(frozen=True)
class FirstVisit:
    """The files a page needs at once, the pictures that wait until somebody comes near them, and
    the items of a test that come after it.
    """

    page: Path
    styles: tuple[Path, ...]
    scripts: tuple[Path, ...]
    others: tuple[Path, ...]
    pictures: tuple[Path, ...] = ()
    items: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.page, *self.styles, *self.scripts, *self.others)

    @property
    def requests(self) -> int:
        return len(self.files)

    @property
    def weight(self) -> int:
        return weight(self.files)

    def before_text(self, letters: int) -> int:
        """Bytes until a page is styled and this much of its text stands there: all styles, and the
        page down to that letter.
        """
        content = self.page.read_text(encoding="utf-8")
        reached = _UpToText(content, letters).reached
        return weight(self.styles) + transferred(content[:reached].encode())


def weight(files: tuple[Path, ...]) -> int:
    return sum(transferred(path.read_bytes()) for path in files)


def first_visit(page: Path) -> FirstVisit:
    """What the markup of a page makes a browser fetch before anybody scrolls or taps."""
    seen = _Loaded()
    seen.feed(page.read_text(encoding="utf-8"))

    def local(targets: list[str]) -> tuple[Path, ...]:
        paths = (
            unquote(urlsplit(target).path).lstrip("/") for target in dict.fromkeys(targets)
        )  # those of 404.html begin at the root
        return tuple((page.parent / path).resolve() for path in paths)

    return FirstVisit(
        page,
        local(seen.styles),
        local(seen.scripts),
        local(seen.others),
        local(seen.pictures),
        local(seen.items),
    )


@dataclass
class _Loaded(HTMLParser):
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._waiting = self._items = False

    def handle_endtag(self, tag: str) -> None:
        self._waiting = self._waiting and tag != "template"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._waiting = self._waiting or tag == "template"
        if self._waiting:  # a template loads nothing until a script puts it into the page
            self._items = "data-items" in given if tag == "template" else self._items
            if self._items and tag == "script":
                self.items.append(given["src"])
            return
        kinds = set(given.get("rel", "").split())
        if tag == "link" and "stylesheet" in kinds:
            self.styles.append(given["href"])
        elif tag == "link" and kinds & _LOADED_LINKS:
            self.others.append(given["href"])
        elif tag == "script" and "src" in given:
            self.scripts.append(given["src"])
        elif tag == "img" and not given["src"].startswith("data:"):
            (self.pictures if given.get("loading") == "lazy" else self.others).append(given["src"])


class _UpToText(HTMLParser):
    """How far a page must have come until `letters` letters of its main part are on the screen."""

    def __init__(self, content: str, letters: int) -> None:
        super().__init__()
        self.reached = len(content)
        self._lines = [0]
        for line in content.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._left, self._inside = letters, False
        self.feed(content)

    # HTMLParser's signature.
    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002
    ) -> None:
        self._inside = self._inside or tag == "main"

    def handle_data(self, data: str) -> None:
        if self._inside and self._left > 0:
            self._left -= len("".join(data.split()))
            if self._left <= 0:
                line, column = self.getpos()
                self.reached = self._lines[line - 1] + column + len(data)
