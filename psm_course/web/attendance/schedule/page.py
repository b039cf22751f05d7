"""`/angkatan/<code>/jadwal`: time, place and speaker of each session, and the rundown of the days.

An officer changes one session at a time, with a reason.
"""

from typing import Any

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.attendance.rundown import calendar_of, days_of_cohort, print_rundown
from psm_course.registrar.attendance.schedule import change_session, set_place
from psm_course.web.csrf import read_day
from psm_course.web.request_context import RequestContext, download, redirect, refused_on

_TEXTS = {"jam": "start", "ruang": "room", "pemateri": "speaker", "lembaga": "institution"}
_TYPED = ("hari", "menit", "alasan", *_TEXTS)


def schedule_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/jadwal`: the sessions and the rundown.

    With `?sesi=…` also a form to change that session.

    `trouble` is the error to show on the page; empty: no error.
    """
    office = context.office
    held = days_of_cohort(office.store, office.course, context.path("cohort"))
    chosen = context.typed("sesi") or context.asked("sesi")
    return context.render(
        "attendance/schedule/page.html",
        status,
        cohort=held.cohort,
        planned=held.planned,
        held=held,
        chosen=next((each for each in held.planned if each.session.id == chosen), None),
        typed={name: context.typed(name) for name in _TYPED} if trouble else None,
        trouble=trouble,
    )


@refused_on(schedule_page)
def change(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/jadwal`: change one session, with a reason."""
    office, cohort, session = context.office, context.path("cohort"), context.typed("sesi")
    change_session(
        office.store,
        office.course,
        cohort,
        session,
        _changes(context),
        context.typed("alasan"),
        context.actor,
        office.now(),
    )
    return redirect(f"/angkatan/{cohort}/jadwal?kabar=sesi-diubah")


def _changes(context: RequestContext) -> dict[str, Any]:
    minutes = context.typed("menit")
    if minutes and not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes[:5]) <= 1440):
        raise Refused("Tulis lamanya dalam menit sebagai angka saja, misalnya 90.")
    return {
        **{name: context.typed(field) for field, name in _TEXTS.items()},
        "held_on": read_day(context.typed("hari")),
        "minutes": int(minutes) if minutes else None,
    }


@refused_on(schedule_page)
def move_place(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/jadwal/tempat`: set the place where the cohort meets.

    An empty text removes the place.
    """
    cohort = context.path("cohort")
    set_place(
        context.office.store, cohort, context.typed("tempat"), context.actor, context.office.now()
    )
    return redirect(f"/angkatan/{cohort}/jadwal?kabar=tempat-disimpan")


@refused_on(schedule_page)
def rundown_to_print(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/jadwal/rundown`: download the rundown (PDF)."""
    office, cohort = context.office, context.path("cohort")
    return download(
        print_rundown(
            days_of_cohort(office.store, office.course, cohort),
            office.course,
            office.settings,
            office.now(),
        ),
        f"rundown-{cohort}.pdf",
        "application/pdf",
    )


@refused_on(schedule_page)
def calendar(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/jadwal/kalender`: download the sessions for a calendar (.ics)."""
    office, cohort = context.office, context.path("cohort")
    return download(
        calendar_of(
            days_of_cohort(office.store, office.course, cohort), office.course, office.now()
        ),
        f"rundown-{cohort}.ics",
        "text/calendar; charset=utf-8",
    )
