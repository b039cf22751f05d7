"""Serves the course site as it was built: each file, or the file's gzip copy in the same folder."""

import os
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import Scope

from psm_course.settings import Settings
from psm_course.site.output.hosting import HEADERS

NOT_FOUND = "404.html"
_KINDS = {".webmanifest": "application/manifest+json"}  # not every system knows this type


def routes(settings: Settings) -> list[BaseRoute]:
    """Return the route of the site, which is served at `/`.

    The path is `/` even if the site's published address has a path, such as `/kursus/`.
    """
    return [Mount("/", CourseSite(settings.site, settings.site_root))]


class CourseSite(StaticFiles):
    """A folder of built pages, served at `/`.

    `root` is the path of the site's published address, such as `/kursus/`. The site's `404.html`
    and the printed QR codes link to paths that begin with `root`. Such a path is redirected to the
    path without `root`: `/kursus/v.html` to `/v.html`. If a file of the site has exactly this path,
    the file is sent instead, because a folder of the site may have the same name as `root`.
    """

    def __init__(self, folder: Path, root: str) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self.root = root

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file, a redirect from the published path, or the site's own 404 page."""
        response = await super().get_response(path, scope)
        # Starlette's own 404 answer has no gzip form, and would send a range of it as if found.
        if response.status_code == 404:
            response = self._at_the_root(scope) or self._not_found(scope)
        response.headers.update(HEADERS)
        return response

    def _at_the_root(self, scope: Scope) -> Response | None:
        url = Request(scope).url
        if self.root == "/" or not url.path.startswith(self.root):
            return None
        return RedirectResponse(str(url.replace(path=f"/{url.path.removeprefix(self.root)}")))

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file, either its gzip form or the plain file.

        The gzip form is sent if there is one and the browser accepts gzip. The ETag and the range
        of bytes belong to the form that is sent (RFC 9110).
        """
        plain = Path(full_path)
        if not _compressed(plain).is_file():
            return super().file_response(full_path, stat_result, scope, status_code)
        chosen = _compressed(plain) if takes_gzip(Headers(scope=scope)) else plain
        # Only texts have a gzip form. The log's checkpoint is one, though its name does not say so.
        kind = _KINDS.get(plain.suffix) or guess_type(plain.name)[0] or "text/plain"
        response = FileResponse(
            chosen, status_code, _headers(chosen, plain), kind, stat_result=chosen.stat()
        )
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    def _not_found(self, scope: Scope) -> Response:
        plain = Path(self.lookup_path(NOT_FOUND)[0])
        chosen = (
            _compressed(plain)
            if _compressed(plain).is_file() and takes_gzip(Headers(scope=scope))
            else plain
        )
        return Response(chosen.read_bytes(), 404, _headers(chosen, plain), "text/html")


def _compressed(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


def _headers(chosen: Path, plain: Path) -> dict[str, str]:
    return (
        {"Vary": "Accept-Encoding"}
        if chosen == plain
        else {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    )


def takes_gzip(headers: Headers) -> bool:
    """True if the browser accepts gzip, according to the header `Accept-Encoding`.

    The weight of `gzip` must be above 0. If `gzip` is missing, the weight of `x-gzip` decides. If
    both are missing, the weight of `*` decides.
    """
    weights = dict(
        _weight(part) for line in headers.getlist("accept-encoding") for part in line.split(",")
    )
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(part: str) -> tuple[str, float]:
    """Parse a part of the header `Accept-Encoding`, such as `gzip;q=0.5`, into name and weight.

    An invalid weight becomes 0: then the plain form is sent, which every browser can read.
    """
    name, _, said = part.strip().casefold().partition(";")
    try:
        return name.strip(), float(said.strip().removeprefix("q=")) if said.strip() else 1.0
    except ValueError:
        return name.strip(), 0.0
