"""An office that issued some certificates, backed up, and another laptop that has nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from psm_course.registrar.backup.backing_up import back_up_office
from psm_course.registrar.backup.restoring import (
    Restored,
    find_given_numbers,
    opened_backup,
    restore,
)
from psm_course.registrar.certificates.issuing import hand_out, issue_records
from psm_course.registrar.certificates.keys.keyring import new_key, open_signer
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.opening import open_register
from tests.builders import OFFICE
from tests.published import site_of
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, adopts, completes

COURSE = a_course()
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one test
NAMES = (
    "Siti Rahayu",
    "Ujang Hidayat",
    "Dewi Lestari",
    "Budi Santoso",
    "Rina Marlina",
    "Asep Sunandar",
    "Yayah Komariah",
)


def an_office(folder: Path, address: str = "", office: str = OFFICE) -> Settings:
    """Seven people have finished; two have their certificate. `address`: of a register on a server,
    empty: a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        folder, folder / "var", office, address, site_address="https://dinsos.depok.go.id/psm"
    )
    with open_register(settings, migrate=True) as store:
        a_cohort(store, *NAMES)
        adopts(store, COURSE)
        new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)
        finish(store, settings, "D26-001", "D26-002")
    return settings


def finish(store: Store, settings: Settings, *numbers: str, is_printed: bool = False) -> list[str]:
    """These people finish and get their certificates; the numbers of these."""
    completes(store, COURSE, *numbers)
    issue = hand_out if is_printed else issue_records
    return [
        record.number
        for record in issue(
            store, COURSE, settings, open_signer(settings, PASSPHRASE), "D26", ACTOR, NOW
        ).new
    ]


def backed_up(settings: Settings, target: Path) -> Path:
    with open_register(settings) as store:
        return back_up_office(store, settings, target, NOW).path


def another_laptop(folder: Path, of: Settings) -> Settings:
    """The same course on a laptop on which this office never was, nor its settings."""
    folder.mkdir(parents=True, exist_ok=True)
    return replace(of, root=folder, data=folder / "var", site_address="")


def restored(
    settings: Settings,
    backup: Path,
    *shown: Path | str,
    passphrase: str = PASSPHRASE,
    even_damaged: bool = False,
    **told: int,
) -> Restored:
    with opened_backup(settings, backup, passphrase, even_damaged) as laid:
        known = find_given_numbers(laid, settings, shown, NOW)
        return restore(laid, settings, replace(known, told=told), ACTOR, NOW)


def numbers_of(settings: Settings) -> list[str]:
    with open_register(settings) as store, store.reading() as tx:
        return sorted(records.all_numbers(tx))


def positions_of(settings: Settings) -> dict[str, int | None]:
    with open_register(settings) as store, store.reading() as tx:
        return {
            record.number: record.status_index for record in records.records_of_cohort(tx, "D26")
        }


def site_published(settings: Settings) -> Path:
    """The office's public files where its site lies."""
    with open_register(settings) as store:
        site_of(store, settings, settings.site)
    return settings.site
