"""`/angkatan/<code>/hadir`: attendance of one session, marked in a list or from a filled sheet."""

from typing import cast

from starlette.responses import Response

from psm_course.domain.register import Presence
from psm_course.domain.requirement import Session
from psm_course.domain.sessions import held_on
from psm_course.registrar.attendance.presence import SessionList, mark_session, session_list
from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.web.paging import SIZE, Paging
from psm_course.web.request_context import RequestContext, redirect, refused_on
from psm_course.web.uploads import delete_upload, find_upload, keep_upload

PRESENCES = (
    ("", "belum dicatat"),
    ("present", "hadir"),
    ("late", "terlambat"),
    ("excused", "izin"),
    ("absent", "tidak hadir"),
)


def session_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/hadir?sesi=…`: the attendance list of one session, as a form.

    Without `sesi`: today's first session. If there is no session today: the course's first session.

    `trouble` is the error to show on the page; empty: no error.
    """
    office, session = context.office, context.typed("sesi") or context.asked("sesi")
    listed = session_list(
        office.store, office.course, context.path("cohort"), session, office.now().date()
    )
    paging = Paging.asked_for(context)
    return context.render(
        "attendance/session_list/page.html",
        status,
        cohort=listed.cohort,
        session=listed.session,
        held_on=held_on(listed.cohort, listed.session),
        sessions=planned(context, listed),
        people=listed.people[paging.offset :][:SIZE],
        paging=paging.of(listed.people[paging.offset :]),
        presence=listed.presence,
        presences=PRESENCES,
        said=dict(PRESENCES),
        typed=_changed(context),
        reason=context.typed("alasan"),
        trouble=trouble,
        marked=len(listed.presence),
        size=len(listed.people),
    )


@refused_on(session_page)
def mark(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/hadir`: record the attendance marks that were changed on this page.

    Marks that were not changed on the page are not written. So two trainers may mark people at the
    same time.
    """
    office, cohort, session = context.office, context.path("cohort"), context.typed("sesi")
    count = mark_session(
        office.store,
        office.course,
        cohort,
        session,
        _changed(context),
        context.typed("alasan"),
        context.actor,
        office.now(),
    )
    return redirect(context.here, sesi=session, kabar="hadir-disimpan" if count else "hadir-tetap")


@refused_on(session_page)
def upload_sheet(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/hadir/lembar`: import a filled attendance sheet, all rows or none.

    The sheet replaces marks made by a card or at the desk only if `ganti` is set.
    """
    settings, cohort = context.office.settings, context.path("cohort")
    kept = keep_upload(settings, context.upload("lembar"))
    try:
        mark_attendance(
            context.office.store,
            context.office.course,
            cohort,
            find_upload(settings, kept),
            context.actor,
            context.office.now(),
            replace_all=bool(context.typed("ganti")),
        )
    finally:
        delete_upload(settings, kept)
    return redirect(f"/angkatan/{cohort}/hadir?kabar=lembar-masuk")


def _changed(context: RequestContext) -> dict[str, Presence]:
    """Return the marks that were changed on the page, by participant number.

    To find the changes, the form contains for each person also the mark that the page first showed.
    """
    known = {value for value, _ in PRESENCES if value}
    return {
        name.removeprefix("p-"): cast("Presence", value)
        for name, value in context.form.items()
        if name.startswith("p-")
        and value in known
        and value != context.typed(f"was-{name.removeprefix('p-')}")
    }


def planned(context: RequestContext, listed: SessionList) -> list[tuple[str, str]]:
    """Return the sessions to choose from in a form, as pairs of session id and label.

    `listed` has the sessions of one cohort. The label says if the session is held today.
    """
    today = context.office.now().date()
    return [
        (each.id, _label(each, held_on(listed.cohort, each) == today)) for each in listed.sessions
    ]


def _label(session: Session, is_today: bool) -> str:
    return f"Hari {session.day}: {session.title}" + (" (hari ini)" if is_today else "")
