"""Records once issued: signed, ready to be published, frozen, and noted."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

import pytest

from psm_course.credentials.verification.verification import verify
from psm_course.domain.register import Enrolment
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.settings import Settings
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.published import published_in
from tests.register_builders import (
    ACTOR,
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    arranging,
    attends,
    completes,
    events_of,
    hands_in,
)
from tests.registrar.certificates.office import COURSE, FIRST, SIGNER, issued


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


# ---- signed and published in the same breath -----------------------------------------------------


def test_a_record_is_signed_twice_over_the_same_facts(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    completes(store, COURSE, "D26-001", "D26-002")

    given = issued(store, settings).new

    assert [each.status_index for each in given] == [0, 1]
    known = published_in(store)
    for record in given:
        for form in (record.credential, record.qr):
            assert form is not None
            found = verify(form, known, NOW)
            assert (found.verdict, found.record) == ("valid", record.content)


def test_what_was_issued_can_be_published_at_once_and_names_nobody(
    store: Store, settings: Settings
) -> None:
    a_cohort(store, "Siti Rahayu")
    completes(store, COURSE, "D26-001")
    (record,) = issued(store, settings).new

    with store.reading() as tx:
        published = publications.list_publications(tx)

    assert [re.sub(r"[0-9a-f]{24}", "…", path) for path in published] == [
        "perbaikan.json",
        "sidik.json",
        "status/0-refresh.json",
        "status/0-revocation.json",
        "terbitan/….json",
    ]
    assert "Siti Rahayu" in str(record.content)
    assert "Siti" not in str(published)
    assert "D26-001" not in str(published)


# ---- what is frozen ------------------------------------------------------------------------------


def test_a_record_holds_every_printed_fact(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", kelurahan="32.76.11.1005")
    attends(store, "D26-001")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", WRONG))
    hands_in(store, COURSE, a_hand_in("D26-001", responses=RIGHT | {"dua": "b"}))

    (record,) = issued(store, Settings(data=tmp_path, signatory_name="Dra. Contoh")).new

    assert (record.participant, record.kind, record.issued_at, record.status_index) == (
        "D26-001",
        "passed",
        NOW,
        0,
    )
    assert record.key == SIGNER.key.multikey
    assert record.content == {
        "number": FIRST,
        "kind": "passed",
        "participant": "D26-001",
        "name": "Siti Rahayu",
        "kelurahan": "Curug (Bojongsari)",
        "course": "Bimtek Dasar PSM",
        "organiser": "Dinas Sosial Kota Depok",
        "hours": 16,
        "minutes_per_hour": 45,
        "cohort": "Angkatan D26",
        "starts_on": "2026-11-24",
        "ends_on": "2026-11-24",
        "issued_on": "2026-11-24",
        "place": "Depok",
        "signatory_title": "Kepala Dinas Sosial Kota Depok",
        "signatory_name": "Dra. Contoh",
        "letterhead": [],
        "tte_note": False,
        "score": "75",
        "sessions": [
            {"title": "BUKA", "hours": 1},
            {"title": "DASAR", "hours": 3},
            {"title": "PPKS", "hours": 3},
            {"title": "SEHAT", "hours": 1},
            {"title": "ANAK", "hours": 3},
            {"title": "DIFABEL", "hours": 1},
            {"title": "RUJUK", "hours": 3},
            {"title": "TUTUP", "hours": 1},
        ],
    }


def test_the_score_is_that_of_the_final_test_alone(store: Store, settings: Settings) -> None:
    """The pretest here has a pass mark too, and was passed without a mistake; the certificate
    prints "Nilai tes akhir".
    """
    a_cohort(store, "Siti")
    attends(store, "D26-001")
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", RIGHT))
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-akhir", RIGHT | {"dua": "b"}))

    assert issued(store, settings).new[0].content["score"] == "75"


def test_what_was_issued_stays_when_name_course_and_office_change(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Rahayu")
    completes(store, COURSE, "D26-001")
    first = issued(store, settings)
    with arranging(store) as tx:
        people.change_enrolments(tx, [Enrolment("D26-001", "D26", "Siti Ningsih", "32.76.05.1005")])

    changed = issue_records(
        store,
        a_course(title="Lain"),
        Settings(data=tmp_path, place="Bogor"),
        SIGNER,
        "D26",
        ACTOR,
        NOW,
    )

    assert (changed.new, changed.before) == ((), first.new)
    assert changed.before[0].content["name"] == "Siti Rahayu"


def test_the_register_holds_what_was_returned(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti Rahayu")
    completes(store, COURSE, "D26-001")

    (record,) = issued(store, settings).new

    with store.reading() as tx:
        assert records.records_of_cohort(tx, "D26") == (record,)


# ---- the audit -----------------------------------------------------------------------------------


def test_every_record_leaves_one_audit_event(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")
    completes(store, COURSE, "D26-001", "D26-002")
    issued(store, settings)

    noted = [event for event in events_of(store) if event[1] == "record issued"]

    assert noted == [
        (
            ACTOR,
            "record issued",
            "D26-001",
            {"record": "800.2/0001/PSM-DASAR/XI/2026", "kind": "passed"},
        ),
        (
            ACTOR,
            "record issued",
            "D26-002",
            {"record": "800.2/0002/PSM-DASAR/XI/2026", "kind": "passed"},
        ),
    ]


def test_moments_of_issue_are_aware(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")
    issued(store, settings)

    (record,) = issued(store, settings).before

    assert record.issued_at == NOW.astimezone(UTC)
    assert record.issued_at.tzinfo is UTC
