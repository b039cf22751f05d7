"""`kill -9` in the middle of what an office does:
all of it, or none, and the same command again brings it to its end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.backups import BACKUP, RESTORE, an_office_to_restore
from tests.faults.kills import (
    DEEDS,
    FIRST_DAY,
    Deed,
    an_empty_office,
    an_older_register,
    kill_bursts,
    kill_evenly,
    migration,
)
from tests.faults.office_folder import OfficeFolder

TIMES = 2  # ten in `make faults`


@pytest.mark.parametrize("deed", [*DEEDS, BACKUP], ids=lambda deed: deed.name)
def test_killed_an_office_has_done_all_of_it_or_nothing(
    finished_office: OfficeFolder, tmp_path: Path, deed: Deed
) -> None:
    outcomes = kill_evenly(finished_office.root, deed, TIMES, tmp_path)

    assert outcomes.total() == TIMES
    assert outcomes.keys() <= {"none", "all"}


def test_killed_a_restore_is_done_or_undone(finished_office: OfficeFolder, tmp_path: Path) -> None:
    office = an_office_to_restore(finished_office.root, tmp_path / "cadangan")

    outcomes = kill_evenly(office, RESTORE, TIMES, tmp_path)

    assert outcomes.total() == TIMES
    assert outcomes.keys() <= {"none", "all"}


def test_killed_on_its_first_day_an_office_has_a_whole_register_or_none(tmp_path: Path) -> None:
    outcomes = kill_evenly(an_empty_office(tmp_path / "baru"), FIRST_DAY, TIMES, tmp_path)

    assert outcomes.total() == TIMES
    assert outcomes.keys() <= {"none", "all"}


def test_killed_a_migration_is_whole_or_was_never_begun(next_release: Path, tmp_path: Path) -> None:
    """Every kill falls after its first page was written: else nothing would be tried."""
    outcomes = kill_evenly(
        an_older_register(tmp_path / "dulu"), migration(next_release), 2 * TIMES, tmp_path
    )

    assert outcomes.total() == 2 * TIMES
    assert outcomes.keys() == {"none", "all"}


def test_killed_again_and_again_in_a_burst_no_receipt_is_lost(tmp_path: Path) -> None:
    """On PostgreSQL too in `make faults`, and once in `tests/load`."""
    count = kill_bursts(str(tmp_path / "register.db"), TIMES)

    assert (count.images, count.lost, count.troubles) == (TIMES, 0, [])
    assert count.looked_up > 10
