"""`psm cohort`: one run of the course after the other."""

from dataclasses import asdict
from datetime import datetime

import click

from psm_course.cli import context
from psm_course.content.course import COURSE_FILE
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


@cohort.command(name="list")
@context.json_option
def list_(as_json: bool) -> None:
    """Sebutkan semua angkatan."""
    with context.open_register(context.office()) as store, store.reading() as tx:
        known = people.list_cohorts(tx)
    if as_json:
        context.print_json(
            [asdict(each) | {"starts_on": each.starts_on.isoformat(), "closes_at": _moment(each.closes_at)} for each in known]
        )
    for each in () if as_json else known:
        click.echo(f"{each.id}  {each.title}, mulai {each.starts_on}")
    if not known and not as_json:
        click.echo("Belum ada angkatan. Buat dengan: psm cohort new KODE")


def _moment(at: datetime | None) -> str | None:
    return at.astimezone().isoformat() if at else None
