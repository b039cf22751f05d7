"""`/masuk` and `/keluar`: the door of the desk, and the cookies it gives."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.accounts import signing_in
from psm_course.registrar.accounts.accounts import has_accounts
from psm_course.web.hall.incidents import LAPTOP
from psm_course.web.visit import Visit, go

COOKIE = "psm_masuk"
# Forms that are filled in before signing in have their token in a cookie of its own.
VISITOR_COOKIE = "psm_formulir"
_MARK_COOKIE = "psm_kenal_"  # and the account: that somebody signed in with it here before
_PASSED_ON = {"x-forwarded-for", "forwarded", "via"}  # what proxies say of themselves
HOME = "/angkatan"


def door(visit: Visit) -> Response:
    if visit.sign_in:
        return go(_next(visit.asked("lalu")))
    return _door(visit, visit.asked("lalu"))


def enter(visit: Visit) -> Response:
    name = visit.typed("nama")
    mark = f"{_MARK_COOKIE}{name.casefold()}"
    browser = signing_in.Browser(address_of(visit.request), is_here(visit), visit.request.cookies.get(mark, ""))
    try:
        entered = signing_in.sign_in(visit.office.store, name, visit.typed_exactly("sandi"), browser, visit.office.now())
    except Refused as refused:
        if isinstance(refused, signing_in.WrongPassword):
            visit.office.incidents.note_wrong_passwords(browser.address, refused.times)
        status = 429 if isinstance(refused, signing_in.TooOften) else 422
        return _door(visit, visit.typed("lalu"), status, name=name, trouble=str(refused))
    _forget(visit)
    response = go(_next(visit.typed("lalu")))
    give_cookie(visit.request, response, COOKIE, entered.cookie)
    give_cookie(visit.request, response, mark, entered.mark, path="/masuk", days=180)
    return response


def leave(visit: Visit) -> Response:
    _forget(visit)
    response = go("/masuk?kabar=keluar")
    response.delete_cookie(COOKIE)
    return response


def give_cookie(request: Request, response: Response, name: str, value: str, path: str = "/", days: int = 0) -> None:
    """Until the browser closes, or for some days; never to scripts, never to other sites' forms, and over https never in the clear."""
    lasting = days * 24 * 3600 or None
    response.set_cookie(name, value, lasting, path=path, httponly=True, samesite="lax", secure=request.url.scheme == "https")


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
        is_overheard=visit.request.url.scheme == "http" and not is_here(visit),
    )
    give_cookie(visit.request, response, VISITOR_COOKIE, visit.token)
    return response


def _forget(visit: Visit) -> None:
    cookie = visit.request.cookies.get(COOKIE)
    if cookie:
        signing_in.sign_out(visit.office.store, cookie, visit.office.now())


def address_of(request: Request) -> str:
    """In the network."""
    return request.client.host if request.client else "?"


def is_here(visit: Visit) -> bool:
    """Asked by this machine itself. Where a proxy passes on what others ask, everybody seems to be here, so nobody is."""
    passed_on = visit.office.settings.proxy or _PASSED_ON.intersection(visit.request.headers.keys())
    return not passed_on and address_of(visit.request) in LAPTOP | {"testclient"}


def _next(path: str) -> str:
    """A page of our own to go to; never another site (`//…`, `/\\…`)."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else HOME
