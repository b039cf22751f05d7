"""Restore an office from a backup, all or nothing (decisions 0075 and 0076).

The backup is unpacked in a folder beside the register and checked. Numbers that may have been given
after the backup are skipped. Then the register of the backup replaces the office's register; the
old files are kept in a folder.
"""

import secrets
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from psm_course.errors import PsmError, Refused, StoreError, cause
from psm_course.local_time import WIB, day
from psm_course.registrar.backup.contents import FOLDERS, SETTINGS, settings_lines, unpack
from psm_course.registrar.backup.gaps import Gap, Known, gaps_for
from psm_course.registrar.backup.manifest import Manifest
from psm_course.registrar.backup.putting_in_place import put_in_place, refuse_in_use
from psm_course.registrar.backup.reached import found_sequences
from psm_course.registrar.backup.sealing import unseal
from psm_course.registrar.backup.traces import Traces, newest_size, traces_here, traces_in
from psm_course.registrar.log.high_water import HighWater, LastBackup, high_water_of, keep_last
from psm_course.registrar.reasons import make_reason
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.backup import REGISTER, ROWS
from psm_course.store.certificates import records
from psm_course.store.completion.versions import newest_versions
from psm_course.store.engine import Store
from psm_course.store.log.epochs import log_host, raise_epoch
from psm_course.store.log.state import log_state, root_at
from psm_course.store.opening import open_register, open_store
from psm_course.store.row_file import make_register
from psm_course.store.soundness.checking import check_store
from psm_course.store.swapping import Swap, find_decided, folder_to_lay_in, give_up

RESTORED = "register restored"
_DAMAGED = (
    "Register di dalam cadangan ini tidak utuh. Tidak ada yang diubah. Pakai cadangan lain. Bila"
    " tidak ada yang lain: psm restore --damaged BERKAS; yang tidak cocok ikut dipulihkan, dan psm"
    " db check tetap menyebutnya."
)


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """An opened backup: its files are in `folder` beside the register, and `store` is its register.

    `damage` is the number of problems in the backup's register. It is above 0 only if the officer
    asked to restore the register although it is damaged.
    """

    folder: Path
    manifest: Manifest
    store: Store
    settings: Settings  # as the backup's office had them, with its files where they lie now
    damage: int


@dataclass(frozen=True, slots=True)
class Restored:
    """Result of a restore.

    `gaps` are the skipped numbers, `epoch` is the number of the log's new epoch, `aside` is the
    folder with the old files.
    """

    gaps: tuple[Gap, ...]
    epoch: int
    aside: Path


@contextmanager
def opened_backup(
    settings: Settings, path: Path, passphrase: str, even_damaged: bool = False
) -> Iterator[OpenedBackup]:
    """Open a backup in a folder beside the office's register while the block runs.

    The office's own files and register do not change.

    Args:
        settings: the settings of the office.
        path: the backup.
        passphrase: the passphrase that the office's key had when the backup was made.
        even_damaged: True: accept a register whose rows do not fit its log; for an office that has
            no better backup.

    Raises:
        Refused: the office's register is in use; or the file is no backup, broken, of another
            office, of a newer program, or sealed by another passphrase.
        StoreError: the backup's register cannot be opened, or is damaged.
    """
    refuse_in_use(settings)
    folder = folder_to_lay_in(settings.data)
    try:
        manifest = _opened(path, passphrase, folder, settings.office)
        own = _settings_in(folder, settings)
        with closing(
            open_store(folder / REGISTER, manifest.office, log_host(own.site_address))
        ) as store:
            _forget_copy_before_migrating(folder)
            yield OpenedBackup(folder, manifest, store, own, _damage_of(store, even_damaged))
    except OSError as error:
        raise Refused(
            f"Cadangan {path} tidak dapat dibaca atau dibuka: {cause(error)}. Tidak ada yang"
            " diubah."
        ) from None
    finally:
        # Once decided, the prepared files are needed for `psm restore --finish`.
        if find_decided(settings.data) is None:
            give_up(settings.data)


