"""Compare the log with kept checkpoints: at the size of each, the log must have the same root.

Somebody who has the register's file can rewrite the whole log and compute all hashes again. Only a
checkpoint that is kept elsewhere shows that the log was rewritten (decision 0072).
"""

from collections.abc import Iterator, Sequence

from psm_course.credentials.log.checkpoint import Checkpoint
from psm_course.credentials.log.merkle import EMPTY
from psm_course.registrar.log.checkpoints import FoundCheckpoint
from psm_course.store.soundness.checking import Soundness
from psm_course.store.soundness.problem import Problem

_DO = "Jangan terbitkan apa pun; pulihkan dari cadangan: psm restore"


def sizes_of(kept: Sequence[FoundCheckpoint]) -> dict[int, frozenset[int]]:
    """The sizes that the log had in the kept checkpoints, by epoch."""
    sizes: dict[int, set[int]] = {}
    for each in kept:
        sizes.setdefault(each.checkpoint.epoch, set()).add(each.checkpoint.size)
    return {epoch: frozenset(some) for epoch, some in sizes.items()}


def broken_promises(found: Soundness, kept: Sequence[FoundCheckpoint]) -> Iterator[Problem]:
    """Yield a problem for each kept checkpoint that does not fit the log in the register.

    `found` is the result of checking the register; it has the roots of the log. Events that a
    restore lost are no problem here, because `losses` reports them.
    """
    for each in kept:
        said = _trouble_with(found, each.checkpoint)
        if said:
            yield Problem(
                "audit_event",
                each.checkpoint.short_form,
                f"{said} (puncak catatan di {each.source}). {_DO}",
            )


def _trouble_with(found: Soundness, kept: Checkpoint) -> str:
    size = found.sizes.get(kept.epoch)
    if size is None:
        return (
            f"Log {kept.epoch} tidak ada di register ini, padahal pernah berisi {kept.size} catatan"
        )
    if size < kept.size <= found.lost.get(kept.epoch, 0):
        return ""  # whoever restored the register said so; `losses` tells it
    if size < kept.size:
        return (
            f"Log {kept.epoch} berisi {size} catatan, padahal pernah {kept.size}: yang terbaru"
            " dipotong, atau register ini lebih lama"
        )
    if not kept.fits(found.roots[kept.epoch, kept.size] if kept.size else EMPTY):
        return f"Log {kept.epoch} tidak lagi sama sampai catatan ke-{kept.size}: ditulis ulang"
    if kept.host and kept.origin != found.origins[kept.epoch]:
        return (
            f"Log {kept.epoch} bernama {found.origins[kept.epoch]} di register ini, tetapi"
            f" {kept.origin} di sana"
        )
    return ""


def losses(found: Soundness) -> tuple[str, ...]:
    """Write a sentence for each epoch whose last events were lost by a restore.

    The log itself says how many events each epoch had. `found` is the result of checking the
    register.
    """
    return tuple(
        f"Log {epoch} berakhir pada {found.sizes[epoch]} dari {seen} catatan, karena register"
        " dipulihkan dari cadangan."
        for epoch, seen in sorted(found.lost.items())
        if seen > found.sizes[epoch]
    )
