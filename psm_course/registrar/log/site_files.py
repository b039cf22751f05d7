"""The log as files of the site: the checkpoint, the hashes of the tree, and the events.

The files contain no personal data. A file of hashes (tile) has up to 256 hashes. The present log is
below `log/`. Earlier logs, which a restore or a move of the site ended, are below `log/<epoch>/`.
"""

from collections.abc import Iterator

from psm_course.credentials.log.checkpoint import Checkpoint, write_checkpoint
from psm_course.credentials.log.tiles import tile_files
from psm_course.credentials.signing.keys import SigningKey
from psm_course.credentials.verification.notes import COUNTERSIGNED, PUBLISHED
from psm_course.registrar.log.checkpoints import (
    find_countersigned,
    keep_published,
    kept_sizes,
    signed_state,
)
from psm_course.registrar.log.log_key import open_log_key
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import entries, root_at
from psm_course.store.tree import find_epochs


def log_files(
    store: Store, settings: Settings, countersign: SigningKey | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of the log, all from one moment of the register.

    Paths are relative to the site. Also keeps a copy of the checkpoint in the office's own folder
    (`keep_published`).

    Args:
        store, settings: the register and the office's settings.
        countersign: the office's own key, if somebody unlocked it for this publication; then it
            signs the checkpoint too.

    Raises:
        Refused: the log key cannot be read.
    """
    with store.reading() as tx:
        checkpoint, note = signed_state(tx, settings, countersign)
        keep_published(settings, checkpoint, note, is_countersigned=countersign is not None)
        yield PUBLISHED, note.encode()
        if confirmed := find_countersigned(settings):
            yield COUNTERSIGNED, confirmed.encode()
        for each in find_epochs(tx):
            if each.number == checkpoint.epoch:
                yield from _below(
                    "log", tile_files(entries(tx, each.number), kept_sizes(settings, each.number))
                )
            else:
                last = Checkpoint(each.origin, each.size, root_at(tx, each.number, each.size))
                yield (
                    f"log/{each.number}/checkpoint",
                    write_checkpoint(last, [open_log_key(settings)]).encode(),
                )
                yield from _below(f"log/{each.number}", tile_files(entries(tx, each.number)))


def _below(place: str, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    return ((f"{place}/{path}", content) for path, content in files)
