"""`/angkatan/<code>`: the outcome of each person in a cohort, or the requirements not met."""

from collections import Counter
from collections.abc import Sequence

from starlette.responses import Response

from psm_course.registrar.completion.judging import Standing, cohort_judged
from psm_course.web.paging import SIZE, Paging
from psm_course.web.request_context import RequestContext

# The states to filter people by: their outcome, and a record of it or none.
STATES = (
    ("", "Semua"),
    ("belum", "Belum mengikuti"),
    ("mengikuti", "Telah mengikuti, belum lulus"),
    ("lulus", "Telah lulus"),
    ("menunggu", "Telah lulus, belum bersertifikat"),
    ("terbit", "Sertifikat terbit"),
)
FILTERS = ("kecamatan", "kelurahan", "keadaan", "syarat")


def status(context: RequestContext) -> Response:
    """`GET /angkatan/<code>`: the people of a cohort with their outcomes.

    The query parameters in FILTERS limit the list, for example to one kecamatan.
    """
    store, course = context.office.store, context.office.course
    cohort, judged_by, everybody = cohort_judged(
        store, course, context.path("cohort"), context.office.now()
    )
    asked = {name: context.asked(name) for name in FILTERS}
    chosen = [standing for standing in everybody if _is_wanted(standing, asked)]
    paging = Paging.asked_for(context)
    return context.render(
        "completion/status/page.html",
        cohort=cohort,
        course=judged_by,
        asked=asked,
        states=STATES,
        count=len(chosen),
        shown=chosen[paging.offset :][:SIZE],
        paging=paging.of(chosen[paging.offset :]),
        summary=_summary(everybody),
        kelurahan=course.region.homes,
        kecamatan=sorted(each.name for each in course.region.kecamatan),
    )


def _is_wanted(standing: Standing, asked: dict[str, str]) -> bool:
    home = standing.home
    lacking = {
        requirement.id for requirement in standing.completion.requirements if not requirement.met
    }
    return (
        asked["kecamatan"] in {"", home.kecamatan}
        and asked["kelurahan"] in {"", home.code}
        and asked["keadaan"] in _states(standing)
        and (not asked["syarat"] or asked["syarat"] in lacking)
    )


def _states(standing: Standing) -> set[str]:
    """Return the states of a person, such as `lulus` and `terbit`, by which the list is filtered.

    STATES lists all states with their labels. Everybody also has the empty state, which stands for
    "no filter". `standing` is the person's result: outcome and records.
    """
    how_far = {"passed": "lulus", "attended": "mengikuti", None: "belum"}[
        standing.completion.outcome
    ]
    waits = {"menunggu"} if standing.completion.met and not standing.record else set()
    return {"", how_far} | waits | ({"terbit"} if standing.records else set())


def _summary(everybody: Sequence[Standing]) -> dict[str, object]:
    lacking = Counter(
        (r.id, r.title)
        for standing in everybody
        for r in standing.completion.requirements
        if not r.met
    )
    covered = {standing.enrolment.kelurahan for standing in everybody if standing.completion.met}
    return {
        "enrolled": len(everybody),
        "attended": sum(standing.completion.attended for standing in everybody),
        "passed": sum(standing.completion.met for standing in everybody),
        "recorded": sum(len(standing.records) for standing in everybody),
        "lacking": lacking.most_common(),
        "covered": len(covered),
    }
