"""The page of `psm init --open`, which is shown before there is a course or a register.

It asks for facts about the office, and for the name and password of the first account.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from psm_course.errors import PsmError
from psm_course.web.csrf import FIELD, read_form, refuse_foreign_form, refuse_foreign_origin
from psm_course.web.middleware import OwnHostsOnly, UsualHeaders
from psm_course.web.request_context import render

ADDRESS = "/mulai"
_LARGEST = 64 * 1024
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would send our own form with `Origin: null`, like another site's.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TYPED = ("kota", "kop", "jabatan", "penanda", "nomor", "akun")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Facts about an office, as typed into the form."""

    city: str  # as typed: a Kemendagri code, a name, or both
    letterhead: str  # lines, with | between them
    signatory_title: str
    signatory_name: str
    record_number: str  # pattern for the numbers of certificates
    account: str
    password: str


def make_setup_app(
    key: str,
    cities: Sequence[str],
    usual: OfficeFacts,
    set_up: Callable[[OfficeFacts], str],
    stop: Callable[[], None],
) -> Starlette:
    """Make an application that serves only this page.

    Args:
        key: a secret in the page's address, so that no other program can send the form.
        cities: the cities to choose from, each with its code in front.
        usual: the values in the fields when the page is opened.
        set_up: a function that writes what the form asks for, and returns a sentence about the next
            step. If it raises a PsmError, the form is shown again with the error and with what was
            typed.
        stop: a function that is called after the last page was sent.
    """

    def form(typed: dict[str, str], trouble: str = "", status: int = 200) -> Response:
        return render(
            "setup/page.html", status, token=key, typed=typed, trouble=trouble, cities=cities
        )

    async def ask(request: Request) -> Response:
        if not secrets.compare_digest(request.query_params.get(FIELD, "").encode(), key.encode()):
            return render(
                "pesan.html",
                403,
                title="Alamat tidak lengkap",
                message="Buka alamat yang ditulis psm init.",
                link=None,
            )
        return form(_as_typed(usual))

    async def answer(request: Request) -> Response:
        typed: dict[str, str] = {}
        try:
            refuse_foreign_origin(request)
            sent = await read_form(request, _LARGEST)
            refuse_foreign_form(sent, key)
            typed = {name: str(sent.get(name, "")).strip() for name in _TYPED}
            said = await run_in_threadpool(set_up, _facts(typed, str(sent.get("sandi", ""))))
        except PsmError as error:
            return form(_as_typed(usual) | typed, str(error), 422)
        done = render("setup/done.html", said=said)
        done.background = BackgroundTask(stop)
        return done

    return Starlette(
        routes=[
            Route(ADDRESS, ask),
            Route(ADDRESS, answer, methods=["POST"]),
            Mount("/desk", StaticFiles(packages=[("psm_course.web", "static")])),
        ],
        middleware=[Middleware(UsualHeaders, usual=lambda _: _HEADERS), Middleware(OwnHostsOnly)],
    )


def _facts(typed: dict[str, str], password: str) -> OfficeFacts:
    return OfficeFacts(
        typed["kota"],
        "|".join(line.strip() for line in typed["kop"].splitlines() if line.strip()),
        typed["jabatan"],
        typed["penanda"],
        typed["nomor"],
        typed["akun"],
        password,
    )


def _as_typed(facts: OfficeFacts) -> dict[str, str]:
    written = (
        facts.city,
        facts.letterhead.replace("|", "\n"),
        facts.signatory_title,
        facts.signatory_name,
        facts.record_number,
        facts.account,
    )
    return dict(zip(_TYPED, written, strict=True))
