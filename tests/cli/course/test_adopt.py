"""An office works on what it adopted:
not on a folder that somebody is editing, nor on the first course it ever had.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from tests.builders import a_course, code_cell, edit, write
from tests.builders import a_notebook as notebook_of
from tests.cli.conftest import Psm, a_hand_in
from tests.register_builders import a_roster, a_sheet

LESSON = "modules/01-menyapa/01-salam.ipynb"


def a_lesson_left_open(root: Path) -> None:
    """As JupyterLab saves it by itself once a cell was run."""
    ran = {"output_type": "stream", "name": "stdout", "text": "halo\n"}
    write(
        root,
        LESSON,
        notebook_of(code_cell("sapa", "print('halo')", outputs=[ran], execution_count=1)),
    )


def a_course_file_in_the_middle_of_a_word(root: Path) -> None:
    write(root, "modules/course.yml", "id: bimtek\ntitle: Bim")


def a_region_file_cut_off(root: Path) -> None:
    write(root, "modules/wilayah.yml", "office: '32.76'\nname: Ko")


def a_test_without_its_key(root: Path) -> None:
    edit(root, "quizzes/tes-akhir.yml", ", correct: yes", "")


def no_folder_at_all(root: Path) -> None:
    for name in ("modules", "quizzes", "book"):
        shutil.rmtree(root / name)


@pytest.mark.parametrize(
    "spoil",
    [
        a_lesson_left_open,
        a_course_file_in_the_middle_of_a_word,
        a_region_file_cut_off,
        a_test_without_its_key,
        no_folder_at_all,
    ],
)
def test_the_office_works_on_while_the_course_folder_is_being_edited(
    signing: Psm, course: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(course)

    assert signing("attendance", "sheet", "D26", "hadir-lagi.xlsx").code == 0
    assert (
        signing(
            "attendance",
            "mark",
            "D26",
            "pembukaan",
            "D26-001",
            "terlambat",
            "--reason",
            "datang sesudah doa",
        ).code
        == 0
    )
    assert signing("submit", "-", stdin=a_hand_in("D26-002", "b").encode()).code == 0
    assert signing("status", "D26").code == 0
    assert signing("roster", "import", "D26", "peserta.xlsx").code == 0
    issued = signing("issue", "D26")

    assert (issued.code, issued.err) == (0, "")
    assert "2 sertifikat baru" in issued.out


def test_a_lesson_left_open_is_a_warning_and_stops_nobody(signing: Psm, course: Path) -> None:
    lesson = json.loads((course / LESSON).read_text(encoding="utf-8"))
    ran = {"output_type": "stream", "name": "stdout", "text": "halo\n"}
    lesson["cells"].append(code_cell("sapa", "print('halo')", outputs=[ran], execution_count=1))
    write(course, LESSON, json.dumps(lesson, indent=1))

    checked, adopted = signing("check"), signing("course", "adopt", "--dry-run")

    assert (checked.code, adopted.code) == (0, 0)
    assert 'peringatan: sel "sapa" menyimpan keluaran' in checked.out
    assert "tidak ada yang berbeda" in adopted.out


def test_the_office_works_from_its_data_alone(
    signing: Psm, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_DATA", str(course / "var"))
    (tmp_path / "lain").mkdir()
    monkeypatch.chdir(tmp_path / "lain")

    status = signing("status", "D26")

    assert (status.code, status.err) == (0, "")
    assert "2 telah lulus" in status.out


def test_a_new_office_adopts_its_course_with_the_first_cohort(psm: Psm) -> None:
    opened = psm("cohort", "new", "D26", "--start", "2026-11-24")

    assert opened.out.splitlines() == [
        "Kursus bimtek diadopsi: Bimtek Dasar.",
        "Angkatan D26 dibuka, mulai 2026-11-24.",
    ]
    assert psm("course", "list").out == "bimtek  Bimtek Dasar\n"


def test_a_course_with_mistakes_is_not_adopted_and_all_of_them_are_said(
    psm: Psm, course: Path
) -> None:
    a_test_without_its_key(course)
    edit(course, "modules/course.yml", "quizzes: [tes-akhir]", "quizzes: [tes-lain]")

    refused = psm("course", "adopt")

    assert refused.code == 1
    assert "quizzes/tes-akhir.yml" in refused.err
    assert '"tes-lain" tidak ada' in refused.err


def test_a_changed_course_is_shown_and_adopted_with_a_reason(office: Psm, course: Path) -> None:
    edit(
        course,
        "modules/course.yml",
        "share: 80, title: Hadir sedikitnya 80 persen",
        "share: 50, title: Hadir separuh",
    )
    edit(course, "quizzes/tes-akhir.yml", "text: Perintah}", "text: Salam saja}")

    shown = office("course", "adopt", "--dry-run")
    refused = office("course", "adopt")
    adopted = office("course", "adopt", "--reason", "Keputusan 12/2026", "--json")

    assert [line.strip() for line in shown.out.splitlines()[1:]] == [
        "syarat hadir: judul Hadir sedikitnya 80 persen → Hadir separuh",
        "syarat hadir: persen 80 → 50",
        "kuis tes-akhir: 1 butir berubah kalimatnya",
    ]
    assert (refused.code, refused.err) == (2, Contains("Tulis alasannya"))
    said = json.loads(adopted.out)
    assert (said["course"], said["applied"], len(said["differences"])) == ("bimtek", True, 3)
    assert office("course", "adopt", "--reason", "Keputusan 12/2026").code == 2


def test_a_changed_key_is_named_as_such(office: Psm, course: Path) -> None:
    edit(
        course,
        "quizzes/tes-akhir.yml",
        "{id: a, text: Salam dan nama Anda, correct: yes}",
        "{id: a, text: Salam dan nama Anda}",
    )
    edit(
        course,
        "quizzes/tes-akhir.yml",
        "{id: b, text: Perintah}",
        "{id: b, text: Perintah, correct: yes}",
    )

    assert "kuis tes-akhir: 1 butir berubah kuncinya" in office("course", "adopt", "--dry-run").out


def test_a_cohort_keeps_what_it_adopted_until_it_is_moved(office: Psm, course: Path) -> None:
    edit(course, "modules/course.yml", "share: 80", "share: 50")
    office("course", "adopt", "--reason", "Keputusan 12/2026")

    before = office("rules", "D26", "--json")
    moved = office("rules", "D26", "--apply", "--reason", "Keputusan 12/2026")
    after = json.loads(office("rules", "D26", "--json").out)

    said = json.loads(before.out)
    assert said["course_version"] != said["newest_course_version"]
    assert said["differences"] == ["syarat hadir: persen 80 → 50"]
    assert moved.code == 0
    assert (
        after["course_version"] == after["newest_course_version"] == said["newest_course_version"]
    )
    assert (
        json.loads(office("status", "D26", "--json").out)[0]["course_version"]
        == after["course_version"]
    )


# ---- a second course in the same data ------------------------------------------------------------


@pytest.fixture
def two_courses(signing: Psm, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Psm:
    """The same office, from the folder of its second course: other rules and title, one session."""
    other = a_course(tmp_path / "lanjutan")
    edit(
        other,
        "modules/course.yml",
        "id: bimtek\ntitle: Bimtek Dasar\n",
        "id: lanjutan\ntitle: Bimtek Lanjutan\n",
    )
    edit(
        other,
        "modules/course.yml",
        "share: 80, title: Hadir sedikitnya 80 persen",
        "share: 50, title: Hadir separuh",
    )
    monkeypatch.setenv("PSM_DATA", str(course / "var"))
    monkeypatch.setenv("PSM_SITE_ADDRESS", "https://dinsos.depok.go.id/psm")
    monkeypatch.chdir(other)
    return signing


def a_cohort_of_the_second_course(psm: Psm, folder: Path) -> None:
    """One person, who came to half of it and passed its test."""
    psm("cohort", "new", "L26", "--start", "2026-11-24")
    psm("roster", "import", "L26", a_roster(folder / "lanjutan.xlsx", ("Budi Santoso", "Depok")))
    psm(
        "attendance",
        "import",
        "L26",
        a_sheet(folder / "hadir-l.xlsx", ("Nomor", "pembukaan", "menyapa"), ("L26-001", "x", "-")),
    )
    psm("submit", "-", stdin=a_hand_in("L26-001").encode())


def records_in(psm: Psm, cohort: str) -> Any:
    return json.loads(psm("issue", cohort, "--json").out)


def test_a_cohort_of_a_second_course_is_judged_by_its_own_rules(
    two_courses: Psm, tmp_path: Path
) -> None:
    a_cohort_of_the_second_course(two_courses, tmp_path)

    (standing,) = json.loads(two_courses("status", "L26", "--json").out)

    assert [(each["id"], each["met"]) for each in standing["requirements"]] == [
        ("hadir", True),
        ("lulus", True),
    ]
    assert standing["completed"] is True


def test_two_courses_whose_numbers_would_be_the_same_give_none(
    two_courses: Psm, tmp_path: Path
) -> None:
    a_cohort_of_the_second_course(two_courses, tmp_path)

    refused = two_courses("issue", "L26")

    assert refused.code == 2
    assert refused.err == Contains("lanjutan dan bimtek", "nomor yang sama")
    assert json.loads(two_courses("numbers", "list", "--json").out)["skipped"] == []


def test_each_course_has_its_own_title_and_series_of_numbers(
    two_courses: Psm, tmp_path: Path
) -> None:
    edit(
        tmp_path / "lanjutan",
        "modules/course.yml",
        "hours: 2\n",
        "hours: 2\nrecord_number: 800.2/{seq:03}/PSM-LANJUT/{year}\n",
    )
    a_cohort_of_the_second_course(two_courses, tmp_path)

    first, second = records_in(two_courses, "D26"), records_in(two_courses, "L26")

    assert [each["number"].split("/")[1:3] for each in first] == [
        ["0001", "PSM-DASAR"],
        ["0002", "PSM-DASAR"],
    ]
    assert [each["number"].split("/")[1:3] for each in second] == [["001", "PSM-LANJUT"]]
    series = json.loads(two_courses("numbers", "list", "--json").out)["series"]
    assert [(each["course"], each["sequence"]) for each in series] == [
        ("bimtek", 3),
        ("lanjutan", 2),
    ]
    credential = next((tmp_path / "kursus" / "var" / "records" / "L26").glob("*.pdf"))
    assert "Bimtek Lanjutan" in two_courses("verify", credential).out


def test_a_cohort_must_say_its_course_where_there_are_several(
    two_courses: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_cohort_of_the_second_course(two_courses, tmp_path)
    (tmp_path / "tanpa").mkdir()
    monkeypatch.chdir(tmp_path / "tanpa")

    refused, opened = (
        two_courses("cohort", "new", "M26"),
        two_courses("cohort", "new", "M26", "--course", "lanjutan"),
    )
    unknown = two_courses("cohort", "new", "N26", "--course", "lanjutn")

    assert (refused.code, opened.code, unknown.code) == (2, 0, 2)
    assert refused.err == Contains(
        "punya 2 kursus", ": bimtek (Bimtek Dasar), lanjutan (Bimtek Lanjutan).\n"
    )
    assert 'Maksud Anda "lanjutan"?' in unknown.err


def test_a_regrade_and_skipped_numbers_belong_to_one_course(
    two_courses: Psm, tmp_path: Path
) -> None:
    a_cohort_of_the_second_course(two_courses, tmp_path)

    unclear, done = (
        two_courses("regrade", "tes-akhir"),
        two_courses("regrade", "tes-akhir", "--course", "lanjutan", "--json"),
    )
    skipped = two_courses(
        "numbers", "skip", "5", "--reason", "ditulis tangan", "--course", "lanjutan"
    )

    assert (unclear.code, json.loads(done.out)["attempts"]) == (2, 1)
    assert skipped.out == Contains("1 sampai 5 dilewati")


# ---- answers made on another version -------------------------------------------------------------


def test_answers_made_on_an_older_adopted_page_count_by_what_they_answer(
    office: Psm, course: Path
) -> None:
    old = json.loads((office("course", "adopt", "--dry-run", "--json")).out)["adopted"]
    digest = digest_of(course)
    edit(course, "quizzes/tes-akhir.yml", "text: Perintah}", "text: Salam saja}")
    office("course", "adopt", "--reason", "kalimat diperbaiki")
    office("rules", "D26", "--apply", "--reason", "kalimat diperbaiki")

    made_before = office(
        "submit", "-", "--json", stdin=a_hand_in("D26-001", digest=digest).encode()
    )
    made_after = office(
        "submit", "-", "--json", stdin=a_hand_in("D26-002", digest=digest_of(course)).encode()
    )
    never_adopted = office(
        "submit", "-", "--json", stdin=a_hand_in("D26-002", "b", digest="sha256:00").encode()
    )

    assert old is not None
    standings = [
        json.loads(each.out)[0]["standing"] for each in (made_before, made_after, never_adopted)
    ]
    assert standings == ["recorded", "recorded", "held"]


def digest_of(course: Path) -> str:
    read, _ = read_course(course)
    assert read is not None
    return read.quizzes["tes-akhir"].digest
