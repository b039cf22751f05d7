"""Opening a register, working in it, and the sentences said when that fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from dirty_equals import Contains
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from psm_course.domain.register import Cohort, Enrolment
from psm_course.errors import Refused, StoreError
from psm_course.store import audit
from psm_course.store.engine import Store, from_utc, own_errors, to_utc
from psm_course.store.opening import open_store
from psm_course.store.people import people
from psm_course.store.people.cohorts import add_cohort, get_cohort, list_cohorts
from tests.builders import OFFICE
from tests.databases import joined, somebody_writing
from tests.register_builders import DEPOK, NOW, WIB, a_cohort, arranging, register_of

D26 = Cohort("D26", "Angkatan D26", date(2026, 11, 24))


def cohorts(store: Store) -> tuple[Cohort, ...]:
    with store.transaction() as tx:
        return list_cohorts(tx)


def sentence_of_opening(path: Path) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(path, OFFICE)
    return str(refused.value)


# ---- waiting -------------------------------------------------------------------------------------


def test_whoever_has_no_patience_is_told_at_once_that_somebody_writes(store: Store) -> None:
    with (
        somebody_writing(store),
        pytest.raises(StoreError, match=r"^Buku register sedang dipakai"),
        store.transaction(0.01),
    ):
        pass


def test_patience_is_for_one_transaction_only(store: Store) -> None:
    with store.transaction(0.01):
        pass
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        with somebody_writing(store):
            begun.set()
            ended.wait()

    other = threading.Thread(target=write)
    other.start()
    begun.wait()
    threading.Timer(0.1, ended.set).start()
    with store.transaction():
        pass
    other.join()

    assert ended.is_set()


def test_a_city_does_not_wait_for_another_citys_writer(server_store: Store) -> None:
    with joined(server_store) as other:
        with arranging(server_store) as ours, arranging(other) as theirs:
            add_cohort(ours, D26)
            add_cohort(theirs, D26)

        assert cohorts(server_store) == cohorts(other) == (D26,)


def test_a_city_waits_for_its_own_writer_also_where_another_city_is_writing(
    server_store: Store,
) -> None:
    with (
        joined(server_store) as other,
        other.transaction(),
        somebody_writing(server_store),
        pytest.raises(StoreError, match=r"^Buku register sedang dipakai"),
        server_store.transaction(0.01),
    ):
        pass


# ---- opening -------------------------------------------------------------------------------------


def test_opening_makes_the_register_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "var" / "kantor" / "register.db"

    open_store(path, OFFICE).close()

    assert path.is_file()


def test_opening_again_finds_what_was_written(tmp_path: Path) -> None:
    first = open_store(tmp_path / "register.db", OFFICE)
    a_cohort(first, "Siti Rahayu")
    written = register_of(first)
    first.close()

    again = open_store(tmp_path / "register.db", OFFICE)

    assert register_of(again) == written
    again.close()


def test_opening_again_migrates_nothing_and_keeps_no_copy(tmp_path: Path) -> None:
    for _ in range(2):
        open_store(tmp_path / "register.db", OFFICE).close()

    assert [path.name for path in tmp_path.iterdir()] == ["register.db"]


def test_many_may_open_a_new_register_at_once(tmp_path: Path) -> None:
    trouble: list[StoreError] = []

    def open_it() -> None:
        try:
            open_store(tmp_path / "register.db", OFFICE).close()
        except StoreError as error:
            trouble.append(error)

    together(*[open_it] * 4)

    assert trouble == []


def test_an_open_file_writes_ahead_and_minds_its_foreign_keys(file_store: Store) -> None:
    names = ("journal_mode", "foreign_keys", "synchronous")

    with file_store.transaction() as tx:
        pragmas = {name: tx.execute(text(f"PRAGMA {name}")).scalar() for name in names}

    full = 2
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": full}


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(b"Ini surat, bukan register. " * 200)

    assert sentence_of_opening(path) == Contains("rusak atau bukan register")
    assert path.read_bytes() == b"Ini surat, bukan register. " * 200


def test_a_register_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    open_store(path, OFFICE).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    sentence = sentence_of_opening(path)

    assert sentence == Contains("program yang lebih baru", "Pasang versi terbaru")
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".db"] == ["register.db"]


def test_a_folder_in_place_of_the_register_is_refused(tmp_path: Path) -> None:
    sentence = sentence_of_opening(tmp_path)

    assert sentence == Contains("tidak dapat dibuka", "letak dan izinnya")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("bukan folder", encoding="utf-8")

    sentence = sentence_of_opening(tmp_path / "var" / "register.db")

    assert sentence == Contains(f"{tmp_path / 'var'} tidak dapat dibuat", "sudah ada berkas")


@pytest.fixture
def somebody_elses() -> Iterator[Path]:
    """A folder with a register that we may read but not write; we stop being root meanwhile."""
    folder = Path(tempfile.mkdtemp())
    open_store(folder / "register.db", OFFICE).close()
    (folder / "register.db").chmod(0o444)
    folder.chmod(0o555)
    nobody = 65534
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(nobody)
    yield folder
    if is_root:
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["register.db", "baru.db"])
def test_a_read_only_folder_is_refused(somebody_elses: Path, name: str) -> None:
    sentence = sentence_of_opening(somebody_elses / name)

    assert sentence == Contains("tidak dapat dibuka", "letak dan izinnya")


def test_a_folder_that_cannot_be_made_is_said_in_indonesian(somebody_elses: Path) -> None:
    sentence = sentence_of_opening(somebody_elses / "var" / "register.db")

    assert sentence == Contains(
        f"{somebody_elses / 'var'} tidak dapat dibuat", "tidak ada izin", "akun pemilik"
    )


# ---- transactions --------------------------------------------------------------------------------


def test_a_transaction_keeps_everything_once_it_ends(store: Store) -> None:
    with arranging(store) as tx:
        add_cohort(tx, D26)

    assert cohorts(store) == (D26,)


def test_a_transaction_keeps_nothing_when_something_goes_wrong(store: Store) -> None:
    def open_and_fail() -> None:
        with arranging(store) as tx:
            add_cohort(tx, D26)
            get_cohort(tx, "D27")

    with pytest.raises(Refused):
        open_and_fail()

    assert cohorts(store) == ()


def test_a_row_that_points_nowhere_is_refused_and_nothing_kept(store: Store) -> None:
    def enrol_nowhere() -> None:
        with store.transaction() as tx:
            add_cohort(tx, D26)
            people.add_enrolments(tx, [Enrolment("X26-001", "X26", "Siti", DEPOK)])

    with pytest.raises(StoreError, match=r"(?i)dapat dibaca .*foreign key"):
        enrol_nowhere()

    assert cohorts(store) == ()


def test_what_cannot_be_written_together_is_told_before_anybody_hears_that_it_was_kept(
    store: Store,
) -> None:
    def enrol_nowhere() -> None:
        with store.transaction(together=True) as tx:
            add_cohort(tx, D26)
            people.add_enrolments(tx, [Enrolment("X26-001", "X26", "Siti", DEPOK)])
            audit.note(tx, "uji", "cohort created", "D26", NOW)

    with pytest.raises(StoreError, match="tidak dapat dibaca"):
        enrol_nowhere()
    assert cohorts(store) == ()

    a_cohort(store, "Ujang")  # by the same connection

    with store.transaction(together=True) as tx:
        add_cohort(tx, Cohort("D27", "Angkatan D27", date(2026, 12, 1)))
        # What is read was written before.
        assert get_cohort(tx, "D27").title == "Angkatan D27"
        audit.note(tx, "uji", "cohort created", "D27", NOW)
    with store.reading() as tx:
        assert [cohort.id for cohort in list_cohorts(tx)] == ["D26", "D27"]


def test_a_file_busy_elsewhere_is_said_and_nothing_kept(file_store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError) as refused, file_store.transaction(patience=0.02) as tx:
        add_cohort(tx, D26)
    other.close()

    assert str(refused.value) == Contains("sedang dipakai program lain", "Tunggu sebentar")
    assert cohorts(file_store) == ()


def test_a_transaction_waits_for_another_to_end(store: Store) -> None:
    """Both read before they write: unless begun at once, one of them would fail as locked."""

    def open_one() -> None:
        with arranging(store) as tx:
            number = len(list_cohorts(tx))
            add_cohort(tx, Cohort(f"D{number}", "Angkatan", date(2026, 11, 24)))

    together(*[open_one] * 8)

    assert [cohort.id for cohort in cohorts(store)] == [f"D{number}" for number in range(8)]


def test_a_full_disk_is_said_and_nothing_kept(file_store: Store) -> None:
    with file_store.transaction() as tx:
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
        tx.execute(text(f"PRAGMA max_page_count = {pages}"))

    with pytest.raises(StoreError) as refused, file_store.transaction() as tx:
        add_cohort(tx, Cohort("D26", "A" * 100_000, date(2026, 11, 24)))

    assert str(refused.value) == Contains("Penyimpanan penuh")
    assert cohorts(file_store) == ()


@pytest.mark.parametrize(
    "error",
    [sqlite3.OperationalError(), OperationalError("", {}, sqlite3.OperationalError("\n"))],
    ids=["driver", "sqlalchemy"],
)
def test_an_error_without_words_is_said_with_its_name(error: Exception) -> None:
    with pytest.raises(StoreError, match=r"\(OperationalError\)"), own_errors():
        raise error


def test_reading_sees_one_moment_beside_a_writer(store: Store) -> None:
    with store.reading() as reader:
        assert list_cohorts(reader) == ()
        with arranging(store) as tx:
            add_cohort(tx, D26)

        assert list_cohorts(reader) == ()
    assert cohorts(store) == (D26,)


def test_a_connection_that_only_read_can_still_empty_the_write_ahead_log(
    file_store: Store, tmp_path: Path
) -> None:
    with arranging(file_store) as tx:
        add_cohort(tx, D26)
    log = tmp_path / "register.db-wal"
    written = log.stat().st_size
    with file_store.reading() as tx:
        assert list_cohorts(tx) == (D26,)

    file_store.checkpoint()

    assert (written > 0, log.stat().st_size) == (True, 0)


def test_who_only_reads_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="tidak dapat dibuka"), store.reading() as tx:
        add_cohort(tx, D26)

    with arranging(store) as tx:
        add_cohort(tx, D26)
    assert cohorts(store) == (D26,)


# ---- moments -------------------------------------------------------------------------------------


def test_moments_are_kept_in_utc_and_come_back_the_same() -> None:
    assert to_utc(NOW) == datetime(2026, 11, 24, 2, 0)
    assert from_utc(to_utc(NOW)) == NOW.astimezone(UTC) == NOW
    assert NOW.tzinfo is WIB


def test_a_moment_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="moments are aware"):
        to_utc(datetime(2026, 11, 24, 9, 0))


def together(*deeds: object) -> None:
    """All deeds at once, each in a thread of its own."""
    threads = [threading.Thread(target=deed) for deed in deeds]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
