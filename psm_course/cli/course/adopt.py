"""`psm course`: adopts the course in this folder, and lists the courses of the office."""

import sys
from typing import Any

import click

from psm_course.cli import context
from psm_course.cli.attendance.rundown import papers_of_course, rundown_of_course
from psm_course.registrar.completion.adopting import (
    CourseComparison,
    adopt_course,
    compare_course,
    course_titles,
)


@click.group()
def course() -> None:
    """Kursus yang diadopsi kantor.

    Register bekerja dengan versi yang diadopsi, bukan dengan folder yang sedang disunting.
    """


course.add_command(rundown_of_course)
course.add_command(papers_of_course)


@course.command()
@click.option(
    "--reason",
    metavar="ALASAN",
    default="",
    help="Mengapa versi ini diadopsi; perlu sejak versi kedua.",
)
@click.option("--dry-run", is_flag=True, help="Tampilkan bedanya saja; tidak ada yang diadopsi.")
@context.json_option
def adopt(reason: str, dry_run: bool, as_json: bool) -> None:
    """Adopsi isi kursus di folder ini untuk angkatan yang dibuka sesudahnya.

    Angkatan yang sudah dibuka tetap memakai versinya sampai dipindahkan dengan psm rules atau psm
    regrade. Keluaran pelajaran yang tersimpan di notebook tidak menghalangi.
    """
    folder = context.adoptable_course(context.settings().root)
    with context.office_register() as (_, store):
        compared = compare_course(store, folder)
        if not as_json:
            _print_differences(compared)
        # If it is adopted already, `adopt_course` tells this to a person by a refusal; a program
        # reads `applied: false` instead.
        if not dry_run and not (compared.is_adopted and as_json):
            # The comparison made before adopting, so `is_adopted` stays False below.
            compared = adopt_course(
                store, folder, reason or _asked(compared), context.actor(), context.now()
            )
    if as_json:
        context.print_json(_as_json(compared, applied=not dry_run and not compared.is_adopted))
    elif not dry_run:
        click.echo(f"Kursus {folder.file.id} diadopsi, versi {_name(compared.digest)}.")
        if compared.before:
            click.echo(
                "Angkatan yang sudah dibuka tetap memakai versinya. Pindahkan dengan: psm rules"
                " KODE"
            )


@course.command(name="list")
@context.json_option
def list_(as_json: bool) -> None:
    """Sebutkan kursus yang sudah diadopsi kantor ini."""
    with context.office_register() as (_, store):
        known = course_titles(store)
    if as_json:
        context.print_json([{"id": name, "title": title} for name, title in known.items()])
        return
    for name, title in known.items():
        click.echo(f"{name}  {title}")
    if not known:
        click.echo("Belum ada kursus yang diadopsi. Adopsi dengan: psm course adopt")


def _print_differences(compared: CourseComparison) -> None:
    if compared.before is None:
        click.echo(
            f"Kursus {compared.course.file.id}: {compared.course.file.title}. Belum pernah"
            " diadopsi."
        )
        return
    click.echo(
        f"Dibandingkan dengan versi {compared.before.name}, diadopsi"
        f" {compared.before.adopted_at.astimezone():%Y-%m-%d}:"
    )
    for sentence in compared.differences:
        click.echo(f"  {sentence}")
    if not compared.differences:
        click.echo(
            "  tidak ada yang berbeda"
            if compared.is_adopted
            else "  hanya tulisan yang tidak dipakai kantor yang berbeda"
        )


def _asked(compared: CourseComparison) -> str:
    """Ask at the keyboard why this version of the course is adopted, and return the typed reason.

    If this is the first version, if it is adopted already, or if there is no terminal, nobody is
    asked, and the result is an empty text.
    """
    if compared.before is None or compared.is_adopted or not sys.stdin.isatty():
        return ""
    return str(click.prompt("Mengapa versi ini diadopsi"))


def _as_json(compared: CourseComparison, applied: bool) -> dict[str, Any]:
    return {
        "course": compared.course.file.id,
        "title": compared.course.file.title,
        "adopted": compared.before.name if compared.before else None,
        "version": _name(compared.digest),
        "applied": applied,
        "differences": compared.differences,
    }


def _name(digest: str) -> str:
    return digest.removeprefix("sha256:")[:12]
