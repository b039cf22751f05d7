"""`/angkatan/<code>/laporan`: what leaves the register as files: sheets for Excel, and the report pack (*berita acara*)."""

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.responses import Response

from psm_course.registrar.people.enrolling import export_roster
from psm_course.registrar.people.overview import cohort_size
from psm_course.registrar.reports.exporting import export_items, export_register
from psm_course.registrar.reports.reporting import make_report
from psm_course.web.visit import EXCEL, Visit, download, refused_on


def reports_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    cohort, size = cohort_size(visit.office.store, visit.path("cohort"))
    return visit.page("reports/reports/page.html", status, cohort=cohort, size=size, number=visit.typed("nomor"), trouble=trouble)


def register(visit: Visit) -> Response:
    office = visit.office
    return _sheet(visit, "register", lambda path: export_register(office.store, office.course, visit.path("cohort"), path, office.now()))


def items(visit: Visit) -> Response:
    return _sheet(visit, "butir", lambda path: export_items(visit.office.store, visit.path("cohort"), path))


def roster(visit: Visit) -> Response:
    return _sheet(visit, "peserta", lambda path: export_roster(visit.office.store, visit.office.course.region, visit.path("cohort"), path))


@refused_on(reports_page)
def report_pack(visit: Visit) -> Response:
    """Sent as a form, because a report is noted; it also stays in the office's own folder. The answer is all of it in one file."""
    office, cohort = visit.office, visit.path("cohort")
    folder = make_report(office.store, office.course, office.settings, cohort, None, visit.typed("nomor"), visit.actor, office.now())
    return download(_zipped(folder), f"berita-acara-{folder.name}.zip", "application/zip")


def _zipped(folder: Path) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as pack:
        for path in sorted(folder.iterdir()):
            pack.write(path, f"{folder.name}/{path.name}")
    return written.getvalue()


def _sheet(visit: Visit, name: str, write: Callable[[Path], int]) -> Response:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.xlsx"
        write(path)
        return download(path.read_bytes(), f"{name}-{visit.path('cohort')}.xlsx", EXCEL)
