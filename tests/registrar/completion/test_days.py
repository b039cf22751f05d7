"""What lies ahead is neither marked nor certified: not by a sheet, list, card or certificate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.registrar.attendance.presence import mark_session, scan_card
from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.registrar.certificates.issuing import KINDS, issue_records
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    CARDS,
    NOW,
    a_cohort,
    a_course,
    a_sheet,
    a_signer,
    completes,
    register_of,
)

TOMORROW = NOW + timedelta(days=1)


def over_two_days() -> Course:
    """The last session, `tutup`, is on the second day."""
    course = a_course()
    *first, last = course.file.sessions
    return replace(
        course,
        file=course.file.model_copy(
            update={"sessions": (*first, last.model_copy(update={"day": 2}))}
        ),
    )


COURSE = over_two_days()


def sheet(folder: Path) -> Path:
    rows = (("D26-001", "x", "x"), ("D26-002", "x", "-"), ("D26-003", "x", ""))
    return a_sheet(folder / "hadir.xlsx", ("Nomor peserta", "buka", "tutup"), *rows)


# ---- presence ------------------------------------------------------------------------------------


def test_a_sheet_with_marks_of_tomorrow_is_refused_with_their_cells(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        mark_attendance(store, COURSE, "D26", sheet(tmp_path), ACTOR, NOW)

    assert str(refused.value).splitlines() == [
        Contains("hadir.xlsx: 1 hal", "belum ada yang disimpan"),
        Contains(
            "  C2: sesi TUTUP", "25 November 2026", "1 sel lain", "sampai C3", "kirim lagi mulai"
        ),
    ]
    assert register_of(store) == before


def test_the_same_sheet_is_taken_on_the_day(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti", "Ujang", "Ani")

    assert mark_attendance(store, COURSE, "D26", sheet(tmp_path), ACTOR, TOMORROW).count == 5


def test_a_session_of_tomorrow_cannot_be_marked_in_the_list(store: Store) -> None:
    a_cohort(store, "Siti")

    with pytest.raises(Refused) as refused:
        mark_session(store, COURSE, "D26", "tutup", {"D26-001": "present"}, "", ACTOR, NOW)

    assert str(refused.value) == Contains(
        "Sesi TUTUP", "25 November 2026", "belum ada yang disimpan"
    )
    assert (
        mark_session(store, COURSE, "D26", "tutup", {"D26-001": "present"}, "", ACTOR, TOMORROW)
        == 1
    )


@pytest.mark.parametrize(
    ("session", "at", "any_day", "result"),
    [
        ("tutup", NOW, False, "day-to-come"),
        ("tutup", NOW, True, "day-to-come"),
        ("buka", TOMORROW, False, "other-day"),
        ("buka", TOMORROW, True, "marked"),
    ],
)
def test_a_card_may_be_scanned_for_a_past_day_but_never_for_one_to_come(
    store: Store, session: str, at: datetime, any_day: bool, result: str
) -> None:
    a_cohort(store, "Siti")

    assert (
        scan_card(
            store, COURSE, CARDS, "D26", session, "D26-001", "present", any_day, ACTOR, at
        ).result
        == result
    )


# ---- certificates --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("is_dry", [True, False], ids=["dry", "signed"])
def test_no_certificate_before_the_last_day(
    store: Store, tmp_path: Path, kind: str, is_dry: bool
) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")
    before, signer = register_of(store), None if is_dry else a_signer()

    with pytest.raises(Refused) as refused:
        issue_records(
            store, COURSE, Settings(data=tmp_path), signer, "D26", ACTOR, NOW, KINDS[kind]
        )

    assert str(refused.value) == Contains(
        "Angkatan D26", "mulai 25 November 2026", "hari sesi terakhir"
    )
    assert register_of(store) == before


def test_certificates_are_issued_on_the_last_day(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti")
    completes(store, COURSE, "D26-001")

    (record,) = issue_records(
        store, COURSE, Settings(data=tmp_path), a_signer(), "D26", ACTOR, TOMORROW
    ).new

    assert (record.content["ends_on"], record.content["issued_on"]) == ("2026-11-25", "2026-11-25")
