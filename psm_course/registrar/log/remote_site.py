"""Keeps the facts about the office's site on another machine.

They are what the site showed when we last looked, and which snapshot has arrived there.

What it showed is kept beside the office's own checkpoints, so that a register which knows less is
refused, here and when restoring.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psm_course.credentials.documents import Unreadable, read_document
from psm_course.credentials.lists.paths import SNAPSHOT
from psm_course.credentials.lists.snapshot import Snapshot, read_snapshot
from psm_course.credentials.verification.notes import COUNTERSIGNED, PUBLISHED
from psm_course.errors import Refused
from psm_course.registrar.files import write_whole
from psm_course.registrar.log.checkpoints import found_checkpoints, kept_folder
from psm_course.settings import Settings

SHOWN = (PUBLISHED, COUNTERSIGNED, SNAPSHOT)  # what is asked of it
_KEPT = {
    PUBLISHED: "situs-puncak.txt",
    COUNTERSIGNED: "situs-puncak-kantor.txt",
    SNAPSHOT: "situs-snapshot.json",
}
_STATE = "unggahan.json"


def note_shown(
    settings: Settings, place: str, shown: Mapping[str, bytes], ours: str | None
) -> None:
    """Keep what the site at a place showed.

    Args:
        settings: the office's.
        place: as a person knows it.
        shown: files by path.
        ours: the office's DID; None before it has a key.

    Raises:
        Refused: it is another office's site, or that of a register that knows keys which this one
            does not.
    """
    there = _snapshot(shown.get(SNAPSHOT))
    if ours and there and there.issuer.did != ours:
        raise Refused(
            f"Di {place} ada situs kantor lain ({there.issuer.name}). Tidak ada yang diumumkan."
            " Periksa alamatnya, atau pilih folder lain."
        )
    for path in (PUBLISHED, COUNTERSIGNED):
        if path in shown:
            _refuse_unknown_head(settings, place, path, shown[path])
    for path, name in _KEPT.items():
        if path in shown:
            write_whole(kept_folder(settings) / name, shown[path])


def _refuse_unknown_head(settings: Settings, place: str, path: str, note: bytes) -> None:
    try:
        found_checkpoints(settings, [f"{note.decode(errors='replace')}\n"])
    except Refused:
        raise Refused(
            f"Puncak catatan di {place} ({path}) tidak ditandatangani kunci yang dikenal register"
            " ini: register ini lebih tua daripada yang terbit di sana, atau itu situs kantor"
            " lain. Belum ada yang diumumkan. Pulihkan dari cadangan terbaru: psm restore BERKAS"
        ) from None


def version_shown(settings: Settings) -> int:
    """The version of the newest snapshot seen there; 0 if none was seen."""
    try:
        found = _snapshot((kept_folder(settings) / _KEPT[SNAPSHOT]).read_bytes())
    except OSError:
        return 0
    return found.version if found else 0


def _snapshot(content: bytes | None) -> Snapshot | None:
    try:
        return read_snapshot(read_document(content)) if content else None
    except Unreadable:
        return None


# ---- what has arrived ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrived:
    """The last snapshot that arrived at a place, and when it was made.

    Before the first, `version` is 0 and `made` is None.
    """

    place: str
    version: int = 0
    made: datetime | None = None


def find_arrived(settings: Settings) -> Arrived | None:
    """The last snapshot that arrived at the place to which the office sends its site.

    None if the office carries its site there by hand: then nobody here knows.
    """
    try:
        said = json.loads(_state(settings).read_text(encoding="utf-8"))
        made = said["made"] and datetime.fromisoformat(said["made"])
        return Arrived(str(said["place"]), int(said["version"]), made)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_arrived(settings: Settings, place: str, snapshot: Snapshot | None = None) -> None:
    """Note which snapshot has arrived at a place.

    Without a snapshot, the site is about to be sent there. Facts about the same place are kept
    then.
    """
    before = find_arrived(settings)
    if snapshot is None and before and before.place == place:
        return
    _write(
        settings,
        Arrived(place, snapshot.version if snapshot else 0, snapshot.made if snapshot else None),
    )


def note_begun(settings: Settings, place: str, last: Snapshot | None) -> None:
    """Note that the next snapshot will be signed for a folder on this machine.

    Until `forget_arrived` the desk then counts from `last`, the one that was announced. Where an
    earlier one has not arrived, that stays known.
    """
    if find_arrived(settings) is None:
        _write(settings, Arrived(place, last.version if last else 0, last.made if last else None))


def publish_command(place: str) -> str:
    """The command that announces at this place, as it is typed; "" is the usual place."""
    return f'psm publish "{place}"' if " " in place else f"psm publish {place}".strip()


def forget_arrived(settings: Settings) -> None:
    """From now on the site is brought away by hand."""
    _state(settings).unlink(missing_ok=True)


def _write(settings: Settings, arrived: Arrived) -> None:
    made = arrived.made.isoformat() if arrived.made else None
    write_whole(
        _state(settings),
        json.dumps({"place": arrived.place, "version": arrived.version, "made": made}).encode(),
    )


def _state(settings: Settings) -> Path:
    return settings.data / _STATE
