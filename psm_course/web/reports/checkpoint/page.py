"""`/catatan/puncak`: the log's checkpoint, for the script that remembers it in the desk's browsers.

That script is `web/static/catatan.js`.
"""

from dataclasses import asdict

from starlette.responses import JSONResponse, Response

from psm_course.registrar.log.watching import log_status
from psm_course.web.request_context import RequestContext


def newest(context: RequestContext) -> Response:
    """`GET /catatan/puncak?epok=…&ukuran=…`: the log now, as JSON; `{}` in a rehearsal.

    With the size that a browser remembers it also gives the root the log had then.
    """
    epoch, size = (context.asked_number(name, 15) for name in ("epok", "ukuran"))
    found = log_status(context.office.store, context.office.settings, epoch, size)
    return JSONResponse(asdict(found) if found else {})
