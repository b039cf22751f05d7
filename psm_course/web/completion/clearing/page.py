"""`/angkatan/<code>/sebelum`: everything to settle before certificates are issued, with links."""

from starlette.responses import Response

from psm_course.registrar.answers.hand_in import receipt_of
from psm_course.registrar.people.overview import names_of
from psm_course.registrar.reports.clearing import before_issuing, notes_in
from psm_course.web.request_context import RequestContext

_MOST = 100  # of a list; the rest is counted


def clearing_page(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/sebelum`: a cohort's open points, such as held submissions.

    There is a list for each kind of open point, with at most 100 rows.
    """
    office = context.office
    found = before_issuing(office.store, office.course, context.path("cohort"))
    numbers = {
        *(each.participant for each in (*found.held[:_MOST], *found.noted[:_MOST])),
        *(number for _, pair in found.copied[:_MOST] for number in (pair.first, pair.second)),
        *(each.number for each in found.tries[:_MOST]),
    }
    return context.render(
        "completion/clearing/page.html",
        cohort=found.cohort,
        found=found,
        most=_MOST,
        names=names_of(office.store, numbers),
        notes=notes_in,
        receipt=receipt_of,
        titles=context.quiz_titles,
        now=office.now(),
    )
