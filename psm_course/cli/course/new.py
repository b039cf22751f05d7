"""`psm new`: a module or a quiz from a template that a trainer can read."""

import re
from importlib.resources import files

import click

from psm_course.cli import context
from psm_course.errors import Refused

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# The template of each file that is made.
_FILES = {
    "module": {"modules/{name}/index.md": "module.md", "modules/{name}/01-pelajaran.ipynb": "lesson.ipynb"},
    "quiz": {"quizzes/{name}.yml": "quiz.yml"},
}


@click.command()
@click.argument("kind", metavar="module|quiz", type=click.Choice(list(_FILES)))
@click.argument("name", metavar="NAMA")
def new(kind: str, name: str) -> None:
    """Buat modul atau kuis baru dari contoh yang tinggal diisi."""
    if not _NAME.fullmatch(name):
        raise Refused(f'"{name}" tidak dapat menjadi nama. Pakai huruf kecil, angka, dan tanda hubung, misalnya 05-kesehatan.')
    root = context.office().root
    targets = {root / path.format(name=name): _template(template, name) for path, template in _FILES[kind].items()}
    for path in targets:
        if path.exists():
            raise Refused(f"{path.relative_to(root)} sudah ada. Pilih nama lain.")
    for path, text in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"Dibuat: {path.relative_to(root)}")
    click.echo("Isi berkas itu, lalu jalankan: psm check")


def _template(template: str, name: str) -> str:
    text = files("psm_course.cli.course").joinpath("templates", template).read_text(encoding="utf-8")
    return text.replace("NAMA-INI", name)
