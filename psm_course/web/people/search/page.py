"""`/cari`: people found by name, number or kelurahan.

The search words are sent by a form (POST), so that the address never contains a name.
"""

from urllib.parse import quote

from starlette.responses import Response

from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.people.searching import PeopleFound, search_people
from psm_course.web.request_context import RequestContext, redirect, refused_on

_NOTHING = PeopleFound((), True, {})


def search_page(
    context: RequestContext, status: int = 200, trouble: str = "", found: PeopleFound = _NOTHING
) -> Response:
    """`GET /cari`: the form to search people, with the people found (`found`), if any, below.

    `trouble` is the error to show on the page; empty: no error.
    """
    return context.render(
        "people/search/page.html",
        status,
        found=found,
        home=context.office.course.region.home,
        left=left_sentence,
        looked_for=context.typed("dicari")[:200],
        trouble=trouble,
    )


@refused_on(search_page)
def results(context: RequestContext) -> Response:
    """`POST /cari`: the people found.

    If a complete participant number was typed, the answer is a redirect to that person's page.
    """
    office = context.office
    found = search_people(
        office.store, office.course.region, context.typed("dicari"), context.account.scope
    )
    if [person.number for person in found.people] == [context.typed("dicari").upper()]:
        return redirect(f"/peserta/{quote(found.people[0].number)}")
    return search_page(context, found=found)
