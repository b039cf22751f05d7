"""A backup and a restore as deeds to be killed: one is whole or not there, one done or undone."""

from __future__ import annotations

from pathlib import Path

from psm_course.registrar.backup.restoring import opened_backup
from psm_course.settings import Settings
from psm_course.store.swapping import find_decided
from tests.builders import OFFICE
from tests.faults.kills import Deed, again, asked, command
from tests.faults.office_folder import PASSPHRASE, OfficeFolder

FILE, COHORT = "cadangan.zip", "D28"


def backed_up(folder: Path) -> str:
    """A file that opens on another laptop, or none; the next backup leaves nothing of this one."""
    is_there = (folder / FILE).exists()
    if is_there:
        other = folder / "lain"
        other.mkdir()
        with opened_backup(Settings(other, other / "var", OFFICE), folder / FILE, PASSPHRASE):
            pass
    again(folder, "backup", "lagi.zip")
    left = sorted(
        path.name
        for path in [*folder.glob(f"{FILE}.*"), *(folder / "var" / "cadangan").glob("[!t]*")]
    )
    return str(left) if left else "all" if is_there else "none"


BACKUP = Deed("backup", command("backup", FILE), backed_up)


def an_office_to_restore(template: Path, folder: Path) -> Path:
    """A finished office with its backup, and a cohort of which the backup does not know."""
    root = OfficeFolder(template).copy(folder).root
    again(root, "backup", FILE)
    again(root, "cohort", "new", COHORT, "--start", "2026-11-24")
    return root


def restored(folder: Path) -> str:
    """The register of before or that of the backup, once what was decided is finished, as every
    command asks for; and the same command
    again restores."""
    if find_decided(folder / "var") is not None:
        again(folder, "restore", "--finish")
    cohorts, (epoch,) = (
        asked(folder, "SELECT id FROM cohort"),
        asked(folder, "SELECT max(epoch) FROM log_epoch"),
    )
    again(folder, "restore", "--yes", FILE)
    return {(True, 1): "none", (False, 2): "all"}.get((COHORT in cohorts, int(epoch)), "some")


RESTORE = Deed("restore", command("restore", "--yes", FILE), restored)
