"""Automatic backups while the desk runs: when one is made, which are kept, and what failed.

A backup is made in a process of its own, so that no hand-in waits for it (decision 0074).
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from psm_course.errors import PsmError
from psm_course.local_time import WIB
from psm_course.registrar.certificates.keys.backup_key import find_backup_key
from psm_course.registrar.files import write_whole
from psm_course.registrar.log.high_water import LastBackup, find_last
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.log.state import log_state
from psm_course.store.opening import open_register

EVERY = timedelta(hours=1)
NEWEST, DAYS = 6, 14
_LOOKING = 60.0  # seconds between two looks
_PREFIX = "otomatis-"
_STAMP = "%Y%m%d-%H%M%S"
_FAILED = "gagal.txt"
_CHILD = (
    "import sys; from psm_course.registrar.backup.automatic import in_own_process;"
    " sys.exit(in_own_process(sys.stdin.read()))"
)


# ---- when, and which stay ------------------------------------------------------------------------


def is_due(store: Store, last: LastBackup | None, now: datetime) -> bool:
    """True if the last backup is at least an hour old and the log has changed since then.

    Also True if there is no backup yet. If the last backup is later than `now`, the clock was
    wrong; then the backup counts as an hour old.
    """
    if last is None or last.high_water.log is None:
        return True
    if timedelta() <= now - last.made < EVERY:
        return False
    with store.reading() as tx:
        state = log_state(tx)
    return (state.epoch, state.size) != (last.high_water.log.epoch, last.high_water.log.size)


def to_remove(names: Sequence[str]) -> list[str]:
    """Choose the automatic backups to delete, among the file names `names`; return their names.

    The newest six automatic backups are never chosen. The newest backup of a day is not chosen
    either, for the last fourteen days that have an automatic backup. Other files are never chosen.
    """
    # The time is in the name, so the order of names is the order of time.
    ours = sorted(
        (name for name in names if name.startswith(_PREFIX) and name.endswith(".zip")), reverse=True
    )
    of_days = dict.fromkeys(name.removeprefix(_PREFIX)[:8] for name in ours)
    newest_of_each = {
        next(name for name in ours if name.startswith(f"{_PREFIX}{each}"))
        for each in list(of_days)[:DAYS]
    }
    return [name for name in ours[NEWEST:] if name not in newest_of_each]


def remove_old(settings: Settings) -> None:
    """Delete old automatic backups; the newest six stay, and one of each of fourteen days."""
    folder = settings.backups
    for name in to_remove([path.name for path in folder.glob(f"{_PREFIX}*.zip")]):
        (folder / name).unlink(missing_ok=True)


# ---- made apart ----------------------------------------------------------------------------------


@contextmanager
def backing_up(store: Store, settings: Settings) -> Iterator[None]:
    """Make automatic backups while the block runs."""
    stop = Event()
    Thread(target=keep_backing_up, args=(store, settings, stop), daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def keep_backing_up(store: Store, settings: Settings, stop: Event) -> None:
    """Check once a minute if a backup is due, and make it. Ends when `stop` is set.

    No backup is made in a rehearsal, because its data is not kept, and before the office has a key
    that can seal the backup.
    """
    while not stop.wait(_LOOKING):
        try:
            if (
                not settings.is_rehearsal
                and find_backup_key(settings)
                and is_due(store, find_last(settings), datetime.now(WIB))
            ):
                back_up_in_child(settings, automatic=True)
        except PsmError as error:
            _say_failed(settings, str(error))


def back_up_in_child(settings: Settings, automatic: bool = False) -> str:
    """Make a backup in another process and wait until it is done.

    Returns a sentence that says why the backup failed; empty if it was made.
    """
    asked = json.dumps({"settings": asdict(settings), "automatic": automatic}, default=str)
    done = subprocess.run(  # noqa: S603
        # UTF-8 on both sides: on Windows a process writes to a pipe in another encoding.
        [sys.executable, "-X", "utf8", "-c", _CHILD],
        input=asked,
        encoding="utf-8",
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        (settings.backups / _FAILED).unlink(missing_ok=True)
        return ""
    said = (
        done.stdout.strip()
        or "Cadangan terputus di tengah. Ulangi; bila tetap begitu, hubungi pengelola."
    )
    _say_failed(settings, said)
    return said


def in_own_process(asked: str) -> int:
    """Make a backup and return the exit code; runs in the child process of `back_up_in_child`.

    If the backup fails, prints the reason and returns 2; otherwise returns 0. `asked` is JSON:
    `settings` (of the office), and `automatic` (True for an automatic backup).
    """
    # The desk itself packs and seals nothing.
    from psm_course.registrar.backup.backing_up import back_up_office  # noqa: PLC0415

    given = json.loads(asked)
    settings = Settings(**given["settings"])
    settings = replace(settings, root=Path(settings.root), data=Path(settings.data))
    now = datetime.now(WIB)
    target = settings.backups / f"{_PREFIX}{now:{_STAMP}}.zip" if given["automatic"] else None
    try:
        with open_register(settings) as store:
            back_up_office(store, settings, target, now)
        remove_old(settings)
    except PsmError as error:
        sys.stdout.write(str(error))
        return 2
    return 0


# ---- what the desk says --------------------------------------------------------------------------


def last_failure(settings: Settings) -> str:
    """The sentence that says why the newest backup failed; empty if it did not fail."""
    try:
        return (settings.backups / _FAILED).read_text(encoding="utf-8")
    except OSError:
        return ""


def _say_failed(settings: Settings, sentence: str) -> None:
    with suppress(OSError):  # where nothing can be written, the age of the last backup says it
        write_whole(settings.backups / _FAILED, sentence.encode())
