"""The power goes in the middle of a burst:
whatever a disk may have kept of it, no receipt that a phone was given is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.faults.bursts import CARELESS
from tests.faults.images import WAYS, Disk, Kept
from tests.faults.kills import DEEDS, FIRST_DAY, Deed, an_empty_office
from tests.faults.office_folder import OfficeFolder
from tests.faults.power import a_burst, cut_deed, look_up
from tests.faults.trace import Change

RANDOM = Random(12)  # noqa: S311 - the same images every time


def test_no_image_of_the_disk_lacks_a_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = look_up(a_burst(tmp_path, phones=60, within=1), 60, RANDOM)

    with capsys.disabled():
        print(f"\npower cut: {count.said('images')}")
    assert (count.images, count.lost, count.troubles) == (60, 0, [])
    assert count.in_checkpoints >= 20
    assert count.looked_up > 100


def test_it_finds_what_an_office_loses_that_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    count = look_up(a_burst(tmp_path, phones=40, within=0.5, program=CARELESS), 40, RANDOM)

    assert count.lost > 100


@pytest.mark.parametrize(
    "deed", [each for each in DEEDS if each.name != "publish"], ids=lambda deed: deed.name
)
def test_no_image_of_an_office_at_work_holds_half_a_deed(
    finished_office: OfficeFolder, deed: Deed
) -> None:
    """What is published can be published again, so nobody waits for the disk there."""
    outcomes = cut_deed(finished_office.root, deed, 6, RANDOM)

    assert outcomes.total() == 6
    assert outcomes.keys() <= {"none", "all"}


def test_no_image_of_an_offices_first_day_holds_half_a_register(tmp_path: Path) -> None:
    outcomes = cut_deed(an_empty_office(tmp_path / "baru"), FIRST_DAY, 6, RANDOM)

    assert outcomes.total() == 6
    assert outcomes.keys() <= {"none", "all"}


# ---- the simulator itself ------------------------------------------------------------------------


def a_disk(tmp_path: Path, *changes: Change, synced: bytes = b"") -> Disk:
    """A disk with one file, `berkas`, to which this has happened."""
    under = tmp_path / "sebelum"
    under.mkdir()
    (under / "berkas").write_bytes(synced)
    inode, path = (under / "berkas").stat().st_ino, str(under / "berkas")
    disk = Disk(under)
    for change in changes:
        disk.follow(
            Change(
                change.kind, change.path or path, change.inode or inode, change.offset, change.data
            )
        )
    return disk


def written(offset: int, data: bytes) -> Change:
    return Change("W", "", 0, offset, data)


SYNCED = Change("S", "", 0, 0, b"")


def images(
    tmp_path: Path, disk: Disk, ways: Sequence[Kept] = WAYS, sector: int = 512
) -> set[bytes]:
    """What may lie in `berkas` after the power went."""
    found = set()
    for number, way in enumerate([*ways] * 40):
        left = tmp_path / f"{number}"
        left.mkdir()
        disk.image(left, way, sector, RANDOM)
        found.add((left / "berkas").read_bytes())
    return found


def test_what_was_synced_is_kept(tmp_path: Path) -> None:
    assert images(tmp_path, a_disk(tmp_path, written(0, b"a" * 1024), SYNCED)) == {b"a" * 1024}


def test_what_was_not_synced_is_torn_where_sectors_end_and_kept_in_any_order(
    tmp_path: Path,
) -> None:
    disk = a_disk(tmp_path, written(0, b"a" * 1024), synced=b"-" * 1024)

    assert images(tmp_path, disk) == {
        one * 512 + two * 512 for one in (b"a", b"-") for two in (b"a", b"-")
    }


def test_a_large_sector_is_kept_or_lost_as_a_whole(tmp_path: Path) -> None:
    disk = a_disk(tmp_path, written(0, b"a" * 1024), synced=b"-" * 1024)

    assert images(tmp_path, disk, sector=4096) == {b"a" * 1024, b"-" * 1024}


def test_a_later_write_may_be_kept_without_an_earlier_one(tmp_path: Path) -> None:
    disk = a_disk(tmp_path, written(0, b"a" * 512), written(1024, b"b" * 512))

    assert bytes(1024) + b"b" * 512 in images(tmp_path, disk, ["any"])


def test_a_file_cut_short_may_have_its_old_end_again(tmp_path: Path) -> None:
    disk = a_disk(tmp_path, Change("T", "", 0, 0, b""), synced=b"lama")

    assert images(tmp_path, disk) == {b"lama", b""}


def test_a_new_name_may_be_lost_until_its_folder_is_synced(tmp_path: Path) -> None:
    disk = a_disk(tmp_path)
    folder = str(tmp_path / "sebelum")
    disk.follow(Change("C", f"{folder}/baru", 1, 0, b""))
    left = [tmp_path / "satu", tmp_path / "dua", tmp_path / "tiga"]
    for each in left:
        each.mkdir()

    disk.image(left[0], "nothing", 512, RANDOM)
    disk.image(left[1], "everything", 512, RANDOM)
    disk.follow(Change("D", folder, 2, 0, b""))
    disk.image(left[2], "nothing", 512, RANDOM)

    assert [(each / "baru").exists() for each in left] == [False, True, True]
