"""The guide's own steps for a new module, typed as they stand there, until the site shows it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from psm_course.cli.main import run
from tests.conftest import BuiltCourse

GUIDE = "book/panduan-pelatih.md"
HEADING = "## Menambah modul"


def steps(root: Path) -> list[list[str]]:
    """Every command of the guide's section, in its order, without the `psm` before it."""
    section = (root / GUIDE).read_text(encoding="utf-8").partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    return [shlex.split(command) for command in re.findall(r"`psm ([^`]+)`", section)]


def replace_the_words_of_the_template(root: Path) -> None:
    """As a hurried author does: the same words without their marks."""
    for path in [*root.glob("modules/*/*"), *root.glob("modules/*.yml"), *root.glob("quizzes/*.yml")]:
        if path.is_file() and "«" in (text := path.read_text(encoding="utf-8", errors="replace")):
            path.write_text(re.sub("[«»]", "", text), encoding="utf-8")


@pytest.fixture
def psm(site: BuiltCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], int]:
    """Run a command in a copy of the course, whose lessons have been run before."""
    site.copy(tmp_path)
    monkeypatch.setenv("PSM_DATA", str(tmp_path / "var"))
    (tmp_path / "work").rename(tmp_path / "build")
    (tmp_path / "var").mkdir()
    (tmp_path / "build").rename(tmp_path / "var" / "build")
    monkeypatch.chdir(tmp_path / "course")
    return run


def test_a_module_made_by_the_guide_is_on_the_site(
    psm: Callable[[list[str]], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = tmp_path / "course", tmp_path / "situs"
    make, check, check_again, build, *_ = steps(root)

    assert psm(make) == 0
    made = capsys.readouterr().out
    assert psm(check) == 1
    named = capsys.readouterr().out
    replace_the_words_of_the_template(root)
    assert psm(check_again) == 0
    assert psm([*build, "--out", str(out)]) == 0

    assert "Dilengkapi: book/_toc.yml" in made
    assert 'kata dari pola belum diganti: "Tindakan yang tepat"' in named
    module, lesson = (
        unescape((out / "modules" / make[2] / page).read_text(encoding="utf-8")) for page in ("index.html", "01-pelajaran.html")
    )
    assert f"{make[4]}</h1>" in module
    assert "01-pelajaran.html" in module
    assert "Tindakan yang tepat" in lesson
    assert f"modules/{make[2]}/" in (out / "book/index.html").read_text(encoding="utf-8")
    assert "gizi-keluarga-1-b" in (out / "book/soal-tes-akhir.js").read_text(encoding="utf-8")
