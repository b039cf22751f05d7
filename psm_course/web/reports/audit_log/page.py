"""`/catatan`: the audit log: what was done, by whom and when."""

from starlette.responses import Response

from psm_course.registrar.people.history import list_events
from psm_course.web.request_context import RequestContext

_MOST = 200


def audit_log(context: RequestContext) -> Response:
    """`GET /catatan`: the newest 200 events of the audit log.

    `?sebelum=…` is the id of an event: only older events are shown. `?tentang=…` is a subject, such
    as a cohort's code or a participant number: only events about this subject are shown.
    """
    subject = context.asked("tentang")
    found = list_events(
        context.office.store,
        subject or None,
        context.asked_number("sebelum", 15) or None,
        _MOST + 1,
    )
    return context.render(
        "reports/audit_log/page.html",
        events=found[:_MOST],
        older=found[_MOST - 1].id if len(found) > _MOST else None,
        subject=subject,
    )
