"""`psm upgrade`: migrate the register to this program's version, or leave it unchanged.

Before the migrated register replaces the old one, it is checked and the old one is backed up
(decision 0143).
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psm_course.errors import Refused, StoreError, cause
from psm_course.registrar.backup.backing_up import back_up_copy, back_up_office
from psm_course.registrar.certificates.keys.backup_key import find_backup_key
from psm_course.registrar.log.high_water import high_water_of
from psm_course.registrar.soundness.checking import check_register, check_register_within
from psm_course.settings import Settings
from psm_course.store import migrating
from psm_course.store.backup import REGISTER
from psm_course.store.engine import Connection, Store
from psm_course.store.log.state import log_state
from psm_course.store.opening import open_register
from psm_course.store.soundness.checking import Soundness
from psm_course.store.upgrade.alone import changing, open_alone
from psm_course.store.upgrade.putting_back import put_file_back, put_rows_back

_ASIDE, _FACTS = "sebelum-upgrade-", "upgrade.json"
_AS_BEFORE = (
    "Pembaruan dibatalkan: register tetap seperti sebelumnya. Pasang lagi versi program yang lama,"
    " buka meja, lalu hubungi pengelola."
)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Result of an upgrade.

    Attributes:
        before: number of the newest migration that the register had before the upgrade.
        after: number of its newest migration now; the same as `before` if nothing was migrated.
        backup: the sealed backup; None if the office has no key yet.
        aside: the folder with the old register; None if nothing was migrated.
        found: result of checking the register; it has no problems, because a problem stops the
            upgrade.
    """

    before: str
    after: str
    backup: Path | None
    aside: Path | None
    found: Soundness


@dataclass(frozen=True, slots=True)
class _Kept:
    """The old register that an upgrade kept in `folder`.

    `before` and `after` are the numbers of the newest migration that the register had before and
    after the upgrade. `log` is the epoch and the size that the log had at the upgrade.
    """

    folder: Path
    before: str
    after: str
    log: tuple[int, int]  # epoch and size


def upgrade(settings: Settings, now: datetime) -> Upgraded:
    """Migrate the register, check it, back up the old one, and only then switch to the new one.

    If the register already has this program's version, makes a backup and a check only.

    Raises:
        Refused: there is no register, somebody works with it, or a restore stopped half way.
        StoreError: a step failed. Then the register is as it was; also if the program is killed.
    """
    with open_alone(settings) as (store, at):
        if at != migrating.HEAD:
            return _migrated(store, at, settings, now)
    with open_register(settings) as store:
        backup = (
            back_up_office(store, settings, None, now).path if find_backup_key(settings) else None
        )
        return Upgraded(at, at, backup, None, _sound(check_register(store, settings)))


def _migrated(store: Store, at: str, settings: Settings, now: datetime) -> Upgraded:
    aside = settings.data / f"{_ASIDE}{now:%Y%m%d-%H%M%S}"
    backup = None
    with _as_before_on_failure(aside):
        # The upgrade before can still be taken back until this one is done.
        _forget(settings, {kept.folder for kept in _list_kept(settings) if kept.after == at})
        aside.mkdir(mode=0o700)
        with changing(store, at, aside / REGISTER) as tx:
            migrating.upgrade_within(tx)
            found = _sound(check_register_within(tx, settings))
            if find_backup_key(settings):
                backup = back_up_copy(
                    aside / REGISTER, high_water_of(tx), settings, store.office, now
                ).path
            _write_facts(_Kept(aside, at, migrating.HEAD, _log_of(tx)))
    _forget(settings, {aside})
    return Upgraded(at, migrating.HEAD, backup, aside, found)


def _sound(found: Soundness) -> Soundness:
    if found.problems:
        said = "\n".join(problem.message for problem in found.problems)
        raise StoreError(
            f'{said}\nRegister tidak cocok: {len(found.problems)} hal. Lihat bab "Register tidak'
            ' cocok" di panduan.'
        )
    return found


