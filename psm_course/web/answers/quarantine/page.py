"""`/jawaban/karantina`: what nobody's card vouches for, by where it came from; thrown away in bulk, or one let into what is held."""

from starlette.responses import Response

from psm_course.registrar.answers.holding import sentence_of
from psm_course.registrar.answers.quarantining import admit, purge, quarantined
from psm_course.web.visit import Visit, go, query, refused_on


def quarantine_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    address = visit.asked("alamat") or None
    return visit.page(
        "answers/quarantine/page.html",
        status,
        found=quarantined(visit.office.store, address),
        address=address,
        why=sentence_of,
        titles=visit.quiz_titles,
        typed={name: visit.typed(name) for name in ("sidik", "alasan")},
        trouble=trouble,
    )


@refused_on(quarantine_page)
def throw_away(visit: Visit) -> Response:
    """All of an address; of every address where none is named."""
    purge(visit.office.store, visit.typed("alamat") or None, visit.actor, visit.office.now())
    return go("/jawaban/karantina?kabar=karantina-dikosongkan")


@refused_on(quarantine_page)
def take_in(visit: Visit) -> Response:
    kept = admit(visit.office.store, visit.typed("sidik"), visit.typed("alasan"), visit.actor, visit.office.now())
    return go(f"/jawaban/putusan?{query(id=kept.id)}")