def _opened(path: Path, passphrase: str, folder: Path, office: str) -> Manifest:
    contents = folder.with_name("isi.zip")
    unseal(path, passphrase, contents)
    manifest = unpack(contents, folder)
    contents.unlink()
    if office and manifest.office != office:
        raise Refused(
            f"Cadangan ini milik kantor {manifest.office}, bukan {office}. Tidak ada yang diubah."
        )
    if (folder / ROWS).exists():
        make_register(folder / ROWS, folder / REGISTER)
        (folder / ROWS).unlink()
    return manifest


def _settings_in(folder: Path, settings: Settings) -> Settings:
    """Join the settings of this laptop with those of the backup; this laptop's settings win.

    Returns the joined settings, with `folder` as the data folder, and writes them to `psm.toml` in
    `folder`. The `psm.toml` of a new course folder sets nothing, so then all settings come from
    the backup.
    """
    try:
        backed_up = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        here = settings.root / SETTINGS
        text = here.read_text(encoding="utf-8") if here.is_file() else ""
        said, usual = tomllib.loads(text), Settings()
        # Not in psm.toml but not the default either: this laptop sets it elsewhere, so it stays.
        missing = {
            name: value
            for name, value in backed_up.items()
            if name not in said and getattr(settings, name, "") == getattr(usual, name, "")
        }
        own = replace(settings, data=folder, **missing)
        (folder / SETTINGS).write_bytes(settings_lines(missing) + text.encode())
    except (OSError, ValueError, TypeError):
        raise Refused(
            "Pengaturan di dalam cadangan (psm.toml) tidak terbaca. Tidak ada yang diubah. Pakai"
            " cadangan lain."
        ) from None
    return own


def _forget_copy_before_migrating(folder: Path) -> None:
    """Delete the copies of the register that migrating made in `folder`.

    They are not needed: the backup itself holds the register as it was.
    """
    for copy in folder.glob("register.sebelum-*"):
        copy.unlink()


def _damage_of(store: Store, is_wanted: bool) -> int:
    found = [problem.message for problem in check_store(store).problems]
    if found and not is_wanted:
        raise StoreError("\n".join([*found, _DAMAGED]))
    return len(found)


# ---- how far the office had come -----------------------------------------------------------------


def find_given_numbers(
    laid: OpenedBackup, settings: Settings, shown: Sequence[Path | str], now: datetime
) -> Known:
    """Collect the facts about certificate numbers that were given after the backup.

    Args:
        laid: the opened backup.
        settings: the settings of the office, whose register, site and certificates are searched
            too.
        shown: files, folders or typed checkpoints that an officer brings as evidence.
        now: an aware datetime; decides which year it is.

    Raises:
        Refused: a file, folder or text in `shown` has neither a certificate number nor a
            checkpoint; or a checkpoint does not fit the log in the backup.
    """
    traces = traces_in(laid.settings, shown) | traces_here(laid.settings, settings)
    with laid.store.reading() as tx:
        reached = high_water_of(tx)
        _refuse_contradiction(laid, traces)
        state = log_state(tx)
        size = newest_size(traces.checkpoints, state.epoch)
        found = found_sequences(tx, laid.settings, traces.numbers)
        here = _reached_here(settings)
        return Known(
            reached,
            {
                series: max(found.get(series, 0), here.numbers.get(series, 0))
                for series in {*found, *here.numbers}
            },
            size - state.size if size > state.size else None,
            {},
            tuple(version.course.file.id for version in newest_versions(tx)),
            now.astimezone(WIB).year,
            records.count_without(tx),
            max(traces.position, here.position),
        )


