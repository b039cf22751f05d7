"""`/catatan/puncak`: how the log stands, for the script that remembers it in the desk's browsers (`web/static/catatan.js`)."""

from dataclasses import asdict

from starlette.responses import JSONResponse, Response

from psm_course.registrar.log.watching import glance
from psm_course.web.visit import Visit


def newest(visit: Visit) -> Response:
    """JSON; `{}` where there is nothing to remember."""
    epoch, size = (int(visit.asked(name)) if _is_number(visit.asked(name)) else 0 for name in ("epok", "ukuran"))
    found = glance(visit.office.store, visit.office.settings, epoch, size)
    return JSONResponse(asdict(found) if found else {})


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 16
