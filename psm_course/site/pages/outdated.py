"""Which pages have to be read again: those whose files hold something else than when the page was read.

Sphinx looks at times alone. A file put back from a copy carries an old time, and its page would stay as it was.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from psm_course.site import kept


def connect(app: Any) -> None:
    """Called by the extension's `setup`."""
    app.connect("env-get-outdated", _outdated)
    app.connect("env-updated", _remember)


def _outdated(_: Any, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Pages that Sphinx takes for unchanged, though their files are others."""
    read = getattr(env, "psm_contents", {})
    return [docname for docname in env.found_docs - added - changed - removed if read.get(docname) != _digest(env, docname)]


def _remember(app: Any, env: Any) -> list[str]:
    """Keep what the files of each page hold. No page is written for it."""
    if not app.config.psm_preview:
        kept.note_elsewhere(
            Path(app.doctreedir).parents[1], Path(env.srcdir), (path for docname in env.found_docs for path in _files(env, docname))
        )
    env.psm_contents = {docname: _digest(env, docname) for docname in env.found_docs}
    return []


def _digest(env: Any, docname: str) -> str:
    """A digest of a page's own file and of the files that it shows something of."""
    return digest_of_files(_files(env, docname))


def _files(env: Any, docname: str) -> list[Path]:
    return [Path(env.doc2path(docname)), *(Path(env.srcdir, name) for name in env.dependencies.get(docname, ()))]


def digest_of_files(paths: Iterable[Path]) -> str:
    """A digest of names and contents, whatever the order; a file that is not there counts as such."""
    digest = hashlib.sha256()
    for path in sorted({path.resolve() for path in paths}):
        content = path.read_bytes() if path.is_file() else b"-"
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