def _refuse_contradiction(laid: OpenedBackup, traces: Traces) -> None:
    """Compare the backup's log with the checkpoints (signed states of the log) that were found.

    A checkpoint has the root of the log at one size. If the checkpoint is of the log's present
    epoch, and the backup's log is at least that long, both must have the same root at that size.
    Other checkpoints are not compared.

    Raises:
        Refused: the roots differ, so the log in the backup is not the log that was published.
    """
    with laid.store.reading() as tx:
        state = log_state(tx)
        for each in traces.checkpoints:
            if (
                each.epoch == state.epoch
                and each.size <= state.size
                and not each.fits(root_at(tx, each.epoch, each.size))
            ):
                raise Refused(
                    "Catatan di dalam cadangan ini bukan yang pernah diterbitkan: puncak catatan"
                    f" {each.short_form} tidak cocok dengannya. Tidak ada yang diubah. Pakai"
                    " cadangan lain, atau minta bantuan pengelola."
                )


def _reached_here(settings: Settings) -> HighWater:
    """The high-water marks of the office's present register; empty if no register can be read."""
    if not (settings.database or settings.register.is_file()):
        return HighWater()
    try:
        with open_register(settings) as store, store.reading() as tx:
            return high_water_of(tx)
    except PsmError:
        return HighWater()


# ---- put in place --------------------------------------------------------------------------------


def restore(
    laid: OpenedBackup, settings: Settings, known: Known, actor: str, now: datetime
) -> Restored:
    """Replace the office's register with the backup's, and skip numbers given after the backup.

    Args:
        laid: the opened backup.
        settings: the settings of the office.
        known: the facts about numbers that were given after the backup (`find_given_numbers`).
        actor, now: the account that acts and the moment.

    Raises:
        Refused: somebody began to work with the register, or an officer named a number below one
            that is known.
        StoreError: the backup's register could not be put in place; then nothing has changed.
    """
    gaps = gaps_for(known)
    token = f"pulih-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    epoch, reached = _brought_past(laid, known, gaps, token, actor, now)
    # Before its file is moved: Windows moves no open file.
    laid.store.close()
    aside = f"sebelum-{token}"
    names = (REGISTER, *(name for name in FOLDERS if (laid.folder / name).exists()))
    put_in_place(
        settings,
        laid.folder,
        laid.manifest.office,
        Swap(names, aside, token, str((settings.root / SETTINGS).resolve())),
    )
    keep_last(settings, laid.manifest.office, LastBackup(laid.manifest.made, reached))
    return Restored(gaps, epoch, settings.data / aside)


def _brought_past(
    laid: OpenedBackup, known: Known, gaps: Sequence[Gap], token: str, actor: str, now: datetime
) -> tuple[int, HighWater]:
    """Skip numbers and places in the backup's register, and write the restore into its log.

    First begins a new epoch of the log, because the log of the lost register may have had other
    events after the backup. Then skips the numbers of `gaps`, and the places in the status lists
    that may have been used. The log names this restore by `token`, a unique text.

    Returns the number of the epoch, and the new high-water marks.
    """
    why = make_reason(f"register dipulihkan dari cadangan {day(laid.manifest.made)}", (), ())
    with laid.store.transaction() as tx:
        # The size of the log that ends here, as far as anybody showed.
        seen = log_state(tx).size + (known.events_since or 0)
        epoch = raise_epoch(tx, log_host(laid.settings.site_address), actor, now, why)
        for gap in gaps:
            records.skip_numbers(tx, gap.course, gap.year, gap.first, gap.last, why, actor, now)
            audit.note(
                tx,
                actor,
                "numbers skipped",
                str(gap.year),
                now,
                course=gap.course,
                first=gap.first,
                last=gap.last,
            )
        first = records.next_position(tx)
        # Each number that may have been given took a place in the status lists too.
        last = max(known.position, known.reached.position + sum(gap.how_many for gap in gaps)) - 1
        if last >= first:
            records.skip_positions(tx, first, last, why, actor, now)
        made, damage = laid.manifest.made.isoformat(), laid.damage or None
        audit.note(
            tx, actor, RESTORED, token, now, made=made, log_seen=seen, reason=why, damage=damage
        )
        return epoch, high_water_of(tx)
