"""`/cari`: people found by name, number or kelurahan.

The words are sent by a form, so that no name stands in an address.
"""

from urllib.parse import quote

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.people.searching import PeopleFound, search_people
from psm_course.web.visit import Visit, go

_NOTHING = PeopleFound((), True, {})


def search_page(visit: Visit) -> Response:
    """`GET /cari`: the empty form."""
    return _page(visit, _NOTHING)


def results(visit: Visit) -> Response:
    """`POST /cari`: the people found. A complete number leads straight to that person."""
    office = visit.office
    try:
        found = search_people(office.store, office.course.region, visit.typed("dicari"), visit.account.scope)
    except Refused as refused:
        return _page(visit, _NOTHING, 422, str(refused))
    if [person.number for person in found.people] == [visit.typed("dicari").upper()]:
        return go(f"/peserta/{quote(found.people[0].number)}")
    return _page(visit, found)


def _page(visit: Visit, found: PeopleFound, status: int = 200, trouble: str = "") -> Response:
    home = visit.office.course.region.home
    looked_for = visit.typed("dicari")[:200]
    return visit.page("people/search/page.html", status, found=found, home=home, left=left_sentence, looked_for=looked_for, trouble=trouble)
