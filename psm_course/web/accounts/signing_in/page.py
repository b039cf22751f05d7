"""`/masuk` signs in at the desk, `/keluar` signs out; the browser's cookies are set and deleted."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.accounts import signing_in
from psm_course.registrar.accounts.accounts import has_accounts
from psm_course.web.hall.incidents import LAPTOP
from psm_course.web.request_context import RequestContext, redirect

COOKIE = "psm_masuk"
# Forms that are filled in before signing in keep their token in a cookie of their own.
VISITOR_COOKIE = "psm_formulir"
_MARK_COOKIE = "psm_kenal_"  # with the account's name: it signed in from this browser before
_PASSED_ON = {"x-forwarded-for", "forwarded", "via"}  # headers that proxies add
HOME = "/angkatan"


def sign_in_page(context: RequestContext) -> Response:
    """`GET /masuk`: the sign-in form; a redirect for a person who is signed in already.

    The query parameter `lalu` is the path to open after signing in.
    """
    if context.sign_in:
        return redirect(_next(context.asked("lalu")))
    return _form_page(context, context.asked("lalu"))


def sign_in(context: RequestContext) -> Response:
    """`POST /masuk`: sign in, then redirect to the path in the form field `lalu`.

    If signing in is refused, the form is shown again with the reason. The status is then 422, or
    429 after too many wrong passwords.
    """
    name = context.typed("nama")
    mark = f"{_MARK_COOKIE}{name.casefold()}"
    browser = signing_in.Browser(
        address_of(context.request),
        is_on_this_machine(context),
        context.request.cookies.get(mark, ""),
    )
    try:
        signed_in = signing_in.sign_in(
            context.office.store,
            name,
            context.typed_exactly("sandi"),
            browser,
            context.office.now(),
        )
    except Refused as refused:
        if isinstance(refused, signing_in.WrongPassword):
            context.office.incidents.note_wrong_passwords(browser.address, refused.times)
        return _form_page(
            context,
            context.typed("lalu"),
            429 if isinstance(refused, signing_in.TooOften) else 422,
            name=name,
            trouble=str(refused),
        )
    _end_sign_in(context)  # of the account before, whose cookie is replaced
    response = redirect(_next(context.typed("lalu")))
    give_cookie(context.request, response, COOKIE, signed_in.cookie)
    give_cookie(context.request, response, mark, signed_in.mark, path="/masuk", days=180)
    return response


def sign_out(context: RequestContext) -> Response:
    """`POST /keluar`: sign out, then redirect to the sign-in form."""
    _end_sign_in(context)
    response = redirect("/masuk?kabar=keluar")
    response.delete_cookie(COOKIE)
    return response


def give_cookie(
    request: Request, response: Response, name: str, value: str, path: str = "/", days: int = 0
) -> None:
    """Set a cookie in `response` that scripts cannot read.

    The browser sends the cookie only to addresses whose path begins with `path`, and never with a
    form (POST) on a page of another site.

    The cookie lasts for `days` days; if `days` is 0, it lasts until the browser closes. If the
    request came over HTTPS, the browser never sends the cookie over HTTP.
    """
    response.set_cookie(
        name,
        value,
        days * 24 * 3600 or None,
        path=path,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def visitor_token(request: Request) -> str:
    """Return the token for forms that people send before they sign in.

    The token is the value of a cookie in the browser. If the browser has no valid cookie, a new
    random token is returned.
    """
    kept = request.cookies.get(VISITOR_COOKIE, "")
    # 32 random bytes are 43 letters; anything else in the cookie is not from here.
    return kept if len(kept) == 43 and kept.isascii() else secrets.token_urlsafe(32)


def _form_page(
    context: RequestContext, after: str, status: int = 200, name: str = "", trouble: str = ""
) -> Response:
    response = context.render(
        "accounts/signing_in/page.html",
        status,
        after=_next(after),
        name=name,
        trouble=trouble,
        has_accounts=has_accounts(context.office.store),
        is_overheard=context.request.url.scheme == "http" and not is_on_this_machine(context),
    )
    give_cookie(context.request, response, VISITOR_COOKIE, context.token)
    return response


def _end_sign_in(context: RequestContext) -> None:
    if cookie := context.request.cookies.get(COOKIE):
        signing_in.sign_out(context.office.store, cookie, context.office.now())


def address_of(request: Request) -> str:
    """Return the client's network address; `?` if the address is not known."""
    return request.client.host if request.client else "?"


def is_on_this_machine(context: RequestContext) -> bool:
    """True if the request comes from this machine itself.

    Always False behind a proxy: there every request seems to come from this machine.
    """
    passed_on = context.office.settings.proxy or _PASSED_ON.intersection(
        context.request.headers.keys()
    )
    # "testclient" is the address that Starlette's client for tests gives.
    return not passed_on and address_of(context.request) in LAPTOP | {"testclient"}


def _next(path: str) -> str:
    """Return the path to redirect to after signing in.

    This is `path`; or `/angkatan`, the list of cohorts, if `path` could lead to another site.
    """
    return (
        path
        if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
        else HOME
    )
