"""`psm new`: makes a module or a quiz from a template, or the files for a server.

«…» in a template marks the words that the author replaces.
"""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click

from psm_course.authoring.fields import is_id
from psm_course.cli import context
from psm_course.cli.course.places import NewModule, places_of
from psm_course.cli.language import WholeNumber
from psm_course.content.course import CourseFolder, read_course
from psm_course.errors import Refused
from psm_course.starting.server import write_server

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_UNNAMED = {"module": "«Judul modul»", "quiz": "«judul yang dibaca peserta»"}
_SERVER = "server"
_PLACE = re.compile(r"\{([A-Z-]+)\}")
_LESSON = "01-pelajaran"
_MINUTES_OF_A_LESSON = 40


@click.command()
@click.argument("kind", metavar="module|quiz|server", type=click.Choice([*_UNNAMED, _SERVER]))
@click.argument("name", metavar="NAMA")
@click.option("--title", metavar="JUDUL", help="Judul yang dibaca peserta.")
@click.option(
    "--jp",
    "hours",
    metavar="JP",
    type=WholeNumber(1),
    help="Lama modul dalam jam pelajaran. Tidak ditulis: 1.",
)
@click.option(
    "--module", "folder", metavar="FOLDER", help="Modul sebuah kuis. Tidak ditulis: modul pertama."
)
def new(kind: str, name: str, title: str | None, hours: int | None, folder: str | None) -> None:
    """Buat modul atau kuis baru dari contoh yang tinggal diisi, atau berkas untuk server.

    Modul baru langsung masuk daftar isi situs, jadwal, tes awal, dan tes akhir. Nama sebuah server:
    seperti bimtek.contoh.go.id.
    """
    if kind == _SERVER:
        _server(name, has_options=bool(title or hours or folder))
        return
    _refuse_bad_words(name, title)
    if (kind == "quiz" and hours) or (kind == "module" and folder):
        raise Refused("--jp hanya untuk modul, dan --module hanya untuk kuis.")
    root = context.office().root
    course, _ = read_course(root)
    if course is None:
        raise Refused(
            "modules/course.yml atau modules/wilayah.yml belum dapat dibaca. Jalankan: psm check"
        )
    written = title or _UNNAMED[kind]
    if kind == "quiz":
        _write(root, _quiz(course, name, written, folder), {})
    else:
        module = NewModule(name, written, hours or 1)
        _write(root, _module(course, module), places_of(course, module, _LESSON))
        click.echo(f"Seluruh kursus sekarang {course.file.hours + module.hours} JP.")
    click.echo("Ganti setiap kata di antara « dan », lalu jalankan: psm check")


def _server(host: str, has_options: bool) -> None:
    """Write the files for a server with the host name `host` into a new folder of the course.

    The folder is named `server`. If `psm.toml` does not have the address of this host, the missing
    line `site_address = …` is printed. `has_options` is True if the person typed an option that is
    only for a module or a quiz.

    Raises:
        Refused: `has_options` is True, there is no course, `host` is not a host name, or the folder
            `server` exists already.
        StoreError: the folder cannot be written.
    """
    if has_options:
        raise Refused("--title, --jp, dan --module bukan untuk server.")
    where = context.course_folder()
    made = write_server(where.root, host)
    click.echo(
        f"Dibuat: {made.relative_to(where.root)}, dengan kata sandi database yang acak di"
        f" {made.name}/.env."
    )
    address = f"https://{host}"
    if where.site_address != address:
        click.echo(f'Tulis di psm.toml: site_address = "{address}"')
    click.echo("Langkah berikutnya ada di Panduan pemasangan, bab Server.")


def _refuse_bad_words(name: str, title: str | None) -> None:
    if not _NAME.fullmatch(name):
        raise Refused(
            f'"{name}" tidak dapat menjadi nama. Pakai huruf kecil, angka, dan tanda hubung,'
            " misalnya 05-kesehatan."
        )
    if title is not None and not (title.strip() and title.isprintable()):
        raise Refused("Judul masih kosong, atau berisi lebih dari satu baris. Tulis satu baris.")


def _module(course: CourseFolder, module: NewModule) -> dict[str, str]:
    """Return the text of each file of a new module: page, first lesson, practice quiz, and bank.

    The texts are returned by path.

    Raises:
        Refused: the name is too long.
    """
    minutes = module.hours * course.file.minutes_per_hour
    words = {
        **_words(module.folder, module.title),
        "TUJUAN": module.objective,
        "BUTIR": f"{module.slug}-1",
        "MENIT": str(minutes),
        "MENIT-PELAJARAN": str(min(_MINUTES_OF_A_LESSON, minutes)),
    }
    if not (is_id(module.practice) and is_id(module.bank)):
        raise Refused(f'"{module.folder}" terlalu panjang. Pilih nama yang lebih pendek.')
    return {
        f"modules/{module.folder}/index.md": _template("module.md", words),
        f"modules/{module.folder}/{_LESSON}.ipynb": _template(
            "lesson.ipynb", words | {"KUIS": module.practice}
        ),
        f"quizzes/{module.practice}.yml": _template(
            "practice.yml", words | {"KUIS": module.practice}
        ),
        f"quizzes/{module.bank}.yml": _template("bank.yml", words | {"KUIS": module.bank}),
    }


def _quiz(course: CourseFolder, name: str, title: str, folder: str | None) -> dict[str, str]:
    module = next((module for module in course.modules if folder in (None, module.folder)), None)
    if module is None:
        known = ", ".join(module.folder for module in course.modules)
        raise Refused(
            f"Modul {folder} tidak ada. Pilih salah satu: {known}."
            if known
            else "Belum ada modul. Buat dahulu: psm new module NAMA"
        )
    words = {
        **_words(module.folder, title),
        "TUJUAN": module.file.objectives[0].id,
        "KUIS": name,
        "BUTIR": f"{name}-1",
    }
    return {f"quizzes/{name}.yml": _template("practice.yml", words)}


def _words(folder: str, title: str) -> dict[str, str]:
    return {
        "MODUL": folder,
        "JUDUL": title,
        # Stands between double quotes, where YAML knows the same escapes as JSON.
        "JUDUL-YAML": json.dumps(title, ensure_ascii=False)[1:-1],
    }


def _template(name: str, words: Mapping[str, str]) -> str:
    text = files("psm_course.cli.course").joinpath("templates", name).read_text(encoding="utf-8")
    # In one pass: a title may contain a text such as {TUJUAN} itself.
    return _PLACE.sub(lambda place: words[place[1]], text)


def _write(root: Path, made: Mapping[str, str], completed: Mapping[str, str]) -> None:
    """Write new files, and existing files that got more content.

    Args:
        root: the folder of the course.
        made: content of new files by path.
        completed: new content of existing files by path.

    Raises:
        Refused: a new file is there already. Nothing was written.
    """
    for path in made:
        if (root / path).exists():
            raise Refused(f"{path} sudah ada. Pilih nama lain.")
    for path, text in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        click.echo(f"Dibuat: {path}")
    for path, text in completed.items():
        (root / path).write_text(text, encoding="utf-8")
        click.echo(f"Dilengkapi: {path}")
