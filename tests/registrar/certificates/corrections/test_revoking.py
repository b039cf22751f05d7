"""Records revoked, voided because nobody came, or printed once more; everything is noted."""

from __future__ import annotations

import re

import pytest
from dirty_equals import Contains

from psm_course.domain.register import AttendanceMark, CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import no_shows, reprint, revoke
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.privacy import erase_person
from psm_course.settings import Settings
from psm_course.store.attendance import attendance
from psm_course.store.engine import Store
from tests.register_builders import ACTOR, HOURS, NOW, a_cohort, arranging, events_of, register_of
from tests.registrar.certificates.office import (
    COURSE,
    FIRST,
    LATER,
    SECOND,
    SIGNER,
    becomes,
    corrects,
)

# ---- revoked -------------------------------------------------------------------------------------


def test_a_revoked_record_answers_with_day_and_reason(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    revoke(store, SIGNER, [FIRST], "tercetak untuk orang lain", ACTOR, LATER)

    printed, scanned = becomes(store, two[0])
    assert printed == scanned
    assert printed[:2] == ("revoked", None)
    assert printed[2] == Contains("dicabut pada 2 Desember 2026", "tercetak untuk orang lain")
    assert becomes(store, two[1])[0][0] == "valid"
    assert dict(standings(store, COURSE, "D26", NOW)[1][0].records) == {}
    assert events_of(store)[-1] == (ACTOR, "record revoked", "D26-001", {"record": FIRST})
    for again in (
        lambda: revoke(store, SIGNER, [FIRST], "sekali lagi", ACTOR, LATER),
        lambda: corrects(store, settings),
    ):
        with pytest.raises(Refused, match=f"{re.escape(FIRST)} sudah dicabut pada 2 Desember 2026"):
            again()


def test_of_several_all_are_revoked_or_none(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    before = register_of(store)

    with pytest.raises(Refused, match=r'"800\.2/0009" tidak ada di register'):
        revoke(store, SIGNER, [FIRST, "800.2/0009"], "salah cetak", ACTOR, LATER)
    assert register_of(store) == before

    revoke(store, SIGNER, [FIRST, SECOND, FIRST], "salah cetak", ACTOR, LATER)
    assert [becomes(store, each)[0][0] for each in two] == ["revoked", "revoked"]
    assert sum(event[1] == "record revoked" for event in events_of(store)) == 2


def test_the_record_of_an_erased_person_can_still_be_revoked(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    erase_person(store, settings, "D26-001", "permintaan peserta", ACTOR, NOW)
    with pytest.raises(Refused, match="data pemiliknya sudah dihapus"):
        corrects(store, settings)

    revoke(store, SIGNER, [FIRST], "terbukti memakai jawaban orang lain", ACTOR, LATER)

    assert becomes(store, two[0])[0][0] == "revoked"


# ---- who never came ------------------------------------------------------------------------------


def test_prints_of_those_who_never_came_are_voided_in_one_step(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    """Marked present on the eve so that the paper is ready, then set right after the class."""
    assert no_shows(store, "D26") == ()
    with arranging(store) as tx:
        attendance.add_marks(
            tx,
            [
                AttendanceMark("D26-001", session, "absent", reason="tidak datang")
                for session in HOURS
            ],
            ACTOR,
            NOW,
        )

    absent = no_shows(store, "D26")
    revoke(
        store,
        SIGNER,
        [record.number for record in absent],
        "tidak hadir satu sesi pun",
        ACTOR,
        LATER,
    )

    assert absent == two[:1]
    assert no_shows(store, "D26") == ()
    assert [becomes(store, each)[0][0] for each in two] == ["revoked", "valid"]


def test_nobody_counts_as_absent_before_anybody_was_marked(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", cohort="E26")

    with pytest.raises(Refused, match=r"E26.*satu pun tanda hadir"):
        no_shows(store, "E26")


# ---- a lost print --------------------------------------------------------------------------------


def test_a_reprint_is_the_same_record_and_is_noted(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    assert reprint(store, SECOND, "basah kena hujan", ACTOR, LATER) == two[1]

    assert events_of(store)[-1] == (ACTOR, "record reprinted", "D26-002", {"record": SECOND})
    assert becomes(store, two[1])[0][0] == "valid"
    revoke(store, SIGNER, [SECOND], "salah cetak", ACTOR, LATER)
    with pytest.raises(Refused, match="sudah dicabut"):
        reprint(store, SECOND, "basah kena hujan", ACTOR, LATER)
