"""A person's rights: to see all that is kept, to be erased, and to be let go of in time; the
figures and the audit chain stay.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from psm_course.errors import Refused
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.printing import print_certificates, print_for_the_printer
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.privacy import erase_expired, erase_person, export_person
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Connection, Store
from psm_course.store.ledger import row_digest
from psm_course.store.log.state import log_state, root_at
from psm_course.store.schema import enrolment, log_entry, person
from psm_course.store.soundness.checking import check_store
from tests.register_builders import (
    ACTOR,
    DEPOK,
    NOW,
    a_cohort,
    a_course,
    a_signer,
    card_of,
    completes,
    enrolled_in,
    events_of,
    register_of,
)

COURSE = a_course()


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def two(store: Store, office: Settings) -> Store:
    """Two who finished, with printed certificates."""
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")
    completes(store, COURSE, "D26-001", "D26-002")
    issue_records(store, COURSE, office, a_signer(), "D26", ACTOR, NOW)
    list(print_certificates(store, office, "D26", ACTOR, NOW))
    return store


def erased(
    store: Store, office: Settings, number: str = "D26-001", reason: str = "permintaan peserta"
) -> tuple[Path, ...]:
    return erase_person(store, office, number, reason, ACTOR, NOW)


# ---- seeing --------------------------------------------------------------------------------------


def test_everything_kept_about_one_person_is_shown_and_nobody_elses(two: Store) -> None:
    traces = export_person(two, "D26-001", ACTOR, NOW)

    counted = {table: len(rows) for table, rows in traces.items() if rows}
    assert counted == {
        "person": 1,
        "enrolment": 1,
        "attendance_mark": 8,
        "submission": 2,
        "attempt": 2,
        "outcome": 2,
        "record": 1,
        "record_document": 1,
        "record_event": 1,
        "audit_event": 6,
    }
    assert "Siti Rahayu" in str(traces)
    assert "Ujang" not in str(traces)
    assert "D26-002" not in str(traces)


def test_the_cards_code_is_not_shown(two: Store) -> None:
    assert card_of(two, "D26-001") not in str(export_person(two, "D26-001", ACTOR, NOW))


def test_a_look_is_noted(two: Store) -> None:
    export_person(two, "D26-001", ACTOR, NOW)

    assert events_of(two)[-1] == (ACTOR, "person exported", "D26-001", {})


# ---- erasing -------------------------------------------------------------------------------------


def test_nothing_that_tells_who_it_was_stays(two: Store, office: Settings) -> None:
    secret = card_of(two, "D26-001")
    assert "Siti Rahayu" in str(register_of(two))

    (for_the_printer,) = print_for_the_printer(two, office, "D26")

    removed = erased(two, office)

    kept = str(register_of(two))
    assert [word for word in ("Siti", "Rahayu", secret) if word in kept] == []
    assert "Ujang Hidayat" in kept
    assert [path.name for path in removed] == [
        "800.2-0001-PSM-DASAR-XI-2026.pdf",
        for_the_printer.name,
    ]
    assert [path.name for path in (office.records / "D26").iterdir()] == [
        "800.2-0002-PSM-DASAR-XI-2026.pdf"
    ]


def test_the_figures_and_the_chain_stay(two: Store, office: Settings) -> None:
    before = standings(two, COURSE, "D26", NOW)[1][0]

    erased(two, office)

    after = standings(two, COURSE, "D26", NOW)[1][0]
    assert (after.completion, after.attempts, after.enrolment.kelurahan) == (
        before.completion,
        before.attempts,
        DEPOK,
    )
    assert after.enrolment.shown_name == "(data dihapus)"
    assert check_store(two).problems == ()
    assert events_of(two)[-1] == (
        ACTOR,
        "person erased",
        "D26-001",
        {"reason": "permintaan peserta", "records": 1},
    )


def test_nobody_finds_the_name_again_by_trying_names_against_the_log(
    two: Store, office: Settings
) -> None:
    """Whoever has the register knows every column but the name, and which digest its row had."""
    with two.reading() as tx:
        before = row_of(tx, "D26-001")
        old = log_state(tx)
        assert row_digest(enrolment, before) in digests_in(tx)

    erased(two, office)

    with two.reading() as tx:
        after = row_of(tx, "D26-001")
        kept = str(register_of(two))
        guessed = {
            name: before[name] if name in {"name", "name_key", "phone", "erased_at"} else value
            for name, value in after.items()
        }
        assert before["salt"] not in {b"", after["salt"]}
        assert str(before["salt"]) not in kept
        assert row_digest(enrolment, before) in digests_in(tx)  # the tree goes on binding it
        assert row_digest(enrolment, guessed) not in digests_in(tx)
        assert root_at(tx, 1, old.size) == old.root


def test_what_is_counted_of_an_erased_person_has_no_salt_any_more(
    two: Store, office: Settings
) -> None:
    erased(two, office)

    with two.reading() as tx:
        salts = {row.id: len(row.salt) for row in tx.execute(select(person.c.id, person.c.salt))}
    assert salts == {1: 0, 2: 32}


def row_of(tx: Connection, number: str) -> dict[str, Any]:
    return dict(tx.execute(select(enrolment).where(enrolment.c.number == number)).mappings().one())


def digests_in(tx: Connection) -> set[bytes | None]:
    return set(tx.execute(select(log_entry.c.digest)).scalars())


def test_the_number_of_an_erased_record_is_never_given_again(two: Store, office: Settings) -> None:
    erased(two, office, "D26-002")
    a_cohort(two, "Ani", cohort="D27")
    completes(two, COURSE, "D27-001")

    new = issue_records(two, COURSE, office, a_signer(), "D27", ACTOR, NOW).new

    assert [record.number for record in new] == ["800.2/0003/PSM-DASAR/XI/2026"]


def test_an_erased_person_gets_no_new_record(two: Store, office: Settings) -> None:
    erased(two, office)

    assert issue_records(two, COURSE, office, a_signer(), "D26", ACTOR, NOW).new == ()


@pytest.mark.parametrize(
    ("number", "reason", "says"),
    [
        ("D26-009", "permintaan peserta", '"D26-009" tidak ada'),
        ("D26-001", "  ya ", "dalam beberapa kata"),
        ("D26-001", "diminta Siti sendiri", "tanpa menyebut nama"),
    ],
)
def test_what_cannot_be_erased_is_said_and_nothing_changes(
    two: Store, office: Settings, number: str, reason: str, says: str
) -> None:
    before = register_of(two)

    with pytest.raises(Refused) as refused:
        erased(two, office, number, reason)

    assert says in str(refused.value)
    assert register_of(two) == before


def test_who_is_erased_cannot_be_erased_or_shown_again(two: Store, office: Settings) -> None:
    erased(two, office)

    for again in (lambda: erased(two, office), lambda: export_person(two, "D26-001", ACTOR, NOW)):
        with pytest.raises(Refused, match=r"Data D26-001 sudah dihapus\."):
            again()


# ---- time over -----------------------------------------------------------------------------------


def test_names_are_let_go_of_after_the_years_that_the_office_chose(
    two: Store, office: Settings
) -> None:
    just_before = NOW + timedelta(days=5 * 365)
    after = NOW + timedelta(days=5 * 365 + 3)

    assert erase_expired(two, office, ACTOR, just_before, dry_run=False) == ()
    assert erase_expired(two, office, ACTOR, after, dry_run=True) == ("D26-001", "D26-002")
    assert [person.name for person in enrolled_in(two)] == ["Siti Rahayu", "Ujang Hidayat"]
    assert erase_expired(two, office, ACTOR, after, dry_run=False) == ("D26-001", "D26-002")
    assert [person.name for person in enrolled_in(two)] == ["", ""]
    assert erase_expired(two, office, ACTOR, after, dry_run=False) == ()


@pytest.mark.parametrize("written", ["", "lima", "0", "-1", "2,5"])
def test_years_that_are_no_number_are_refused(store: Store, tmp_path: Path, written: str) -> None:
    with pytest.raises(Refused, match="Masa simpan"):
        erase_expired(
            store, Settings(data=tmp_path, retention_years=written), ACTOR, NOW, dry_run=False
        )


def test_the_log_of_an_erasure_can_be_read(two: Store, office: Settings) -> None:
    erased(two, office)

    with two.reading() as tx:
        assert [event.verb for event in audit.list_events(tx, subject="D26-001")] == [
            "person erased",
            "record printed",
            "record issued",
        ]
