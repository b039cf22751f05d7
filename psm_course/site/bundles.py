"""Which script files a page loads. `scripts/bundle.mjs` makes them of the modules in `scripts/` and `items/*/`.

They are kept in `generated/`, and building the site copies them; whoever changes a module runs `make scripts`. The list of them is
`bundles.json`, which the bundler reads too.
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

    file: its name on the site.
    entry: the module in `scripts/` it begins with.
    on: a page whose text holds one of these loads it; "" is in every text.
    not_on: a page whose text holds one of these does without it.
    plays: only where the page has an item that plays in a way of its own in practice (`play.js`).
    part: it is not loaded with its pages: it waits in a template, and modules ask for it by this name (`load` in `core/start.js`).
    style: the style sheet that comes with a part.
    over: the file whose modules it finds on the page already, besides the core's. Where that is a part, it comes first (`after`).
    shares: what of its modules it has for those that lie over it, by module; without this, all. The rest they take into themselves.
    floor: a key of `scripts/floor.json`: it needs newer browsers than the site, and its page has a sentence for the others.
    alone: it runs without the core.
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
        """The part that must have come before this one; "" for none."""
        return next((bundle.part for bundle in BUNDLES if bundle.file == self.over), "")

    def is_on(self, body: str) -> bool:
        """Whether a page with this text has it."""
        fits = has_plays(body) or not self.plays
        return fits and any(marker in body for marker in self.on) and not any(marker in body for marker in self.not_on)


def _bundles() -> Iterator[Bundle]:
    for line in json.loads(files("psm_course.site").joinpath("bundles.json").read_text(encoding="utf-8")):
        yield Bundle(**{**line, "on": tuple(line.get("on", ())), "not_on": tuple(line.get("not_on", ()))})


BUNDLES = tuple(_bundles())
PARTS = {bundle.part: bundle.file for bundle in BUNDLES if bundle.part}


def has_plays(body: str) -> bool:
    """Whether a page shows an item that plays in a way of its own in practice."""
    return any(f'data-type="{kind.name}"' in body for kind in TYPES.values() if kind.text_of("play.js"))


def scripts_of(body: str) -> list[str]:
    """Names of the script files that a page with this text loads."""
    return [bundle.file for bundle in BUNDLES if not bundle.part and bundle.is_on(body)]


def parts_of(body: str) -> list[Bundle]:
    """What waits in the templates of a page with this text until a module asks for it."""
    return [bundle for bundle in BUNDLES if bundle.part and bundle.is_on(body)]


def generated(name: str) -> bytes:
    """A script file or a style sheet as the site has it."""
    return GENERATED.joinpath(name).read_bytes()


def generated_files() -> Iterator[Traversable]:
    """All of them, in the order of their names."""
    return iter(sorted(GENERATED.iterdir(), key=lambda file: file.name))


def write_bundles(app: Any, _: Exception | None) -> None:
    """Sphinx's `build-finished`: put the script files into the site, and the theme's style sheets in their generated form."""
    static = Path(app.outdir) / "_static"
    for file in generated_files():
        if file.name != WORKER:  # it stands at the site's root, with the list of the release before it
            (static / file.name).write_bytes(file.read_bytes())
