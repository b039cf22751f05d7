"""`psm export`: writes the register as sheets. `psm report`: makes the whole report pack."""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.registrar.people.enrolling import export_roster
from psm_course.registrar.reports.exporting import export_items, export_register, refuse_to_replace
from psm_course.registrar.reports.reporting import make_report

_cohort = click.argument("cohort_id", metavar="KODE")
_file = click.argument("path", metavar="BERKAS", type=click.Path(path_type=Path))


@click.group()
def export() -> None:
    """Tulis isi register sebagai lembar .xlsx atau .csv."""


@export.command()
@_cohort
@_file
def register(cohort_id: str, path: Path) -> None:
    """Satu baris satu peserta: kehadiran, nilai, hasil, dan yang masih kurang."""
    with context.course_and_register() as (_, course, store):
        count = export_register(store, course, cohort_id, path, context.now())
    click.echo(f"{count} peserta ada di {path}.")


@export.command()
@_cohort
@_file
def items(cohort_id: str, path: Path) -> None:
    """Satu baris satu butir dari setiap percobaan, dengan jawabannya."""
    with context.office_register() as (_, store):
        count = export_items(store, cohort_id, path)
    click.echo(f"{count} butir ada di {path}.")


@export.command()
@_cohort
@_file
def roster(cohort_id: str, path: Path) -> None:
    """Daftar peserta (.xlsx), yang dapat diperbaiki lalu dimasukkan lagi."""
    refuse_to_replace(path)
    with context.course_and_register() as (_, course, store):
        count = export_roster(store, course.region, cohort_id, path)
    click.echo(f"{count} peserta ada di {path}.")


@click.command()
@_cohort
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder baru. Bila tidak ditulis: di var/laporan.",
)
@click.option(
    "--number",
    metavar="NOMOR",
    default="",
    help="Nomor berita acara. Bila tidak ditulis: disediakan tempat kosong.",
)
def report(cohort_id: str, out: Path | None, number: str) -> None:
    """Buat berita acara: PDF, lembar register dan butir, dan daftar hash-nya."""
    with context.course_and_register() as (where, course, store):
        folder = make_report(
            store, course, where, cohort_id, out, number, context.actor(), context.now()
        )
    click.echo(f"Berita acara dan lampirannya ada di {folder}:")
    for path in sorted(folder.iterdir()):
        click.echo(f"  {path.name}")
