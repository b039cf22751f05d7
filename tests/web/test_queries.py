"""How much each page asks of the register: as much for three rows of everything as for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest

from psm_course.content.course import Course
from psm_course.domain.register import AttendanceMark, Enrolment
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.store.attendance import attendance, observations
from psm_course.store.completion import overrides
from psm_course.store.engine import Store
from psm_course.store.people import people
from psm_course.web.routes import PAGE_ROUTES
from tests.databases import questions_to
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_hand_in,
    adopts,
    arranging,
    attends,
    card_of,
    enrols,
    hands_in,
    issues,
)
from tests.web.conftest import Visitor
from tests.web.people.test_roster import a_roster, upload
from tests.web.test_looking import own_page

PEOPLE = (("Siti", "Beji"), ("Rini", "Limo"), ("Yuli", "Tugu"))
# Queries of each page; some name one of the rows made below.
ASKED = {
    "/masuk": 5,
    "/saya": 2,
    "/angkatan": 3,
    "/cari": 2,
    "/angkatan/D26": 13,
    "/angkatan/D26/ubah": 4,
    "/angkatan/D26/tambah": 4,
    "/angkatan/D26/tambah?nomor=D26-001": 7,
    "/peserta/D26-001/ubah": 8,
    "/angkatan/D26/peserta": 4,
    "/angkatan/D26/peserta/{kept}": 7,
    "/angkatan/D26/hadir": 7,
    "/angkatan/D26/hadir/lembar": 7,
    "/angkatan/D26/jadwal": 6,
    "/angkatan/D26/pindai": 7,
    "/angkatan/D26/cetak": 5,
    "/angkatan/D26/syarat": 17,
    "/angkatan/D26/sertifikat": 34,
    "/angkatan/D26/sertifikat/tidak-hadir": 11,
    "/angkatan/D26/analisis?kuis=tes-akhir": 12,
    "/angkatan/D26/analisis?gabung=ya": 19,
    "/angkatan/D26/laporan": 5,
    "/sertifikat/nomor": 10,
    "/sertifikat?nomor={record}": 7,
    "/peserta/D26-001": 24,
    "/jawaban": 4,
    "/jawaban?hanya=ditahan": 5,
    "/jawaban/karantina": 4,
    "/angkatan/D26/sebelum": 12,
    "/jawaban/putusan?id=ditahan-1": 6,
    "/nilai-ulang": 2,
    "/nilai-ulang/tes-akhir": 3,
    "/ponsel": 2,
    "/tayangan": 2,
    "/alamat": 2,
    "/cakupan": 4,
    "/catatan": 3,
    "/catatan/puncak": 5,
    "/cadangan": 2,
    "/pengaturan": 3,
}
# These send a file as it lies there.
FILES = {
    "/jawaban/tanda-terima",
    "/sertifikat/pdf",
    "/sertifikat/lencana",
    "/sertifikat/token",
    "/cadangan/berkas",
    "/tayangan/modul",
    "/angkatan/{cohort}/cetak/lembar",
    "/angkatan/{cohort}/jadwal/rundown",
    "/angkatan/{cohort}/jadwal/kalender",
    "/angkatan/{cohort}/sertifikat/cetak",
    *(f"/angkatan/{{cohort}}/laporan/{sheet}" for sheet in ("register", "butir", "peserta")),
}


def an_easy(course: Course) -> Course:
    """The course with attendance alone to ask of anybody."""
    asks = {
        "completion": tuple(each for each in course.file.completion if each.kind == "attendance")
    }
    return replace(course, file=course.file.model_copy(update=asks))


def has_all_that_is_shown(store: Store, course: Course, person: int, times: int) -> None:
    """So many marks, hand-ins, held hand-ins, observations and officers' words of one person."""
    number = f"D26-00{person}"
    for time in range(times):
        attends(store, number, *(session.id for session in course.file.sessions))
        hands_in(store, course, a_hand_in(number, id=f"{number}/{time}"))
        hands_in(
            store,
            course,
            a_hand_in(
                number,
                digest="sha256:00",
                id=f"ditahan-{person}" if time == 0 else f"{number}/ditahan/{time}",
            ),
        )
        with arranging(store) as tx:
            observations.add_observation(tx, number, "menyapa", 1, ACTOR, NOW)
            overrides.add_override(
                tx, number, course.file.completion[0].id, None, "dicabut", ACTOR, NOW
            )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_as_much_for_three_rows_as_for_one(
    officer: Visitor, store: Store, course: Course, tmp_path: Path, rows: int
) -> None:
    enrols(store, tmp_path, *PEOPLE[:rows])
    for row in range(1, rows + 1):
        open_cohort(store, f"D3{row}", "Angkatan lain", date(2026, 12, 1), ACTOR, NOW, course)
        has_all_that_is_shown(store, course, row, times=rows)
    adopts(store, an_easy(course))
    record = issues(store, an_easy(course))[0]
    _, preview, _ = upload(officer, a_roster(tmp_path, *PEOPLE[:rows]))
    asked = {}
    for path in ASKED:
        with questions_to(store) as questions:
            page = officer.get(
                path.format(kept=preview.rpartition("/")[2], record=quote(record, safe=""))
            )
        assert page.status_code == 200, path
        asked[path] = len(questions)

    assert asked == ASKED


