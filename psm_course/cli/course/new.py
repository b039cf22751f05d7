"""`psm new`: a module or a quiz from a template that a trainer can read."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

from psm_course.cli import context
from psm_course.errors import Refused

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@click.command()
@click.argument("kind", metavar="module|quiz", type=click.Choice(["module", "quiz"]))
@click.argument("name", metavar="NAMA")
def new(kind: str, name: str) -> None:
    """Buat modul atau kuis baru dari contoh yang tinggal diisi."""
    if not _NAME.fullmatch(name):
        raise Refused(f'"{name}" tidak dapat menjadi nama. Pakai huruf kecil, angka, dan tanda hubung, misalnya 05-kesehatan.')
    root = context.office().root
    targets = _quiz_files(root, name) if kind == "quiz" else _module_files(root, name)
    for path in targets:
        if path.exists():
            raise Refused(f"{path.relative_to(root)} sudah ada. Pilih nama lain.")
    for path, text in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"Dibuat: {path.relative_to(root)}")
    click.echo("Isi berkas itu, lalu jalankan: psm check")


def _quiz_files(root: Path, name: str) -> dict[Path, str]:
    return {root / "quizzes" / f"{name}.yml": _template("quiz.yml", name)}


def _module_files(root: Path, name: str) -> dict[Path, str]:
    folder = root / "modules" / name
    return {folder / "index.md": _template("module.md", name), folder / "01-pelajaran.ipynb": _template("lesson.ipynb", name)}


def _template(template: str, name: str) -> str:
    text = files("psm_course.cli.course").joinpath("templates", template).read_text(encoding="utf-8")
    return text.replace("NAMA-INI", name)
