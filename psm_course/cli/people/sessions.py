"""`psm cohort sessions`, `psm cohort session`: date, place and speaker of a cohort's sessions."""

from datetime import datetime
from typing import Any

import click

from psm_course.cli import context
from psm_course.cli.language import WholeNumber
from psm_course.registrar.attendance.schedule import Planned, change_session, schedule_of


@click.command()
@click.argument("cohort_id", metavar="KODE")
@context.json_option
def sessions(cohort_id: str, as_json: bool) -> None:
    """Jadwal angkatan: hari, jam, ruang dan pemateri setiap sesi."""
    with context.course_and_register() as (_, course, store):
        _, planned = schedule_of(store, course, cohort_id)
    if as_json:
        context.print_json([_as_json(each) for each in planned])
    for each in () if as_json else planned:
        click.echo(_line(each))


def _as_json(planned: Planned) -> dict[str, Any]:
    held = planned.held
    return {
        "id": planned.session.id,
        "title": planned.session.title,
        "hours": planned.session.hours,
        "held_on": held.held_on.isoformat(),
        "start": held.start or None,
        "minutes": held.minutes,
        "room": held.room,
        "speaker": held.speaker,
        "institution": held.institution,
    }


def _line(planned: Planned) -> str:
    held = planned.held
    said = [
        f"{held.held_on}",
        held.start,
        held.room,
        ", ".join(part for part in (held.speaker, held.institution) if part),
    ]
    return (
        f"{planned.session.id}  {'  '.join(part for part in said if part)}  {planned.session.title}"
    )


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("session_id", metavar="SESI")
@click.option(
    "--date",
    "held_on",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Hari sesi ini (2026-12-08).",
)
@click.option("--start", metavar="JAM", help="Jam mulai, misalnya 08.30; kosong: tidak disebut.")
@click.option("--minutes", metavar="MENIT", type=WholeNumber(1, 1440), help="Lamanya dalam menit.")
@click.option("--room", metavar="RUANG", help="Ruangnya; kosong: tidak disebut.")
@click.option("--speaker", metavar="NAMA", help="Pematerinya; kosong: tidak disebut.")
@click.option("--institution", metavar="LEMBAGA", help="Lembaga pemateri; kosong: tidak disebut.")
@click.option("--reason", metavar="ALASAN", required=True, help="Mengapa diubah.")
def session(
    cohort_id: str,
    session_id: str,
    held_on: datetime | None,
    start: str | None,
    reason: str,
    **written: Any,
) -> None:
    """Ubah hari, jam, ruang atau pemateri sebuah sesi.

    Daftar hadir, pindai kartu dan sertifikat mengikuti.
    """
    asked = {"held_on": held_on.date() if held_on else None, "start": start, **written}
    # Not `if value`: an empty text is a change too, it deletes the time, room or speaker.
    changes = {name: value for name, value in asked.items() if value is not None}
    with context.course_and_register() as (_, course, store):
        held = change_session(
            store, course, cohort_id, session_id, changes, reason, context.actor(), context.now()
        )
    click.echo(
        f"Sesi {session_id} angkatan {cohort_id}:"
        f" {held.held_on}{f' pukul {held.start}' if held.start else ''}."
    )
