"""A session moved by a week at the desk: what is marked, signed, scanned and certified follows, and
nothing is certified before.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains
from pypdf import PdfReader

from psm_course.content.course import Course
from psm_course.local_time import WIB, day
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.conftest import ROOT
from tests.register_builders import (
    ACTOR,
    HOURS,
    NOW,
    RIGHT,
    WRONG,
    a_course,
    a_hand_in,
    a_sheet,
    attends,
    completes,
    hands_in,
    read_rows,
)
from tests.web.conftest import Visitor

pytestmark = pytest.mark.usefixtures("siti")
PLACE = "/angkatan/D26"
SEALED_BY = "kuda laut biru muda"
NUMBER = re.compile(r"800\.2/\d{4}/PSM-DASAR/[IVX]+/\d{4}")
PLANNED, A_WEEK_LATER = date(2025, 12, 3), date(2025, 12, 10)
AHEAD = datetime.now(UTC).astimezone(WIB).date() + timedelta(days=7)


@pytest.fixture(scope="module")
def course() -> Course:
    """The last session, `tutup`, is on the second day: 3 December."""
    course = a_course()
    *first, last = course.file.sessions
    return replace(
        course,
        file=course.file.model_copy(
            update={"sessions": (*first, last.model_copy(update={"day": 2}))}
        ),
    )


def moves_the_last_session(officer: Visitor, to: date) -> str:
    """What the page says then."""
    sent = officer.fill_in(
        f"{PLACE}/jadwal", {"sesi": "tutup", "hari": to.isoformat(), "alasan": "aula dipakai rapat"}
    )
    assert sent.status_code == 303, sent.text
    return officer.get(sent.headers["location"]).text


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, in one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_schedule_and_the_list_show_the_new_day(officer: Visitor) -> None:
    before = officer.get(f"{PLACE}/hadir?sesi=tutup").text
    moved = moves_the_last_session(officer, A_WEEK_LATER)
    after = officer.get(f"{PLACE}/hadir?sesi=tutup").text

    assert [day(PLANNED) in page for page in (before, moved, after)] == [True, False, False]
    assert [day(A_WEEK_LATER) in page for page in (before, moved, after)] == [False, True, True]
    assert day(PLANNED - timedelta(days=1)) in officer.get(f"{PLACE}/hadir?sesi=buka").text


def test_the_sheet_to_sign_has_the_new_day_on_its_own_page(officer: Visitor) -> None:
    before = pages_of(officer.get(f"{PLACE}/cetak/lembar").content)
    moves_the_last_session(officer, A_WEEK_LATER)
    first, second = pages_of(officer.get(f"{PLACE}/cetak/lembar").content)

    assert day(PLANNED) in before[1]
    assert (day(PLANNED) in second, day(A_WEEK_LATER) in second) == (False, True)
    assert day(PLANNED - timedelta(days=1)) in first


def test_room_and_speaker_are_on_the_sheet_to_sign(officer: Visitor) -> None:
    fields = {
        "sesi": "tutup",
        "ruang": "Aula",
        "pemateri": "dr. Contoh",
        "lembaga": "Dinkes",
        "jam": "13.00",
    }
    officer.fill_in(
        f"{PLACE}/jadwal", fields | {"hari": PLANNED.isoformat(), "alasan": "jadwal lengkap"}
    )

    first, second = pages_of(officer.get(f"{PLACE}/cetak/lembar").content)

    assert "TUTUP: 13.00–13.45, Aula, pemateri dr. Contoh (Dinkes)" in second
    assert "Aula" not in first


def test_the_sheet_to_fill_in_says_the_day_of_each_session_and_is_read_back(
    officer: Visitor, tmp_path: Path
) -> None:
    moves_the_last_session(officer, A_WEEK_LATER)
    sheet = tmp_path / "hadir.xlsx"
    sheet.write_bytes(officer.get(f"{PLACE}/hadir/lembar").content)
    header, row = read_rows(sheet)

    filled = a_sheet(tmp_path / "isi.xlsx", header, [*row[:-1], "x"])
    sent = officer.fill_in(
        f"{PLACE}/hadir/lembar", files={"lembar": ("isi.xlsx", io.BytesIO(filled.read_bytes()))}
    )

    assert header[3] == f"BUKA (1 JP, {day(PLANNED - timedelta(days=1))})"
    assert header[-1] == f"TUTUP (1 JP, {day(A_WEEK_LATER)})"
    assert sent.headers["location"].endswith("kabar=lembar-masuk")


def test_the_list_of_cohorts_shows_the_real_first_day(officer: Visitor) -> None:
    planned = day(PLANNED - timedelta(days=1))
    before = officer.get("/angkatan").text
    for session in [name for name in HOURS if name != "tutup"]:
        officer.fill_in(
            f"{PLACE}/jadwal",
            {"sesi": session, "hari": A_WEEK_LATER.isoformat(), "alasan": "aula dipakai rapat"},
        )

    listed, status = officer.get("/angkatan").text, officer.get(PLACE).text

    assert f"mulai {planned}" in before
    assert [f"mulai {day(PLANNED)}" in page for page in (listed, status)] == [
        True,
        True,
    ]  # the last session keeps its day


def test_cards_carry_no_day_and_so_stay_good(officer: Visitor) -> None:
    site = {"situs": "https://psm.depok.go.id"}

    before = pages_of(officer.fill_in(f"{PLACE}/cetak/kartu", site).content)
    moves_the_last_session(officer, A_WEEK_LATER)

    assert "2025" not in " ".join(before)
    assert pages_of(officer.fill_in(f"{PLACE}/cetak/kartu", site).content) == before


def test_the_certificate_is_of_the_days_that_were_held(
    officer: Visitor, store: Store, course: Course, tmp_path: Path
) -> None:
    new_key(store, Settings(root=ROOT, data=tmp_path), "Dinas Sosial", SEALED_BY, ACTOR, NOW)
    completes(store, course, "D26-001")
    moves_the_last_session(officer, A_WEEK_LATER)
    officer.fill_in(f"{PLACE}/sertifikat", {"jenis": "lulus", "frasa": SEALED_BY})
    number = NUMBER.findall(officer.get(f"{PLACE}/sertifikat").text)[0]

    certificate, *_ = pages_of(officer.get("/sertifikat/pdf", params={"nomor": number}).content)

    assert "2–10 Desember 2025" in certificate


def test_nothing_is_marked_or_certified_before_the_day_it_was_moved_to(
    officer: Visitor, store: Store, course: Course, tmp_path: Path
) -> None:
    new_key(store, Settings(root=ROOT, data=tmp_path), "Dinas Sosial", SEALED_BY, ACTOR, NOW)
    attends(store, "D26-001", *(session for session in HOURS if session != "tutup"))
    hands_in(store, course, a_hand_in("D26-001", "tes-awal", WRONG))
    hands_in(store, course, a_hand_in("D26-001", "tes-akhir", RIGHT))
    ready = officer.get(f"{PLACE}/sertifikat").text
    moves_the_last_session(officer, AHEAD)

    marked = officer.fill_in(
        f"{PLACE}/hadir", {"sesi": "tutup", "p-D26-001": "present", "was-D26-001": ""}
    )
    issued = officer.fill_in(f"{PLACE}/sertifikat", {"jenis": "lulus", "frasa": SEALED_BY})

    said = f"dapat diterbitkan mulai {day(AHEAD)}"
    assert "Siap diterbitkan: 1" in ready
    assert said in officer.get(f"{PLACE}/sertifikat").text
    assert (issued.status_code, said in issued.text, "Siap diterbitkan: 0" in issued.text) == (
        422,
        True,
        True,
    )
    assert (marked.status_code, f"Sesi TUTUP baru berlangsung {day(AHEAD)}." in marked.text) == (
        422,
        True,
    )


def test_a_day_that_people_attended_is_not_moved_ahead(officer: Visitor, store: Store) -> None:
    attends(store, "D26-001", "tutup")

    sent = officer.fill_in(
        f"{PLACE}/jadwal",
        {"sesi": "tutup", "hari": AHEAD.isoformat(), "alasan": "aula dipakai rapat"},
    )

    assert sent.status_code == 422
    assert sent.text == Contains("sudah punya tanda hadir", f"dipindah ke {day(AHEAD)}")
    assert day(PLANNED) in officer.get(f"{PLACE}/jadwal").text


# ---- the rundown ---------------------------------------------------------------------------------


def test_the_rundown_comes_from_the_hours_and_is_downloaded_twice(officer: Visitor) -> None:
    before = officer.get(f"{PLACE}/jadwal").text
    fields = {
        "sesi": "tutup",
        "hari": PLANNED.isoformat(),
        "jam": "08.30",
        "ruang": "Aula",
        "alasan": "jadwal lengkap",
    }
    officer.fill_in(f"{PLACE}/jadwal", fields)

    after = officer.get(f"{PLACE}/jadwal").text
    printed, calendar = (
        officer.get(f"{PLACE}/jadwal/rundown"),
        officer.get(f"{PLACE}/jadwal/kalender"),
    )

    assert "belum ada rundown" in before
    assert "08.30–09.15" in after
    assert [answer.headers["content-disposition"] for answer in (printed, calendar)] == [
        'attachment; filename="rundown-D26.pdf"',
        'attachment; filename="rundown-D26.ics"',
    ]
    assert printed.content.startswith(b"%PDF-")
    assert b"LOCATION:Aula" in calendar.content


def test_what_is_wrong_with_the_days_is_said_above_them(officer: Visitor) -> None:
    for session in ("buka", "tutup"):
        officer.fill_in(
            f"{PLACE}/jadwal",
            {
                "sesi": session,
                "hari": PLANNED.isoformat(),
                "jam": "08.30",
                "alasan": "jadwal lengkap",
            },
        )

    assert "baru selesai 09.15. Geser salah satunya." in officer.get(f"{PLACE}/jadwal").text


def test_without_hours_nothing_is_downloaded_and_the_page_says_why(officer: Visitor) -> None:
    refused = officer.get(f"{PLACE}/jadwal/kalender")

    assert refused.status_code == 422
    assert "Isi jamnya dulu" in refused.text
