"""`psm trainer` says what it cannot do in one sentence, and leaves nothing behind."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import Psm
from tests.cli.office.test_serve import free_port


def test_without_jupyterlab_it_says_what_to_run(psm: Psm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)

    ran = psm("trainer", "--no-browser")

    assert ran.code == 2
    assert ran.err == Contains(
        "JupyterLab belum terpasang", ": make trainer (", 'pip install "psm-course[trainer]"'
    )


def test_a_lesson_that_is_not_there_is_named_with_those_that_are(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "sementara"))

    ran = psm("trainer", "09", "--no-browser")

    assert (ran.code, ran.err) == (
        2,
        Contains('Tidak ada pelajaran "09"', ": modules/01-menyapa/01-salam.ipynb\n"),
    )
    assert list((tmp_path / "sementara").iterdir()) == []


def test_outside_a_course_nothing_is_opened(
    psm: Psm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lain").mkdir()
    monkeypatch.chdir(tmp_path / "lain")

    assert psm("trainer").err.startswith("Tidak ada kursus di ")


def test_without_a_demo_it_says_how_to_get_made_up_people(psm: Psm) -> None:
    ran = psm("trainer", "--demo")

    assert (ran.code, ran.err) == (
        2,
        Contains("Belum ada peserta rekaan", ": psm demo --once\n"),
    )


def test_it_says_where_to_look_and_takes_its_copy_away_when_told_to_stop(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sementara").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "sementara"))
    command = [
        sys.executable,
        "-m",
        "psm_course.cli.main",
        "trainer",
        "salam",
        "--no-browser",
        "--port",
        str(free_port()),
    ]

    with subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = [running.stdout.readline() for _ in range(3)]
        copies = list((tmp_path / "sementara").glob("psm-pelatih-*"))
        running.send_signal(signal.SIGINT)
        end = running.stdout.read()

    assert re.fullmatch(
        r".+ peramban: http://127\.0\.0\.1:\d+"
        r"/lab/tree/modules/01-menyapa/01-salam\.ipynb\?token=[0-9a-f]{48}\n",
        said[1],
    )
    assert (len(copies), running.returncode, end) == (1, 0, "Selesai. Salinan dihapus.\n")
    assert list((tmp_path / "sementara").glob("psm-pelatih-*")) == []
    assert not (course / "var").exists()
