"""What the check says of small registers, on both databases, and what it leaves alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains
from sqlalchemy import Row, text

from psm_course.credentials.log.merkle import EMPTY
from psm_course.errors import StoreError
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.log.state import entries, log_state, root_at
from psm_course.store.opening import open_server, open_store
from psm_course.store.soundness import schema
from psm_course.store.soundness.checking import MOST, check_store, check_within
from psm_course.store.soundness.clock import clock_problems, settled_clocks
from psm_course.store.soundness.events import Chain, check_chain
from psm_course.store.soundness.naming import CALLED
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.rows import LOGGED
from psm_course.store.soundness.stored import Unread, read_or_not
from tests.builders import OFFICE
from tests.databases import somebody_writing
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    adopts,
    attends,
    completes,
    hands_in,
)
from tests.server import Server

pytestmark = pytest.mark.tampering


def three_events(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(3):
            audit.note(
                tx,
                ACTOR,
                "roster imported",
                f"D2{number}",
                NOW + timedelta(minutes=number),
                added=number,
            )


def found_in(store: Store) -> list[tuple[str, str, object]]:
    """Table, row and message of every problem."""
    return told(check_store(store).problems)


def told(problems: Iterable[Problem]) -> list[tuple[str, str, object]]:
    return [(each.table, each.row, each.message) for each in problems]


def behind_our_back(store: Store, *statements: str) -> None:
    """As somebody with the file or the server would: the triggers away, then put back."""
    with store.engine.begin() as connection:
        guards: Sequence[Row[Any]] = []
        if connection.dialect.name == "sqlite":
            guards = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).all()
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for guard in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {guard.name}")
        for statement in statements:
            connection.execute(text(statement))
        for guard in guards:
            connection.exec_driver_sql(guard.sql)


def test_an_empty_register_is_sound(store: Store) -> None:
    found = check_store(store)

    assert (found.problems, found.events, found.log_size, found.root) == ((), 0, 0, EMPTY)


def test_a_sound_register_tells_its_log_and_how_much_was_read(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    three_events(store)

    found = check_store(store)

    with store.reading() as tx:
        state = log_state(tx)
        assert check_chain(tx) == Chain(4, list(entries(tx, 1))[3].hex(), None)
    assert (found.problems, found.events, found.log_size, found.root) == (
        (),
        4,
        state.size,
        state.root,
    )
    assert found.rows == 5  # office, log, cohort, person, enrolment


def test_roots_of_earlier_sizes_are_given_where_asked(store: Store) -> None:
    three_events(store)

    with store.reading() as tx:
        found = check_within(tx, {1: frozenset({1, 2, 9}), 4: frozenset({1})})
        assert found.roots == {(1, size): root_at(tx, 1, size) for size in (1, 2)}


def test_hundreds_of_events_make_the_nodes_that_the_register_keeps(store: Store) -> None:
    with store.transaction() as tx:
        audit.note_all(
            tx, [audit.Deed(NOW, ACTOR, "noted", str(number), {}) for number in range(600)]
        )
    assert check_store(store).problems == ()

    behind_our_back(
        store,
        'UPDATE log_node SET hash = (SELECT salt FROM audit_event WHERE id = 1) WHERE "index" = 1',
    )

    assert found_in(store) == [("log_node", "1/1/1", Contains("Simpul 1/1/1", "tidak cocok"))]


@pytest.mark.parametrize(
    ("tampering", "row", "said", "first"),
    [
        (
            "UPDATE audit_event SET actor = 'lain' WHERE id = 2",
            "2",
            "Catatan 2 tidak cocok",
            2,
        ),
        (
            "UPDATE audit_event SET detail = '{}' WHERE id = 1",
            "1",
            "Catatan 1 tidak cocok",
            1,
        ),
        (
            "DELETE FROM audit_event WHERE id = 2",
            "2",
            "Catatan 2 tidak ada lagi",
            3,
        ),
    ],
)
def test_an_event_that_was_touched_is_named(
    store: Store, tampering: str, row: str, said: str, first: int
) -> None:
    three_events(store)

    behind_our_back(store, tampering)

    (problem,) = check_store(store).problems
    assert (problem.table, problem.row) == ("audit_event", row)
    assert problem.message.startswith(said)
    with store.reading() as tx:
        chain = check_chain(tx)
    assert chain.broken_at == first


@pytest.mark.parametrize(
    ("hours", "events", "days"),
    [
        ((48, 47, 23), "3", "25-11-2026"),
        ((72, 0, 24, 1, 71), "2 sampai 4", "24-11-2026 sampai 25-11-2026"),
        ((720, 720, 1), "3", "24-11-2026"),
    ],
)
def test_days_back_in_time_are_named_once_and_an_hour_is_not(
    store: Store, hours: Sequence[int], events: str, days: str
) -> None:
    with store.transaction() as tx:
        for each in hours:
            audit.note(tx, ACTOR, "noted", "D26", NOW + timedelta(hours=each))

    found = check_store(store)

    before = f"{NOW + timedelta(hours=max(hours)):%d-%m-%Y}"
    said = Contains(f"Catatan {events} bertanggal {days},", f"sudah {before}:", "psm clock accept")
    assert told(clock_problems(found.clock)) == [("audit_event", events, said)]
    assert (found.problems, settled_clocks(found.clock)) == ((), ())


def test_a_clock_that_an_officer_accepted_may_go_back(store: Store) -> None:
    with store.transaction() as tx:
        for verb, days in (("noted", 900), ("clock accepted", 0), ("noted", 0)):
            audit.note(tx, ACTOR, verb, "D26", NOW + timedelta(days=days))

    assert check_store(store).clock == ()


def test_an_officers_word_settles_what_went_before_and_stays_to_be_read(store: Store) -> None:
    with store.transaction() as tx:
        for verb, days in (
            ("noted", 900),
            ("noted", 0),
            ("noted", 1),
            ("clock accepted", 2),
            ("noted", 3),
            ("noted", 1),
        ):
            audit.note(tx, ACTOR, verb, "D26", NOW + timedelta(days=days))

    found = check_store(store)

    (settled,) = settled_clocks(found.clock)
    assert settled == Contains("catatan 2 sampai 3", "petugas", "catatan 4.")
    assert [each.row for each in clock_problems(found.clock)] == ["6"]


def test_a_row_nobody_wrote_and_one_that_is_gone_are_named_each_once(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    attends(store, "D26-001", "buka")
    attends(store, "D26-002", "buka")

    behind_our_back(
        store,
        "DELETE FROM attendance_mark WHERE id = 1",
        "UPDATE attendance_mark SET presence = 'absent' WHERE number = 'D26-002'",
    )

    changed = Contains("Kehadiran D26-002", "tidak cocok", "catatan 3;")
    gone = Contains("Kehadiran 1 ", "catatan 2 tidak ada lagi")
    assert found_in(store) == [
        ("attendance_mark", "D26-002", changed),
        ("attendance_mark", "1", gone),
    ]


def test_more_than_anybody_reads_is_counted(store: Store) -> None:
    a_cohort(store, *["Siti"] * (MOST + 30))

    behind_our_back(store, "UPDATE enrolment SET phone = '0812'")

    problems = check_store(store).problems
    assert len(problems) == MOST + 1
    assert problems[-1].message == Contains("ada 30 masalah lagi")


def test_a_row_that_points_nowhere_is_named(file_store: Store, tmp_path: Path) -> None:
    a_cohort(file_store, "Siti")
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection, connection:
        connection.execute("DELETE FROM cohort")

    assert found_in(file_store) == [
        ("cohort", "D26", Contains("Angkatan D26", "catatan 1 tidak ada lagi")),
        ("enrolment", "D26-001", Contains("Peserta D26-001", "cohort D26,", "tabel cohort")),
        ("person", "1", Contains("Orang 1 tidak dihitung")),
    ]


def test_a_value_that_reads_the_same_but_was_not_written_so_is_named(
    file_store: Store, tmp_path: Path
) -> None:
    a_cohort(file_store, "Siti")
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection, connection:
        connection.execute("UPDATE person SET certified = 0.0")  # kept as 0
        connection.execute("UPDATE cohort SET starts_on = '20261124'")

    assert [problem.row for problem in check_store(file_store).problems] == ["D26"]


@pytest.mark.parametrize("at", [100, 4096, 20480, 61440])
def test_a_file_in_pieces_gives_sentences(file_store: Store, tmp_path: Path, at: int) -> None:
    course = a_course()
    a_cohort(file_store, "Siti", "Ujang")
    adopts(file_store, course)
    completes(file_store, course, "D26-001")
    hands_in(file_store, course, a_hand_in("D26-002"))
    file_store.close()
    whole = (tmp_path / "register.db").read_bytes()
    (tmp_path / "rusak.db").write_bytes(whole[:at] + b"\xff" * 3000 + whole[at + 3000 :])

    try:
        with closing(open_store(tmp_path / "rusak.db", OFFICE)) as broken:
            said = [problem.message for problem in check_store(broken).problems]
    except StoreError as error:
        said = [str(error)]

    assert said != []
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in said), said


def test_nobody_waits_for_a_check_and_it_waits_for_nobody(store: Store) -> None:
    three_events(store)

    with somebody_writing(store):
        assert check_store(store).problems == ()


def test_the_other_offices_rows_are_none_of_ours(store: Store, other_office: Store) -> None:
    three_events(store)
    three_events(other_office)

    behind_our_back(store, "UPDATE audit_event SET actor = 'lain' WHERE office = '33.74'")

    assert check_store(store).problems == ()
    assert len(check_store(other_office).problems) == 3


def test_an_account_that_may_not_compare_the_schema_is_told_so(
    server_store: Store, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_events(server_store)
    with server_store.engine.begin() as connection:
        for statement in (
            "CREATE ROLE pembaca LOGIN",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO pembaca",
        ):
            connection.exec_driver_sql(statement)
    monkeypatch.setattr(schema, "_MADE", {})

    with closing(
        open_server(server.address("register").replace("postgres@", "pembaca@"), OFFICE)
    ) as reader:
        found = check_store(reader).problems

    with server_store.engine.begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY pembaca")
        connection.exec_driver_sql("DROP ROLE pembaca")
    assert [problem.message for problem in found] == [
        Contains("tidak dapat dibandingkan", "GRANT CREATE ON DATABASE")
    ]


def test_a_row_of_every_table_has_a_name_for_people() -> None:
    assert [table.name for table in LOGGED if table.name not in CALLED] == []


def test_an_error_without_words_leaves_the_rest_unread() -> None:
    with pytest.raises(Unread, match=r"^OperationalError$"), read_or_not():
        raise sqlite3.OperationalError
