"""The script files that each page loads.

`scripts/bundle.mjs` makes the script files from the sources in `scripts/` and `items/*/`. The
script files are kept in `generated/`, and each build copies them into the site. Run `make scripts`
after a source was changed. `bundles.json` lists the files, for this module and for the bundler.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from psm_course.items import TYPES

GENERATED = files("psm_course.site").joinpath("generated")
STYLE = "style.css"  # of an item type; a page that shows an item of it loads `<type>.css`
WORKER = "sw.js"


@dataclass(frozen=True)
class Bundle:
    """One line of `bundles.json`: a script file.

    Attributes:
        file: the name of the file on the site.
        entry: the module in `scripts/` from which the file is made. The modules that it imports
            are in the file too, except those of another script file (`over`).
        on: a page loads the file if its text contains one of these texts; "" is in every page.
        not_on: a page does not load the file if its text contains one of these texts.
        plays: True if the file is only for pages with an item whose type has its own script for
            practising (`play.js`).
        part: a name, if the page does not load the file at once; such a file is called a part. Its
            address is in a `<template>` of the page. The file is loaded when a script calls `load`
            (in `core/start.js`) with this name.
        style: the style sheet that comes with a part.
        over: name of another script file, whose modules this file uses without a copy of them. The
            page loads the other file first, also if it is a part (`after`). Empty means the core
            (`psm.js`).
        shares: what this file offers to the files whose `over` names it: for each path of a module,
            the names that they may use. They contain a copy of anything else that they need. Empty:
            they may use all modules of this file.
        floor: a key of `scripts/floor.json`, if the file needs newer browsers than the site. The
            page then has a sentence for people with an older browser.
        alone: True if the file runs without the core (`psm.js`).
    """

    file: str
    entry: str
    on: tuple[str, ...] = ()
    not_on: tuple[str, ...] = ()
    plays: bool = False
    part: str = ""
    style: str = ""
    over: str = ""
    shares: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    floor: str = ""
    alone: bool = False

    @property
    def after(self) -> str:
        """The part that must be loaded before this part; "" if there is none."""
        return next((bundle.part for bundle in BUNDLES if bundle.file == self.over), "")

    def is_on(self, body: str) -> bool:
        """True if a page with this text loads the file."""
        fits = has_plays(body) or not self.plays
        return (
            fits
            and any(marker in body for marker in self.on)
            and not any(marker in body for marker in self.not_on)
        )


def _bundles() -> Iterator[Bundle]:
    return (
        Bundle(**{**line, "on": tuple(line.get("on", ())), "not_on": tuple(line.get("not_on", ()))})
        for line in json.loads(
            files("psm_course.site").joinpath("bundles.json").read_text(encoding="utf-8")
        )
    )


BUNDLES = tuple(_bundles())
PARTS = {bundle.part: bundle.file for bundle in BUNDLES if bundle.part}


def has_plays(body: str) -> bool:
    """True if a page text contains an item whose type has a script for practising (`play.js`)."""
    return any(
        f'data-type="{kind.name}"' in body for kind in TYPES.values() if kind.text_of("play.js")
    )


def scripts_of(body: str) -> list[str]:
    """Return the names of the script files that a page with this text loads."""
    return [bundle.file for bundle in BUNDLES if not bundle.part and bundle.is_on(body)]


def parts_of(body: str) -> list[Bundle]:
    """Return the parts of a page with this text; the page loads a part only when it needs it."""
    return [bundle for bundle in BUNDLES if bundle.part and bundle.is_on(body)]


def generated_files() -> Iterator[Traversable]:
    """Return all files in `generated/`, sorted by name."""
    return iter(sorted(GENERATED.iterdir(), key=lambda file: file.name))


def write_bundles(app: Any, _: Exception | None) -> None:
    """Copy generated scripts and style sheets into the site (handler of Sphinx's `build-finished`).

    The service worker is not copied. Publishing writes it to the site's root, with the list of
    files that a phone keeps.
    """
    static = Path(app.outdir) / "_static"
    for file in generated_files():
        # It stands at the site's root, with the list of the release before it.
        if file.name != WORKER:
            (static / file.name).write_bytes(file.read_bytes())
