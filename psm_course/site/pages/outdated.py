"""Finds pages to read again: pages that show a file whose content has changed.

Sphinx compares only the times of files. A file restored from a copy has an old time, so Sphinx
would keep the old page.
"""

from functools import cache
from pathlib import Path
from typing import Any

from psm_course.site import kept


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    build = _Build()
    app.connect("env-get-outdated", build.outdated)
    app.connect("env-updated", build.remember)


class _Build:
    """Digests of the files that pages show, each computed once in a build, before pages are read.

    If a file is saved while this build reads its pages, the next build notices the change.
    """

    def __init__(self) -> None:
        self._held = cache(kept.digest_of_file)

    def outdated(
        self, _: Any, env: Any, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """Return the names of pages whose files changed although Sphinx notices no change."""
        read = getattr(env, "psm_contents", {})
        contents = {docname: self._digest(env, docname) for docname in env.found_docs - removed}
        return [
            docname
            for docname, digest in contents.items()
            if docname not in added | changed and read.get(docname) != digest
        ]

    def remember(self, app: Any, env: Any) -> list[str]:
        """Keep the digest of each page's files for the next build.

        The list returned to Sphinx is empty, because no page has to be written again.
        """
        if not app.config.psm_preview:
            kept.note_elsewhere(
                Path(app.doctreedir).parents[1],
                Path(env.srcdir),
                (path for docname in env.found_docs for path in _files(env, docname)),
            )
        env.psm_contents = {docname: self._digest(env, docname) for docname in env.found_docs}
        return []

    def _digest(self, env: Any, docname: str) -> str:
        """Return a digest of a page's own file and of all files whose content the page shows.

        A file that changes during this build keeps the digest of its first reading.
        """
        return kept.digest_of_parts(
            (str(path), self._held(path).encode())
            for path in sorted({path.resolve() for path in _files(env, docname)})
        )


def _files(env: Any, docname: str) -> list[Path]:
    return [
        Path(env.doc2path(docname)),
        *(Path(env.srcdir, name) for name in env.dependencies.get(docname, ())),
    ]
