"""How rows and events are digested: RFC 8785's canonical JSON, on both databases, for any row."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from psm_course.store.backup import back_up
from psm_course.store.engine import Store
from psm_course.store.ledger import (
    Ledger,
    Line,
    canonical,
    columns_of,
    digest_of,
    entry_of,
    key_of,
    row_digest,
)
from psm_course.store.log.state import log_state
from psm_course.store.opening import open_store
from psm_course.store.schema import account, account_cohort, cohort, enrolment, metadata, name_word
from tests.bound import unbound
from tests.builders import OFFICE
from tests.register_builders import a_cohort, a_course, completes, issues

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.text(),
    st.datetimes(),
    st.dates(),
    st.binary(),
)
NAMES = sorted({str(column.name) for table in metadata.sorted_tables for column in table.columns})


def plain(value: Any) -> Any:
    """A cell as JSON has it, said in another way than the program does."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


# ---- canonical JSON ------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from(NAMES), CELLS))
def test_a_row_is_written_as_the_library_for_rfc_8785_writes_it(row: dict[str, Any]) -> None:
    assert canonical(row) == rfc8785.dumps({name: plain(value) for name, value in row.items()})


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]+", fullmatch=True),
        st.none() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    )
)
def test_an_event_is_written_so_too(detail: dict[str, Any]) -> None:
    event: dict[str, Any] = {"office": OFFICE, "id": 7, "detail": detail}

    assert canonical(event) == rfc8785.dumps(event)


# ---- rows ----------------------------------------------------------------------------------------


def test_a_row_is_digested_with_all_of_its_columns() -> None:
    row = {
        "id": "D26",
        "office": OFFICE,
        "title": "Angkatan ké-26",
        "starts_on": date(2026, 11, 24),
        "closes_at": datetime(2026, 12, 1, 2),
    }
    row |= {"archived_at": None, "course": "bimtek", "place": None}
    written = (
        '{"archived_at":null,"closes_at":"2026-12-01T02:00:00","course":"bimtek","id":"D26",'
        '"office":"32.76","place":null,"starts_on":"2026-11-24","title":"Angkatan ké-26"}'
    )

    assert row_digest(cohort, row) == hashlib.sha256(written.encode()).digest()


def test_the_columns_stand_in_the_order_of_canonical_json() -> None:
    names = columns_of(cohort)

    assert names == (
        "archived_at",
        "closes_at",
        "course",
        "id",
        "office",
        "place",
        "starts_on",
        "title",
    )
    assert digest_of(names, [1] * 8) == row_digest(cohort, dict.fromkeys(names, 1))


def test_a_key_is_the_primary_key_without_the_office() -> None:
    assert key_of(cohort, {"office": OFFICE, "id": "D26"}) == '["D26"]'
    assert (
        key_of(account_cohort, {"office": OFFICE, "account": "rini", "cohort": "D26"})
        == '["rini","D26"]'
    )


@pytest.mark.parametrize("name", [table.name for table in metadata.sorted_tables])
def test_no_column_holds_a_broken_number(name: str) -> None:
    """Canonical JSON of these is where programs differ."""
    kinds = {type(column.type).__name__ for column in metadata.tables[name].columns}

    assert kinds <= {"Text", "Integer", "Boolean", "Date", "DateTime", "LargeBinary"}


def test_what_the_program_digests_is_what_either_database_gives_back(store: Store) -> None:
    """The check itself is made after every test; here there is something in nearly every table."""
    a_cohort(store, "Sitié Rahayu", "Ujang")
    completes(store, a_course(), "D26-001", "D26-002")
    issues(store, a_course())

    assert unbound(store.engine) == []


@pytest.mark.tampering
def test_the_check_after_every_test_finds_rows_that_nobody_noted(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    with store.engine.begin() as connection:
        connection.execute(
            update(enrolment).where(enrolment.c.number == "D26-001").values(name="Orang Lain")
        )
        for each in (name_word, enrolment):
            connection.execute(delete(each).where(each.c.number == "D26-002"))
        connection.execute(
            insert(account).values(
                # Opens nothing.
                office=OFFICE,
                name="maling",
                role="petugas",
                password="x",  # noqa: S106
                is_open=True,
            )
        )

    assert sorted(unbound(store.engine)) == [
        'account ["maling"] is not as its newest line says',
        'enrolment ["D26-001"] is not as its newest line says',
        'enrolment ["D26-002"] is gone without a line',
    ]


def test_a_copy_on_the_other_database_is_bound_by_the_same_log(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    completes(store, a_course(), "D26-001")
    issues(store, a_course())

    back_up(store, tmp_path / "salinan" / "satu.db")

    with closing(open_store(tmp_path / "salinan" / "satu.db", OFFICE)) as copy:
        assert unbound(copy.engine) == []
        with store.reading() as here, copy.reading() as there:
            assert log_state(there) == log_state(here)


# ---- events --------------------------------------------------------------------------------------


def test_an_entry_is_the_digest_that_the_decision_describes() -> None:
    lines = [Line("submission", '["u-1"]', bytes(32)), Line("enrolment", '["D26-001"]', None)]
    written = (
        f'["enrolment","[\\"D26-001\\"]",null]\n["submission","[\\"u-1\\"]","{bytes(32).hex()}"]\n'
    )
    event: dict[str, Any] = {
        "office": OFFICE,
        "id": 1,
        "at": "2026-11-24T02:00:00",
        "actor": "a",
        "verb": "v",
        "subject": "s",
        "detail": {},
    }
    said = rfc8785.dumps(event | {"lines": hashlib.sha256(written.encode()).hexdigest()})

    assert entry_of(b"\x07" * 32, event, lines) == hashlib.sha256(b"\x07" * 32 + said).digest()
    assert entry_of(b"\x07" * 32, event, lines[::-1]) == entry_of(b"\x07" * 32, event, lines)


def test_a_ledger_is_empty_once_its_lines_are_taken() -> None:
    ledger = Ledger()
    ledger.deleted(enrolment, [{"number": "D26-001"}])

    assert ledger.tables() == ["enrolment"]
    assert ledger.take(["x"]) == [[Line("enrolment", '["D26-001"]', None)]]
    assert not ledger
