"""`/angkatan/<code>/cetak`: the cards of a cohort, and attendance sheets to sign or to fill in."""

from functools import partial

from starlette.responses import Response

from psm_course.registrar.attendance.handouts import make_attendance_sheet, make_cards
from psm_course.registrar.people.overview import cohort_size
from psm_course.web.request_context import (
    EXCEL,
    RequestContext,
    download,
    download_written,
    refused_on,
)

_PDF = "application/pdf"


def handouts_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/cetak`: the forms and links to print the papers of a cohort.

    `trouble` is the error to show on the page; empty: no error.
    """
    cohort, size = cohort_size(context.office.store, context.path("cohort"))
    return context.render(
        "attendance/handouts/page.html",
        status,
        cohort=cohort,
        size=size,
        site=context.typed("situs") or context.office.settings.site_address,
        trouble=trouble,
    )


@refused_on(handouts_page)
def cards(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/cetak/kartu`: download the cards of a cohort (PDF).

    The codes on the cards are secret, so each download is noted in the audit log. Because
    the download writes an event, the page has a form (POST) for it, not a link.
    """
    office, cohort = context.office, context.path("cohort")
    pdf = make_cards(
        office.store,
        office.course,
        office.settings,
        office.desk.cards,
        cohort,
        context.actor,
        office.now(),
        context.typed("situs"),
    )
    return download(pdf, f"kartu-{cohort}.pdf", _PDF)


@refused_on(handouts_page)
def sheet_to_sign(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/cetak/lembar`: download the attendance sheet to sign (PDF)."""
    return _sheet(context, ".pdf", _PDF)


@refused_on(handouts_page)
def sheet_to_fill_in(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/hadir/lembar`: download the attendance sheet to fill in (.xlsx)."""
    return _sheet(context, ".xlsx", EXCEL)


def _sheet(context: RequestContext, ending: str, kind: str) -> Response:
    office, cohort = context.office, context.path("cohort")
    return download_written(
        partial(make_attendance_sheet, office.store, office.course, office.settings, cohort),
        f"hadir-{cohort}{ending}",
        kind,
    )
