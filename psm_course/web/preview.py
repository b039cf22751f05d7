"""Serves the pages of a course to the author who is writing the course.

A script is added to each page. It shows problems, and loads the page again if the page has changed.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from psm_course.web.middleware import OwnHostsOnly, UsualHeaders

# No address of the built site begins like this.
_OURS = "/_pratinjau"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_HEAD_ENDS = b"</head>"
_NOT_THERE = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pratinjau</title></head>
<body><main>
<h1>Halaman ini belum ada</h1>
<p>Halaman terbuka sendiri begitu selesai disusun. <a href="/">Ke halaman depan</a></p>
</main></body>
</html>
"""
_TROUBLES = Environment(autoescape=True).from_string("""\
{%- for trouble in troubles %}
<details{% if trouble.open %} class="wrong" open{% endif %}>
<summary>{{ trouble.title }}</summary>
<ul>{% for sentence in trouble.sentences %}<li>{{ sentence }}</li>{% endfor %}</ul>
</details>
{%- endfor %}""")


class Trouble(NamedTuple):
    """Problems of one kind to show on a page: sentences under a title.

    If `open` is True, the sentences are visible at once; otherwise only the title is visible.
    """

    title: str
    sentences: list[str]
    open: bool


@dataclass
class Progress:
    """State of the build. The thread that builds sets it; every open page reads it.

    Attributes:
        busy: True while pages are being written.
        troubles: the problems to show.
    """

    busy: bool = False
    troubles: tuple[Trouble, ...] = ()


def make_preview(pages: Path, first: str, progress: Progress) -> Starlette:
    """Make an application that serves the built pages.

    Args:
        pages: the folder of the pages; it may be made later.
        first: the page to which `/` leads, as a path below `pages`.
        progress: state of the build, read at each request.
    """
    files = StaticFiles(directory=pages, check_dir=False)

    def found(path: str) -> bytes | None:
        try:
            return Path(files.lookup_path(path.lstrip("/"))[0]).read_bytes()
        except (OSError, ValueError):  # a folder, or no name that a file can have
            return None

    def page(request: Request) -> Response:
        content = found(request.url.path)
        # Sphinx empties a file before it writes it. A page asked for in between counts as missing;
        # its script loads it again.
        if content is None or _HEAD_ENDS not in content:
            return HTMLResponse(_with_script(_NOT_THERE, _digest(None)), 404)
        return HTMLResponse(_with_script(content.decode(errors="replace"), _digest(content)))

    def state(request: Request) -> Response:
        """`GET /_pratinjau/keadaan?page=…`: the digest of this page, and the problems as HTML.

        A page that is open in a browser asks for this. If the digest differs from its own, the page
        loads itself again. The digest is null while pages are being written.
        """
        shown = None if progress.busy else _digest(found(request.query_params.get("page", "")))
        troubles = _TROUBLES.render(troubles=progress.troubles)
        return JSONResponse({"digest": shown, "troubles": troubles})

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
    ours = (
        f'<link rel="stylesheet" href="{_OURS}/pratinjau.css"><script type="module"'
        f' src="{_OURS}/pratinjau.js" data-digest="{digest}"></script>'
    )
    return text.replace(_HEAD_ENDS.decode(), ours + _HEAD_ENDS.decode(), 1)
