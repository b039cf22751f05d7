"""`POST /peserta/<number>/duduk`: a person without a phone sits a test on this laptop."""

from starlette.responses import Response

from psm_course.registrar.answers.laptop import open_sitting
from psm_course.web.people.person.page import person
from psm_course.web.request_context import RequestContext, refused_on


@refused_on(person)
def open_test_here(context: RequestContext) -> Response:
    """`POST /peserta/<number>/duduk`: show the link with which this person sits the test.

    The page shows the link but does not open the test, because the officer must sign out before
    handing over the laptop.
    """
    office, number = context.office, context.path("number")
    sitting = open_sitting(
        office.desk, office.settings, number, context.typed("kuis"), context.actor, office.now()
    )
    return context.render(
        "answers/laptop/page.html", number=number, link=sitting.address, title=sitting.title
    )
