"""A cohort itself: renamed, put away, and opened again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dirty_equals import Contains

from psm_course.registrar.attendance.presence import scan_card
from psm_course.registrar.attendance.schedule import change_session, set_place
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.completion.cohort_rules import adopt_rules
from psm_course.registrar.completion.overriding import observe, override
from psm_course.registrar.people.cohorts import (
    archive_cohort,
    rename_cohort,
    reopen_cohort,
    set_closing,
)
from psm_course.registrar.people.enrolling import import_roster
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    CARDS,
    NOW,
    a_cohort,
    a_course,
    a_criterion,
    a_hand_in,
    a_roster,
    a_signer,
    adopts,
    completes,
    events_of,
    hands_in,
    issues,
    office_adopts,
    register_of,
)
from tests.registrar.people.test_one_person import added
from tests.registrar.people.years import refusal

COURSE = a_course()
WHY = "kegiatan selesai"


def test_a_cohort_gets_another_title_and_what_was_issued_keeps_the_old(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    completes(store, COURSE, "D26-001")
    issues(store, COURSE)
    before = register_of(store)["record_document"]

    renamed = rename_cohort(store, "D26", "Angkatan Beji", "salah ketik", ACTOR, NOW)

    assert renamed.title == "Angkatan Beji"
    assert register_of(store)["record_document"] == before
    assert events_of(store)[-1] == (ACTOR, "cohort renamed", "D26", {"reason": "salah ketik"})
    assert "Tidak ada yang berubah" in refusal(
        store, rename_cohort, store, "D26", "Angkatan Beji", "salah ketik", ACTOR, NOW
    )


def test_a_cohort_put_away_takes_in_nobody_and_nothing_until_it_is_opened_again(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Rahayu")
    adopts(store, COURSE)
    archive_cohort(store, "D26", "kegiatan selesai", ACTOR, NOW)
    late = hands_in(
        store, COURSE, a_hand_in("D26-001", "tes-akhir"), now=NOW + timedelta(minutes=1)
    )

    said = Contains("Angkatan D26 sudah diarsipkan", "psm cohort reopen D26")
    assert refusal(store, added, store, "Rini") == said
    assert (
        refusal(
            store,
            scan_card,
            store,
            COURSE,
            CARDS,
            "D26",
            "buka",
            "D26-001",
            "present",
            True,
            ACTOR,
            NOW,
        )
        == said
    )
    assert (
        refusal(
            store,
            import_roster,
            store,
            REGION,
            "D26",
            a_roster(tmp_path / "p.xlsx", ("Rini", "Beji")),
            ACTOR,
            NOW,
        )
        == said
    )
    assert late.standing == "held"

    reopen_cohort(store, "D26", "ada susulan", ACTOR, NOW)

    assert added(store, "Rini").number == "D26-002"
    assert "tidak sedang diarsipkan" in refusal(
        store, reopen_cohort, store, "D26", "ada susulan", ACTOR, NOW
    )


def test_in_a_cohort_put_away_nobody_is_judged_otherwise_and_nothing_is_issued(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu")
    adopts(store, a_course(rubric=(a_criterion("sapa", 2),)))
    completes(store, COURSE, "D26-001")
    office_adopts(store, a_course(title="Bimtek Dasar"))
    archive_cohort(store, "D26", "kegiatan selesai", ACTOR, NOW)

    said = Contains("Angkatan D26 sudah diarsipkan", "psm cohort reopen D26")
    assert refusal(store, override, store, "D26-001", "hadir", True, WHY, ACTOR, NOW) == said
    assert refusal(store, observe, store, "D26-001", "sapa", 2, ACTOR, NOW) == said
    assert refusal(store, adopt_rules, store, COURSE, "D26", WHY, ACTOR, NOW) == said
    assert (
        refusal(store, issue_records, store, COURSE, Settings(), a_signer(), "D26", ACTOR, NOW)
        == said
    )
    assert refusal(store, issue_records, store, COURSE, Settings(), None, "D26", ACTOR, NOW) == said
    assert (
        refusal(
            store, change_session, store, COURSE, "D26", "buka", {"room": "Aula"}, WHY, ACTOR, NOW
        )
        == said
    )
    assert refusal(store, set_place, store, "D26", "Aula", ACTOR, NOW) == said
    assert refusal(store, set_closing, store, "D26", None, ACTOR, NOW) == said
