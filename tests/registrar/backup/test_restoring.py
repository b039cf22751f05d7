"""The laptop dies, and another has only the backup: nothing given since is given again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.credentials.log.checkpoint import Checkpoint
from psm_course.errors import Refused, StoreError
from psm_course.registrar.certificates.correcting import Correction, supersede
from psm_course.registrar.certificates.keys.keyring import open_signer
from psm_course.registrar.log.continuity import accept_clock
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.log.state import log_state
from psm_course.store.opening import open_register, open_server
from psm_course.store.soundness.checking import check_store
from tests.builders import OFFICE, REGION
from tests.databases import OTHER_OFFICE, joined
from tests.register_builders import ACTOR, NOW, a_cohort, register_of
from tests.registrar.backup.offices import (
    PASSPHRASE,
    an_office,
    another_laptop,
    backed_up,
    finish,
    numbers_of,
    positions_of,
    restored,
    site_published,
)
from tests.registrar.soundness.falsifying import falsify

LATER = ("D26-003", "D26-004", "D26-005", "D26-006", "D26-007")


def test_a_restored_office_gives_none_of_the_five_numbers_that_the_backup_does_not_know(
    tmp_path: Path,
) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        lost = finish(store, office, *LATER)
    lost_positions = set(positions_of(office).values())

    new = another_laptop(tmp_path / "baru", office)
    done = restored(new, backup)
    with open_register(new) as store:
        given = finish(store, new, *LATER)
        sound = check_store(store).problems

    assert sound == ()
    assert len(lost) == len(given) == 5
    assert set(lost) & set(given) == set()
    assert lost_positions & {positions_of(new)[number] for number in given} == set()
    assert [(gap.course, gap.year, gap.first) for gap in done.gaps] == [("bimtek", 2026, 3)]
    assert (done.epoch, done.aside.exists()) == (2, False)
    assert 'site_address = "https://dinsos.depok.go.id/psm"\n' in (new.root / "psm.toml").read_text(
        encoding="utf-8"
    )
    assert (new.keys / "keys.json").read_bytes() == (office.keys / "keys.json").read_bytes()


def test_what_an_officer_remembers_is_the_last_number(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    new = another_laptop(tmp_path / "baru", office)

    restored(new, backup, bimtek=92)

    with open_register(new) as store:
        assert finish(store, new, "D26-003") == ["800.2/0093/PSM-DASAR/XI/2026"]


def test_a_number_below_one_that_is_known_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    new = another_laptop(tmp_path / "baru", office)

    with pytest.raises(Refused, match=r"^Nomor urut 2 \(bimtek\) .* mungkin 1\."):
        restored(new, backup, bimtek=1)

    assert sorted(path.name for path in new.data.iterdir()) == []


def test_a_certificate_of_a_holder_tells_the_last_number_and_its_place(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        finish(store, office, "D26-003", "D26-004", is_printed=True)
    shown = office.records / "D26" / "800.2-0004-PSM-DASAR-XI-2026.pdf"
    new = another_laptop(tmp_path / "baru", office)

    done = restored(new, backup, shown)

    assert [(gap.first, gap.last) for gap in done.gaps] == [(3, 4)]
    with open_register(new) as store:
        (number,) = finish(store, new, "D26-005")
    assert (number, positions_of(new)[number]) == ("800.2/0005/PSM-DASAR/XI/2026", 4)


def test_the_published_site_tells_the_last_number(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        finish(store, office, "D26-003", is_printed=True)
    site = site_published(office)
    new = another_laptop(tmp_path / "baru", office)

    assert [(gap.first, gap.last) for gap in restored(new, backup, site).gaps] == [(3, 3)]


def test_a_checkpoint_from_the_minutes_bounds_what_may_have_been_given(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store, store.reading() as tx:
        before = log_state(tx).size
    with open_register(office) as store:
        finish(store, office, "D26-003")
        with store.reading() as tx:
            state = log_state(tx)
    typed = Checkpoint(state.origin, state.size, state.root).short_form
    new = another_laptop(tmp_path / "baru", office)

    done = restored(new, backup, typed)

    assert [(gap.first, gap.last) for gap in done.gaps] == [(3, 2 + state.size - before)]


def test_something_shown_that_tells_nothing_is_refused(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    (tmp_path / "lain.pdf").write_bytes(b"%PDF-1.7 bukan sertifikat")
    new = another_laptop(tmp_path / "baru", office)

    with pytest.raises(Refused, match="tidak ada yang menyebut"):
        restored(new, backup, tmp_path / "lain.pdf")

    assert list(new.data.iterdir()) == []


def test_a_backup_of_another_log_than_the_published_one_is_refused(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    new = another_laptop(tmp_path / "baru", office)

    with pytest.raises(Refused, match=r"catatan 1:3:0000 0000 0000 0000 tidak cocok"):
        restored(new, backup, "1:3:0000 0000 0000 0000")


# ---- on the same laptop --------------------------------------------------------------------------


def test_the_leftovers_of_the_register_before_do_not_undo_a_restore(tmp_path: Path) -> None:
    """Seen: a backup copied over the file was silently undone by the write-ahead file beside it,
    and called whole.
    """
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    leftovers = with_leftovers(office.register)

    done = restored(office, backup, bimtek=2)

    assert numbers_of(office) == ["800.2/0001/PSM-DASAR/XI/2026", "800.2/0002/PSM-DASAR/XI/2026"]
    with open_register(office) as store, store.reading() as tx:
        assert [cohort_id for (cohort_id,) in tx.exec_driver_sql("SELECT id FROM cohort")] == [
            "D26"
        ]
    with closing(sqlite3.connect(done.aside / "register.db")) as kept:
        assert [row[0] for row in kept.execute("SELECT id FROM cohort ORDER BY id")] == [
            "D26",
            "SISA",
        ]
    assert leftovers > 0


def with_leftovers(path: Path) -> int:
    """As after a power cut: the newest rows stand in the write-ahead file alone. Its size."""
    copy = path.with_name("putus")
    copy.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_autocheckpoint=0")
        other.execute(
            "INSERT INTO cohort (office, id, title, starts_on, course) VALUES (?, 'SISA', 'Sisa',"
            " '2026-11-24', 'bimtek')",
            (OFFICE,),
        )
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", copy / f"{path.name}{ending}")
    for ending in ("", "-wal"):
        (copy / f"{path.name}{ending}").replace(f"{path}{ending}")
    copy.rmdir()
    return Path(f"{path}-wal").stat().st_size


def test_what_this_laptop_had_given_after_the_backup_is_not_given_again(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        finish(store, office, "D26-003", "D26-004")

    done = restored(office, backup)

    assert [(gap.first, gap.last) for gap in done.gaps] == [(3, 4)]
    assert {path.name for path in done.aside.iterdir()} >= {"register.db", "keys"}


@pytest.mark.tampering
def test_a_damaged_backup_is_restored_only_when_asked_for_and_its_damage_stays_named(
    tmp_path: Path,
) -> None:
    """Where every backup has the same old damage, the office would be lost without."""
    office = an_office(tmp_path / "lama")
    falsify(
        f"sqlite:///{office.register}",
        ("UPDATE attendance_mark SET presence = 'excused' WHERE number = 'D26-001'",),
    )
    with open_register(office) as store:
        damage = check_store(store).problems
    backup = backed_up(office, tmp_path / "cadangan.zip")
    new = another_laptop(tmp_path / "baru", office)

    with pytest.raises(StoreError) as refused:
        restored(new, backup)
    assert str(refused.value) == Contains("Kehadiran D26-001 tidak cocok", "psm restore --damaged")
    assert not new.register.exists()
    restored(new, backup, even_damaged=True, bimtek=92)

    with open_register(new) as store:
        assert finish(store, new, "D26-003") == ["800.2/0093/PSM-DASAR/XI/2026"]
        assert check_store(store).problems == damage != ()
        with store.reading() as tx:
            (told,) = [
                event.detail["damage"]
                for event in audit.list_events(tx)
                if event.verb == "register restored"
            ]
    assert told == len(damage)


@pytest.mark.parametrize("days", [900, -900])
def test_an_office_whose_laptop_had_a_wrong_clock_is_restored_all_the_same(
    tmp_path: Path, days: int
) -> None:
    """Its register is whole: nothing in it was falsified, and no backup without that time will ever
    be made again.
    """
    office = an_office(tmp_path / "lama")
    with open_register(office) as store:
        for moment in (NOW + timedelta(days=days), NOW, NOW + timedelta(days=1)):
            with store.transaction() as tx:
                audit.note(tx, ACTOR, "roster exported", "D26", moment)
        wrong = [clock.first for clock in check_store(store).clock]
    backup = backed_up(office, tmp_path / "cadangan.zip")
    new = another_laptop(tmp_path / "baru", office)

    restored(new, backup)

    with open_register(new) as store:
        found = check_store(store)
    assert found.problems == ()
    # What restoring notes comes after a false future, too.
    assert [clock.first for clock in found.clock] == wrong != []


@pytest.mark.parametrize("place", ["file", "server"])
def test_a_certificate_corrected_by_one_of_an_earlier_year_is_restored(
    request: pytest.FixtureRequest, tmp_path: Path, place: str
) -> None:
    """Neither years nor numbers tell which of the three came first: the clock was a year ahead when
    the second was given.
    """
    address = request.getfixturevalue("shared") if place == "server" else ""
    office = an_office(tmp_path / "lama", address)
    number, signer = numbers_of(office)[1], open_signer(office, PASSPHRASE)
    with open_register(office) as store:
        for name, moment in (("Rahma", NOW + timedelta(days=400)), ("Rahmah", NOW)):
            accept_clock(store, "jam laptop keliru", ACTOR, moment)
            right = Correction(name)
            number = supersede(
                store, REGION, office, signer, number, right, "salah ketik", ACTOR, moment
            ).number
    before = numbers_of(office)
    backup = backed_up(office, tmp_path / "cadangan.zip")

    restored(office, backup)

    assert [each.rpartition("/")[2] for each in before] == ["2026", "2027", "2026", "2026"]
    assert numbers_of(office) == before


def test_a_broken_register_is_no_hindrance_and_is_kept(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    office.register.write_bytes(b"bukan register" * 500)

    done = restored(office, backup, bimtek=2)

    assert len(numbers_of(office)) == 2
    assert (done.aside / "register.db").read_bytes() == b"bukan register" * 500


def test_a_register_that_somebody_has_open_is_refused(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    before = office.register.read_bytes()

    with open_register(office) as store:
        with store.reading() as tx:
            log_state(tx)
        with pytest.raises(Refused, match=r"^Register sedang dipakai .* psm serve"):
            restored(office, backup)

    assert office.register.read_bytes() == before


# ---- what is refused -----------------------------------------------------------------------------


def test_a_backup_of_another_office_is_refused(tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama")
    backup = backed_up(office, tmp_path / "cadangan.zip")
    other = an_office(tmp_path / "semarang", office=OTHER_OFFICE)
    before = other.register.read_bytes()

    with pytest.raises(Refused, match=rf"^Cadangan .* kantor {OFFICE}, bukan {OTHER_OFFICE}\."):
        restored(other, backup)

    assert other.register.read_bytes() == before


# ---- on a server that two cities share -----------------------------------------------------------


@pytest.fixture
def shared(server_store: Store, tmp_path: Path) -> str:
    address = server_store.engine.url.render_as_string(hide_password=False)
    server_store.engine.dispose()  # this program's own connections are somebody else's too
    return address


def test_restoring_one_office_of_a_shared_server_touches_no_other(
    shared: str, server_store: Store, tmp_path: Path
) -> None:
    office = an_office(tmp_path / "lama", shared)
    backup = backed_up(office, tmp_path / "cadangan.zip")
    with open_register(office) as store:
        lost = finish(store, office, *LATER)
    with joined(server_store) as other:
        a_cohort(other, "Orang Semarang", cohort="S26")
        theirs = rows_of(other)
        server_store.engine.dispose()

        done = restored(office, backup)

        assert rows_of(other) == theirs
        with open_register(office) as store:
            sound, given = check_store(store).problems, finish(store, office, *LATER)
    assert sound == ()
    assert set(lost) & set(given) == set()
    assert (done.aside / "register.db").is_file()
    assert [(gap.first, gap.last) for gap in done.gaps] == [(3, 7)]


def rows_of(store: Store) -> dict[str, list[str]]:
    """Every row of this office alone."""
    return {
        name: sorted(str(row) for row in rows if "S26" in str(row) or "Semarang" in str(row))
        for name, rows in register_of(store).items()
    }


def test_an_office_that_somebody_works_in_on_a_server_is_refused(
    shared: str, tmp_path: Path
) -> None:
    office = an_office(tmp_path / "lama", shared)
    backup = backed_up(office, tmp_path / "cadangan.zip")

    with closing(open_server(shared, OFFICE)) as desk:
        with desk.reading() as tx:
            log_state(tx)
        with pytest.raises(Refused, match=r"^Register sedang dipakai"):
            restored(office, backup)


def test_a_backup_from_a_server_is_restored_into_a_file(shared: str, tmp_path: Path) -> None:
    office = an_office(tmp_path / "lama", shared)
    backup = backed_up(office, tmp_path / "cadangan.zip")
    new = another_laptop(tmp_path / "baru", replace(office, database=""))

    restored(new, backup, bimtek=2)

    assert len(numbers_of(new)) == 2
