"""The laptop dies, and another one has only the backup: nothing that was given after it is ever given again."""

from __future__ import annotations

from pathlib import Path

from psm_course.store.opening import open_register
from psm_course.store.soundness import check_soundness
from tests.registrar.backup.offices import (
    an_office,
    another_laptop,
    backed_up,
    finish,
    positions_of,
    restored,
)

LATER = ("D26-003", "D26-004", "D26-005", "D26-006", "D26-007")


def test_a_restored_office_gives_none_of_the_five_numbers_that_the_backup_does_not_know(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        lost = finish(store, office, *LATER)
    lost_positions = set(positions_of(office).values())

    new = another_laptop(tmp_path / "baru", office)
    done = restored(new, backup)
    with open_register(new) as store:
        given = finish(store, new, *LATER)
        assert check_soundness(store).troubles == ()

    assert len(lost) == len(given) == 5
    assert set(lost) & set(given) == set()
    assert lost_positions & {positions_of(new)[number] for number in given} == set()
    assert [(gap.course, gap.year, gap.first) for gap in done.gaps] == [("bimtek", 2026, 3)]
    assert done.gaps[0].last >= 7
    assert done.epoch == 2
    assert [path.name for path in (new.root / "var").iterdir()] != []
    assert "site_address" in (new.root / "psm.toml").read_text(encoding="utf-8")
