"""`/masuk` and `/keluar`: the door of the desk, and the cookies it gives."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.accounts import signing_in
from psm_course.registrar.accounts.accounts import has_accounts
from psm_course.web.visit import Visit, go

COOKIE = "psm_masuk"
# Forms that are filled in before signing in have their token in a cookie of its own.
VISITOR_COOKIE = "psm_formulir"
HOME = "/angkatan"


def door(visit: Visit) -> Response:
    if visit.sign_in:
        return go(_next(visit.asked("lalu")))
    return _door(visit, visit.asked("lalu"))


def enter(visit: Visit) -> Response:
    name, address = visit.typed("nama"), visit.request.client.host if visit.request.client else "?"
    try:
        cookie = signing_in.sign_in(visit.office.store, name, visit.typed_exactly("sandi"), address, visit.office.now())
    except Refused as refused:
        status = 429 if isinstance(refused, signing_in.TooOften) else 422
        return _door(visit, visit.typed("lalu"), status, name=name, trouble=str(refused))
    _forget(visit)
    response = go(_next(visit.typed("lalu")))
    give_cookie(visit.request, response, COOKIE, cookie)
    return response


def leave(visit: Visit) -> Response:
    _forget(visit)
    response = go("/masuk?kabar=keluar")
    response.delete_cookie(COOKIE)
    return response


def give_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Until the browser closes; never to scripts, never to other sites' forms, and over https never in the clear."""
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=request.url.scheme == "https")


def visitor_token(request: Request) -> str:
    """What forms of somebody who is not signed in must carry: made once a browser."""
    kept = request.cookies.get(VISITOR_COOKIE, "")
    return kept if len(kept) == 43 and kept.isascii() else secrets.token_urlsafe(32)


def _door(visit: Visit, after: str, status: int = 200, name: str = "", trouble: str = "") -> Response:
    response = visit.page(
        "accounts/signing_in/page.html",
        status,
        after=_next(after),
        name=name,
        trouble=trouble,
        has_accounts=has_accounts(visit.office.store),
        is_overheard=visit.request.url.scheme == "http" and not _is_here(visit.request),
    )
    give_cookie(visit.request, response, VISITOR_COOKIE, visit.token)
    return response


def _forget(visit: Visit) -> None:
    cookie = visit.request.cookies.get(COOKIE)
    if cookie:
        signing_in.sign_out(visit.office.store, cookie, visit.office.now())


def _is_here(request: Request) -> bool:
    return request.client is not None and request.client.host in {"127.0.0.1", "::1", "testclient"}


def _next(path: str) -> str:
    """A page of our own to go to; never another site (`//…`, `/\\…`)."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else HOME
