"""The pages of a course being written, for the one who writes it: each comes with a script that shows problems and loads it anew."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from psm_course.web.middleware import OwnHostsOnly, UsualHeaders

# Nothing of the built site has an address like this.
_OURS = "/_pratinjau"
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_HEAD_ENDS = b"</head>"
_NOT_THERE = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pratinjau</title></head>
<body><main>
<h1>Halaman ini belum ada</h1>
<p>Halaman terbuka sendiri begitu selesai disusun. <a href="/">Ke halaman depan</a></p>
</main></body>
</html>
"""


class Trouble(NamedTuple):
    """Sentences under a title; open when they are about what the author has just saved."""

    title: str
    sentences: list[str]
    open: bool


@dataclass
class Progress:
    """How far the pages are, told by whoever builds them and asked for by every open page."""

    busy: bool = False
    troubles: tuple[Trouble, ...] = ()


def make_preview(pages: Path, first: str, progress: Progress) -> Starlette:
    """The pages in `pages` at their addresses, starting at `first`."""
    files = StaticFiles(directory=pages, check_dir=False)

    def found(path: str) -> bytes | None:
        full, there = files.lookup_path(path.lstrip("/"))
        return Path(full).read_bytes() if there else None

    def page(request: Request) -> Response:
        content = found(request.url.path)
        # Sphinx empties a page before it writes it: one asked for in between is not there yet, and comes back for the rest.
        if content is None or _HEAD_ENDS not in content:
            return HTMLResponse(_with_script(_NOT_THERE, _digest(None)), 404)
        return HTMLResponse(_with_script(content.decode(errors="replace"), _digest(content)))

    def state(request: Request) -> Response:
        """The page is loaded anew when its digest is another; while pages are being written none is told."""
        shown = None if progress.busy else _digest(found(request.query_params.get("page", "")))
        return JSONResponse({"digest": shown, "troubles": [trouble._asdict() for trouble in progress.troubles]})

    return Starlette(
        routes=[
            Route("/", lambda _: RedirectResponse(f"/{first}")),
            Route(f"{_OURS}/keadaan", state),
            Mount(_OURS, StaticFiles(packages=[("psm_course.web", "preview")])),
            Route("/{page:path}.html", page),
            Mount("/", files),
        ],
        middleware=[Middleware(UsualHeaders, usual=lambda _: _HEADERS), Middleware(OwnHostsOnly)],
    )


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _with_script(text: str, digest: str) -> str:
    ours = f'<link rel="stylesheet" href="{_OURS}/pratinjau.css"><script src="{_OURS}/pratinjau.js" data-digest="{digest}" defer></script>'
    return text.replace(_HEAD_ENDS.decode(), ours + _HEAD_ENDS.decode(), 1)
