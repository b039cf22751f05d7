"""`/peserta/<number>`: everything the register holds of one person."""

from __future__ import annotations

from starlette.responses import Response

from psm_course.registrar.history import history_of, receipt_of
from psm_course.web.attendance import PRESENCES
from psm_course.web.visit import Visit

SOURCES = {"sheet": "lembar hadir", "scan": "kartu", "desk": "meja", None: "register lama"}
VERDICTS = {
    "met": "dianggap terpenuhi",
    "unmet": "dianggap belum",
    "withdrawn": "keputusan ditarik",
    "attended": "terbit: telah mengikuti",
    "passed": "terbit: telah lulus",
    "superseded": "diganti",
    "revoked": "dicabut",
    "reprinted": "dicetak ulang",
    "resigned": "ditandatangani ulang",
    "certified": "ditandatangani elektronik",
}


def person(visit: Visit) -> Response:
    course, now = visit.office.course, visit.office.now()
    history = history_of(visit.office.store, course, visit.path("number"), now)
    return visit.page(
        "orang.html",
        history=history,
        standing=history.standing,
        cohort=history.cohort,
        sessions={session.id: session.title for session in course.file.sessions},
        titles=visit.quiz_titles,
        now=now,
        requirements={requirement.id: requirement.title for requirement in course.file.completion},
        presences=dict(PRESENCES),
        sources=SOURCES,
        verdicts=VERDICTS,
        receipt=receipt_of,
    )
