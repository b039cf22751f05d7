"""`psm init`: a course folder is begun, whole or not at all, for any city."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from dirty_equals import Contains

from psm_course.content.course import read_course
from psm_course.content.review import read_review
from psm_course.errors import cause
from psm_course.settings import read_settings
from psm_course.starting import starter
from tests.cli.conftest import Psm


def errors(psm: Psm, root: Path) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = json.loads(psm("check", root, "--json").out)["problems"]
    return [
        (problem["file"], problem["message"]) for problem in found if problem["severity"] == "error"
    ]


def test_the_course_is_there_and_passes_its_check(psm: Psm, tmp_path: Path) -> None:
    ran = psm("init", tmp_path / "kantor")
    spaced = psm("init", tmp_path / "kantor baru")

    assert (ran.code, ran.err) == (0, "")
    assert Contains(f"cd '{tmp_path}/kantor baru', ", "psm build") in spaced.out.splitlines()
    assert Contains("untuk Kota Depok", f" {tmp_path / 'kantor'}.") in ran.out.splitlines()
    assert sorted(path.name for path in (tmp_path / "kantor").iterdir()) == [
        "_config.yml",
        "book",
        "modules",
        "psm.toml",
        "quizzes",
    ]
    assert not (tmp_path / "kantor" / "book" / "maintaining").exists()
    assert errors(psm, tmp_path / "kantor") == []
    assert read_settings(tmp_path / "kantor", {}).office == "32.76"


def test_it_may_be_read_by_whoever_works_on_the_course(psm: Psm, tmp_path: Path) -> None:
    psm("init", tmp_path / "kantor")

    assert stat.S_IMODE((tmp_path / "kantor").stat().st_mode) == 0o755


def test_another_city_has_its_region_and_none_of_the_other_s_numbers(
    psm: Psm, tmp_path: Path
) -> None:
    ran = psm("init", tmp_path / "bogor", "--kota", "32.71")
    root = tmp_path / "bogor"
    course, _ = read_course(root)

    assert ran.code == 0
    assert "Kursus untuk Kota Bogor" in ran.out
    assert course is not None
    assert (course.region.name, course.file.organiser) == ("Kota Bogor", "Dinas Sosial Kota Bogor")
    assert "Depok" not in (root / "modules" / "bantuan.yml").read_text(encoding="utf-8")
    assert not {"0811-1186-598", "0812-8775-3740"} & set(
        (root / "modules" / "bantuan.yml").read_text(encoding="utf-8").split('"')
    )
    assert {file for file, _ in errors(psm, root)} == {
        "modules/bantuan.yml",
        "modules/tinjauan.yml",
    }


def test_the_next_step_is_what_has_to_be_filled_in(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = psm("init", "bogor", "--kota", "32.71")
    blank = [
        each
        for each in yaml.safe_load((tmp_path / "bogor" / "modules" / "bantuan.yml").read_text())[
            "contacts"
        ]
        if "«" in each["number"]
    ]
    *_, missing, following = ran.out.splitlines()

    assert blank
    assert missing.startswith(f"{len(blank)} nomor bantuan masih kosong")
    assert f"modules/bantuan.yml: {', '.join(each['short'] for each in blank)}." in missing
    assert following.startswith("Langkah berikutnya: cd bogor, ")
    assert following.index("telepon setiap nomor") < following.index("psm check")
    assert following.index("psm check") < following.index("psm build")


def test_another_city_s_ledger_waits_for_its_own_numbers(psm: Psm, tmp_path: Path) -> None:
    psm("init", tmp_path / "bogor", "--kota", "32.71")
    course, _ = read_course(tmp_path / "bogor")
    assert course is not None
    review = read_review(tmp_path / "bogor")[1]

    blank = [each for each in course.contacts if "«" in each.number]
    entries = [
        entry
        for each in blank
        for entry in review.at(f"modules/bantuan.yml#{each.id}")
        if entry.kind == "number"
    ]

    assert len(entries) == len(blank) == 4
    assert {entry.text for entry in entries} == {"«nomor»"}
    assert {each.last_checked for each in blank} == {None}
    assert [each.last_checked is None for each in course.contacts if each.id == "sapa"] == [False]


def test_an_answer_about_the_other_city_s_number_is_no_answer_about_this_one() -> None:
    kept = "  - id: a\n    kind: sentence\n    where: [x.md, modules/bantuan.yml#dinsos]\n"
    kept += '    text: "Dinsos menjawab"\n    answer: {on: 2026-11-20, by: Dinsos, verdict: yes}\n'
    number = "  - id: b\n    kind: number\n    where: [modules/bantuan.yml#dinsos]\n"
    seen = '    text: "0812-1"\n    last_checked: 2026-02-20\n    asked_on: 2026-11-01\n'
    answer = "    answer:\n      on: 2026-11-20\n      verdict: yes\n  # --- jenis ---\n"
    other = "  - id: c\n    kind: number\n    where: [modules/bantuan.yml#dinsos-2]\n" + seen

    said = starter._without_sightings(["dinsos"], f"entries:\n{kept}{number}{seen}{answer}{other}")

    expected = f'{number}    text: "«nomor»"\n  # --- jenis ---\n'
    assert said == f"entries:\n{kept}{expected}{other}"


def test_what_still_speaks_of_the_other_city_is_listed(psm: Psm, tmp_path: Path) -> None:
    psm("init", tmp_path / "bogor", "--kota", "Kota Bogor")
    root = tmp_path / "bogor"
    naming = {
        path.relative_to(root).as_posix()
        for folder in starter.FOLDERS
        for path in (root / folder).rglob("*.*")
        if path.suffix in {".md", ".ipynb", ".yml"} and "Depok" in path.read_text(encoding="utf-8")
    }
    listed = {
        line.split("`")[1]
        for line in (root / starter.TODO).read_text(encoding="utf-8").splitlines()
        if line.startswith("- [ ]")
    }

    assert naming
    assert listed == naming


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kursus"], ("kursus sudah berisi", "tidak ada yang diubah")),
        (["berkas.txt"], ("berkas.txt adalah berkas",)),
        (["kantor", "--kota", "99.99"], ('Kota "99.99" tidak dikenal', "Kemendagri")),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(
    psm: Psm, course: Path, arguments: list[str], said: tuple[str, ...]
) -> None:
    (course.parent / "berkas.txt").write_text("", encoding="utf-8")
    before = sorted(course.parent.rglob("*"))

    ran = psm("init", course.parent / arguments[0], *arguments[1:])

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == Contains(*said)
    assert sorted(course.parent.rglob("*")) == before


def test_an_empty_folder_is_taken(psm: Psm, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()

    assert psm("init", tmp_path / "kosong").code == 0
    assert (tmp_path / "kosong" / "modules" / "course.yml").is_file()


@pytest.mark.parametrize("named", [".", ""])
def test_the_folder_in_which_a_terminal_stands_stays_that_folder(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """It may be a disk of its own, or stand in one where this account may not write."""
    here = tmp_path / "kosong"
    here.mkdir(mode=0o750)
    monkeypatch.chdir(here)
    before = here.stat()

    ran = psm("init", named)

    assert (ran.code, ran.err) == (0, "")
    assert (here.stat().st_ino, here.stat().st_mode) == (before.st_ino, before.st_mode)
    assert sorted(path.name for path in Path.cwd().iterdir()) == [
        "_config.yml",
        "book",
        "modules",
        "psm.toml",
        "quizzes",
    ]
    assert "cd " not in ran.out


def test_what_cannot_be_moved_into_a_folder_leaves_it_empty(tmp_path: Path) -> None:
    made, root = tmp_path / "jadi", tmp_path / "kosong"
    made.mkdir()
    (made / "a").write_text("", encoding="utf-8")
    (made / "b").mkdir()
    (root / "b").mkdir(parents=True)
    (root / "b" / "ada").write_text("", encoding="utf-8")

    with pytest.raises(OSError, match="not empty"):
        starter._move_into(root, made)

    assert [path.name for path in root.iterdir()] == ["b"]
    assert sorted(path.name for path in made.iterdir()) == ["a", "b"]


def test_where_nothing_can_be_written_it_says_so(psm: Psm, tmp_path: Path) -> None:
    ran = psm("init", Path("/proc/kantor"))

    assert ran == (2, "", Contains("Folder /proc/kantor ", "tidak dapat dibuat: "))


def test_a_disk_that_is_full_leaves_nothing(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starter, "CONFIG", "tidak-ada.yml")  # the last file cannot be copied

    ran = psm("init", tmp_path / "kantor")

    assert (ran.code, ran.out) == (3, "")
    assert "tidak selesai ditulis" in ran.err
    assert "Tidak ada yang tertinggal." in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["kursus"]


def test_a_copy_that_failed_says_why(tmp_path: Path) -> None:
    (tmp_path / "modul").mkdir()
    (tmp_path / "modul" / "hilang.md").symlink_to(tmp_path / "tidak-ada.md")

    with pytest.raises(shutil.Error) as failed:
        shutil.copytree(tmp_path / "modul", tmp_path / "salinan")

    assert cause(failed.value) == "tidak ditemukan"
