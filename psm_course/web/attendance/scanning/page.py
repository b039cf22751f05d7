"""`/angkatan/<code>/pindai`: marks people as present from their cards, one after the other.

A scanner types the text of a card into the field, or somebody types the number.
"""

from starlette.responses import Response

from psm_course.domain.register import Presence
from psm_course.registrar.attendance.presence import (
    SAID,
    Scan,
    scan_card,
    sentence_about,
    session_list,
)
from psm_course.web.attendance.session_list.page import planned
from psm_course.web.request_context import RequestContext, redirect


def scan_page(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/pindai`: the field for the next card, and the result of the last card.

    The query of the address contains the last result (`hasil`) and participant number (`nomor`).
    `telat=ya`: the checkbox to mark people as late is ticked. `hari=ya`: the checkbox to mark
    people also for a session of a past day is ticked.
    """
    office = context.office
    listed = session_list(
        office.store,
        office.course,
        context.path("cohort"),
        context.asked("sesi"),
        office.now().date(),
    )
    names = {person.number: person.name for person in listed.people}
    number = context.asked("nomor")[:40]
    result = next((known for known in SAID if known == context.asked("hasil")), None)
    done = Scan(result, number, names.get(number, "")) if result else None
    return context.render(
        "attendance/scanning/page.html",
        cohort=listed.cohort,
        session=listed.session,
        sessions=planned(context, listed),
        said=sentence_about(done) if done else "",
        is_good=done is None or done.is_good,
        is_late=context.asked("telat") == "ya",
        any_day=context.asked("hari") == "ya",
        marked=listed.attended,
        size=len(listed.people),
    )


def scan(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/pindai`: mark a card's owner as present, or late if `telat` is set.

    The answer is a redirect to the page for the next card.
    """
    office, session = context.office, context.typed("sesi")
    presence: Presence = "late" if context.typed("telat") else "present"
    any_day = bool(context.typed("hari"))
    done = scan_card(
        office.store,
        office.course,
        office.desk.cards,
        context.path("cohort"),
        session,
        context.typed("kartu"),
        presence,
        any_day,
        context.actor,
        office.now(),
    )
    kept = ({"telat": "ya"} if presence == "late" else {}) | ({"hari": "ya"} if any_day else {})
    return redirect(context.here, sesi=session, hasil=done.result, nomor=done.number, **kept)
