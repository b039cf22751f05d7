"""`/angkatan/<code>/laporan`: sheets about a cohort, and the report pack (*berita acara*)."""

import io
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.responses import Response

from psm_course.registrar.people.enrolling import export_roster
from psm_course.registrar.people.overview import cohort_size
from psm_course.registrar.reports.exporting import export_items, export_register
from psm_course.registrar.reports.reporting import make_report
from psm_course.web.request_context import (
    EXCEL,
    RequestContext,
    download,
    download_written,
    refused_on,
)


def reports_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/laporan`: links to the sheets, and the form for the report pack.

    `trouble` is the error to show on the page; empty: no error.
    """
    cohort, size = cohort_size(context.office.store, context.path("cohort"))
    return context.render(
        "reports/reports/page.html",
        status,
        cohort=cohort,
        size=size,
        number=context.typed("nomor"),
        trouble=trouble,
    )


def register(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/laporan/register`: download a cohort's register as of now (.xlsx).

    Requirements and outcomes are judged at this moment.
    """
    office, cohort = context.office, context.path("cohort")
    return download_written(
        partial(export_register, office.store, office.course, cohort, now=office.now()),
        f"register-{cohort}.xlsx",
        EXCEL,
    )


def items(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/laporan/butir`: download every item of every attempt (.xlsx)."""
    cohort = context.path("cohort")
    return download_written(
        partial(export_items, context.office.store, cohort), f"butir-{cohort}.xlsx", EXCEL
    )


def roster(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/laporan/peserta`: download the roster (.xlsx)."""
    office, cohort = context.office, context.path("cohort")
    return download_written(
        partial(export_roster, office.store, office.course.region, cohort),
        f"peserta-{cohort}.xlsx",
        EXCEL,
    )


@refused_on(reports_page)
def report_pack(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/laporan`: make the report pack and download it (.zip).

    Each report pack is noted in the audit log. Because the download writes an event, the page
    has a form (POST) for it, not a link. The files also stay in the office's own folder.
    """
    office, cohort = context.office, context.path("cohort")
    folder = make_report(
        office.store,
        office.course,
        office.settings,
        cohort,
        None,
        context.typed("nomor"),
        context.actor,
        office.now(),
    )
    return download(_zipped(folder), f"berita-acara-{folder.name}.zip", "application/zip")


def _zipped(folder: Path) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as pack:
        for path in sorted(folder.iterdir()):
            pack.write(path, f"{folder.name}/{path.name}")
    return written.getvalue()
