"""`/catatan/puncak`: the checkpoint of the register's log, for `web/static/catatan.js`.

This script stores the checkpoint in the browsers of the people at the desk.
"""

from dataclasses import asdict

from starlette.responses import JSONResponse, Response

from psm_course.registrar.log.watching import log_status
from psm_course.web.request_context import RequestContext


def newest(context: RequestContext) -> Response:
    """`GET /catatan/puncak?epok=…&ukuran=…`: the state of the log now, as JSON (`LogStatus`).

    `epok` and `ukuran` are the epoch and the size of the log that a browser remembers. In the
    answer, `then` is the root that the log had at that size; null if there was no such size. In a
    rehearsal the answer is `{}`.
    """
    epoch, size = (context.asked_number(name, 15) for name in ("epok", "ukuran"))
    found = log_status(context.office.store, context.office.settings, epoch, size)
    return JSONResponse(asdict(found) if found else {})
