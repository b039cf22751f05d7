"""`/angkatan/<code>/peserta`: a roster is uploaded, looked at, and only then written."""

from __future__ import annotations

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.records.kelurahan import by_code
from psm_course.registrar.enrolling import RosterImport, import_roster
from psm_course.registrar.overview import get_cohort
from psm_course.web.kept_files import forget, keep, kept_file
from psm_course.web.visit import Visit, go


def upload_form(visit: Visit) -> Response:
    return _form(visit)


def upload(visit: Visit) -> Response:
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    try:
        kept = keep(visit.office.settings, visit.upload("lembar"))
    except Refused as refused:
        return _form(visit, 422, str(refused))
    return go(f"/angkatan/{cohort.id}/peserta/{kept}")


def preview(visit: Visit) -> Response:
    """What the sheet would do, or every problem at its cell. Nothing is written."""
    try:
        planned = _import(visit, dry_run=True)
    except Refused as refused:
        forget(visit.office.settings, visit.path("kept"))
        return _form(visit, 422, str(refused))
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    kept = visit.path("kept")
    sheet = kept_file(visit.office.settings, kept).name
    return visit.page("peserta-periksa.html", cohort=cohort, planned=planned, kept=kept, sheet=sheet, kelurahan=by_code())


def confirm(visit: Visit) -> Response:
    """Write what was looked at; or throw the sheet away."""
    cohort, kept = visit.path("cohort"), visit.path("kept")
    if visit.typed("putusan") == "buang":
        forget(visit.office.settings, kept)
        return go(f"/angkatan/{cohort}/peserta?kabar=unggahan-dibuang")
    try:
        _import(visit, dry_run=False)
    except Refused as refused:
        return _form(visit, 422, str(refused))
    forget(visit.office.settings, kept)
    return go(f"/angkatan/{cohort}?kabar=peserta-masuk")


def _import(visit: Visit, dry_run: bool) -> RosterImport:
    sheet = kept_file(visit.office.settings, visit.path("kept"))
    return import_roster(visit.office.store, visit.path("cohort"), sheet, visit.actor, visit.office.now(), dry_run)


def _form(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    return visit.page("peserta-unggah.html", status, cohort=cohort, trouble=trouble)
