"""Composes the site's pages with Sphinx, in a process of its own: the composer.

This process loads Sphinx while the main program checks the course. It uses the settings of Jupyter
Book, but not its command line. The command line would take a second more, because it imports
libraries that no page needs.
"""

import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from psm_course.authoring.problems import shorten
from psm_course.errors import ContentFaulty, Refused, cause
from psm_course.site.kept import PAGES, READ, only_one
from psm_course.site.unloaded import (
    for_our_pages,
    leave_out,
    load_jupyter_book,
    sphinx_without_more,
)

# The command of the interpreter we run in, wherever its scripts are.
_PROGRAM = "from psm_course.site.composing import main; main()"
COMPOSING = "menyusun"
_PARTS = ("ipykernel", "jupyter_book", "nbclient")
NOT_INSTALLED = 'Penyusun situs belum terpasang. Pasang dengan: pip install "psm-course[site]"'
_ADDRESS = re.compile(r"^(?P<where>.*?): (?:WARNING|ERROR|CRITICAL): (?P<what>.*)$")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def can_compose() -> bool:
    """True if the part of the program that builds sites is installed."""
    return all(find_spec(part) for part in _PARTS)


def refuse_without_builder() -> None:
    """Raise an error if this installation cannot build sites.

    Raises:
        Refused: the part of the program that builds sites is not installed.
    """
    if not can_compose():
        raise Refused(NOT_INSTALLED)


class Composer:
    """A process that loads Sphinx at once, and composes pages when `begin` is called."""

    def __init__(self, root: Path, work: Path) -> None:
        self._root = root
        self.has_begun = False
        command = [sys.executable, "-X", "utf8", "-c", _PROGRAM, str(root), str(work)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
            command,
            stdin=pipe,
            stdout=subprocess.DEVNULL,
            stderr=pipe,
            encoding="utf-8",
            errors="replace",
        )

    def begin(self) -> None:
        """Tell the process to bring the pages up to date, and return at once."""
        self.has_begun = True
        with suppress(BrokenPipeError):  # it came to grief while getting ready; `finish` says how
            print("mulai", file=self._process.stdin, flush=True)

    def finish(self) -> None:
        """Wait until the process has composed the pages and ended.

        Raises:
            ContentFaulty: Sphinx reported warnings or errors; the message lists them.
        """
        _, said = self._process.communicate()
        if self._process.returncode != 0:
            raise ContentFaulty(
                "Situs tidak dapat disusun:\n"
                + "\n".join(f"  {line}" for line in complaints(self._root, said))
            )

    def leave(self) -> None:
        """End the process.

        If composing has begun, wait until the pages are complete; if not, kill the process.
        """
        if not self.has_begun:
            self._process.kill()
        self._process.communicate()


@contextmanager
def composer(root: Path, work: Path) -> Iterator[Composer]:
    """Start a composer and yield it; end its process (`leave`) at the end of the block.

    Raises:
        Refused: the part of the program that builds sites is not installed.
    """
    refuse_without_builder()
    started = Composer(root, work)
    try:
        yield started
    finally:
        started.leave()


def main() -> None:
    """Do the work of the composer's process.

    It loads Sphinx, waits until `Composer.begin` is called, and composes the pages.
    """
    root, work = map(Path, sys.argv[1:3])
    # No garbage collection while it loads: all that is loaded stays,
    # and searching it takes a tenth of the time.
    gc.disable()
    leave_out()
    try:
        # The lock is needed although a build has one: if a build is killed,
        # its composer goes on by itself for a second.
        with only_one(work, COMPOSING):
            done = _composed(root, work)
    except Exception as error:
        sys.exit(reason(error))
    sys.exit(done)


def _composed(root: Path, work: Path) -> int:
    # See `application`.
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: PLC0415

    with patch_docutils(), docutils_namespace():
        app = application(root, work / PAGES, work / READ, None, sys.stderr, strict=True)
        _keep_compiled(app, work / READ)
        if sys.stdin.readline():
            gc.freeze()
            gc.enable()
            app.build()
        return int(app.statuscode)


def _keep_compiled(app: Any, read: Path) -> None:
    """Keep the compiled templates of our pages and forms in `read`, for the next build.

    `read` is Sphinx's cache, which is deleted when the program changes.
    """
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - as in `application`

    from psm_course.forms.render import keep_compiled  # noqa: PLC0415

    # One place each: both have a `layout.html`.
    pages, forms = read / "templates-of-pages", read / "templates-of-forms"
    for folder in (pages, forms):
        folder.mkdir(parents=True, exist_ok=True)
    keep_compiled(forms)
    app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(pages))


def application(
    root: Path,
    pages: Path,
    read: Path,
    status: TextIO | None,
    warning: TextIO,
    strict: bool = False,
    **more: Any,
) -> Any:
    """Return Sphinx as Jupyter Book would set it up, with the settings in `more` added.

    Args:
        root: the folder of the course.
        pages: the folder for pages.
        read: the folder for Sphinx's cache.
        status, warning: streams for messages; None for no messages.
        strict: True to treat every warning as an error; all warnings are reported, not only the
            first.
        more: further settings.
    """
    # The builder is loaded here: the command that waits for this process has no use for it.
    settings, _ = load_jupyter_book().get_final_config(
        user_yaml=root / "_config.yml",
        cli_config={
            "external_toc_path": str(root / "book" / "_toc.yml"),
            "latex_individualpages": False,
        },
        sourcedir=root,
    )
    # A theme adds to the list it finds here. Sphinx's own would grow with every build of a preview
    # and make all pages look changed.
    settings = {**for_our_pages(settings), "templates_path": [], **more}
    said = {"status": status, "warning": warning, "warningiserror": strict, "keep_going": strict}
    sphinx = sphinx_without_more()
    # In a process that builds once, what is loaded stays. Frozen, it is also out of sight of the
    # extension, which looks through all there is for Sphinx's contents.
    if not gc.isenabled():
        for name in (*sphinx.builtin_extensions, *settings["extensions"]):
            import_module(name)
        gc.freeze()
    return sphinx.Sphinx(root, None, pages, read, "html", settings, **said)


def reason(error: BaseException) -> str:
    """Return an Indonesian sentence about an error that Sphinx raised.

    If a `ContentFaulty` caused the error, the message of the `ContentFaulty` is returned.
    Otherwise the sentence quotes the first cause of the error.
    """
    while not isinstance(error, ContentFaulty) and error.__cause__:
        error = error.__cause__
    if isinstance(error, ContentFaulty):
        return str(error)
    said = (
        f"{error.filename}: {cause(error)}"
        if isinstance(error, OSError) and error.filename
        else str(error)
    )
    return f"Halaman belum dapat disusun: {shorten(said, 200)}"


def complaints(root: Path, output: str) -> list[str]:
    """Return Sphinx's warnings and errors, at most 20, with paths relative to the course.

    `root` is the folder of the course; `output` is the text of Sphinx's warnings and errors. If
    `output` contains no warning, its last three lines are returned.
    """
    lines = [
        _COLOUR.sub("", line).replace(f"{root}/", "")
        for line in output.splitlines()
        if line.strip()
    ]
    found = [
        f"{match['where']}: {match['what']}" for line in lines if (match := _ADDRESS.match(line))
    ]
    return (found or lines[-3:])[:20]
