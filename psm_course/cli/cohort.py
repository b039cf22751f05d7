"""`psm cohort`, `psm roster`, `psm attendance`: who belongs, and who came."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from psm_course.cli import desk
from psm_course.content.course import COURSE_FILE
from psm_course.records.kelurahan import by_code
from psm_course.registrar.attending import make_attendance_sheet, mark_attendance
from psm_course.registrar.enrolling import RosterImport, import_roster, open_cohort
from psm_course.store import people

sheet_argument = click.argument("sheet", metavar="LEMBAR", type=click.Path(path_type=Path))


@click.group()
def cohort() -> None:
    """Angkatan: satu penyelenggaraan kursus."""


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@click.option("--title", metavar="NAMA", help="Nama angkatan. Bila tidak ditulis: Angkatan KODE.")
@click.option(
    "--start", metavar="TANGGAL", type=click.DateTime(["%Y-%m-%d"]), help="Hari pertama (2026-12-01). Bila tidak ditulis: hari ini."
)
def new(cohort_id: str, title: str | None, start: datetime | None) -> None:
    """Buka angkatan baru, misalnya D26."""
    where = desk.office()
    course = desk.usable_course(where.root) if (where.root / COURSE_FILE).is_file() else None
    with desk.open_register(where) as store:
        starts_on = start.date() if start else desk.today()
        opened = open_cohort(store, cohort_id, title or f"Angkatan {cohort_id}", starts_on, desk.actor(), desk.now(), course)
    click.echo(f"{opened.title} dibuka, mulai {opened.starts_on}.")
    if course is None:
        click.echo(f"Syaratnya belum ditetapkan: tidak ada {COURSE_FILE} di {where.root}. Tetapkan dengan: psm rules {cohort_id}")


@cohort.command(name="list")
@desk.json_option
def list_(as_json: bool) -> None:
    """Sebutkan semua angkatan."""
    with desk.open_register(desk.office()) as store, store.transaction() as tx:
        known = people.list_cohorts(tx)
    if as_json:
        desk.print_json([asdict(each) | {"starts_on": each.starts_on.isoformat(), "closes_at": _moment(each.closes_at)} for each in known])
    for each in () if as_json else known:
        click.echo(f"{each.id}  {each.title}, mulai {each.starts_on}")
    if not known and not as_json:
        click.echo("Belum ada angkatan. Buat dengan: psm cohort new KODE")


def _moment(at: datetime | None) -> str | None:
    return at.astimezone().isoformat() if at else None


@click.group()
def roster() -> None:
    """Daftar peserta sebuah angkatan."""


@roster.command(name="import")
@click.argument("cohort_id", metavar="KODE")
@sheet_argument
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang disimpan.")
@desk.json_option
def import_(cohort_id: str, sheet: Path, dry_run: bool, as_json: bool) -> None:
    """Masukkan peserta dari lembar Excel. Mengulang tidak menggandakan siapa pun."""
    with desk.open_register(desk.office()) as store:
        done = import_roster(store, cohort_id, sheet, desk.actor(), desk.now(), dry_run)
    if as_json:
        desk.print_json(
            {"added": [asdict(e) for e in done.added], "changed": [asdict(e) for e in done.changed], "unchanged": done.unchanged}
        )
    else:
        _print_import(done, dry_run)


def _print_import(done: RosterImport, dry_run: bool) -> None:
    for enrolment in done.changed:
        click.echo(f"  {enrolment.number} menjadi {enrolment.name}, {by_code()[enrolment.kelurahan]}")
    sentence = f"{len(done.added)} peserta baru, {len(done.changed)} diperbarui, {done.unchanged} tetap."
    click.echo(f"Bila disimpan: {sentence}" if dry_run else sentence)


@click.group()
def attendance() -> None:
    """Daftar hadir."""


@attendance.command()
@click.argument("cohort_id", metavar="KODE")
@sheet_argument
def sheet(cohort_id: str, sheet: Path) -> None:
    """Buat lembar hadir Excel kosong untuk diisi."""
    where = desk.office()
    with desk.open_register(where) as store:
        count = make_attendance_sheet(store, desk.usable_course(where.root), cohort_id, sheet)
    click.echo(f"Lembar hadir {count} peserta ada di {sheet}.")


@attendance.command(name="import")
@click.argument("cohort_id", metavar="KODE")
@sheet_argument
def import_marks(cohort_id: str, sheet: Path) -> None:
    """Masukkan lembar hadir yang sudah diisi."""
    where = desk.office()
    with desk.open_register(where) as store:
        count = mark_attendance(store, desk.usable_course(where.root), cohort_id, sheet, desk.actor(), desk.now())
    click.echo(f"{count} tanda hadir baru dicatat.")
