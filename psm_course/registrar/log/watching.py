"""Lets a browser of the desk watch the log, so that a rewritten log is noticed.

The browser remembers the log's size and root. Later it asks for the state of the log now, and for
the root that the log had at the remembered size: if that root differs, the log was rewritten.
"""

from dataclasses import dataclass

from psm_course.registrar.log.checkpoints import signed_state
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import root_at


@dataclass(frozen=True, slots=True)
class LogStatus:
    """The log now: epoch, size, root (hexadecimal) and signed note.

    `then` is the root that the log had at the size asked about; None if no size was asked about, or
    the log was never so long in that epoch.
    """

    epoch: int
    size: int
    root: str
    note: str
    then: str | None


def log_status(store: Store, settings: Settings, epoch: int, size: int) -> LogStatus | None:
    """The log now, and its root at the size that somebody remembers (0: nothing remembered).

    None in a rehearsal, whose log begins again every time.
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
