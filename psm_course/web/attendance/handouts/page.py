"""`/angkatan/<code>/cetak`: what is printed before the course day: cards, the sheet to sign, the sheet to fill in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from psm_course.registrar.attendance.handouts import make_attendance_sheet, make_cards
from psm_course.registrar.people.overview import cohort_size
from psm_course.web.visit import EXCEL, Visit, download, refused_on

_PDF = "application/pdf"


def handouts_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    cohort, size = cohort_size(visit.office.store, visit.path("cohort"))
    site = visit.typed("situs") or visit.office.settings.site_address
    return visit.page("attendance/handouts/page.html", status, cohort=cohort, size=size, site=site, trouble=trouble)


@refused_on(handouts_page)
def cards(visit: Visit) -> Response:
    """Sent as a form, because printing secrets is noted; the answer is the file itself, and the page stays where it is."""
    office, cohort = visit.office, visit.path("cohort")
    site = visit.typed("situs")
    pdf = make_cards(office.store, office.course, office.settings, office.desk.cards, cohort, visit.actor, office.now(), site)
    return download(pdf, f"kartu-{cohort}.pdf", _PDF)


@refused_on(handouts_page)
def sheet_to_sign(visit: Visit) -> Response:
    return _sheet(visit, ".pdf", _PDF)


@refused_on(handouts_page)
def sheet_to_fill_in(visit: Visit) -> Response:
    return _sheet(visit, ".xlsx", EXCEL)


def _sheet(visit: Visit, ending: str, kind: str) -> Response:
    office, cohort = visit.office, visit.path("cohort")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"hadir{ending}"
        make_attendance_sheet(office.store, office.course, office.settings, cohort, path)
        return download(path.read_bytes(), f"hadir-{cohort}{ending}", kind)
