"""Replaces files by restored ones: all or none, even if the program is killed half way.

Decision 0076. New files are prepared in the folder `pemulihan/isi`. Once all new files are on disk,
the plan of the swap is written to a file beside this folder. From then on, the swap must be
finished: nobody can open the register before every file is in its place. Old files are moved to a
folder of their own.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from psm_course.errors import Refused, StoreError, cause

_FOLDER, _READY, _LAID = "pemulihan", "siap.json", "isi"
# Files that SQLite leaves beside a register. If those of the old register stayed, SQLite would
# silently apply them to the restored one.
_LEFTOVERS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Swap:
    """The plan of a swap: which old files and folders are replaced by prepared ones.

    Attributes:
        names: names of the files and folders to replace; all of them are below the data folder.
        aside: name of the folder below the data folder to which the old files are moved.
        token: a word made for this restore. If an event of the log has it as subject, the database
            was restored. Empty if the register is one of the files.
        settings: path to which the prepared settings of the office are copied; empty if no settings
            were prepared.
    """

    names: tuple[str, ...]
    aside: str
    token: str = ""
    settings: str = ""


def folder_to_lay_in(data: Path) -> Path:
    """Make a new, empty folder for prepared files; returns its path.

    Prepared files of an earlier restore are deleted first, and also the plan of its swap. So the
    caller must make sure that no swap waits to be finished (`find_decided`).
    """
    shutil.rmtree(data / _FOLDER, ignore_errors=True)
    laid = data / _FOLDER / _LAID
    laid.mkdir(parents=True, mode=0o700)
    return laid


def refuse_half_restored(data: Path) -> None:
    """Raise an error if a restore stopped half way, because then only some files are restored.

    Raises:
        Refused: a restore stopped half way.
    """
    if (data / _FOLDER / _READY).is_file():
        raise Refused(
            "Pemulihan register terputus di tengah. Selesaikan dahulu: psm restore --finish"
        )


def decide(data: Path, swap: Swap) -> None:
    """Write the plan to disk, after making sure that all prepared files are on disk.

    From then on, the swap cannot be undone; `finish` completes it, also after a crash.
    """
    for path in sorted((data / _FOLDER).rglob("*")):
        _on_disk(path)
    ready = data / _FOLDER / _READY
    half = ready.with_suffix(".part")
    half.write_text(json.dumps(asdict(swap)), encoding="utf-8")
    _on_disk(half)
    # On disk before it gets its name: after a power cut the plan is whole or absent.
    half.replace(ready)
    _on_disk(ready.parent)


def find_decided(data: Path) -> Swap | None:
    """Return the plan of a swap that was decided and not finished; None if there is none.

    Raises:
        StoreError: the file of the plan cannot be read.
    """
    try:
        said = json.loads((data / _FOLDER / _READY).read_bytes())
        return Swap(tuple(said["names"]), said["aside"], said["token"], said["settings"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise StoreError(
            f"{data / _FOLDER / _READY} tidak terbaca. Minta bantuan pengelola; jangan hapus folder"
            " itu."
        ) from None


def finish(data: Path, swap: Swap) -> None:
    """Carry out the plan of a swap: replace all old files that are not replaced yet.

    The old files are moved to the folder `swap.aside`, and the prepared files to their final
    places. Then the prepared settings are copied and the plan is deleted. If this stops half way,
    call `finish` again.

    Raises:
        StoreError: a file cannot be moved. Call `finish` again once the cause is repaired.
    """
    try:
        _finish(data, swap)
    except OSError as error:
        raise StoreError(
            f"Pemulihan terhenti di tengah: {cause(error)}. Perbaiki penyimpanannya, lalu"
            " selesaikan: psm restore --finish"
        ) from None


def _finish(data: Path, swap: Swap) -> None:
    laid, aside = data / _FOLDER / _LAID, data / swap.aside
    aside.mkdir(mode=0o700, exist_ok=True)
    for name in swap.names:
        # If it is gone, a `finish` that was stopped has already put it in place.
        if (laid / name).exists():
            for old in (name, *(f"{name}{ending}" for ending in _LEFTOVERS)):
                if (data / old).exists():
                    (data / old).replace(aside / old)
            # The old file is safe in its new place before another one takes its name.
            _on_disk(aside)
            (laid / name).replace(data / name)
            _on_disk(data)
    # Nothing was put aside: a new laptop had no files to replace.
    if not any(aside.iterdir()):
        aside.rmdir()
    _settle(laid / "psm.toml", Path(swap.settings))
    give_up(data)


def _settle(laid: Path, place: Path) -> None:
    """Copy the prepared settings from `laid` to `place`.

    The place may be on another disk, to which a file cannot be moved. So a copy is written beside
    `place`, and then renamed.
    """
    if laid.is_file() and place.parent.is_dir():
        half = place.with_name(f"{place.name}.part")
        half.write_bytes(laid.read_bytes())
        _on_disk(half)
        half.replace(place)


def give_up(data: Path) -> None:
    """Delete the plan of a swap, then its prepared files. So the plan never names missing files.

    Call this when the swap is finished, or not wanted any more.
    """
    (data / _FOLDER / _READY).unlink(missing_ok=True)
    if (data / _FOLDER).exists():
        _on_disk(data / _FOLDER)
        shutil.rmtree(data / _FOLDER, ignore_errors=True)


def _on_disk(path: Path) -> None:
    """Make sure that a file's bytes, or the list of names in a folder, are really on disk.

    On Windows nothing is done for a folder: Windows cannot open a folder, and writes its list at
    once.
    """
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
