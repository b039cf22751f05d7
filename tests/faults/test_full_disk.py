"""A disk that is full in the middle: a sentence, nothing half done,
and once there is room again everything goes on.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.faults.bursts import CAREFUL, Count, held_by
from tests.faults.kills import DEEDS, Deed, undisturbed
from tests.faults.office_folder import OfficeFolder
from tests.faults.shim import full_while, with_room
from tests.load.office import Office, open_register
from tests.load.phones import hand_in_all, spread


def test_phones_are_told_that_the_disk_is_full_and_hand_in_again(tmp_path: Path) -> None:
    under, full = tmp_path / "kantor", tmp_path / "penuh"
    under.mkdir()
    held = held_by(str(under / "register.db"), 30)
    office = Office(str(under / "register.db"), CAREFUL, full_while(under, full))
    some, others = held.documents[:10], held.documents[10:]

    before = hand_in_all(office.port, spread(some, within=0.2))
    full.touch()
    meanwhile = hand_in_all(office.port, spread(others, within=0.2))
    full.unlink()
    after = hand_in_all(office.port, spread(others, within=0.2))
    office.stop()

    told = Counter((answer.status, answer.body.get("error")) for answer in meanwhile)
    assert list(told.items()) == [
        ((503, Contains("Penyimpanan penuh", "tersimpan di ponsel.")), 22)
    ]
    assert {answer.status for answer in [*before, *after]} == {200}
    count, store = Count(), open_register(str(under / "register.db"))
    count.look_up(store, list(held.codes.values()), "afterwards")
    store.close()
    assert (count.lost, count.troubles) == (0, [])


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_command_that_finds_the_disk_full_says_so_and_does_all_or_nothing(
    finished_office: OfficeFolder, tmp_path: Path, deed: Deed
) -> None:
    needed = undisturbed(finished_office.root, deed).bytes
    for share in (0.3, 0.8):
        copy = finished_office.copy(tmp_path / str(share)).root
        with deed.start(copy, with_room(copy, int(needed * share))) as process:
            _, complaint = process.communicate()

        assert "enuh" in complaint, complaint
        assert "Traceback" not in complaint
        assert process.returncode in {2, 3}
        assert deed.found(copy) in {"none", "all"}


def test_an_empty_register_is_not_left_where_there_was_no_room_for_one(
    finished_office: OfficeFolder, tmp_path: Path
) -> None:
    copy = finished_office.copy(tmp_path / "baru")
    for path in copy.data.glob("register.db*"):
        path.unlink()

    code, complaint = copy.run(
        "cohort", "new", "D28", "--start", "2026-11-24", environment=with_room(copy.root, 20_000)
    )
    again, _ = copy.run("cohort", "new", "D28", "--start", "2026-11-24")

    assert (code, complaint) == (3, Contains("Penyimpanan penuh", "tidak ada yang berubah"))
    assert again == 0
