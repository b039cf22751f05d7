"""What a browser of the desk asks about the log: how it stands, and whether it still begins with what that browser saw before."""

from dataclasses import dataclass

from psm_course.registrar.log.checkpoints import signed_state
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import root_at


@dataclass(frozen=True, slots=True)
class Glance:
    """The log now: its epoch, size and root (hexadecimal) with the signed note; and `then`, the root that it had at the size asked about.

    `then` is None where the log of that epoch never was so long.
    """

    epoch: int
    size: int
    root: str
    note: str
    then: str | None


def glance(store: Store, settings: Settings, epoch: int, size: int) -> Glance | None:
    """The log as it is, beside what somebody remembers of it. None for a rehearsal: its log is begun anew every time."""
    if settings.is_rehearsal:
        return None
    with store.reading() as tx:
        checkpoint, note = signed_state(tx, settings)
        try:
            then = root_at(tx, epoch, size).hex() if size else None
        except ValueError:
            then = None
    return Glance(checkpoint.epoch, checkpoint.size, checkpoint.root.hex(), note, then)
