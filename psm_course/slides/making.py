"""Writes a deck as one HTML file, with reveal.js, our style sheet, our script and pictures inside.

The file loads no other file, and runs only the scripts inside it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from psm_course.content.course import CourseFolder
from psm_course.content.lessons import Lesson, Notebook
from psm_course.errors import ContentFaulty, Refused
from psm_course.site.execute import executed_source, kept_source
from psm_course.site.searches.leaks import find_leaks
from psm_course.slides.deck import DeckContents, DeckSlide, deck_slides

COMMAND = "psm slides"
# Below the data folder of an office: the lessons with the results of their last run.
EXECUTED = Path("build/_build/executed")
_SCRIPTS = ("vendor/reveal.js", "static/speaker.js", "static/deck.js")
_STYLES = ("vendor/reveal.css", "static/deck.css")
# In the order in which the desk's headers say it, so that both are the same text.
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri"
    " 'none'; form-action 'none'"
)


def make_deck(
    course: CourseFolder, deck: DeckContents, kept: Path, say: Callable[[str], None]
) -> str:
    """Make a deck as one HTML text. Lessons without results in `kept` are run first.

    Args:
        course: the course.
        deck: the deck.
        kept: folder with results of earlier runs.
        say: called with an Indonesian sentence before a lesson is run.

    Raises:
        ContentFaulty: a lesson fails; or the deck contains an answer key or the wording of a test,
            or loads a file from another site.
    """
    return _searched(
        course, _written(deck, deck_slides(course, deck, partial(_run, course, kept, say)))
    )


def kept_deck(course: CourseFolder, deck: DeckContents, kept: Path) -> str:
    """Make a deck as one HTML text, from the newest texts and the results of earlier runs.

    No lesson is run. `kept` is the folder with these results.

    Raises:
        Refused: a lesson was not run since its code changed.
        ContentFaulty: the deck contains an answer key or the wording of a test, or loads a file
            from another site.
    """
    return _searched(
        course, _written(deck, deck_slides(course, deck, partial(kept_notebook, kept)))
    )


def _run(course: CourseFolder, kept: Path, say: Callable[[str], None], lesson: Lesson) -> Notebook:
    notebook: Notebook = json.loads(executed_source(lesson.path, course.root, kept, say))
    return notebook


def kept_notebook(kept: Path, lesson: Lesson) -> Notebook:
    """Return the notebook of a lesson with its newest texts and the outputs of its last run.

    `kept` is the folder with the results of earlier runs.

    Raises:
        Refused: the lesson was not run since its code changed.
    """
    source = kept_source(lesson.path, kept)
    if source is None:
        raise Refused(
            f"Pelajaran {lesson.file} belum dijalankan sejak terakhir berubah. Jalankan di komputer"
            f" ini: {COMMAND}"
        )
    notebook: Notebook = json.loads(source)
    return notebook


def _searched(course: CourseFolder, html: str) -> str:
    """Return the HTML of a deck unchanged, if it contains no answer key and no wording of a test.

    Raises:
        ContentFaulty: the deck contains one of these, or loads a file from another site.
    """
    refuse_leaks(course, html, "Tayangan tidak dibuat")
    return html


def refuse_leaks(course: CourseFolder, text: str, undone: str) -> None:
    """Raise an error if a text for the hall contains an answer key or the wording of a test.

    Args:
        course: the course whose tests are secret.
        text: HTML or Markdown.
        undone: beginning of the error message, an Indonesian clause that says what is not done, for
            example that the slides are not made ("Tayangan tidak dibuat").

    Raises:
        ContentFaulty: the text contains one of these, or loads a file from another site.
    """
    with TemporaryDirectory(prefix="psm-") as folder:
        Path(folder, "tayangan.html").write_text(text, encoding="utf-8")
        leaks = find_leaks(Path(folder), course.quizzes.values())
    if leaks:
        raise ContentFaulty(
            f"{undone}: ada yang tidak boleh keluar dari kantor.\n"
            + "\n".join(f"  {leak}" for leak in leaks)
        )


def _written(deck: DeckContents, slides: Iterable[DeckSlide]) -> str:
    return (
        _templates()
        .get_template("deck.html")
        .render(
            title=deck.title,
            quiet=deck.quiet,
            policy=policy(),
            slides=list(slides),
            styles=[_text(name) for name in _STYLES],
            scripts=[_text(name) for name in _SCRIPTS],
        )
    )


@cache
def policy() -> str:
    """Return the content security policy of a deck.

    The policy allows only the scripts inside the deck (by digest), and only the pictures inside it.
    """
    digests = (
        base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode()
        for name in _SCRIPTS
    )
    return _POLICY.format(scripts=" ".join(f"'sha256-{digest}'" for digest in digests))


@cache
def _text(name: str) -> str:
    return files("psm_course.slides").joinpath(name).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("psm_course.slides"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
