"""Issuing records: numbered once and without gaps."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.issuing import Issue, issue_records
from psm_course.registrar.certificates.series import skip_numbers
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.databases import opened_again
from tests.register_builders import (
    ACTOR,
    COMPLETION,
    NOW,
    WIB,
    a_cohort,
    a_course,
    adopts,
    attends,
    completes,
    events_of,
    register_of,
)
from tests.registrar.certificates.office import COURSE, SIGNER, issued


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


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

    with pytest.raises(Refused, match=r"memuat \{seq\} dan \{year\}"):
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
    ("last", "reason", "says"),
    [
        (1, "ditulis tangan", ("urut 1 sudah terpakai", "berikut adalah 2.")),
        (20260005, "ditulis tangan", (" 20260004 nomor", "paling banyak 1000.")),
        (5, " ", ("dalam beberapa kata",)),
    ],
)
def test_a_skip_that_makes_no_sense_is_refused(
    store: Store, settings: Settings, last: int, reason: str, says: tuple[str, ...]
) -> None:
    a_cohort(store, "Siti")
    adopts(store, COURSE)
    completes(store, COURSE, "D26-001")
    issued(store, settings)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        skip_numbers(store, 2026, last, reason, ACTOR, NOW)

    assert str(refused.value) == Contains(*says)
    assert register_of(store) == before
