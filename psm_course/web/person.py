"""`/peserta/<number>`: everything the register holds of one person."""

from __future__ import annotations

from starlette.responses import Response

from psm_course.content.course import Criterion
from psm_course.registrar.history import history_of, receipt_of
from psm_course.registrar.ruling import adopted
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
    "printed": "dicetak",
    "reprinted": "dicetak ulang",
    "resigned": "ditandatangani ulang",
    "certified": "ditandatangani elektronik",
}


def person(visit: Visit) -> Response:
    return person_page(visit)


def person_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """With what could not be done, and what was typed for it."""
    course, now = visit.office.course, visit.office.now()
    history = history_of(visit.office.store, course, visit.path("number"), now)
    rubric = _rubric(visit, history.cohort.id)
    criteria = [(each.id, each.title) for each in rubric]
    choices = [(each.id, each.title) for each in history.standing.completion.requirements]
    return visit.page(
        "orang.html",
        status,
        history=history,
        standing=history.standing,
        cohort=history.cohort,
        sessions={session.id: session.title for session in course.file.sessions},
        titles=visit.quiz_titles,
        now=now,
        about=dict([*criteria, *choices]),
        presences=dict(PRESENCES),
        sources=SOURCES,
        verdicts=VERDICTS,
        receipt=receipt_of,
        rubric=rubric,
        criteria=criteria,
        choices=choices,
        typed={name: visit.typed(name) for name in ("syarat", "putusan", "alasan", "kriteria", "tingkat")},
        trouble=trouble,
    )


def _rubric(visit: Visit, cohort: str) -> tuple[Criterion, ...]:
    """What a trainer observes by the rules that the cohort adopted."""
    adoption = adopted(visit.office.store, visit.office.course, cohort).adoption
    return adoption.rules.rubric if adoption else ()
