"""`/angkatan/<code>/cetak`: print the cards, a sheet to sign, and a sheet to fill in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from psm_course.registrar.attendance.handouts import make_attendance_sheet, make_cards
from psm_course.registrar.people.overview import cohort_size
from psm_course.web.visit import EXCEL, Visit, download, refused_on

_PDF = "application/pdf"


def handouts_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/cetak`: the forms and links to print the papers of a cohort."""
    cohort, size = cohort_size(visit.office.store, visit.path("cohort"))
    site = visit.typed("situs") or visit.office.settings.site_address
    return visit.page("attendance/handouts/page.html", status, cohort=cohort, size=size, site=site, trouble=trouble)


@refused_on(handouts_page)
def cards(visit: Visit) -> Response:
    """`POST /angkatan/<code>/cetak/kartu`: download the cards of a cohort (PDF).

    A form and not a link, because the audit log notes that secrets were printed.
    """
    office, cohort = visit.office, visit.path("cohort")
    site = visit.typed("situs")
    pdf = make_cards(office.store, office.course, office.settings, office.desk.cards, cohort, visit.actor, office.now(), site)
    return download(pdf, f"kartu-{cohort}.pdf", _PDF)


@refused_on(handouts_page)
def sheet_to_sign(visit: Visit) -> Response:
    """`GET /angkatan/<code>/cetak/lembar`: download the attendance sheet to sign (PDF)."""
    return _sheet(visit, ".pdf", _PDF)


@refused_on(handouts_page)
def sheet_to_fill_in(visit: Visit) -> Response:
    """`GET /angkatan/<code>/hadir/lembar`: download the attendance sheet to fill in (.xlsx)."""
    return _sheet(visit, ".xlsx", EXCEL)


def _sheet(visit: Visit, ending: str, kind: str) -> Response:
    office, cohort = visit.office, visit.path("cohort")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"hadir{ending}"
        make_attendance_sheet(office.store, office.course, office.settings, cohort, path)
        return download(path.read_bytes(), f"hadir-{cohort}{ending}", kind)
