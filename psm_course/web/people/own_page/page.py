"""`/saya`: shows a learner's own progress to a person who has the learner's card.

The code on the card is sent by a form and is never part of an address.
"""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.people.own_page import own_page as page_of
from psm_course.web.accounts.signing_in.page import VISITOR_COOKIE, address_of, give_cookie
from psm_course.web.request_context import RequestContext, refused_on

# One small script reads the card's link (`/saya#kartu=NUMBER.CODE`) and fills in the form; without
# the script people type both.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; script-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


def ask_for_card(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /saya`: the form for the number and code of a card.

    `trouble` is the error to show on the page; empty: no error.
    """
    response = context.render(
        "people/own_page/card.html",
        status,
        trouble=trouble,
        number=context.typed("nomor"),
        help_first=context.first_numbers,
    )
    response.headers["Content-Security-Policy"] = _POLICY
    if context.sign_in is None:
        give_cookie(context.request, response, VISITOR_COOKIE, context.token)
    return response


@refused_on(ask_for_card)
def own_page(context: RequestContext) -> Response:
    """`POST /saya`: the learner's progress. After too many wrong codes the learner has to wait."""
    office, number = context.office, context.typed("nomor").upper()
    throttle, who = office.throttle, (address_of(context.request), number)
    throttle.refuse_too_many(who)
    try:
        shown = page_of(
            office.store,
            office.course,
            office.desk.cards,
            number,
            context.typed("kode"),
            office.now(),
        )
    except Refused:
        throttle.note_failure(who)
        raise
    return context.render(
        "people/own_page/page.html",
        own=shown,
        standing=shown.standing,
        help_first=context.first_numbers,
    )
