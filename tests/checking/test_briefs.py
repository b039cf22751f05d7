"""`psm check` on the speakers' pages, and what our own five of them must not say."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

from psm_course.content.briefs import read_briefs
from psm_course.content.course import find_course_file
from psm_course.content.rundown import rundown
from tests.builders import a_course, write
from tests.checking import checked
from tests.checking.checked import Said, error

ROOT = Path(__file__).resolve().parents[2]
BRIEFS = """\
audience: Seratus PSM
room: [Tanpa nama warga]
briefs:
  - id: kemensos
    institution: Kementerian Sosial
    session: menyapa
    lesson: 01-salam
    minutes: 5
    topic: Siapa PSM
    before: [Tes awal]
    after: [Latihan]
    say: [PSM relawan]
    avoid: [Janji honor]
    bring: [Naskah]
"""


def messages(root: Path, briefs: str) -> list[Said]:
    write(a_course(root), "modules/pemateri.yml", briefs)
    return checked.messages(root, measure=False)


def test_a_page_in_a_lesson_that_there_is_has_no_problem(tmp_path: Path) -> None:
    assert messages(tmp_path, BRIEFS) == []


def test_a_wrong_lesson_and_too_many_minutes_stand_at_their_lines(tmp_path: Path) -> None:
    assert messages(tmp_path / "a", BRIEFS.replace("01-salam", "01-salm")) == [
        error(
            "modules/pemateri.yml:7:13",
            'pemateri "kemensos", lesson',
            'pelajaran "01-salm" tidak ada',
            '"01-salam"?',
        )
    ]
    assert messages(tmp_path / "b", BRIEFS.replace("minutes: 5", "minutes: 50")) == [
        error(
            "modules/pemateri.yml:8:14",
            'pemateri "kemensos", minutes',
            "bicara 50 menit",
            "pelajarannya 45 menit",
            "kurang dari pelajarannya",
        )
    ]
    assert messages(tmp_path / "c", BRIEFS.replace("session: menyapa", "session: sapa")) == [
        error(
            "modules/pemateri.yml:6:14",
            'pemateri "kemensos", session',
            'sesi "sapa" tidak ada',
            "tulis id sesi",
        )
    ]


def test_our_speakers_and_the_expert_have_a_page_each_without_numbers_or_penalties() -> None:
    _, file, problems = read_briefs(ROOT)
    assert file is not None

    text = file.model_dump_json()
    assert problems == []
    assert [brief.id for brief in file.briefs] == [
        "kemensos",
        "dinsos-jabar",
        "dinkes",
        "tenaga-ahli",
        "dinsos-depok",
    ]
    assert not re.search(r"0\d{3}[- ]?\d{3,}|1500|penjara|denda Rp|1 ?[x×] ?24", text)
    assert all(brief.minutes <= 8 for brief in file.briefs)


def test_the_expert_is_told_to_stay_half_an_hour_after_the_closing() -> None:
    _, briefs, _ = read_briefs(ROOT)
    course = find_course_file(ROOT)
    assert briefs is not None
    assert course is not None
    last = rundown(course)[-1]
    ends = max(row.ends for row in last.rows)

    goes = datetime.combine(checked.TODAY, ends) + timedelta(minutes=30)
    (expert,) = (brief for brief in briefs.briefs if brief.id == "tenaga-ahli")
    guide = (ROOT / "book/panduan-pelatih.md").read_text(encoding="utf-8")
    closing = (ROOT / "modules/acara/penutupan.ipynb").read_text(encoding="utf-8")
    promised = f"30 menit sesudah penutupan, sekitar {goes:%H.%M}"

    assert f"Hadir sejak {last.rows[0].starts:%H.%M}" in " ".join(expert.say)
    assert promised in " ".join(expert.say)
    assert promised in guide
    assert f"Satu tenaga ahli tinggal sampai sekitar {goes:%H.%M}" in closing
