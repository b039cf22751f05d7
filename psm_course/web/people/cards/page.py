"""`POST /peserta/<number>/kartu`: a new card (*kartu baru*), asked for on the person's page."""

from starlette.responses import Response

from psm_course.registrar.attendance.handouts import make_new_card
from psm_course.web.people.person.page import person
from psm_course.web.request_context import RequestContext, download, refused_on


@refused_on(person)
def new_card(context: RequestContext) -> Response:
    """`POST /peserta/<number>/kartu`: download a new card (PDF).

    The person's old card is then no longer valid.
    """
    office, number = context.office, context.path("number")
    pdf = make_new_card(
        office.store,
        office.course,
        office.settings,
        office.desk.cards,
        number,
        context.typed("alasan_kartu"),
        context.actor,
        office.now(),
        context.typed("situs"),
    )
    return download(pdf, f"kartu-{number}.pdf", "application/pdf")
