"""The reader's scripts: small sources with one job each, put together into one file for every page and at most one more."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import rjsmin

_SOURCES = files("psm_course.site").joinpath("scripts")


@dataclass(frozen=True)
class Bundle:
    """A script file of the site; pages whose text holds `marker` load it."""

    name: str
    marker: str
    sources: tuple[str, ...]


BUNDLES = (
    Bundle("psm.js", "", ("start", "store")),
    Bundle("latihan.js", 'data-use="practice"', ("responses", "marking", "case", "practice")),
)


def scripts_of(body: str) -> list[str]:
    """Names of the script files a page with this text loads."""
    return [bundle.name for bundle in BUNDLES if bundle.marker in body]


def written(bundle: Bundle) -> str:
    """A bundle's text, without comments and idle space."""
    return "\n".join(rjsmin.jsmin(_SOURCES.joinpath(f"{name}.js").read_text(encoding="utf-8")) for name in bundle.sources)


def write_bundles(app: Any, _: Exception | None) -> None:
    """Sphinx's `build-finished`: the script files stand beside the style sheet."""
    static = Path(app.outdir) / "_static"
    for bundle in BUNDLES:
        (static / bundle.name).write_text(written(bundle), encoding="utf-8")
