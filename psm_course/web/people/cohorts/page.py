"""`/angkatan`: the cohorts, opening a new one, and when one closes."""

from datetime import date, datetime, time, timedelta

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.registrar.people.enrolling import open_cohort, set_closing
from psm_course.registrar.people.overview import cohorts_for
from psm_course.web.paging import Paging
from psm_course.web.visit import Visit, go, refused_on


def list_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    paging = Paging.asked_for(visit)
    archived = visit.asked("arsip") == "ya"
    found = cohorts_for(visit.office.store, visit.account, paging.offset, paging.size + 1, archived)
    typed = {name: visit.typed(name) for name in ("kode", "nama", "mulai")}
    return visit.page(
        "people/cohorts/page.html",
        status,
        cohorts=found[: paging.size],
        paging=paging.of(found),
        trouble=trouble,
        typed=typed,
        archived=archived,
    )


@refused_on(list_page)
def open_new(visit: Visit) -> Response:
    code = visit.typed("kode")
    title = visit.typed("nama") or f"Angkatan {code.upper()}"
    starts_on = _day(visit.typed("mulai"))
    opened = open_cohort(visit.office.store, code, title, starts_on, visit.actor, visit.office.now(), visit.office.course)
    return go(f"/angkatan/{opened.id}/peserta?kabar=angkatan-dibuka")


def close(visit: Visit) -> Response:
    """The last day counts whole; no date: it never closes."""
    cohort, written = visit.path("cohort"), visit.typed("tutup")
    closes_at = datetime.combine(_day(written) + timedelta(days=1), time(), WIB) if written else None
    set_closing(visit.office.store, cohort, closes_at, visit.actor, visit.office.now())
    return go(f"/angkatan/{cohort}?kabar=tanggal-disimpan")


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Refused("Tanggal belum dimengerti. Tulis seperti 2026-12-01.") from None
    if not 2000 <= day.year <= 2100:
        raise Refused("Tahun di tanggal itu tampaknya keliru. Tulis seperti 2026-12-01.")
    return day
