"""The power goes at many moments of one burst: an image of the disk at each of them is opened, and
every receipt given so far looked up.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.bursts import CAREFUL, Count, Held, held_by
from tests.faults.images import SECTORS, WAYS, Disk, Kept
from tests.faults.kills import Deed, Outcomes
from tests.faults.office_folder import OfficeFolder
from tests.faults.shim import traced
from tests.faults.trace import Change, read_trace
from tests.load.office import Office
from tests.load.phones import hand_in_all, spread

REGISTER = "register.db"


@dataclass(frozen=True, slots=True)
class Burst:
    """The disk before it, all that happened then, and what the phones held."""

    disk: Disk
    trace: list[Change]
    held: Held


def a_burst(folder: Path, phones: int, within: float, program: Sequence[str] = CAREFUL) -> Burst:
    """As many phones hand in within so many seconds, at an office in an empty folder;
    then the office is told to stop.

    Its stopping is part of the trace: the last checkpoint is made then.
    """
    under, trace = folder / "kantor", folder / "trace"
    under.mkdir()
    held = held_by(str(under / REGISTER), phones)
    disk = Disk(under)
    office = Office(str(under / REGISTER), program, traced(under, trace))
    answers = hand_in_all(office.port, spread(held.documents, within))
    office.stop()
    assert all(answer.is_receipt for answer in answers)
    return Burst(disk, read_trace(trace), held)


def cuts_in(trace: Sequence[Change], count: int, random: Random) -> list[int]:
    """Moments of a trace at which the power goes: half of them where a checkpoint writes into the
    register itself, the others anywhere.

    Where receipts are given, after the first of them.
    """
    first = next((index for index, change in enumerate(trace) if change.receipts), 0)
    checkpoints, writing = [], False
    for index, change in enumerate(trace[first:], first):
        if change.path.endswith(f"/{REGISTER}"):
            writing = change.kind in "WT"
        if writing:
            checkpoints.append(index + 1)
    half = min(count // 2, len(checkpoints))
    return sorted(
        random.sample(checkpoints, half)
        + random.sample(range(first + 1, len(trace) + 1), min(count - half, len(trace) - first))
    )


def cut_deed(template: Path, deed: Deed, images: int, random: Random) -> Outcomes:
    """Power cuts at so many moments of a command: each image is found with "none" or "all"."""
    folder, outcomes, done = Path(tempfile.mkdtemp(prefix="psm-power-")), Outcomes(), 0
    copy = OfficeFolder(template).copy(folder / "kantor").root
    disk = Disk(copy)
    with deed.start(copy, traced(copy, folder / "trace")) as process:
        process.communicate()
    trace = read_trace(folder / "trace")
    for number, cut in enumerate(cuts_in(trace, images, random)):
        for change in trace[done:cut]:
            disk.follow(change)
        done, left = cut, folder / f"image-{number}"
        disk.image(left, *_way(number), random)
        outcomes[deed.found(left)] += 1
    shutil.rmtree(folder)
    return outcomes


def _way(number: int) -> tuple[Kept, int]:
    """What the disk kept in an image, and how large its sectors are: each with each in turn."""
    return WAYS[number % len(WAYS)], SECTORS[number // len(WAYS) % len(SECTORS)]


def look_up(burst: Burst, images: int, random: Random) -> Count:
    """Cut the power at so many moments; look up in each image what had been promised by then."""
    count, promised, done = Count(), list[str](), 0
    for number, cut in enumerate(cuts_in(burst.trace, images, random)):
        for change in burst.trace[done:cut]:
            burst.disk.follow(change)
            promised += [burst.held.codes[code] for code in change.receipts]
        done = cut
        way, sector = _way(number)
        count.images += 1
        count.in_checkpoints += burst.disk.unsynced(REGISTER)
        left = Path(tempfile.mkdtemp(prefix="psm-image-"))
        burst.disk.image(left, way, sector, random)
        count.look_up_in(
            left / REGISTER,
            list(dict.fromkeys(promised)),
            f"cut {cut} of {len(burst.trace)}, kept {way}, sectors of {sector}",
        )
        shutil.rmtree(left)
    return count
