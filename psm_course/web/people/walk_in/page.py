"""`/angkatan/<code>/tambah`: enrols a person who comes to the course but is on no roster."""

from starlette.responses import Response

from psm_course.interchange.sheets.reading import Question
from psm_course.registrar.people.adding import Newcomer, add_person, who_it_may_be
from psm_course.registrar.people.certified import certificate_remark
from psm_course.registrar.people.overview import get_cohort, names_of
from psm_course.web.request_context import RequestContext, redirect, refused_on


def add_page(
    context: RequestContext, status: int = 200, trouble: str = "", question: Question | None = None
) -> Response:
    """`GET /angkatan/<code>/tambah`: the form to enrol one person.

    With `?nomor=…` (a participant number) the page also shows the person just enrolled. `question`
    asks if the new person is somebody in the register; None: no question. `trouble` is the error to
    show; empty: no error.
    """
    cohort = get_cohort(context.office.store, context.path("cohort"))
    number = context.asked("nomor")[:40]
    named = names_of(context.office.store, [number]) if number.startswith(f"{cohort.id}-") else {}
    return context.render(
        "people/walk_in/page.html",
        status,
        cohort=cohort,
        trouble=trouble,
        question=question,
        typed={field: context.typed(field) for field in ("nama", "kelurahan", "hp")},
        homes=context.office.course.region.homes,
        number=number if named else "",
        name=named.get(number, ""),
        certified=certificate_remark(
            context.office.store, number, cohort.course, context.account.scope
        )
        if named
        else "",
        was_there=context.asked("hasil") == "sudah",
    )


@refused_on(add_page)
def add(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/tambah`: enrol a person at once.

    If the register knows a similar person, the page first asks if the new person is that person.
    """
    office, cohort = context.office, context.path("cohort")
    who = Newcomer(context.typed("nama"), context.typed("kelurahan"), context.typed("hp"))
    answer = context.typed("jawab")
    region, scope = office.course.region, context.account.scope
    question = who_it_may_be(office.store, region, cohort, who, scope)
    if question and not answer:
        return add_page(context, 422, question=question)
    added = add_person(
        office.store,
        region,
        cohort,
        who,
        answer,
        context.typed("alasan"),
        context.actor,
        office.now(),
        scope,
    )
    return redirect(
        context.here, nomor=added.enrolment.number, hasil="baru" if added.is_new else "sudah"
    )
