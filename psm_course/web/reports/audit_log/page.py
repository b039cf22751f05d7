"""`/catatan`: the audit log: what was done, by whom and when."""

from starlette.responses import Response

from psm_course.registrar.people.history import list_events
from psm_course.web.visit import Visit

_MOST = 200


def audit_log(visit: Visit) -> Response:
    """`GET /catatan`: the newest 200 events; `?sebelum=…`: older ones; `?tentang=…`: a subject."""
    written = visit.asked("sebelum")
    before = int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None
    subject = visit.asked("tentang")
    found = list_events(visit.office.store, subject or None, before, _MOST + 1)
    return visit.page(
        "reports/audit_log/page.html", events=found[:_MOST], older=found[_MOST - 1].id if len(found) > _MOST else None, subject=subject
    )