@contextmanager
def _as_before_on_failure(aside: Path) -> Iterator[None]:
    try:
        yield
    # On Ctrl+C too: nothing was upgraded, so there is nothing to go back to.
    except BaseException as error:
        shutil.rmtree(aside, ignore_errors=True)
        if isinstance(error, OSError):
            raise StoreError(
                f"{error.filename or aside} tidak dapat ditulis: {cause(error)}.\n{_AS_BEFORE}"
            ) from None
        if isinstance(error, StoreError):
            raise StoreError(f"{error}\n{_AS_BEFORE}") from error
        raise


# ---- and back ------------------------------------------------------------------------------------


def take_back(settings: Settings, now: datetime) -> str:
    """Put back the register as it was before the last upgrade.

    This is possible only as long as nothing was written after the upgrade. Returns the number of
    the newest migration that the old register has.

    Raises:
        Refused: nothing was upgraded, something was written after the upgrade, other offices share
            the database, or somebody works with the register.
        StoreError: the old register could not be put back; then nothing has changed.
    """
    with open_alone(settings) as (store, at):
        kept = next(
            (kept for kept in _list_kept(settings) if kept.after == at and kept.before != at), None
        )
        if kept is None:
            raise Refused("Tidak ada pembaruan yang dapat dikembalikan. Tidak ada yang diubah.")
        if settings.database:
            with store.transaction() as tx:
                _refuse_newer(tx, kept)
                put_rows_back(tx, kept.folder / REGISTER, kept.before)
        else:
            with store.reading() as tx:
                _refuse_newer(tx, kept)
            # Before the file is replaced: Windows replaces no open file.
            store.engine.dispose()
            put_file_back(
                settings.data, kept.folder / REGISTER, f"sebelum-kembali-{now:%Y%m%d-%H%M%S}"
            )
    shutil.rmtree(kept.folder, ignore_errors=True)
    return kept.before


def _refuse_newer(tx: Connection, kept: _Kept) -> None:
    """Refuse to go back if something was written after the upgrade.

    A receipt promises that the office keeps an answer, so going back must not lose newer entries.
    """
    epoch, size = _log_of(tx)
    if (epoch, size) != kept.log:
        news = f"{size - kept.log[1]} catatan baru" if epoch == kept.log[0] else "catatan baru"
        raise Refused(
            f"Sejak pembaruan itu sudah ada {news}, yang akan hilang bila register dikembalikan."
            " Tidak ada yang diubah. Pakai terus versi ini, atau hubungi pengelola."
        )


def _log_of(tx: Connection) -> tuple[int, int]:
    state = log_state(tx)
    return state.epoch, state.size


def _write_facts(kept: _Kept) -> None:
    """Write the facts about the kept register to disk, as the last step before the switch.

    With these facts and the kept register the upgrade can be taken back.
    """
    facts = kept.folder / _FACTS
    facts.write_text(
        json.dumps(
            {"from": kept.before, "to": kept.after, "epoch": kept.log[0], "size": kept.log[1]}
        ),
        encoding="utf-8",
    )
    for path in (kept.folder / REGISTER, facts):
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())


def _list_kept(settings: Settings) -> list[_Kept]:
    """List the old registers that upgrades kept, newest first.

    A folder without the file of facts is ignored: it is left from an upgrade that was killed.
    """
    found = []
    for facts in sorted(settings.data.glob(f"{_ASIDE}*/{_FACTS}"), reverse=True):
        try:
            said = json.loads(facts.read_bytes())
            found.append(
                _Kept(facts.parent, said["from"], said["to"], (said["epoch"], said["size"]))
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def _forget(settings: Settings, needed: set[Path]) -> None:
    """Delete the kept registers whose folders are not in `needed`.

    Only the last upgrade can be taken back. So older registers, and remains of upgrades that were
    killed, are not needed.
    """
    for folder in settings.data.glob(f"{_ASIDE}*"):
        if folder not in needed:
            shutil.rmtree(folder, ignore_errors=True)
