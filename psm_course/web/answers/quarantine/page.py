"""`/jawaban/karantina`: hand-ins that no card vouches for, by the address they came from.

They are thrown away in bulk, or one is let in among those that are held.
"""

from starlette.responses import Response

from psm_course.registrar.answers.holding import sentence_of
from psm_course.registrar.answers.quarantining import admit, purge, quarantined
from psm_course.web.visit import Visit, go, query, refused_on


def quarantine_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """`GET /jawaban/karantina`: the quarantine; with `?alamat=…` the newest of one address."""
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
    """`POST /jawaban/karantina/buang`: delete all of one address, or all where none is named."""
    purge(visit.office.store, visit.typed("alamat") or None, visit.actor, visit.office.now())
    return go("/jawaban/karantina?kabar=karantina-dikosongkan")


@refused_on(quarantine_page)
def take_in(visit: Visit) -> Response:
    """`POST /jawaban/karantina/terima`: let one in as a held hand-in, and open it."""
    kept = admit(visit.office.store, visit.typed("sidik"), visit.typed("alasan"), visit.actor, visit.office.now())
    return go(f"/jawaban/putusan?{query(id=kept.id)}")
