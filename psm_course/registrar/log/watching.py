"""Lets a browser of the desk watch the log, so that a rewritten log is noticed.

The browser stores the log's size and root. Later the browser asks for the present state of the log,
and for the root that the log had at the stored size. If that root is not the stored root, the log
was rewritten.
"""

from dataclasses import dataclass

from psm_course.registrar.log.checkpoints import signed_state
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import root_at


@dataclass(frozen=True, slots=True)
class LogStatus:
    """The present state of the log: epoch, size, root (hexadecimal) and signed note.

    The browser also asks about an earlier size: `then` is the root that the log had at this size.
    `then` is None if the browser asked about no size, or the epoch's log never had this size.
    """

    epoch: int
    size: int
    root: str
    note: str
    then: str | None


def log_status(store: Store, settings: Settings, epoch: int, size: int) -> LogStatus | None:
    """Read the present state of the log, and the root that the log had at an earlier size.

    `epoch` and `size` say which earlier state; size 0: none. Returns None in a rehearsal, because
    its log begins again every time.
    """
    if settings.is_rehearsal:
        return None
    with store.reading() as tx:
        checkpoint, note = signed_state(tx, settings)
        try:
            then = root_at(tx, epoch, size).hex() if size else None
        except ValueError:
            then = None
    return LogStatus(checkpoint.epoch, checkpoint.size, checkpoint.root.hex(), note, then)
