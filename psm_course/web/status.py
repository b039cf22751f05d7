"""`/angkatan/<code>`: who has finished, and why the others have not yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from starlette.responses import Response

from psm_course.records.kelurahan import Kelurahan, all_kelurahan, by_code
from psm_course.registrar.judging import Standing, standings
from psm_course.web.paging import Paging
from psm_course.web.visit import Visit

FILTERS = ("kecamatan", "kelurahan", "keadaan", "syarat")


def status(visit: Visit) -> Response:
    course = visit.office.course
    cohort, everybody = standings(visit.office.store, course, visit.path("cohort"), visit.office.now())
    asked = {name: visit.asked(name) for name in FILTERS}
    chosen = [standing for standing in everybody if _is_wanted(standing, asked)]
    paging = Paging.asked_for(visit)
    return visit.page(
        "status.html",
        cohort=cohort,
        course=course.file,
        asked=asked,
        count=len(chosen),
        shown=chosen[paging.offset :][: paging.size],
        paging=paging.of(chosen[paging.offset :]),
        summary=_summary(everybody),
        kelurahan=all_kelurahan(),
    )


def _is_wanted(standing: Standing, asked: dict[str, str]) -> bool:
    home = home_of(standing)
    lacking = {requirement.id for requirement in standing.completion.requirements if not requirement.met}
    return (
        asked["kecamatan"] in {"", home.kecamatan}
        and asked["kelurahan"] in {"", home.code}
        and asked["keadaan"] in {"", _state(standing)}
        and (not asked["syarat"] or asked["syarat"] in lacking)
    )


def _state(standing: Standing) -> str:
    return "terbit" if standing.record else "selesai" if standing.completion.met else "belum"


def home_of(standing: Standing) -> Kelurahan:
    return by_code()[standing.enrolment.kelurahan]


def _summary(everybody: Sequence[Standing]) -> dict[str, object]:
    lacking = Counter((r.id, r.title) for standing in everybody for r in standing.completion.requirements if not r.met)
    covered = {standing.enrolment.kelurahan for standing in everybody if standing.completion.met}
    return {
        "enrolled": len(everybody),
        "completed": sum(standing.completion.met for standing in everybody),
        "recorded": sum(standing.record is not None for standing in everybody),
        "lacking": lacking.most_common(),
        "covered": len(covered),
        "kelurahan": len(all_kelurahan()),
        "kecamatan": sorted({kelurahan.kecamatan for kelurahan in all_kelurahan()}),
    }
