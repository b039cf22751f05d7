"""Issuing records: numbered once and without gaps, frozen, and printed from what was frozen."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from psm_course.credentials.verification.verification import verify
from psm_course.domain.register import CompletionRecord, Enrolment
from psm_course.errors import Refused
from psm_course.registrar.certificates.issuing import Issue, issue_records
from psm_course.registrar.certificates.series import skip_numbers
from psm_course.settings import Settings
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.databases import opened_again
from tests.register_builders import (
    ACTOR,
    COMPLETION,
    NOW,
    RIGHT,
    WIB,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_signer,
    adopts,
    arranging,
    attends,
    completes,
    events_of,
    hands_in,
    published_in,
    register_of,
)

COURSE = a_course()
FIRST = "800.2/0001/PSM-DASAR/XI/2026"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


SIGNER = a_signer()


def issued(
    store: Store, settings: Settings, cohort: str = "D26", now: datetime = NOW, **how: Any
) -> Issue:
    return issue_records(store, COURSE, settings, SIGNER, cohort, ACTOR, now, **how)


def numbers(records: tuple[CompletionRecord, ...]) -> list[tuple[str, str]]:
    return [(record.number, record.participant) for record in records]


def test_a_badge_says_what_the_adopted_rules_asked_and_how_the_office_is_reached(
    store: Store, settings: Settings
) -> None:
    said, asked = (
        "Syarat menurut aturan yang dipakai angkatan ini",
        [COMPLETION[0] | {"towards": "attended"}, *COMPLETION[1:]],
    )
    a_cohort(store, "Siti", "Ujang")
    completes(store, COURSE, "D26-001")
    attends(store, "D26-002")
    adopts(store, a_course(completion=tuple(asked)))
    reached = replace(
        settings, office_url="https://dinsos.depok.go.id", office_email="dinsos@depok.go.id"
    )
    later = a_course(completion=tuple(each | {"title": "Sudah diubah"} for each in COMPLETION))

    new = issue_records(
        store,
        later,
        settings,
        replace(SIGNER, settings=reached),
        "D26",
        ACTOR,
        NOW,
        ("passed", "attended"),
    ).new

    badges = [json.loads(str(record.credential)) for record in new]
    assert [
        badge["credentialSubject"]["achievement"]["criteria"]["narrative"] for badge in badges
    ] == [
        f"{said}: Hadir 80 %; Mengerjakan tes awal; Lulus tes akhir. Nilai lulus: Tes Akhir 70 %.",
        f"{said}: Hadir 80 %.",
    ]
    issuers = [
        {word: badge["issuer"][word] for word in ("name", "url", "email")} for badge in badges
    ]
    assert (
        issuers
        == [
            {
                "name": SIGNER.issuer.name,
                "url": "https://dinsos.depok.go.id",
                "email": "dinsos@depok.go.id",
            }
        ]
        * 2
    )


# ---- numbers -------------------------------------------------------------------------------------


def test_records_are_numbered_by_participant_without_gaps(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani", "Budi")
    completes(store, COURSE, "D26-004", "D26-001", "D26-003")

    done = issued(store, settings)

    assert done.before == ()
    assert numbers(done.new) == [
        ("800.2/0001/PSM-DASAR/XI/2026", "D26-001"),
        ("800.2/0002/PSM-DASAR/XI/2026", "D26-003"),
        ("800.2/0003/PSM-DASAR/XI/2026", "D26-004"),
    ]


def test_a_second_run_issues_only_to_those_who_finished_since(
    store: Store, settings: Settings
) -> None:
    a_cohort(store, "Siti", "Ujang")
    completes(store, COURSE, "D26-002")
    first = issued(store, settings)
    again = issued(store, settings)
    completes(store, COURSE, "D26-001")
    later = issued(store, settings)

    assert (again.new, numbers(again.before)) == ((), numbers(first.new))
    assert numbers(later.new) == [("800.2/0002/PSM-DASAR/XI/2026", "D26-001")]


def test_cohorts_share_the_numbers_of_a_year_and_each_year_begins_anew(
    store: Store, settings: Settings
) -> None:
    for cohort in ("D25", "D26", "D27"):
        a_cohort(store, "Siti", cohort=cohort)
        completes(store, COURSE, f"{cohort}-001")

    given = [
        *issued(store, settings, "D25").new,
        *issued(store, settings, "D26").new,
        *issued(store, settings, "D27", now=datetime(2027, 1, 2, tzinfo=WIB)).new,
    ]

    assert [record.number for record in given] == [
        "800.2/0001/PSM-DASAR/XI/2026",
        "800.2/0002/PSM-DASAR/XI/2026",
        "800.2/0001/PSM-DASAR/I/2027",
    ]


def test_the_year_is_that_of_the_office_and_not_of_greenwich(
    store: Store, settings: Settings
) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")

    (record,) = issued(store, settings, now=datetime(2027, 1, 1, 3, 0, tzinfo=WIB)).new

    assert (record.number, record.content["issued_on"]) == (
        "800.2/0001/PSM-DASAR/I/2027",
        "2027-01-01",
    )


def test_a_dry_run_says_the_same_and_uses_no_number(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti", "Ujang")
    completes(store, COURSE, "D26-001")
    before = register_of(store)

    planned = issue_records(store, COURSE, settings, None, "D26", ACTOR, NOW)

    assert register_of(store) == before
    done = issued(store, settings)
    assert [(each.number, each.content) for each in planned.new] == [
        (each.number, each.content) for each in done.new
    ]
    assert [(each.key, each.credential, each.qr, each.status_index) for each in planned.new] == [
        (None, None, None, None)
    ]


def test_nobody_finished_means_nothing_issued(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti")

    assert issued(store, settings) == Issue((), ())


def test_two_offices_issuing_at_once_never_give_a_number_twice(
    store: Store, settings: Settings
) -> None:
    names = [f"Orang {index}" for index in range(6)]
    for cohort in ("D25", "D26"):
        completes(
            store,
            COURSE,
            *[enrolment.number for enrolment in a_cohort(store, *names, cohort=cohort)],
        )
    given: list[tuple[str, str]] = []

    def office(cohort: str) -> None:
        register = opened_again(store)
        given.extend(numbers(issued(register, settings, cohort).new))
        register.close()

    threads = [
        threading.Thread(target=office, args=[cohort]) for cohort in ("D25", "D26", "D25", "D26")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(number for number, _ in given) == [
        f"800.2/{sequence:04}/PSM-DASAR/XI/2026" for sequence in range(1, 13)
    ]
    assert len({participant for _, participant in given}) == 12


def test_a_pattern_that_repeats_numbers_is_refused_and_nothing_issued(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")
    before = register_of(store)

    with pytest.raises(Refused, match=r"harus memuat \{seq\} dan \{year\}"):
        issued(store, Settings(data=tmp_path, record_number="800.2/{seq}"))

    assert register_of(store) == before


def test_a_cohort_that_is_not_there_is_refused(store: Store, settings: Settings) -> None:
    with pytest.raises(Refused, match='Angkatan "D27" tidak ada'):
        issued(store, settings, "D27")


@pytest.mark.parametrize("moment", ["2026-12-31T17:30:00+00:00", "2027-01-01T00:30:00+07:00"])
def test_day_and_number_are_depoks_wherever_the_computers_clock_stands(
    store: Store, settings: Settings, moment: str
) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")

    (record,) = issued(store, settings, now=datetime.fromisoformat(moment)).new

    assert (record.number, record.content["issued_on"]) == (
        "800.2/0001/PSM-DASAR/I/2027",
        "2027-01-01",
    )


# ---- numbers left out, with a note ---------------------------------------------------------------


def test_numbers_given_by_hand_are_left_out_with_a_note(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti", "Ujang")
    adopts(store, COURSE)
    completes(store, COURSE, "D26-001")
    issued(store, settings)

    assert skip_numbers(store, 2026, 5, "ditulis tangan saat listrik padam", ACTOR, NOW) == (2, 5)

    completes(store, COURSE, "D26-002")
    assert numbers(issued(store, settings).new) == [("800.2/0006/PSM-DASAR/XI/2026", "D26-002")]
    assert [row[1:6] for row in register_of(store)["number_skip"]] == [
        ("bimtek", 2026, 2, 5, "ditulis tangan saat listrik padam")
    ]
    assert (
        ACTOR,
        "numbers skipped",
        "2026",
        {"course": "bimtek", "first": 2, "last": 5},
    ) in events_of(store)


@pytest.mark.parametrize(
    ("last", "reason", "sentence"),
    [
        (1, "ditulis tangan", "Nomor urut 1 sudah terpakai atau dilewati; nomor berikut adalah 2."),
        (
            20260005,
            "ditulis tangan",
            "Itu melewati 20260004 nomor sekaligus; paling banyak 1000. Periksa lagi nomornya.",
        ),
        (5, " ", "Tulis alasannya dalam beberapa kata, misalnya: salah ketik pada nama."),
    ],
)
def test_a_skip_that_makes_no_sense_is_refused(
    store: Store, settings: Settings, last: int, reason: str, sentence: str
) -> None:
    a_cohort(store, "Siti")
    adopts(store, COURSE)
    completes(store, COURSE, "D26-001")
    issued(store, settings)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        skip_numbers(store, 2026, last, reason, ACTOR, NOW)

    assert str(refused.value) == sentence
    assert register_of(store) == before


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
