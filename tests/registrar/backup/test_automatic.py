"""Backups that make themselves: when, which stay, and what is said when one failed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from dirty_equals import Contains

from psm_course.registrar.backup.automatic import (
    back_up_in_child,
    is_due,
    keep_backing_up,
    last_failure,
    to_remove,
)
from psm_course.registrar.log.high_water import find_last
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.opening import open_register
from tests.register_builders import ACTOR, NOW
from tests.registrar.backup.offices import an_office, backed_up


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    return an_office(tmp_path / "kantor")


def test_one_is_due_an_hour_after_the_last_and_only_when_something_happened(
    office: Settings, tmp_path: Path
) -> None:
    backed_up(office, tmp_path / "cadangan.zip")
    last = find_last(office)
    with open_register(office) as store:
        quiet = is_due(store, last, NOW + timedelta(hours=2))
        with store.transaction() as tx:
            audit.note(tx, ACTOR, "cards printed", "D26", NOW)

        assert is_due(store, None, NOW)
        assert not quiet
        assert not is_due(store, last, NOW + timedelta(minutes=59))
        assert is_due(store, last, NOW + timedelta(minutes=60))
        assert is_due(store, last, NOW - timedelta(days=2))  # the clock was set back


def test_the_newest_six_and_one_of_each_of_fourteen_days_stay() -> None:
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(20)]
    names = [f"otomatis-{day:%Y%m%d}-{hour:02}0000.zip" for day in days for hour in (8, 9, 10)]

    gone = to_remove([*names, "cadangan-20200101-080000.zip", "otomatis-catatan.txt"])

    left = sorted(set(names) - set(gone))
    assert len(left) == 14 + 4
    assert left[-6:] == names[-6:]
    assert left[0] == "otomatis-20261107-100000.zip"
    assert [name for name in gone if not name.startswith("otomatis-")] == []


def test_a_backup_by_a_process_of_its_own_is_there_and_noted(office: Settings) -> None:
    assert back_up_in_child(office, automatic=True) == ""

    assert [path.name[:9] for path in (office.data / "cadangan").glob("*.zip")] == ["otomatis-"]
    assert find_last(office) is not None
    assert last_failure(office) == ""


def test_one_that_failed_is_said_until_the_next_succeeds(office: Settings) -> None:
    register = office.register.read_bytes()
    office.register.write_bytes(b"bukan register" * 500)

    said = back_up_in_child(office)

    assert said == Contains("rusak atau bukan register")
    assert last_failure(office) == said
    office.register.write_bytes(register)
    assert (back_up_in_child(office), last_failure(office)) == ("", "")


def test_it_stops_when_it_is_told(office: Settings) -> None:
    stop = Event()
    stop.set()

    with open_register(office) as store:
        keep_backing_up(store, office, stop)

    assert find_last(office) is None
