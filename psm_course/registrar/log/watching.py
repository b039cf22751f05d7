"""The log for the desk's browser: its state, and whether it continues what that browser saw."""

from dataclasses import dataclass

from psm_course.registrar.log.checkpoints import signed_state
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import root_at


@dataclass(frozen=True, slots=True)
class LogStatus:
    """The log now: epoch, size, root (hexadecimal) and signed note.

    `then` is the root it had at the size asked about; None if that epoch never was so long.
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
