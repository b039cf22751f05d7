"""A deck as one HTML file: reveal.js, our style and script, and the pictures are all in it, and nothing else may be loaded or run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from psm_course.content.course import CourseFolder, ModuleFolder
from psm_course.content.lessons import Lesson, Notebook
from psm_course.slides.deck import DeckSlide, deck_slides

_SCRIPTS = ("vendor/reveal.js", "static/speaker.js", "static/deck.js")
_STYLES = ("vendor/reveal.css", "static/deck.css")
# In the order in which the desk's headers say it, so that both are the same text.
_POLICY = "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def deck_html(course: CourseFolder, module: ModuleFolder, run: Callable[[Lesson], Notebook]) -> str:
    """The whole file. `run` gives a lesson's notebook with outputs."""
    return _written(module, deck_slides(course, module, run))


def _written(module: ModuleFolder, slides: Iterable[DeckSlide]) -> str:
    return _templates().get_template("deck.html").render(
        title=module.file.title,
        quiet=module.file.quiet,
        policy=policy(),
        slides=list(slides),
        styles=[_text(name) for name in _STYLES],
        scripts=[_text(name) for name in _SCRIPTS],
    )


@cache
def policy() -> str:
    """What a deck may do: run the scripts that are in it, known by their digests, and show the pictures that are in it."""
    digests = (base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode() for name in _SCRIPTS)
    return _POLICY.format(scripts=" ".join(f"'sha256-{digest}'" for digest in digests))


@cache
def _text(name: str) -> str:
    return files("psm_course.slides").joinpath(name).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    loader = PackageLoader("psm_course.slides")
    settings: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}
    return Environment(loader=loader, autoescape=select_autoescape(["html"]), undefined=StrictUndefined, **settings)
