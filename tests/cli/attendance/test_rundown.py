"""`psm cohort rundown` and `psm course rundown`: days on screen, on paper and in a calendar."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.builders import edit
from tests.cli.conftest import REPOSITORY, Psm
from tests.printing.readers import texts

WHY = ("--reason", "aula dipakai rapat")
CLOCKS = {"{id: pembukaan, day: 1, hours: 1": "08.00", "{id: menyapa, day: 1, hours: 1": "08.45"}


def clocked(course: Path) -> None:
    """The small course with clock times and a break."""
    for session, start in CLOCKS.items():
        edit(course, "modules/course.yml", session, f"{session}, start: {start}")
    edit(
        course,
        "modules/course.yml",
        "completion:",
        "slots:\n  - {day: 1, start: 09.30, minutes: 15, kind: rest, title: Rehat}\ncompletion:",
    )


def test_the_rundown_of_a_course_has_the_times_of_its_lessons_and_no_dates(
    psm: Psm, course: Path
) -> None:
    clocked(course)

    shown = psm("course", "rundown")

    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines() == [
        "Hari 1",
        "  08.00–08.45  Pembukaan",
        "  08.45–09.30  Menyapa warga",
        "      08.45  Menyapa warga",
        "  09.30–09.45  Rehat",
    ]


def test_the_rundown_of_a_cohort_follows_what_it_changed(psm: Psm, course: Path) -> None:
    clocked(course)
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    psm(
        "cohort",
        "session",
        "D26",
        "menyapa",
        "--start",
        "08.30",
        "--room",
        "Aula",
        "--speaker",
        "Ibu Contoh",
        *WHY,
    )

    shown = psm("cohort", "rundown", "D26")
    (day,) = json.loads(psm("cohort", "rundown", "D26", "--json").out)["days"]

    assert shown.out.splitlines()[:3] == [
        "Hari 1, 24 November 2026",
        "  08.00–08.45  Pembukaan",
        "  08.30–09.15  Menyapa warga  [Aula, Ibu Contoh]",
    ]
    assert shown.err.splitlines() == [
        Contains("Periksa: ", '"Menyapa warga" mulai 08.30', '"Pembukaan" baru selesai 08.45')
    ]
    assert (day["date"], [row["title"] for row in day["rows"]]) == (
        "2026-11-24",
        ["Pembukaan", "Menyapa warga", "Rehat"],
    )
    assert day["rows"][1] == {
        "starts": "08.30",
        "ends": "09.15",
        "minutes": 45,
        "kind": "session",
        "title": "Menyapa warga",
        "session": "menyapa",
        "continues": False,
        "prayer": False,
        "quizzes": [],
        "room": "Aula",
        "speaker": "Ibu Contoh",
        "institution": "",
        "lessons": [],
    }


def test_it_is_printed_and_put_into_a_calendar(psm: Psm, course: Path) -> None:
    clocked(course)
    psm("cohort", "new", "D26", "--start", "2026-11-24")

    made = psm("cohort", "rundown", "D26", "--pdf", "rundown.pdf", "--ics", "rundown.ics")

    assert made.code == 0
    assert made.out.splitlines() == [Contains(" rundown.pdf."), Contains(" rundown.ics.")]
    assert (course / "rundown.pdf").read_bytes().startswith(b"%PDF-")
    assert (course / "rundown.ics").read_bytes().count(b"BEGIN:VEVENT") == 2


def test_without_clock_times_there_is_no_rundown_and_it_is_said_what_to_do(
    office: Psm, psm: Psm
) -> None:
    of_cohort, of_course = (
        office("cohort", "rundown", "D26", "--pdf", "rundown.pdf"),
        psm("course", "rundown", "--pdf", "rundown.pdf"),
    )

    no = "belum ada rundown"
    assert of_cohort == (2, "", Contains(no, ": psm cohort session D26 SESI --start 08.30\n"))
    assert of_course == (2, "", Contains(no, ": start: 08.30 ", " modules/course.yml\n"))


def test_all_papers_of_a_cohort_and_of_our_course_come_into_one_folder(
    psm: Psm, course: Path
) -> None:
    clocked(course)
    psm("cohort", "new", "D26", "--start", "2026-11-24")

    of_cohort, of_course = (
        psm("cohort", "papers", "D26", "cetak"),
        psm("course", "papers", "cetak-kursus"),
    )

    assert (of_cohort.code, of_cohort.out) == (
        0,
        Contains("3 berkas", "cetak: rundown.pdf, rundown.ics, lembar-penutupan.pdf.\n"),
    )
    assert (of_course.code, of_course.out) == (
        0,
        Contains("2 berkas", "cetak-kursus: rundown.pdf, lembar-penutupan.pdf.\n"),
    )
    assert sorted(path.name for path in (course / "cetak").iterdir()) == [
        "lembar-penutupan.pdf",
        "rundown.ics",
        "rundown.pdf",
    ]


def test_each_speaker_gets_one_page_with_the_clock_of_the_lesson(
    psm: Psm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(REPOSITORY)

    made = psm("course", "papers", tmp_path)

    pages = texts((tmp_path / "pemateri.pdf").read_bytes())
    assert (made.code, len(pages)) == (0, 5)
    assert [re.search(r"Kapan (.+?) Waktu", page)[1] for page in pages] == [  # type: ignore[index]
        "Hari 1, pukul 09.00–09.35",
        "Hari 1, pukul 10.45–11.30",
        "Hari 1, pukul 14.00–14.22",
        "Hari 2, pukul 08.00–08.40",
        "Hari 2, pukul 10.45–11.15",
    ]
