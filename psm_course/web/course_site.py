"""The course's site as it was published: files as they are, or in the compressed form that stands beside them."""

import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

NOT_FOUND = "404.html"
# The course's own pages run the course's own scripts, and keep themselves for reading without a signal.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
POLICY += "; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'"


class CourseSite(StaticFiles):
    """A folder of pages. Browsers ask again whether it is still the newest, above all for `sw.js`."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 404:  # Starlette's answer knows no compressed form, and would send a range of it as if it were found
            response = self._not_found(scope)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-cache"
        return response

    def file_response(self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200) -> Response:
        """A file in the form that was asked for. Its ETag is that form's own, and a range is a range of that form (RFC 9110)."""
        compressed = _compressed(Path(full_path))
        if not compressed.is_file():
            return super().file_response(full_path, stat_result, scope, status_code)
        takes = takes_gzip(Headers(scope=scope))
        chosen = compressed if takes else Path(full_path)
        response = super().file_response(chosen, chosen.stat(), scope, status_code)
        _say_form(response, is_compressed=takes)
        return response

    def _not_found(self, scope: Scope) -> Response:
        plain = Path(self.lookup_path(NOT_FOUND)[0])
        takes = takes_gzip(Headers(scope=scope)) and _compressed(plain).is_file()
        response = Response((_compressed(plain) if takes else plain).read_bytes(), 404, media_type="text/html")
        _say_form(response, is_compressed=takes)
        return response


def _compressed(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


def _say_form(response: Response, *, is_compressed: bool) -> None:
    if is_compressed and response.status_code != 304:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"


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
