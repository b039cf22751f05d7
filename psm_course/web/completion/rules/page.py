"""`/angkatan/<code>/syarat`: the rules of a cohort, and those of its course's newest version."""

from starlette.responses import Response

from psm_course.registrar.completion.cohort_rules import adopt_rules, compare_rules
from psm_course.registrar.people.overview import get_cohort, names_of
from psm_course.web.request_context import RequestContext, redirect, refused_on


def rules(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/syarat`: a cohort's rules, and who would gain or lose by newer rules.

    `trouble` is the error to show on the page; empty: no error.
    """
    office = context.office
    cohort = get_cohort(office.store, context.path("cohort"))
    compared = compare_rules(office.store, office.course, cohort.id, office.now())
    adoption = compared.adopted.adoption
    return context.render(
        "completion/rules/page.html",
        status,
        cohort=cohort,
        compared=compared,
        names=names_of(office.store, {move.number for move in compared.moves}),
        adoption=adoption,
        asked=(adoption.rules if adoption else office.course.file).completion,
        is_current=adoption is not None and adoption.version == compared.adopted.now,
        trouble=trouble,
        reason=context.typed("alasan"),
    )


@refused_on(rules)
def adopt(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/syarat`: move the cohort to the newest version of its course."""
    office, cohort = context.office, context.path("cohort")
    adopt_rules(
        office.store, office.course, cohort, context.typed("alasan"), context.actor, office.now()
    )
    return redirect(f"/angkatan/{cohort}/syarat?kabar=syarat-ditetapkan")
