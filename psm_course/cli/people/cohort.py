"""`psm cohort`: one run of the course after the other."""

from dataclasses import asdict
from datetime import datetime

import click

from psm_course.cli import context
from psm_course.cli.people.person import reason_option
from psm_course.content.course import COURSE_FILE
from psm_course.registrar.people.cohorts import archive_cohort, rename_cohort, reopen_cohort
from psm_course.registrar.people.enrolling import open_cohort
from psm_course.store.people import people


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
    where = context.office()
    course = context.usable_course(where.root) if (where.root / COURSE_FILE).is_file() else None
    with context.open_register(where) as store:
        starts_on = start.date() if start else context.today()
        opened = open_cohort(store, cohort_id, title or f"Angkatan {cohort_id}", starts_on, context.actor(), context.now(), course)
    click.echo(f"{opened.title} dibuka, mulai {opened.starts_on}.")
    if course is None:
        click.echo(f"Syaratnya belum ditetapkan: tidak ada {COURSE_FILE} di {where.root}. Tetapkan dengan: psm rules {cohort_id}")


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("title", metavar="NAMA")
@reason_option
def rename(cohort_id: str, title: str, reason: str) -> None:
    """Ganti nama angkatan. Kodenya tetap, dan yang sudah terbit tetap seperti tercetak."""
    with context.open_register(context.office()) as store:
        named = rename_cohort(store, cohort_id, title, reason, context.actor(), context.now())
    click.echo(f"{named.id} sekarang bernama {named.title}.")


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@reason_option
def archive(cohort_id: str, reason: str) -> None:
    """Arsipkan angkatan: tidak tampil di daftar, dan tidak menerima apa-apa lagi. Tidak ada yang hilang."""
    with context.open_register(context.office()) as store:
        archive_cohort(store, cohort_id, reason, context.actor(), context.now())
    click.echo(f"{cohort_id} diarsipkan. Membukanya lagi: psm cohort reopen {cohort_id}")


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@reason_option
def reopen(cohort_id: str, reason: str) -> None:
    """Buka lagi angkatan yang diarsipkan."""
    with context.open_register(context.office()) as store:
        reopen_cohort(store, cohort_id, reason, context.actor(), context.now())
    click.echo(f"{cohort_id} dibuka lagi.")


@cohort.command(name="list")
@click.option("--archived", is_flag=True, help="Sebutkan juga yang diarsipkan.")
@context.json_option
def list_(as_json: bool, archived: bool) -> None:
    """Sebutkan semua angkatan."""
    with context.open_register(context.office()) as store, store.reading() as tx:
        known = [each for each in people.list_cohorts(tx) if archived or each.archived_at is None]
    if as_json:
        context.print_json(
            [
                asdict(each)
                | {
                    "starts_on": each.starts_on.isoformat(),
                    "closes_at": _moment(each.closes_at),
                    "archived_at": _moment(each.archived_at),
                }
                for each in known
            ]
        )
    for each in () if as_json else known:
        click.echo(f"{each.id}  {each.title}, mulai {each.starts_on}" + (", diarsipkan" if each.archived_at else ""))
    if not known and not as_json:
        click.echo("Belum ada angkatan. Buat dengan: psm cohort new KODE")


def _moment(at: datetime | None) -> str | None:
    return at.astimezone().isoformat() if at else None
