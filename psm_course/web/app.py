"""The application: a page is a function that reads the request, calls one verb and renders."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from psm_course.content.course import Course
from psm_course.errors import Refused, StoreError
from psm_course.forms.render import indonesian_day
from psm_course.records.kelurahan import all_kelurahan, by_code
from psm_course.registrar.judging import Standing, standings
from psm_course.registrar.submitting import Desk
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web import hand_in

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
# The course's own pages run the course's own scripts, and keep themselves for reading without a signal.
_SITE_POLICY = f"{_POLICY}; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_pages = Environment(
    loader=PackageLoader("psm_course.web"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters["day"] = indonesian_day


class OwnHostsOnly(BaseHTTPMiddleware):
    """Names are shown here, so a page of another host that points its name at this machine is not answered."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        host = request.headers.get("host", "")
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name not in LOOPBACK:
            return _page(
                "message.html", 400, title="Alamat tidak dikenal", message="Buka halaman ini lewat http://127.0.0.1 di laptop ini."
            )
        return await call_next(request)


class _SafeHeaders(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith("/angkatan/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class _Site(StaticFiles):
    """The published site. Browsers ask again whether it is still the newest, above all for `sw.js`."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = _SITE_POLICY
        response.headers["Cache-Control"] = "no-cache"
        return response


def make_app(settings: Settings, course: Course, store: Store) -> Starlette:
    """The site at `/`, hand-ins at `/api`, a cohort's status at `/angkatan/<id>`.

    Names are shown, so only this machine's own hosts are answered.
    """

    def cohort_status(request: Request) -> Response:
        cohort, everybody = standings(store, course, request.path_params["cohort"], datetime.now(UTC))
        kecamatan = request.query_params.get("kecamatan", "")
        shown = [standing for standing in everybody if not kecamatan or _kecamatan(standing) == kecamatan]
        return _page("status.html", cohort=cohort, course=course.file, shown=shown, summary=_summary(everybody), kecamatan=kecamatan)

    return Starlette(
        routes=[
            Route("/angkatan/{cohort}", cohort_status),
            *hand_in.routes(Desk(store, course.quizzes)),
            Mount("/desk", StaticFiles(packages=[("psm_course.web", "static")])),
            Mount("/", _Site(directory=settings.site, html=True, check_dir=False)),
        ],
        middleware=[Middleware(_SafeHeaders), Middleware(OwnHostsOnly)],
        exception_handlers={Refused: _refused, StoreError: _broken, HTTPException: _not_here, Exception: _our_mistake},
    )


def _kecamatan(standing: Standing) -> str:
    return by_code()[standing.enrolment.kelurahan].kecamatan


def _summary(everybody: tuple[Standing, ...]) -> dict[str, object]:
    unmet = Counter(r.title for standing in everybody for r in standing.completion.requirements if not r.met)
    covered = {standing.enrolment.kelurahan for standing in everybody if standing.completion.met}
    return {
        "enrolled": len(everybody),
        "completed": sum(standing.completion.met for standing in everybody),
        "recorded": sum(standing.record is not None for standing in everybody),
        "unmet": unmet.most_common(),
        "covered": len(covered),
        "kelurahan": len(all_kelurahan()),
        "kecamatan": sorted({kelurahan.kecamatan for kelurahan in all_kelurahan()}),
    }


def _page(template: str, status: int = 200, **values: object) -> HTMLResponse:
    return HTMLResponse(_pages.get_template(template).render(**values), status_code=status)


def _refused(_: Request, error: Exception) -> Response:
    return _page("message.html", 404, title="Tidak ditemukan", message=str(error))


def _broken(_: Request, error: Exception) -> Response:
    return _page("message.html", 500, title="Register tidak terbaca", message=str(error))


def _not_here(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404:
        return _page("message.html", 404, title="Tidak ditemukan", message="Halaman ini tidak ada. Kembali ke halaman depan.")
    return _page(
        "message.html", status, title="Tidak dapat dilakukan", message="Halaman ini hanya dapat dibuka, tidak dapat dikirimi apa pun."
    )


def _our_mistake(_: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette's signature; uvicorn logs the error
    return _page("message.html", 500, title="Ada kesalahan", message="Ada kesalahan di dalam program. Register tidak berubah.")
