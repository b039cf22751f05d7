"""Searches built pages for anything that runs a script and is not one of our files.

`psm check` has searched the course already. This is a second check, because the output of a code
cell is known only after the cell ran.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from psm_course.authoring.problems import shorten

_FORBIDDEN = {"iframe", "frame", "object", "embed", "base", "style"}
_ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster"}
_IDLE = re.compile(r"[\x00-\x20]+")  # browsers overlook it inside the name of a scheme
_RUNS = ("javascript:", "vbscript:", "data:text/html", "data:image/svg", "data:application")


def find_active(site: Path, paths: Iterable[Path] | None = None) -> list[str]:
    """Return a sentence for each script found in the pages under `site`; empty if there is none.

    Args:
        site: the built site.
        paths: the files to search; None: all files.
    """
    found = []
    for path in sorted(
        path for path in (site.rglob("*") if paths is None else paths) if path.suffix == ".html"
    ):
        page = _Active()
        page.feed(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(site).as_posix()}: {each}" for each in page.found]
    return found


class _Active(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _FORBIDDEN or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.found.append(f"<{tag}> di dalam halaman")
        for name, value in given.items():
            if (
                name.startswith("on")
                or name == "srcdoc"
                or (name in _ADDRESSES and _IDLE.sub("", value).lower().startswith(_RUNS))
            ):
                self.found.append(f'<{tag} {name}="{shorten(value)}"> dapat menjalankan skrip')
