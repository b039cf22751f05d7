"""Make a backup of the whole office, while people work: its register and its other files."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from psm_course.errors import Refused, cause
from psm_course.registrar.backup.contents import pack
from psm_course.registrar.backup.manifest import Manifest
from psm_course.registrar.backup.sealing import seal
from psm_course.registrar.certificates.keys.backup_key import BackupKey, find_backup_key
from psm_course.registrar.log.high_water import HighWater, LastBackup, high_water_of, keep_last
from psm_course.settings import Settings
from psm_course.store.backup import REGISTER, one_moment
from psm_course.store.engine import Store

NO_KEY = (
    "Cadangan disegel dengan kunci cadangan, yang dibuat bersama kunci kantor, dan kantor ini belum"
    " punya kunci. Buat dengan: psm keys new"
)
# Names of what is not whole yet; the number of the process that writes it follows.
_WORK, _HALF = "sementara-", ".psm-sementara-"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its path and its size in bytes.

    The backup has the register and files as they were at the moment `made`.
    """

    path: Path
    made: datetime
    size: int


def back_up_office(store: Store, settings: Settings, target: Path | None, now: datetime) -> Backup:
    """Write the whole office into one sealed file, while people keep working.

    The file contains the register, keys, signed certificates, reports and settings.

    Args:
        store: the register.
        settings: the settings of the office.
        target: path of the new file; None: a file in the office's folder for backups, named by
            `now`.
        now: the moment of the backup.

    Raises:
        Refused: there is no key to seal with, the file exists, or it cannot be written; then no
            half-written file is left.
    """

    def taken(work: Path) -> tuple[Path, HighWater]:
        with one_moment(store, work) as (register, tx):
            return register, high_water_of(tx)

    return _sealed(settings, store.office, target, now, taken)


def back_up_copy(
    copy: Path, reached: HighWater, settings: Settings, office: str, now: datetime
) -> Backup:
    """Write a backup of the office with a register that was copied before. The copy is not deleted.

    Args:
        copy: path of a SQLite register, of this program's version or an older one.
        reached: the high-water marks (last used numbers) of that register.
        settings: the settings of the office. The office's other files are packed as they are now.
        office: the office's Kemendagri code.
        now: the moment of the backup.

    Raises:
        Refused: there is no key to seal with, the file exists, or it cannot be written; then no
            half-written file is left.
    """

    def taken(work: Path) -> tuple[Path, HighWater]:
        return Path(shutil.copyfile(copy, work / REGISTER)), reached

    return _sealed(settings, office, None, now, taken)


def _sealed(
    settings: Settings,
    office: str,
    target: Path | None,
    now: datetime,
    taken: Callable[[Path], tuple[Path, HighWater]],
) -> Backup:
    """Make a sealed backup at `target`.

    `taken` is called with a working folder: it copies the register into this folder, and returns
    the path of the copy and its high-water marks.
    """
    key = find_backup_key(settings)
    if key is None:
        raise Refused(NO_KEY)
    path = target or settings.backups / f"cadangan-{now:%Y%m%d-%H%M%S}.zip"
    if path.exists():
        raise Refused(f"{path} sudah ada. Pilih nama lain; cadangan lama tidak ditimpa.")
    try:
        with _half_made(settings, path) as (work, half):
            register, reached = taken(work)
            _seal(
                register, settings, key, work / "isi.zip", half, Manifest(office, now, {}, reached)
            )
            half.replace(path)
    except OSError as error:
        raise Refused(
            f"Cadangan {path} tidak dapat ditulis: {cause(error)}. Pilih tempat lain, lalu ulangi."
        ) from None
    keep_last(settings, office, LastBackup(now, reached))
    return Backup(path, now, path.stat().st_size)


@contextmanager
def _half_made(settings: Settings, path: Path) -> Iterator[tuple[Path, Path]]:
    """Make a working folder, and a temporary name for the backup that will be called `path`.

    Yields both paths. The folder is for contents that are not sealed yet; it is in the office's
    folder for backups. The backup has the temporary name while it is being written. At the end of
    the block the folder is deleted, and also the temporary file if it was not renamed.
    """
    settings.backups.mkdir(parents=True, mode=0o700, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}{_HALF}{os.getpid()}")
    _forget_killed(settings.backups, path.parent)
    work = Path(mkdtemp(prefix=f"{_WORK}{os.getpid()}-", dir=settings.backups))
    try:
        yield work, half
    finally:
        half.unlink(missing_ok=True)
        shutil.rmtree(work, ignore_errors=True)


def _forget_killed(own: Path, target: Path) -> None:
    """Delete remains of backups whose process was killed: working folders and half-written files.

    `own` is the office's folder for backups, `target` the folder of the new backup.
    """
    for left in own.glob(f"{_WORK}*"):
        if not _is_running(left.name.removeprefix(_WORK).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    for left in {*own.glob(f"*{_HALF}*"), *target.glob(f"*{_HALF}*")}:
        if not _is_running(left.name.rpartition(_HALF)[2]):
            left.unlink(missing_ok=True)


def _is_running(process: str) -> bool:
    if not process.isdigit():
        return False
    if os.name == "nt":
        return True  # asking costs more there than what is left does
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    # It runs, under another account of this machine.
    except PermissionError:
        return True
    return True


def _seal(
    register: Path,
    settings: Settings,
    key: BackupKey,
    contents: Path,
    half: Path,
    manifest: Manifest,
) -> None:
    pack(contents, register, settings, manifest)
    # Removed before sealing, so the disk need not hold
    # the plain copy beside the packed and sealed ones.
    register.unlink()
    # Private before anything is in it; sealing keeps these rights.
    half.touch(mode=0o600)
    seal(contents, key, half, half.name.partition(_HALF)[0], manifest.office, manifest.made)
    # Open for writing, because Windows flushes no file that is open for reading only.
    with half.open("rb+") as stream:
        os.fsync(stream.fileno())
