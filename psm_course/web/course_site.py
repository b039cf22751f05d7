"""The course's site as it was published: files as they are, or in the compressed form that stands beside them."""

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
_KINDS = {".webmanifest": "application/manifest+json"}  # not every system knows it


def routes(settings: Settings) -> list[BaseRoute]:
    """The site at the root, whatever its address elsewhere."""
    return [Mount("/", CourseSite(settings.site, settings.site_root))]


class CourseSite(StaticFiles):
    """A folder of pages. Browsers ask again whether it is still the newest, above all for `sw.js`.

    root: the path of the site's own address. What its `404.html` and its codes name begins with that, and is sent on to the root here;
    a file of that name comes first, for the path may be called like a folder of the site.
    """

    def __init__(self, folder: Path, root: str) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self.root = root

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 404:  # Starlette's answer knows no compressed form, and would send a range of it as if it were found
            response = self._at_the_root(scope) or self._not_found(scope)
        response.headers.update(HEADERS)
        return response

    def _at_the_root(self, scope: Scope) -> Response | None:
        url = Request(scope).url
        if self.root == "/" or not url.path.startswith(self.root):
            return None
        return RedirectResponse(str(url.replace(path=f"/{url.path.removeprefix(self.root)}")))

    def file_response(self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200) -> Response:
        """A file in the form that was asked for. Its ETag is that form's own, and a range is a range of that form (RFC 9110)."""
        plain = Path(full_path)
        if not _compressed(plain).is_file():
            return super().file_response(full_path, stat_result, scope, status_code)
        chosen = _compressed(plain) if takes_gzip(Headers(scope=scope)) else plain
        # What has a compressed form is a text, the checkpoint of the log too, whose name says nothing of it.
        kind = _KINDS.get(plain.suffix) or guess_type(plain.name)[0] or "text/plain"
        response = FileResponse(chosen, status_code, _headers(chosen, plain), kind, stat_result=chosen.stat())
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    def _not_found(self, scope: Scope) -> Response:
        plain = Path(self.lookup_path(NOT_FOUND)[0])
        chosen = _compressed(plain) if _compressed(plain).is_file() and takes_gzip(Headers(scope=scope)) else plain
        return Response(chosen.read_bytes(), 404, _headers(chosen, plain), "text/html")


def _compressed(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


def _headers(chosen: Path, plain: Path) -> dict[str, str]:
    return {"Vary": "Accept-Encoding"} if chosen == plain else {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}


def takes_gzip(headers: Headers) -> bool:
    """Whether a browser takes gzip: it is named, or anything is taken, and not with the weight 0."""
    weights = dict(_weight(part) for line in headers.getlist("accept-encoding") for part in line.split(","))
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(part: str) -> tuple[str, float]:
    """`gzip;q=0.5` as name and weight. A weight that is none counts as 0: then the plain form is sent, which everybody can read."""
    name, _, said = part.strip().casefold().partition(";")
    try:
        return name.strip(), float(said.strip().removeprefix("q=")) if said.strip() else 1.0
    except ValueError:
        return name.strip(), 0.0
