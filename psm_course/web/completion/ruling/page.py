"""What people decide about one person: an officer about a requirement, a trainer about what was observed. Shown on the person's page."""

from __future__ import annotations

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.completion.ruling import observe, override
from psm_course.web.people.person.page import person_page
from psm_course.web.visit import Visit, go

_MET = {"terpenuhi": True, "belum": False, "tarik": None}


def rule(visit: Visit) -> Response:
    number, decided = visit.path("number"), visit.typed("putusan")
    try:
        if decided not in _MET:
            raise Refused("Pilih keputusannya: terpenuhi, belum, atau ditarik.")  # noqa: TRY301 - said on the page like the verb's own
        override(visit.office.store, number, visit.typed("syarat"), _MET[decided], visit.typed("alasan"), visit.actor, visit.office.now())
    except Refused as refused:
        return person_page(visit, 422, str(refused))
    return go(f"/peserta/{number}?kabar=ketetapan-disimpan")


def note_observation(visit: Visit) -> Response:
    number, level = visit.path("number"), visit.typed("tingkat")
    try:
        observe(
            visit.office.store,
            number,
            visit.typed("kriteria"),
            int(level) if level in {"1", "2", "3", "4"} else 0,
            visit.actor,
            visit.office.now(),
        )
    except Refused as refused:
        return person_page(visit, 422, str(refused))
    return go(f"/peserta/{number}?kabar=pengamatan-disimpan")
