"""The office's log: what its events bind, its tree however large, and how a new log begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from psm_course.credentials.log.merkle import (
    EMPTY,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_inclusion,
)
from psm_course.domain.register import Cohort, Reason
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.ledger import Line, entry_of
from psm_course.store.log.epochs import log_host, raise_epoch
from psm_course.store.log.state import (
    LogState,
    entries,
    log_state,
    root_at,
    root_between,
)
from psm_course.store.people import cohorts
from psm_course.store.rows import change
from psm_course.store.schema import audit_event, cohort, log_entry, log_node
from psm_course.store.tree import find_epochs, hashes
from tests.builders import OFFICE
from tests.databases import opened_again
from tests.register_builders import ACTOR, NOW, a_cohort, events_of

ORIGIN = f"kantor-{OFFICE}/log/1"


def noted(store: Store, many: int, verb: str = "place set") -> list[int]:
    """So many events in one go; their ids."""
    deeds = [
        audit.Deed(NOW + timedelta(seconds=number), ACTOR, verb, f"D{number}", {"number": number})
        for number in range(many)
    ]
    with store.transaction() as tx:
        return audit.note_all(tx, deeds)


def leaves(store: Store, epoch: int = 1) -> list[bytes]:
    with store.reading() as tx:
        return [leaf_hash(each) for each in entries(tx, epoch)]


def lines_of(store: Store, event: int) -> list[tuple[str, str, bool]]:
    """Table and key of each line of an event, and whether the row is there from then on."""
    with store.reading() as tx:
        rows = tx.execute(
            select(log_entry).where(log_entry.c.event == event, log_entry.c.office == store.office)
        ).all()
    return sorted((row.table, row.key, row.digest is not None) for row in rows)


def state_of(store: Store) -> LogState:
    with store.reading() as tx:
        return log_state(tx)


# ---- events --------------------------------------------------------------------------------------


def test_an_office_that_did_nothing_yet_has_an_empty_log(store: Store) -> None:
    assert state_of(store) == LogState(ORIGIN, 0, 0, EMPTY)


def test_the_first_deed_binds_the_office_and_the_beginning_of_its_log(store: Store) -> None:
    a_cohort(store)

    assert lines_of(store, 1) == [
        ("cohort", '["D26"]', True),
        ("log_epoch", "[1]", True),
        ("office", f'["{OFFICE}"]', True),
    ]


def test_an_entry_can_be_computed_from_what_the_register_shows(store: Store) -> None:
    a_cohort(store, "Siti")

    with store.reading() as tx:
        event = tx.execute(select(audit_event).where(audit_event.c.office == OFFICE)).one()
        lines = [
            Line(row.table, row.key, row.digest)
            for row in tx.execute(select(log_entry).where(log_entry.c.office == OFFICE))
        ]
    said = {
        "office": OFFICE,
        "id": 1,
        "at": "2026-11-24T02:00:00",
        "actor": "petugas",
        "verb": "arranged",
        "subject": "tes",
        "detail": {},
    }

    assert event.entry == entry_of(event.salt, said, lines)
    assert event.entry != entry_of(event.salt, said, lines[1:])
    assert event.entry != entry_of(event.salt, said | {"actor": "lain"}, lines)
    assert len(event.salt) == len(event.entry) == 32


def test_two_equal_deeds_have_entries_that_do_not_show_it(store: Store) -> None:
    deed = audit.Deed(NOW, ACTOR, "place set", "D26", {})
    with store.transaction() as tx:
        audit.note_all(tx, [deed, deed])

    one, other = leaves(store)

    assert one != other


def test_rows_about_a_deed_are_bound_by_it_and_all_others_by_the_first(store: Store) -> None:
    a_cohort(store)
    with store.transaction() as tx:
        cohorts.add_cohort(tx, Cohort("D28", "Angkatan", NOW.date()))
        change(tx, update(cohort).where(cohort.c.id == "D26").values(title="Lain"), about="D26")
        audit.note_all(
            tx,
            [
                audit.Deed(NOW, ACTOR, "cohort opened", "D28", {}),
                audit.Deed(NOW, ACTOR, "cohort renamed", "D26", {}),
            ],
        )

    assert lines_of(store, 2) == [("cohort", '["D28"]', True)]
    assert lines_of(store, 3) == [("cohort", '["D26"]', True)]


def test_of_a_row_written_twice_before_it_is_noted_the_last_counts(store: Store) -> None:
    a_cohort(store)
    with store.transaction() as tx:
        cohorts.set_title(tx, "D26", "Satu")
        cohorts.set_title(tx, "D26", "Dua")
        audit.note(tx, ACTOR, "cohort renamed", "D26", NOW)

    assert lines_of(store, 2) == [("cohort", '["D26"]', True)]


def test_what_is_written_and_not_noted_is_not_kept(store: Store) -> None:
    a_cohort(store)

    def write() -> None:
        with store.transaction() as tx:
            audit.note(tx, ACTOR, "cohort renamed", "D26", NOW)
            cohorts.set_title(tx, "D26", "Lain")

    with pytest.raises(
        RuntimeError, match="rows of cohort were written and no event after them says so"
    ):
        write()

    with store.reading() as tx:
        assert cohorts.get_cohort(tx, "D26").title == "Angkatan D26"
    assert events_of(store) == []


# ---- the tree ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts", [(1,), (255,), (256,), (257,), (200, 200, 200), (300, 1, 211, 1), (65_530, 3, 300)]
)
def test_the_kept_tree_has_the_root_of_all_its_entries(
    file_store: Store, parts: Sequence[int]
) -> None:
    for many in parts:
        noted(file_store, many)

    assert state_of(file_store) == LogState(ORIGIN, 1, sum(parts), root_of(leaves(file_store)))


def test_the_same_on_a_server(server_store: Store) -> None:
    for many in (300, 1, 211, 1):
        noted(server_store, many)

    assert state_of(server_store) == LogState(ORIGIN, 1, 513, root_of(leaves(server_store)))


def test_only_full_parts_of_256_are_kept_as_rows(store: Store) -> None:
    noted(store, 600)

    with store.reading() as tx:
        kept = tx.execute(
            select(log_node.c.level, log_node.c["index"]).where(log_node.c.office == OFFICE)
        ).all()
        assert [tuple(row) for row in kept] == [(1, 0), (1, 1)]
        (epoch,) = find_epochs(tx)
        assert list(hashes(tx, epoch, 1, 0, 2)) == [
            root_of(leaves(store)[:256]),
            root_of(leaves(store)[256:512]),
        ]
        assert list(hashes(tx, epoch, 0, 512, 600)) == leaves(store)[512:]


def test_the_root_of_every_earlier_size_is_known(store: Store) -> None:
    noted(store, 700)
    every = leaves(store)

    with store.reading() as tx:
        for size in (0, 1, 2, 255, 256, 300, 511, 512, 513, 700):
            assert root_at(tx, 1, size) == root_of(every[:size])
        with pytest.raises(ValueError, match="701 entries"):
            root_at(tx, 1, 701)


def test_proofs_are_made_from_the_kept_tree(store: Store) -> None:
    noted(store, 700)
    every, root = leaves(store), state_of(store).root

    with store.reading() as tx:

        def between(start: int, stop: int) -> bytes:
            return root_between(tx, 1, start, stop)

        for index in (0, 1, 255, 256, 400, 511, 512, 699):
            assert verify_inclusion(
                every[index], index, 700, inclusion_proof(index, 700, between), root
            )


# ---- epochs --------------------------------------------------------------------------------------


def test_a_new_log_begins_by_naming_the_end_of_the_old_one(store: Store) -> None:
    noted(store, 3)
    old = state_of(store)

    with store.transaction() as tx:
        raise_epoch(tx, "psm.contoh.go.id", ACTOR, NOW, Reason("dipulihkan dari cadangan"))

    name, after = "psm.contoh.go.id/log/2", state_of(store)
    said = {
        "old_epoch": 1,
        "old_size": 3,
        "old_root": old.root.hex(),
        "reason": "dipulihkan dari cadangan",
    }
    assert events_of(store)[-1] == (ACTOR, "log begun anew", name, said)
    assert (after.origin, after.epoch, after.size) == (name, 2, 1)
    assert lines_of(store, 4) == [("log_epoch", "[2]", True)]


def test_a_new_log_has_a_tree_of_its_own_and_the_old_one_keeps_its_root(store: Store) -> None:
    noted(store, 300)
    old = state_of(store)
    with store.transaction() as tx:
        raise_epoch(tx, "", ACTOR, NOW, Reason("dipulihkan dari cadangan"))
    noted(store, 300)

    assert state_of(store) == LogState(f"kantor-{OFFICE}/log/2", 2, 301, root_of(leaves(store, 2)))
    with store.reading() as tx:
        assert [(each.first_event, each.size) for each in find_epochs(tx)] == [(1, 300), (301, 301)]
        assert root_at(tx, 1, 300) == old.root


def test_a_log_may_begin_anew_before_anything_was_done(store: Store) -> None:
    with store.transaction() as tx:
        raise_epoch(tx, "", ACTOR, NOW, Reason("dipulihkan dari cadangan"))

    assert (state_of(store).epoch, state_of(store).size) == (1, 1)
    assert [line[0] for line in lines_of(store, 1)] == ["log_epoch", "office"]


def test_the_next_program_goes_on_where_the_last_one_stopped(store: Store) -> None:
    noted(store, 255)

    other = opened_again(store)
    noted(other, 2)
    other.close()

    assert state_of(store) == LogState(ORIGIN, 1, 257, root_of(leaves(store)))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://psm.contoh.go.id", "psm.contoh.go.id"),
        ("https://PSM.contoh.go.id:8443/situs", "psm.contoh.go.id"),
        ("http://127.0.0.1:8000", ""),
        ("http://[::1]:8000", ""),
        ("http://192.168.1.5:8000", ""),
        ("http://localhost:8000", ""),
        ("", ""),
    ],
)
def test_a_log_is_named_by_a_site_that_others_can_reach(address: str, host: str) -> None:
    assert log_host(address) == host
