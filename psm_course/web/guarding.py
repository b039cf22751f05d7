"""Checks each request to the desk before the function of its page runs.

The checks make sure that somebody is signed in, that the account may open the page, and that a form
comes from a page of ours. The page function itself runs in a thread, so that the event loop can
answer other requests.
"""

from dataclasses import replace
from importlib import import_module
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from psm_course.errors import Refused
from psm_course.registrar.accounts.signing_in import who_is
from psm_course.registrar.completion.adopting import find_courses
from psm_course.registrar.people.overview import cohort_of
from psm_course.web.accounts.signing_in.page import COOKIE, visitor_token
from psm_course.web.csrf import (
    Foreign,
    TooLarge,
    read_form,
    refuse_foreign_form,
    refuse_foreign_origin,
    refuse_unwritable,
)
from psm_course.web.permissions import may_enter
from psm_course.web.request_context import (
    Answer,
    Office,
    RequestContext,
    path_and_query,
    redirect,
)
from psm_course.web.routes import PageRoute


def make_route(route: PageRoute, office: Office) -> Route:
    """Make the Starlette route for one entry of `PAGE_ROUTES`.

    The route runs all checks, and tells browsers to keep no copy of the page. If a check or the
    page function raises `Refused`, the answer is a page with the refusal.
    """

    async def answer(request: Request) -> Response:
        context = RequestContext(request, office, None, visitor_token(request))
        try:
            refuse_unwritable(request)
            if route.method == "POST":
                refuse_foreign_origin(request)
            context = await run_in_threadpool(_known, context)
            response = await run_in_threadpool(_turn_away, route, context) or await _open(
                route, context
            )
        except Refused as refused:
            response = _refused(route, context, refused)
        # The pages name people, and several officers may share a browser.
        response.headers["Cache-Control"] = "no-store"
        return response

    return Route(route.path, answer, methods=[route.method], name=f"{route.method} {route.path}")


async def _open(route: PageRoute, context: RequestContext) -> Response:
    page = _page_of(route)
    if route.method == "GET":
        return await run_in_threadpool(page, context)
    form = await read_form(context.request, route.largest)
    try:
        refuse_foreign_form(form, context.token)
        return await run_in_threadpool(page, replace(context, form=form))
    finally:
        await form.close()


def _page_of(route: PageRoute) -> Answer:
    """Return the page function that `route.handler` names; import its module on first use."""
    folder, function = route.handler.split(":")
    page: Answer = getattr(import_module(f"psm_course.web.{folder}.page"), function)
    return page


def _known(context: RequestContext) -> RequestContext:
    """Return the context with the account that is signed in, if any, and with all adopted courses.

    The courses are read again for each request, because a command may have adopted one meanwhile.
    """
    courses = find_courses(context.office.store)  # a command may have adopted one since
    context = replace(context, office=replace(context.office, courses=courses))
    cookie = context.request.cookies.get(COOKIE)
    found = who_is(context.office.store, cookie, context.office.now()) if cookie else None
    return replace(context, sign_in=found, token=found.form_token) if found else context


def _turn_away(route: PageRoute, context: RequestContext) -> Response | None:
    """Return the answer if the page may not be opened; None if it may be opened.

    The answer is a redirect to the sign-in form, or a page that says why.

    For another trainer's cohort, a trainer gets the same answer as for a cohort that does not
    exist.
    """
    if route.roles is None:
        return None
    if context.sign_in is None and route.method == "GET":
        return redirect(f"/masuk?lalu={quote(path_and_query(context.request))}")
    if context.sign_in is None:
        return _message(
            context,
            403,
            "Belum masuk",
            "Anda belum masuk, atau sudah terlalu lama tidak bekerja di sini. Masuk lagi, lalu"
            " ulangi; belum ada yang disimpan.",
            ("/masuk", "Masuk"),
        )
    account = context.account
    if may_enter(account, route.roles, _cohort_asked_for(context), route.is_about_a_cohort):
        return None
    return _message(
        context,
        403,
        "Bukan untuk akun ini",
        f"Akun {account.name} ({account.role}) tidak boleh membuka halaman ini. Bila perlu, minta"
        " kepada petugas.",
        ("/angkatan", "Ke daftar angkatan"),
    )


def _cohort_asked_for(context: RequestContext) -> str | None:
    asked = context.request.path_params
    if "number" in asked and context.account.scope is not None:
        return cohort_of(context.office.store, asked["number"])
    return asked.get("cohort")


def _refused(route: PageRoute, context: RequestContext, refused: Refused) -> Response:
    """Return the page for a refusal that the page function did not show itself.

    The status is 403 for a form from elsewhere and 413 for too many bytes. For other refusals it is
    404 after GET and 422 after POST.
    """
    if isinstance(refused, Foreign):
        return _message(context, 403, "Tidak dijalankan", str(refused))
    if isinstance(refused, TooLarge):
        return _message(context, 413, "Terlalu besar", str(refused))
    if route.method == "GET":
        return _message(context, 404, "Tidak ditemukan", str(refused))
    return _message(context, 422, "Tidak dapat dilakukan", str(refused))


def _message(
    context: RequestContext,
    status: int,
    title: str,
    message: str,
    link: tuple[str, str] | None = None,
) -> Response:
    return context.render("pesan.html", status, title=title, message=message, link=link)
