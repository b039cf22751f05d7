"""Puts the web application together: course site, the office's desk, and `/api` for phones."""

import re
from collections.abc import Container
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from psm_course.errors import FULL, StoreError, cause
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.log.log_key import note_log_key, open_log_key
from psm_course.registrar.people.cards import open_cards
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web import course_site, guarding, health
from psm_course.web.answers import hand_in
from psm_course.web.hall.hall_addresses import LOOPBACK, HallAddresses
from psm_course.web.hall.incidents import Incidents
from psm_course.web.middleware import OwnHostsOnly, UsualHeaders
from psm_course.web.request_context import Office, path_and_query, render
from psm_course.web.routes import PAGE_ROUTES

ACTOR = "psm serve"  # in the audit log: what the server does by itself
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action"
    " 'self'; frame-ancestors 'none'"
)
# The desk's pages run one script and no other: it remembers the size of the log, so that a register
# which lost entries is noticed (decision 0068).
_DESK_POLICY = (
    f"{_POLICY}; script-src {{host}}/desk/catatan.js; connect-src {{host}}/catatan/puncak"
)
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?")  # an address in brackets has no form in a policy
_UNAVAILABLE = "Register belum dapat dipakai"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: then browsers would send our own
    # forms with `Origin: null`, like another site's.
    "Referrer-Policy": "same-origin",
}


def _usual_headers(request: Request) -> dict[str, str]:
    host = request.headers.get("host", "")
    policy = _DESK_POLICY.format(host=host) if _HOST.fullmatch(host) else _POLICY
    return {**_HEADERS, "Content-Security-Policy": policy}


def make_app(
    settings: Settings,
    store: Store,
    hosts: Container[str] = LOOPBACK,
    incidents: Incidents | None = None,
    addresses: HallAddresses | None = None,
) -> Starlette:
    """Make the application: site at `/`, hand-ins at `/api`, the desk at the paths in `routes.py`.

    Args:
        settings: the settings of the office.
        store: the open register.
        hosts: host names that a request may name; a request for any other host is answered with
            400.
        incidents: collects events such as wrong passwords, which the desk shows; None: a new, empty
            collection.
        addresses: the addresses at which phones reach this machine; None: phones cannot reach it.

    Raises:
        Refused: the secret of the cards is lost, or the log key cannot be used.
    """
    # The secret of the cards and the log key are made now if the office has none yet.
    cards = open_cards(store, settings, ACTOR, datetime.now(UTC))
    note_log_key(store, settings, ACTOR, datetime.now(UTC))
    office = Office(
        settings,
        store,
        Desk(store, {}, cards, open_log_key(settings)),
        incidents=incidents or Incidents(),
        addresses=addresses,
    )
    return Starlette(
        routes=[
            *(guarding.make_route(route, office) for route in PAGE_ROUTES),
            *hand_in.routes(office.desk, settings),
            *health.routes(store),
            Mount("/desk", StaticFiles(packages=[("psm_course.web", "static")])),
            *course_site.routes(settings),
        ],
        middleware=[
            Middleware(UsualHeaders, usual=_usual_headers),
            Middleware(OwnHostsOnly, hosts=hosts),
        ],
        exception_handlers={
            StoreError: _store_unavailable,
            OSError: _disk_full,
            HTTPException: _not_found,
            Exception: _server_error,
        },
    )


def _message(
    status: int, title: str, message: str, link: tuple[str, str] | None = None
) -> Response:
    return render("pesan.html", status, title=title, message=message, link=link)


def _store_unavailable(request: Request, error: Exception) -> Response:
    """Answer 503 when the register cannot be read or written.

    The cause usually ends soon: another program is writing, the disk is full, the server restarts.
    So the page says how to try again. After GET the page has a link; after POST it tells people to
    use the browser's back button, which keeps the form's fields.
    """
    if request.method == "GET":
        response = _message(503, _UNAVAILABLE, str(error), (path_and_query(request), "Coba lagi"))
    else:
        response = _message(
            503,
            _UNAVAILABLE,
            f"{error}\nTekan tombol kembali di peramban: yang sudah diisi masih ada di sana, lalu"
            " kirim lagi.",
        )
    response.headers["Retry-After"] = "5"
    return response


def _disk_full(request: Request, error: Exception) -> Response:
    """Answer 503 if the disk is full. Any other OSError is our own mistake and is raised again."""
    if not (isinstance(error, OSError) and error.errno in FULL):
        raise error
    return _store_unavailable(
        request,
        StoreError(f"Berkas tidak dapat ditulis: {cause(error)}. Kosongkan ruang, lalu ulangi."),
    )


def _not_found(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404:
        return _message(404, "Tidak ditemukan", "Halaman ini tidak ada. Kembali ke halaman depan.")
    return _message(
        status,
        "Tidak dapat dilakukan",
        "Halaman ini hanya dapat dibuka, tidak dapat dikirimi apa pun.",
    )


# Starlette's signature; uvicorn logs the error.
def _server_error(_: Request, error: Exception) -> Response:  # noqa: ARG001
    return _message(500, "Ada kesalahan", "Ada kesalahan di dalam program. Register tidak berubah.")
