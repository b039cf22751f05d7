"""The site's table of contents (`book/_toc.yml`, as Jupyter Book defines it).

The site has only the pages that are listed in this file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from psm_course.authoring.beside import named_by
from psm_course.authoring.problems import Path
from psm_course.authoring.yaml_source import Source, read_file

CONTENTS_FILE = FilePath("book/_toc.yml")
_ENDINGS = (".md", ".ipynb")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page in the table of contents.

    `page` is the path of the page's file from the root, without its ending. `path` has the keys and
    indices that lead to the page's entry in `book/_toc.yml`.
    """

    page: str
    path: Path


def read_contents(root: FilePath) -> tuple[Source, tuple[Listed, ...]]:
    """Read the table of contents; return the file as read, and the listed pages in order."""
    source = read_file(root / CONTENTS_FILE, CONTENTS_FILE.as_posix())
    return source, tuple(_listed(source.tree, ()))


def _listed(tree: Any, at: Path) -> Iterator[Listed]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            # `root` is Jupyter Book's key for the front page.
            if key in ("file", "root") and isinstance(value, str):
                yield Listed(page_name(value), (*at, key))
            else:
                yield from _listed(value, (*at, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _listed(value, (*at, index))


def page_name(file: str) -> str:
    """Return the name of a page's file in the table of contents: the path without its ending."""
    return next((file.removesuffix(ending) for ending in _ENDINGS if file.endswith(ending)), file)


def exists(root: FilePath, page: str) -> bool:
    """True if the course has a Markdown page or a notebook of this name.

    `page` is a name as `page_name` returns it.
    """
    found = (named_by(root / f"{page}{ending}") for ending in _ENDINGS)
    return any(path is not None and path.is_file() for path in found)
