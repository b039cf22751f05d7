"""Decisions about one person, which are made on the page of this person.

An officer overrides a requirement; a trainer records an observation.
"""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.completion.overriding import observe, override
from psm_course.web.people.person.page import person
from psm_course.web.request_context import RequestContext, redirect, refused_on

_MET = {"terpenuhi": True, "belum": False, "tarik": None}


@refused_on(person)
def save_override(context: RequestContext) -> Response:
    """`POST /peserta/<number>/ketetapan`: decide on one requirement, or take the decision back.

    Raises:
        Refused: no decision is chosen. The person's page says so.
    """
    number, decided = context.path("number"), context.typed("putusan")
    if decided not in _MET:
        raise Refused("Pilih keputusannya: terpenuhi, belum, atau ditarik.")
    override(
        context.office.store,
        number,
        context.typed("syarat"),
        _MET[decided],
        context.typed("alasan"),
        context.actor,
        context.office.now(),
    )
    return redirect(f"/peserta/{number}?kabar=ketetapan-disimpan")


@refused_on(person)
def save_observation(context: RequestContext) -> Response:
    """`POST /peserta/<number>/amatan`: record a trainer's observation on one criterion.

    The observation is a level from 1 to 4.
    """
    number, typed = context.path("number"), context.typed("tingkat")
    observe(
        context.office.store,
        number,
        context.typed("kriteria"),
        int(typed) if typed in {"1", "2", "3", "4"} else 0,
        context.actor,
        context.office.now(),
    )
    return redirect(f"/peserta/{number}?kabar=pengamatan-disimpan")