@pytest.mark.parametrize("rows", [1, 3])
def test_a_review_of_a_regrade_asks_once_more_for_twenty_more_cohorts(
    officer: Visitor, store: Store, course: Course, tmp_path: Path, rows: int
) -> None:
    """So it holds the changes of no more than twenty cohorts, however many there are."""
    enrols(store, tmp_path, *PEOPLE[:rows])
    for row in range(1, rows + 1):
        has_all_that_is_shown(store, course, row, times=rows)
    asked = {}
    for cohorts in range(1, 22):
        if cohorts > 1:
            open_cohort(
                store, f"D{28 + cohorts}", "Angkatan lain", date(2026, 12, 1), ACTOR, NOW, course
            )
        with questions_to(store) as questions:
            officer.get("/nilai-ulang/tes-akhir?coba=ya")
        asked[cohorts] = len(questions)

    assert asked == dict.fromkeys(range(1, 21), 8) | {21: 9}


@pytest.mark.parametrize("rows", [1, 3])
def test_ones_own_page_asks_as_much_for_three_rows_as_for_one(
    client: Visitor, store: Store, course: Course, tmp_path: Path, rows: int
) -> None:
    enrols(store, tmp_path, *PEOPLE[:rows])
    has_all_that_is_shown(store, course, 1, times=rows)
    token = card_of(store, "D26-001")

    with questions_to(store) as questions:
        status, _ = own_page(client, "D26-001", token)

    assert (status, len(questions)) == (200, 17)


def test_every_page_is_counted() -> None:
    counted = {
        path.partition("?")[0].replace("D26-001", "{number}").replace("D26", "{cohort}")
        for path in ASKED
    }

    shown = {
        route.path.replace("{quiz}", "tes-akhir") for route in PAGE_ROUTES if route.method == "GET"
    }
    assert counted == shown - FILES


@pytest.mark.parametrize("size", [1, 100, 1000])
def test_finding_and_changing_people_asks_as_much_among_a_thousand_as_for_one(
    officer: Visitor, store: Store, size: int
) -> None:
    """And so does counting them, and asking at the door who somebody is."""
    a_cohort(
        store,
        *[f"Siti {''.join(each)}" for each in product("abcdefghij", repeat=3)][:size],
        cohort="D31",
        kelurahan="32.76.06.1001",
    )
    asked = {}
    for path, fields in {
        "/cari": {"dicari": "siti"},
        "/angkatan/D26/tambah": {"nama": "Siti aaa", "kelurahan": "32.76.06.1001"},
        "/peserta/D31-001/ubah": None,
        "/cakupan": None,
        "/angkatan": None,
    }.items():
        with questions_to(store) as questions:
            page = officer.fill_in(path, fields) if fields else officer.get(path)
        assert page.status_code in {200, 422}, path
        asked[path] = len(questions)

    assert asked == {
        "/cari": 5,
        "/angkatan/D26/tambah": 8,
        "/peserta/D31-001/ubah": 8,
        "/cakupan": 4,
        "/angkatan": 3,
    }


def test_each_page_of_a_cohort_asks_as_much_for_a_thousand_people_as_for_one(
    officer: Visitor, store: Store, course: Course
) -> None:
    names = [f"Siti {''.join(each)}" for each in product("abcdefghij", repeat=3)]
    sizes = {"D31": 1, "D32": 100, "D33": 1000}
    for cohort, size in sizes.items():
        open_cohort(store, cohort, "Angkatan lain", date(2026, 12, 1), ACTOR, NOW, course)
        with arranging(store) as tx:
            people.add_enrolments(
                tx,
                [
                    Enrolment(f"{cohort}-{at:03}", cohort, name, "32.76.06.1001")
                    for at, name in enumerate(names[:size], 1)
                ],
            )
            presences = [
                AttendanceMark(f"{cohort}-{at:03}", course.file.sessions[0].id, "present")
                for at in range(1, size + 1)
            ]
            attendance.add_marks(tx, presences, ACTOR, NOW)
    pages = [path for path in ASKED if "D26" in path and "{kept}" not in path]

    def count(path: str) -> int:
        with questions_to(store) as questions:
            assert officer.get(path).status_code == 200, path
        return len(questions)

    asked = {
        cohort: {path: count(path.replace("D26", cohort)) for path in pages} for cohort in sizes
    }
    assert asked["D31"] == asked["D32"] == asked["D33"]
