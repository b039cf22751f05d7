"""`/angkatan`: the list of cohorts, opening a new one, and the day when one closes."""

from datetime import datetime, time, timedelta

from starlette.responses import Response

from psm_course.content.site_info import read_site_info
from psm_course.local_time import WIB
from psm_course.registrar.certificates.announcing import Waiting, waiting_to_be_announced
from psm_course.registrar.completion.adopting import sentence_about_site
from psm_course.registrar.people.enrolling import open_cohort, set_closing
from psm_course.registrar.people.overview import cohorts_for
from psm_course.web.csrf import read_day
from psm_course.web.paging import Paging
from psm_course.web.visit import Visit, go, refused_on


def list_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan`: the cohorts that this account may see; `?arsip=ya`: the archived ones."""
    paging = Paging.asked_for(visit)
    archived, office = visit.asked("arsip") == "ya", visit.office
    now = office.now()
    found = cohorts_for(office.store, visit.account, paging.offset, paging.size + 1, archived)
    return visit.page(
        "people/cohorts/page.html",
        status,
        cohorts=found[: paging.size],
        paging=paging.of(found),
        trouble=trouble,
        typed={name: visit.typed(name) for name in ("kode", "nama", "mulai", "kursus", "tempat")},
        archived=archived,
        courses=[course.file for course in office.courses],
        waiting=waiting_to_be_announced(office.store, office.settings, now) if visit.account.role == "petugas" else Waiting(),
        now=now,
        of_site=sentence_about_site(office.store, read_site_info(office.settings.site)),
    )


@refused_on(list_page)
def open_new(visit: Visit) -> Response:
    """`POST /angkatan`: open a cohort and go on to upload its roster."""
    code = visit.typed("kode")
    title = visit.typed("nama") or f"Angkatan {code.upper()}"
    starts_on = read_day(visit.typed("mulai"))
    course, place = visit.typed("kursus"), visit.typed("tempat")
    opened = open_cohort(visit.office.store, code, title, starts_on, visit.actor, visit.office.now(), course, place)
    return go(f"/angkatan/{opened.id}/peserta?kabar=angkatan-dibuka")


def close(visit: Visit) -> Response:
    """`POST /angkatan/<code>/tutup`: set the last day of a cohort, which counts whole.

    Without a day the cohort never closes.
    """
    cohort, written = visit.path("cohort"), visit.typed("tutup")
    # The midnight that ends the day which was typed.
    closes_at = datetime.combine(read_day(written) + timedelta(days=1), time(), WIB) if written else None
    set_closing(visit.office.store, cohort, closes_at, visit.actor, visit.office.now())
    return go(f"/angkatan/{cohort}?kabar=tanggal-disimpan")
