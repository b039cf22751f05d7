"""High-water marks: the last certificate numbers and places in the status lists that were used.

These numbers and places, and all before them, are never given again. Every backup holds high-water
marks. The marks of the newest backup are also in a file that is not encrypted.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from psm_course.credentials.documents import Json, Unreadable, instant, read_document, written
from psm_course.registrar.files import write_whole
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Connection
from psm_course.store.log.state import log_state

FORMAT = "psm-backup/1"  # of the manifest that this is a part of
_NEWEST = "terakhir.json"
Series = tuple[str, int]  # a course's id and a year


@dataclass(frozen=True, slots=True)
class LogMark:
    """Epoch, size and root (32 bytes) of the log at one moment."""

    epoch: int
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class HighWater:
    """The last used certificate numbers, the used places in the status lists, and the log's state.

    Args:
        numbers: last sequence (running number) that was issued or skipped, by course and year.
        position: first free place in the status lists.
        log: epoch, size and root of the log; None: not known.
        clock: moment of the newest event in the log; None: not known.
    """

    numbers: Mapping[Series, int] = field(default_factory=dict)
    position: int = 0
    log: LogMark | None = None
    clock: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest backup: when it was made, and the high-water marks at that moment."""

    made: datetime
    high_water: HighWater


def high_water_of(tx: Connection) -> HighWater:
    """Read the last used numbers and places of a register, as a `HighWater`."""
    state = log_state(tx)
    newest = audit.list_events(tx, most=1)
    return HighWater(
        records.last_sequences(tx),
        records.next_position(tx),
        LogMark(state.epoch, state.size, state.root),
        newest[0].at if newest else None,
    )


def keep_last(settings: Settings, office: str, last: LastBackup) -> None:
    """Write facts about the newest backup to a file, so that the desk's pages need no query.

    `office` is the office's code. If the file cannot be written (a full disk), nothing is raised,
    and the pages show an older backup.
    """
    document = {
        "format": FORMAT,
        "office": office,
        "made": written(last.made),
        "high_water": high_water_json(last.high_water),
    }
    with suppress(OSError):
        write_whole(_path(settings), json.dumps(document, indent=1).encode() + b"\n")


def find_last(settings: Settings) -> LastBackup | None:
    """Read the facts about the newest backup from their file.

    None if there was no backup yet, or the file cannot be read.
    """
    try:
        document = read_document(_path(settings).read_bytes())
        return LastBackup(instant(document["made"]), read_high_water(document["high_water"]))
    except (OSError, Unreadable, KeyError, TypeError, ValueError, AttributeError):
        return None


def high_water_json(reached: HighWater) -> Json:
    """Write high-water marks as the JSON object that is in a backup's manifest."""
    numbers: dict[str, dict[str, int]] = {}
    for (course, year), last in sorted(reached.numbers.items()):
        numbers.setdefault(course, {})[str(year)] = last
    log = (
        {"epoch": reached.log.epoch, "size": reached.log.size, "root": reached.log.root.hex()}
        if reached.log
        else None
    )
    return {
        "numbers": numbers,
        "status": reached.position,
        "log": log,
        "clock": written(reached.clock) if reached.clock else None,
    }


def read_high_water(document: Mapping[str, Any]) -> HighWater:
    """Read high-water marks from the JSON object that is in a backup's manifest.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: the document holds no such marks.
    """
    numbers = {
        (str(course), int(year)): int(last)
        for course, years in document["numbers"].items()
        for year, last in years.items()
    }
    log, clock = document["log"], document["clock"]
    mark = LogMark(int(log["epoch"]), int(log["size"]), bytes.fromhex(log["root"])) if log else None
    return HighWater(numbers, int(document["status"]), mark, instant(clock) if clock else None)


def _path(settings: Settings) -> Path:
    return settings.backups / _NEWEST
