"""Pages for `psm preview`, also of unfinished content; only changed pages are made again.

One process makes all these pages. The pages are never published: they are not searched for leaks,
and have no offline copy. `psm build` makes the pages to publish.
"""

import io
from collections.abc import Callable
from pathlib import Path

from sphinx.util.docutils import docutils_namespace, patch_docutils

from psm_course.errors import ContentFaulty
from psm_course.site.composing import application, complaints, reason
from psm_course.site.execute import RUNNING

# Beside what `psm build` keeps, so that both share the lessons' results.
PAGES, _READ = "_build/preview", "_build/preview-doctrees"


def refresh(root: Path, work: Path, say: Callable[[str], None]) -> list[str]:
    """Make the changed pages of the preview again; return Sphinx's warnings and errors.

    Args:
        root: the folder of the course.
        work: a folder for the pages, and for files that the next call can use again.
        say: a function that is called with a sentence before a lesson is run.

    Raises:
        ContentFaulty: nothing could be built, so the pages stayed as they were.
    """
    said = io.StringIO()
    known = work / _READ / "environment.pickle"
    before = known.read_bytes() if known.is_file() else b""
    try:
        # A new application each time, in a process that has loaded everything: as quick as keeping
        # one, and nothing of the table of contents, the glossary or the settings can be stale.
        with patch_docutils(), docutils_namespace():
            application(
                root, work / PAGES, work / _READ, _Status(say), said, psm_preview=True
            ).build()
    except Exception as error:
        if before:
            # Sphinx forgets all pages after a failure; what it knew is still right.
            known.write_bytes(before)
        raise ContentFaulty(reason(error)) from error
    return complaints(root, said.getvalue())


class _Status(io.StringIO):
    """Passes on only those messages of Sphinx which say that a lesson is being run.

    Running lessons takes most of the time.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._say = say

    def write(self, text: str) -> int:
        if text.startswith(RUNNING):
            self._say(text.strip())
        return len(text)
