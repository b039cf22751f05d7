"""Keep two facts about the office's site, if the site is on another machine.

The first fact: copies of the checkpoint and the snapshot that were on the site when this program
last read the site. If the register is older than these copies, publishing and restoring are
refused. The second fact: the last snapshot that was sent to the site completely.
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
    """Keep copies of the checkpoint and the snapshot that were just read from the office's site.

    Args:
        settings: the settings of the office.
        place: the address or folder of the site, for messages.
        shown: the files that were read (`SHOWN`), content by path; a file may be missing.
        ours: the office's DID; None before the office has a key.

    Raises:
        Refused: the site is of another office, or its checkpoint is signed by a key that this
            register does not know.
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
        # The line end makes it a typed text; without one it would be taken for the name of a file.
        found_checkpoints(settings, [f"{note.decode(errors='replace')}\n"])
    except Refused:
        raise Refused(
            f"Puncak catatan di {place} ({path}) tidak ditandatangani kunci yang dikenal register"
            " ini: register ini lebih tua daripada yang terbit di sana, atau itu situs kantor"
            " lain. Belum ada yang diumumkan. Pulihkan dari cadangan terbaru: psm restore BERKAS"
        ) from None


def version_shown(settings: Settings) -> int:
    """The version of the snapshot that was last read from the site on the other machine.

    0 if no such snapshot is known.
    """
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
    """The last snapshot that was sent completely to `place`, and when the snapshot was made.

    Before the first snapshot was sent there, `version` is 0 and `made` is None.
    """

    place: str
    version: int = 0
    made: datetime | None = None


def find_arrived(settings: Settings) -> Arrived | None:
    """Read which snapshot arrived last at the place to which the office sends its site.

    None if no place is written down (by `note_arrived` or `note_begun`), or the file with the place
    cannot be read. No place is written down if the office copies its site by hand: then this
    program cannot know which snapshot arrived.
    """
    try:
        said = json.loads(_state(settings).read_text(encoding="utf-8"))
        made = said["made"] and datetime.fromisoformat(said["made"])
        return Arrived(str(said["place"]), int(said["version"]), made)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_arrived(settings: Settings, place: str, snapshot: Snapshot | None = None) -> None:
    """Write down that a snapshot has arrived at `place`.

    Call this with `snapshot` None before the site is sent. Then only the place is written down,
    with no snapshot; if the same place is written down already, this call changes nothing.
    """
    before = find_arrived(settings)
    if snapshot is None and before and before.place == place:
        return
    _write(
        settings,
        Arrived(place, snapshot.version if snapshot else 0, snapshot.made if snapshot else None),
    )


def note_begun(settings: Settings, place: str, last: Snapshot | None) -> None:
    """Write down that the site is about to be written to a folder on this machine.

    `place` is the folder; `last` is the newest snapshot so far, None if there is none. Writing may
    fail after the next snapshot was signed. Then the desk still counts the changes since `last`.
    After success call `forget_arrived`. If a place is written down already, nothing changes.
    """
    if find_arrived(settings) is None:
        _write(settings, Arrived(place, last.version if last else 0, last.made if last else None))


def publish_command(place: str) -> str:
    """The command line that publishes to `place`; if empty, to the place in the settings."""
    return f'psm publish "{place}"' if " " in place else f"psm publish {place}".strip()


def forget_arrived(settings: Settings) -> None:
    """Delete what `note_arrived` or `note_begun` wrote down.

    Call this when the site is copied by hand: this program cannot know what has arrived.
    """
    _state(settings).unlink(missing_ok=True)


def _write(settings: Settings, arrived: Arrived) -> None:
    made = arrived.made.isoformat() if arrived.made else None
    write_whole(
        _state(settings),
        json.dumps({"place": arrived.place, "version": arrived.version, "made": made}).encode(),
    )


def _state(settings: Settings) -> Path:
    return settings.data / _STATE
