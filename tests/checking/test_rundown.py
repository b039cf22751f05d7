"""`psm check` on the days of a course: the mistake, its line, and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dirty_equals import Contains

from tests.builders import a_course, a_notebook, edit, markdown_cell, write
from tests.checking import checked
from tests.checking.checked import Said, error, warning

OPENING = "modules/acara/pembukaan.ipynb"
SESSIONS = """\
  - {id: pembukaan, day: 1, hours: 1, title: Pembukaan}
  - {id: menyapa, day: 1, hours: 1, title: Menyapa warga, module: 01-menyapa}
"""


def messages(root: Path) -> list[Said]:
    return checked.messages(root, measure=False)


def a_day(root: Path, sessions: str, *slots: str) -> Path:
    a_course(root)
    edit(
        root,
        "modules/course.yml",
        SESSIONS,
        sessions + "slots:\n" + "".join(f"  - {{{slot}}}\n" for slot in slots),
    )
    return root


def an_event(root: Path, **psm: Any) -> Path:
    return write(
        root, OPENING, a_notebook(markdown_cell("judul", "# Pembukaan"), metadata={"psm": psm})
    )


CLOCKED = """\
  - {id: pembukaan, day: 1, start: 08.00, hours: 1, title: Pembukaan}
  - {id: menyapa, day: 1, start: 08.45, hours: 1, title: Menyapa warga, module: 01-menyapa}
"""


def test_a_day_that_fits_has_no_problem(tmp_path: Path) -> None:
    a_day(
        tmp_path,
        CLOCKED,
        "day: 1, start: 07.30, minutes: 30, kind: door, title: Pintu, quizzes: [tes-akhir]",
    )

    assert messages(tmp_path) == []


def test_an_overlap_and_a_missing_minute_stand_at_their_lines(tmp_path: Path) -> None:
    a_day(
        tmp_path,
        CLOCKED.replace("08.45", "08.30"),
        "day: 1, start: 08.55, minutes: 5, kind: rest, title: Rehat",
    )

    assert messages(tmp_path) == [
        error(
            "modules/course.yml:8:5",
            'sesi "menyapa"',
            "dari 08.30 sampai 09.15",
            "dikurangi jeda 5 menit",
            "ada 40 menit",
            "1 JP = 45 menit",
            "ubah minutes",
        ),
        warning(
            "modules/course.yml:8:5",
            'sesi "menyapa"',
            "jeda sebelum 09.00",
            'memotong pelajaran "Menyapa warga"',
            "sampai 09.15",
            "geser jedanya",
        ),
        error(
            "modules/course.yml:8:34",
            'sesi "menyapa", start',
            '"Menyapa warga" mulai 08.30',
            '"Pembukaan" baru selesai 08.45',
            "geser salah satunya",
        ),
    ]


def test_a_test_needs_its_time_and_must_exist(tmp_path: Path) -> None:
    a_day(
        tmp_path,
        CLOCKED,
        "day: 1, start: 07.30, minutes: 20, kind: test, title: Tes, quizzes: [tes-akhir, tes-akir]",
    )
    edit(tmp_path, "quizzes/tes-akhir.yml", "pass_mark: 70", "pass_mark: 70\ntime_limit: 30")

    assert messages(tmp_path) == [
        error(
            "modules/course.yml:10:37",
            "waktu ke-1, minutes",
            "dibatasi 30 menit",
            "di sini 20 menit",
            "selama batas tes",
        ),
        error(
            "modules/course.yml:10:74",
            "waktu ke-1, quizzes",
            '"tes-akir" tidak ada',
            '"tes-akhir"?',
        ),
    ]


def test_a_slot_of_a_day_without_sessions_is_named(tmp_path: Path) -> None:
    a_day(tmp_path, CLOCKED, "day: 2, start: 10.00, minutes: 15, kind: rest, title: Rehat")

    assert messages(tmp_path) == [
        error(
            "modules/course.yml:10:11",
            "waktu ke-1, day",
            "hari 2 tidak punya sesi",
            "hari yang punya sesi",
        )
    ]


def test_the_notebook_of_the_opening_is_no_module_and_asks_for_no_objectives(
    tmp_path: Path,
) -> None:
    an_event(a_course(tmp_path), minutes=45, session="pembukaan")

    assert messages(tmp_path) == []


def test_a_notebook_of_a_session_fits_its_session(tmp_path: Path) -> None:
    a_course(tmp_path)

    found = []
    for psm in (
        {"minutes": 60, "session": "pembukaan"},
        {"minutes": 30, "session": "pembuka"},
        {"minutes": 30, "session": "menyapa"},
    ):
        an_event(tmp_path, **psm)
        found += messages(tmp_path)

    assert found == [
        error(f"{OPENING}:1:1", "", "60 menit, lebih dari", "1 JP sesinya (45 menit)", "pendekkan"),
        error(f"{OPENING}:1:1", "", 'sesi "pembuka" tidak ada', "course.yml", '"pembukaan"?'),
        error(
            f"{OPENING}:1:1",
            "",
            'sesi "menyapa"',
            "mengajarkan modul 01-menyapa",
            "pindahkan notebook ini",
        ),
    ]


def test_a_notebook_of_a_session_is_read_like_a_lesson(tmp_path: Path) -> None:
    an_event(a_course(tmp_path), minutes=45, session="pembukaan")
    text = json.loads((tmp_path / OPENING).read_text(encoding="utf-8"))
    text["cells"].append(markdown_cell("ke-mana", "## Ke mana\n\nLihat [ini](tidak-ada.md)."))
    write(tmp_path, OPENING, json.dumps(text, indent=1))

    (message,) = messages(tmp_path)
    assert message.text == Contains('tautan "tidak-ada.md"', "tidak menuju berkas", "periksa nama")
