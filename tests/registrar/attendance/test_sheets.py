"""Marking attendance from a filled sheet: only what differs is written, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.domain.register import AttendanceMark
from psm_course.errors import Refused
from psm_course.registrar.attendance.handouts import make_attendance_sheet
from psm_course.registrar.attendance.sheets import Correction, Marked, mark_attendance
from psm_course.settings import Settings
from psm_course.store.attendance import attendance
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    HOURS,
    NOW,
    a_cohort,
    a_course,
    a_sheet,
    arranging,
    events_of,
    read_rows,
    register_of,
)

HEADER = ("Nomor peserta", "Nama", "buka", "dasar")


def marked(
    store: Store,
    tmp_path: Path,
    *rows: Sequence[object],
    cohort: str = "D26",
    replace_all: bool = False,
) -> Marked:
    return mark_attendance(
        store,
        a_course(),
        cohort,
        a_sheet(tmp_path / "hadir.xlsx", HEADER, *rows),
        ACTOR,
        NOW,
        replace_all,
    )


def presence(store: Store) -> dict[str, dict[str, str]]:
    with arranging(store) as tx:
        return {
            number: dict(sessions)
            for number, sessions in attendance.presence_of_cohort(tx, "D26").items()
        }


def test_the_sheet_to_fill_in_lists_everybody(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti", "Ujang")

    count = make_attendance_sheet(store, a_course(), Settings(), "D26", tmp_path / "hadir.xlsx")

    sessions = [f"{name.upper()} ({length} JP, 24 November 2026)" for name, length in HOURS.items()]
    assert count == 2
    assert read_rows(tmp_path / "hadir.xlsx") == [
        ["Nomor peserta", "Nama", "Kelurahan", *sessions],
        ["D26-001", "Siti", "Depok", *[""] * 8],
        ["D26-002", "Ujang", "Depok", *[""] * 8],
    ]


def test_marks_are_recorded_and_noted_once(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti", "Ujang")

    done = marked(store, tmp_path, ("D26-001", "Siti", "x", "izin"), ("D26-002", "Ujang", "", "-"))

    assert [(mark.number, mark.session, mark.presence, mark.source) for mark in done.new] == [
        ("D26-001", "buka", "present", "sheet"),
        ("D26-001", "dasar", "excused", "sheet"),
        ("D26-002", "dasar", "absent", "sheet"),
    ]
    assert presence(store) == {
        "D26-001": {"buka": "present", "dasar": "excused"},
        "D26-002": {"dasar": "absent"},
    }
    assert events_of(store) == [(ACTOR, "attendance marked", "D26", {"corrected": 0, "marks": 3})]


def test_the_same_sheet_again_adds_nothing(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti")
    marked(store, tmp_path, ("D26-001", "Siti", "x", "izin"))
    before = register_of(store)["attendance_mark"]

    assert marked(store, tmp_path, ("D26-001", "Siti", "x", "izin")).count == 0
    assert register_of(store)["attendance_mark"] == before


def test_a_corrected_sheet_adds_only_the_correction(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti", "Ujang")
    marked(store, tmp_path, ("D26-001", "Siti", "-", "x"), ("D26-002", "Ujang", "x"))

    done = marked(store, tmp_path, ("D26-001", "Siti", "x", "x"), ("D26-002", "Ujang", "x"))

    correction = AttendanceMark("D26-001", "buka", "present", "sheet", "lembar hadir, sel C2")
    assert (done.new, done.corrected) == ((), (Correction("absent", correction, "C2"),))
    assert presence(store) == {
        "D26-001": {"buka": "present", "dasar": "present"},
        "D26-002": {"buka": "present"},
    }
    written = [row[1:4] + row[5:] for row in register_of(store)["attendance_mark"]]
    assert len(written) == 4
    assert written[-1] == ("D26-001", "buka", "present", ACTOR, "sheet", "lembar hadir, sel C2")


def test_an_older_sheet_takes_nothing_back_that_was_scanned_or_corrected_by_hand(
    store: Store, tmp_path: Path
) -> None:
    """The half-filled sheet of the morning, sent once more in the evening, must not undo what the
    desk put right since.
    """
    a_cohort(store, "Siti", "Ujang")
    by_hand = [
        AttendanceMark("D26-001", "buka", "late", "scan"),
        AttendanceMark("D26-002", "dasar", "excused", "desk", "surat lurah"),
    ]
    with arranging(store) as tx:
        attendance.add_marks(tx, by_hand, ACTOR, NOW)
    before = register_of(store)
    sheet = (("D26-001", "Siti", "-", "x"), ("D26-002", "Ujang", "x", "x"))

    with pytest.raises(Refused) as refused:
        marked(store, tmp_path, *sheet)
    unchanged = register_of(store)
    done = marked(store, tmp_path, *sheet, replace_all=True)

    assert str(refused.value).splitlines() == [
        Contains("hadir.xlsx: 2 hal ", "belum ada yang disimpan"),
        Contains("  C2: D26-001 ", "terlambat lewat kartu;", "lembar ini alpa"),
        Contains("  D3: D26-002 ", "izin di meja;", "lembar ini hadir"),
        Contains('"Ganti juga tanda', "--replace"),
    ]
    assert unchanged == before
    assert [each.mark.number for each in done.corrected] == ["D26-001", "D26-002"]
    assert presence(store) == {
        "D26-001": {"buka": "absent", "dasar": "present"},
        "D26-002": {"buka": "present", "dasar": "present"},
    }


def test_an_emptied_cell_takes_nothing_back(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti")
    marked(store, tmp_path, ("D26-001", "Siti", "x", "x"))

    assert marked(store, tmp_path, ("D26-001", "Siti", "x", "")).count == 0
    assert presence(store) == {"D26-001": {"buka": "present", "dasar": "present"}}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [("D26-001", "Siti", "x", "entah"), ("D26-009", "Ani", "x")],
            [
                ("hadir.xlsx: 2 hal ", "belum ada yang disimpan"),
                ('  D2: "entah" tidak dimengerti', "x (hadir)", "t (terlambat)", "i (izin"),
                ('  A3: nomor "D26-009" tidak',),
            ],
        ),
        ([("D26-001", "Siti")], [("hadir.xlsx: ", "satu pun tanda hadir")]),
        ([], [("hadir.xlsx: ", "satu pun tanda hadir")]),
    ],
)
def test_a_sheet_that_cannot_be_read_whole_leaves_nothing(
    store: Store, tmp_path: Path, rows: list[Sequence[object]], says: list[tuple[str, ...]]
) -> None:
    a_cohort(store, "Siti")
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        marked(store, tmp_path, *rows)

    assert str(refused.value).splitlines() == [Contains(*line) for line in says]
    assert register_of(store) == before


def test_a_number_of_another_cohort_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti", cohort="D25")
    a_cohort(store, "Ujang")

    with pytest.raises(Refused, match="D25-001"):
        marked(store, tmp_path, ("D25-001", "Siti", "x"))


def test_a_cohort_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match='Angkatan "D27" tidak ada'):
        marked(store, tmp_path, ("D26-001", "Siti", "x"), cohort="D27")
    with pytest.raises(Refused, match='Angkatan "D27" tidak ada'):
        make_attendance_sheet(store, a_course(), Settings(), "D27", tmp_path / "kosong.xlsx")
    assert not (tmp_path / "kosong.xlsx").exists()
