"""`/angkatan`: the list of cohorts, with forms to open a cohort and to set its last day."""

from datetime import datetime, time, timedelta

from starlette.responses import Response

from psm_course.content.site_info import read_site_info
from psm_course.local_time import WIB
from psm_course.registrar.certificates.announcing import Waiting, waiting_to_be_announced
from psm_course.registrar.completion.adopting import sentence_about_site
from psm_course.registrar.people.cohorts import open_cohort, set_closing
from psm_course.registrar.people.overview import cohorts_for
from psm_course.web.csrf import read_day
from psm_course.web.paging import SIZE, Paging
from psm_course.web.request_context import RequestContext, redirect, refused_on


def list_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan`: the cohorts that this account may see; `?arsip=ya`: the archived cohorts.

    `trouble` is the error to show on the page; empty: no error.
    """
    paging = Paging.asked_for(context)
    archived, office = context.asked("arsip") == "ya", context.office
    now = office.now()
    found = cohorts_for(office.store, context.account, paging.offset, SIZE + 1, archived)
    return context.render(
        "people/cohorts/page.html",
        status,
        cohorts=found[:SIZE],
        paging=paging.of(found),
        trouble=trouble,
        typed={name: context.typed(name) for name in ("kode", "nama", "mulai", "kursus", "tempat")},
        archived=archived,
        courses=[course.file for course in office.courses],
        waiting=waiting_to_be_announced(office.store, office.settings, now)
        if context.account.role == "petugas"
        else Waiting(),
        now=now,
        of_site=sentence_about_site(office.store, read_site_info(office.settings.site)),
    )


@refused_on(list_page)
def open_new(context: RequestContext) -> Response:
    """`POST /angkatan`: open a cohort, then redirect to the page to upload its roster."""
    code = context.typed("kode")
    opened = open_cohort(
        context.office.store,
        code,
        context.typed("nama") or f"Angkatan {code.upper()}",
        read_day(context.typed("mulai")),
        context.actor,
        context.office.now(),
        context.typed("kursus"),
        context.typed("tempat"),
    )
    return redirect(f"/angkatan/{opened.id}/peserta?kabar=angkatan-dibuka")


def close(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/tutup`: set the last day of a cohort; it is open until that day ends.

    If no day is given, the cohort never closes.
    """
    cohort, written = context.path("cohort"), context.typed("tutup")
    # The midnight that ends the day which was typed.
    closes_at = (
        datetime.combine(read_day(written) + timedelta(days=1), time(), WIB) if written else None
    )
    set_closing(context.office.store, cohort, closes_at, context.actor, context.office.now())
    return redirect(f"/angkatan/{cohort}?kabar=tanggal-disimpan")
