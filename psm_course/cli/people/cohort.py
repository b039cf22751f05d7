"""`psm cohort`: opens, renames, archives and lists the runs of a course."""

from datetime import datetime

import click

from psm_course.cli import context
from psm_course.cli.attendance.rundown import papers_of_cohort, rundown_of_cohort
from psm_course.cli.people.person import reason_option
from psm_course.cli.people.sessions import session, sessions
from psm_course.content.course import COURSE_FILE, written_course_id
from psm_course.registrar.completion.adopting import course_titles, first_use
from psm_course.registrar.people.cohorts import (
    archive_cohort,
    open_cohort,
    rename_cohort,
    reopen_cohort,
)
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.people import cohorts
from psm_course.store.people.schedule import first_days


@click.group()
def cohort() -> None:
    """Angkatan: satu penyelenggaraan kursus."""


cohort.add_command(sessions)
cohort.add_command(session)
cohort.add_command(rundown_of_cohort)
cohort.add_command(papers_of_cohort)


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@click.option("--title", metavar="NAMA", help="Nama angkatan. Bila tidak ditulis: Angkatan KODE.")
@click.option(
    "--start",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Hari pertama (2026-12-01). Bila tidak ditulis: hari ini.",
)
@click.option(
    "--course",
    "course_id",
    metavar="KURSUS",
    default="",
    help="Kursusnya. Bila tidak ditulis: kursus di folder ini.",
)
@click.option("--place", metavar="TEMPAT", default="", help="Tempat pertemuannya.")
def new(
    cohort_id: str, title: str | None, start: datetime | None, course_id: str, place: str
) -> None:
    """Buka angkatan baru, misalnya D26. Angkatan memakai versi kursus yang terakhir diadopsi."""
    starts_on = start.date() if start else context.today()
    with context.office_register() as (where, store):
        opened = open_cohort(
            store,
            cohort_id,
            title or f"Angkatan {cohort_id}",
            starts_on,
            context.actor(),
            context.now(),
            course_id or _course_here(store, where),
            place,
        )
    click.echo(f"{opened.title} dibuka, mulai {opened.starts_on}.")


def _course_here(store: Store, where: Settings) -> str:
    """Return the id of the course in the office's folder; if it was never adopted, adopt it now.

    The result is empty if the folder has no course file, or if that file cannot be read and the
    office has adopted a course already.
    """
    if not (where.root / COURSE_FILE).is_file():
        return ""
    here = written_course_id(where.root)
    known = course_titles(store)
    if here in known or (not here and known):
        return here
    folder = context.adoptable_course(where.root)
    first_use(store, folder, context.actor(), context.now())
    click.echo(f"Kursus {folder.file.id} diadopsi: {folder.file.title}.")
    return folder.file.id


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("title", metavar="NAMA")
@reason_option
def rename(cohort_id: str, title: str, reason: str) -> None:
    """Ganti nama angkatan. Kodenya tetap, dan yang sudah terbit tetap seperti tercetak."""
    with context.office_register() as (_, store):
        named = rename_cohort(store, cohort_id, title, reason, context.actor(), context.now())
    click.echo(f"{named.id} sekarang bernama {named.title}.")


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@reason_option
def archive(cohort_id: str, reason: str) -> None:
    """Arsipkan angkatan: tidak tampil di daftar, dan tidak menerima apa-apa lagi.

    Tidak ada yang hilang.
    """
    with context.office_register() as (_, store):
        archive_cohort(store, cohort_id, reason, context.actor(), context.now())
    click.echo(f"{cohort_id} diarsipkan. Membukanya lagi: psm cohort reopen {cohort_id}")


@cohort.command()
@click.argument("cohort_id", metavar="KODE")
@reason_option
def reopen(cohort_id: str, reason: str) -> None:
    """Buka lagi angkatan yang diarsipkan."""
    with context.office_register() as (_, store):
        reopen_cohort(store, cohort_id, reason, context.actor(), context.now())
    click.echo(f"{cohort_id} dibuka lagi.")


@cohort.command(name="list")
@click.option("--archived", is_flag=True, help="Sebutkan juga yang diarsipkan.")
@context.json_option
def list_(as_json: bool, archived: bool) -> None:
    """Sebutkan semua angkatan."""
    with context.office_register() as (_, store), store.reading() as tx:
        known = [each for each in cohorts.list_cohorts(tx) if archived or each.archived_at is None]
        first = {each.id: each.starts_on for each in known} | first_days(tx)
    if as_json:
        context.print_json(
            [
                {
                    "id": each.id,
                    "title": each.title,
                    "starts_on": each.starts_on.isoformat(),
                    "closes_at": _moment(each.closes_at),
                    "course": each.course,
                    "place": each.place,
                    "archived_at": _moment(each.archived_at),
                    "first_day": first[each.id].isoformat(),
                }
                for each in known
            ]
        )
    for each in () if as_json else known:
        click.echo(
            f"{each.id}  {each.title}, mulai {first[each.id]}"
            + (", diarsipkan" if each.archived_at else "")
        )
    if not known and not as_json:
        click.echo("Belum ada angkatan. Buat dengan: psm cohort new KODE")


def _moment(at: datetime | None) -> str | None:
    return at.astimezone().isoformat() if at else None
