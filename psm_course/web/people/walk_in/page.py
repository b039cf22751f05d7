"""`/angkatan/<code>/tambah`: enrol a person at the door who is on no list."""

from starlette.responses import Response

from psm_course.interchange.sheets.reading import Question
from psm_course.registrar.people.certified import said_of
from psm_course.registrar.people.one_person import Newcomer, add_person, who_it_may_be
from psm_course.registrar.people.overview import get_cohort, names_of
from psm_course.web.visit import Visit, go, query, refused_on


def add_page(visit: Visit, status: int = 200, trouble: str = "", question: Question | None = None) -> Response:
    """`GET /angkatan/<code>/tambah`: the form; with `?nomor=…` the number that was just given."""
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    number = visit.asked("nomor")[:40]
    named = names_of(visit.office.store, [number]) if number.startswith(f"{cohort.id}-") else {}
    return visit.page(
        "people/walk_in/page.html",
        status,
        cohort=cohort,
        trouble=trouble,
        question=question,
        typed={field: visit.typed(field) for field in ("nama", "kelurahan", "hp")},
        homes=visit.office.course.region.homes,
        number=number if named else "",
        name=named.get(number, ""),
        certified=said_of(visit.office.store, number, cohort.course, visit.account.scope) if named else "",
        was_there=visit.asked("hasil") == "sudah",
    )


@refused_on(add_page)
def add(visit: Visit) -> Response:
    """`POST /angkatan/<code>/tambah`: enrol a person at once.

    Where they may be somebody known, the page asks that first.
    """
    office, cohort = visit.office, visit.path("cohort")
    who, answer = Newcomer(visit.typed("nama"), visit.typed("kelurahan"), visit.typed("hp")), visit.typed("jawab")
    region, scope = office.course.region, visit.account.scope
    question = who_it_may_be(office.store, region, cohort, who, scope)
    if question and not answer:
        return add_page(visit, 422, question=question)
    added = add_person(office.store, region, cohort, who, answer, visit.typed("alasan"), visit.actor, office.now(), scope)
    return go(f"{visit.here}?{query(nomor=added.enrolment.number, hasil='baru' if added.is_new else 'sudah')}")
