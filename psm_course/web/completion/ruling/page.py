"""Decisions about one person, taken on the person's page.

An officer overrides a requirement; a trainer notes an observation.
"""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.completion.ruling import observe, override
from psm_course.web.people.person.page import person
from psm_course.web.visit import Visit, go, refused_on

_MET = {"terpenuhi": True, "belum": False, "tarik": None}


@refused_on(person)
def rule(visit: Visit) -> Response:
    """`POST /peserta/<number>/ketetapan`: override one requirement, or take the override back.

    Raises:
        Refused: no decision is chosen; said on the person's page.
    """
    number, decided = visit.path("number"), visit.typed("putusan")
    if decided not in _MET:
        raise Refused("Pilih keputusannya: terpenuhi, belum, atau ditarik.")
    override(visit.office.store, number, visit.typed("syarat"), _MET[decided], visit.typed("alasan"), visit.actor, visit.office.now())
    return go(f"/peserta/{number}?kabar=ketetapan-disimpan")


@refused_on(person)
def note_observation(visit: Visit) -> Response:
    """`POST /peserta/<number>/amatan`: record the level (1 to 4) a trainer saw on one criterion."""
    number, typed = visit.path("number"), visit.typed("tingkat")
    level = int(typed) if typed in {"1", "2", "3", "4"} else 0
    observe(visit.office.store, number, visit.typed("kriteria"), level, visit.actor, visit.office.now())
    return go(f"/peserta/{number}?kabar=pengamatan-disimpan")
