"""Families of trouble and their exit codes: 0 done, 1 content, 2 refused, 3 broken.
Some are run as people run them.
"""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.cli.main import COMMANDS, run
from psm_course.errors import next_step
from tests.builders import a_document, edit
from tests.cli.conftest import REPOSITORY, Psm, Ran


def run_outside(folder: Path, *words: str, stdin: bytes = b"", **environment: str) -> Ran:
    """As a person does: a process of its own in a folder."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PSM_")}
    done = subprocess.run(
        [sys.executable, "-m", "psm_course.cli.main", *words],
        cwd=folder,
        input=stdin,
        env=outside | {"PYTHONPATH": str(REPOSITORY)} | environment,
        capture_output=True,
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


# ---- in a process of its own ---------------------------------------------------------------------


def test_the_real_course_is_checked(real_course: Path) -> None:
    ran = run_outside(real_course, "check")

    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"Tidak ada masalah\.|\d+ peringatan\.", ran.out.splitlines()[-1])


def test_the_real_test_grades_standard_input_outside_any_course(
    real_course: Path, tmp_path: Path
) -> None:
    document = json.dumps(a_document({}, quiz="tes-akhir"))

    ran = run_outside(
        tmp_path,
        "grade",
        str(real_course / "quizzes" / "tes-akhir.yml"),
        "-",
        stdin=f"{document}\nrusak\n".encode(),
    )

    assert ran.code == 2
    outcome, error = map(json.loads, ran.out.splitlines())
    assert (outcome["points"], outcome["maximum"], outcome["passed"]) == ("0", "20", False)
    assert error == {"line": 2, "error": Contains("bukan JSON", "(baris 1, kolom 1)")}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["C", "en_US.UTF-8", "de_DE"])
def test_an_unknown_command_is_answered_in_indonesian_whatever_the_machine_speaks(
    tmp_path: Path, language: str
) -> None:
    ran = run_outside(tmp_path, "grad", LANG=language, LC_ALL=language, LANGUAGE=language)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "Cara pakai: psm [PILIHAN] PERINTAH [ISIAN]...",
        "Lihat penjelasannya: psm --help",
        "",
        Contains('Perintah "grad" tidak ada', '"grade"?'),
    ]


def test_a_console_that_cannot_print_every_letter_still_gets_its_answer(
    psm: Psm, course: Path
) -> None:
    """Windows redirects output in its own old encoding, which has no ✗ and no Đ."""
    psm("cohort", "new", "D26", "--title", "Angkatan Đ")

    ran = run_outside(course, "cohort", "list", PYTHONIOENCODING="cp1252")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("D26  Angkatan ")


def test_a_reader_that_goes_away_is_no_trouble(real_course: Path) -> None:
    lines = b"rusak\n" * 20_000
    command = [sys.executable, "-m", "psm_course.cli.main", "grade", "quizzes/tes-akhir.yml", "-"]
    with subprocess.Popen(
        command,
        cwd=real_course,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        try:
            process.stdin.write(lines)
            process.stdin.close()
        except BrokenPipeError:
            pass
        said = process.stderr.read().decode()

    assert process.returncode == 0
    assert [line for line in said.splitlines() if not line.startswith(("masukan:", "… dan"))] == []


# ---- exit codes ----------------------------------------------------------------------------------


def test_content_at_fault_is_1_and_named(psm: Psm, course: Path) -> None:
    edit(course, "quizzes/tes-akhir.yml", "use: posttest", "use: postest")

    ran = psm("status", "D26")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == "Isi kursus masih bermasalah:"
    assert ran.err.splitlines()[1].startswith("  quizzes/tes-akhir.yml:3:6: use: ")


@pytest.mark.parametrize(
    "words",
    [
        "status D26",
        "issue D26",
        "submit -",
        "attendance sheet D26 x.xlsx",
        "build",
        "preview",
    ],
)
def test_a_folder_without_a_course_is_refused(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = psm(*words.split())

    assert ran == (
        2,
        "",
        Contains(f"Tidak ada kursus di {tmp_path}. ", "modules/course.yml", "psm init kantor\n"),
    )


def test_commands_find_the_course_from_any_folder_inside_it(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course / "modules" / "01-menyapa")

    psm("cohort", "new", "D26", "--start", "2026-11-24")

    assert (course / "var" / "register.db").is_file()


def test_the_data_folder_may_be_elsewhere(
    psm: Psm, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_DATA", str(tmp_path / "kantor"))

    psm("cohort", "new", "D26")

    assert (tmp_path / "kantor" / "register.db").is_file()
    assert not (course / "var").exists()


def test_a_wrong_configuration_is_refused(psm: Psm, course: Path) -> None:
    (course / "psm.toml").write_text("tempat = 'Bogor'", encoding="utf-8")

    ran = psm("cohort", "list")

    assert ran == (2, "", Contains('psm.toml: kunci "tempat"', "tidak dikenal"))


def test_a_broken_register_is_3(psm: Psm, course: Path) -> None:
    (course / "var").mkdir()
    (course / "var" / "register.db").write_bytes(b"bukan register " * 500)

    assert psm("cohort", "list") == (3, "", Contains("bukan register", "cadangan terakhir"))


def test_a_folder_that_cannot_be_made_is_3(psm: Psm, course: Path) -> None:
    (course / "var").write_text("bukan folder", encoding="utf-8")

    assert psm("cohort", "list") == (
        3,
        "",
        Contains(f"Folder {course / 'var'} ", "tidak dapat dibuat", "berkas bernama sama"),
    )


@pytest.mark.parametrize(
    ("number", "step"),
    [
        (errno.EACCES, " Pakai akun pemilik"),
        (errno.EROFS, " Pakai akun pemilik"),
        (errno.ENOSPC, " Kosongkan tempat"),
        (errno.EISDIR, ""),
    ],
)
def test_what_to_do_follows_why_a_file_cannot_be_written(number: int, step: str) -> None:
    assert next_step(OSError(number, "")).startswith(step)
    assert bool(next_step(OSError(number, ""))) == bool(step)


def test_a_file_that_cannot_be_written_is_3_in_indonesian(psm: Psm, course: Path) -> None:
    (course / "modules" / "02-kesehatan").write_text("bukan folder", encoding="utf-8")

    ran = psm("new", "module", "02-kesehatan")

    assert ran == (
        3,
        "",
        Contains(
            f"{course / 'modules' / '02-kesehatan'} ", "dibaca atau ditulis", "berkas bernama sama"
        ),
    )


def test_a_mistake_of_ours_is_3_with_a_number_and_a_log(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMMANDS, "rusak", "main:bagian_yang_tidak_ada")

    ran = psm("rusak")

    said = re.fullmatch(
        r"Ada kesalahan .*\(catatan ([0-9a-f]{8}) di (.+)\)\. Kirim .+\n",
        ran.err,
    )
    assert said
    assert (ran.code, ran.out) == (3, "")
    assert "bagian_yang_tidak_ada" in (course / said[2] / f"{said[1]}.txt").read_text(
        encoding="utf-8"
    )


def test_a_mistake_of_ours_without_a_place_for_the_log_is_still_a_sentence(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMMANDS, "rusak", "main:bagian_yang_tidak_ada")
    (course / "var").write_text("bukan folder", encoding="utf-8")

    assert psm("rusak") == (
        3,
        "",
        Contains("Ada kesalahan", "catatannya tidak dapat disimpan", "register tidak berubah"),
    )


def test_stopping_at_the_keyboard_is_said_in_a_word(
    psm: Psm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopped:
        @property
        def buffer(self) -> object:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Stopped())

    assert run(["submit", "-"]) == 2
    assert capsys.readouterr() == ("", "\nDibatalkan.\n")
