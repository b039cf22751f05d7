"""`psm attendance`: records who came, from sheets, from cards, or one by one."""

import sys
from pathlib import Path

import click

from psm_course.cli import context
from psm_course.domain.register import Presence
from psm_course.errors import Refused
from psm_course.interchange.register_sheet import PRESENCE_WORDS
from psm_course.registrar.attendance.handouts import make_attendance_sheet
from psm_course.registrar.attendance.presence import (
    Scan,
    mark_session,
    scan_card,
    sentence_about,
    session_list,
)
from psm_course.registrar.attendance.sheets import mark_attendance

_MEANT = {word: presence for presence, word in PRESENCE_WORDS.items()}


@click.group()
def attendance() -> None:
    """Daftar hadir."""


@attendance.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("sheet", metavar="LEMBAR", type=click.Path(path_type=Path))
def sheet(cohort_id: str, sheet: Path) -> None:
    """Buat lembar hadir kosong: .xlsx untuk diisi di komputer, .pdf untuk ditandatangani."""
    with context.course_and_register() as (where, course, store):
        count = make_attendance_sheet(store, course, where, cohort_id, sheet)
    click.echo(f"Lembar hadir {count} peserta ada di {sheet}.")


@attendance.command(name="import")
@click.argument("cohort_id", metavar="KODE")
@click.argument("sheet", metavar="LEMBAR", type=click.Path(path_type=Path))
@click.option(
    "--replace",
    is_flag=True,
    help="Ganti juga tanda dari kartu dan dari meja, bila lembar ini yang benar.",
)
def import_marks(cohort_id: str, sheet: Path, replace: bool) -> None:
    """Masukkan lembar hadir yang sudah diisi. Mengulang tidak menggandakan apa pun."""
    with context.course_and_register() as (_, course, store):
        marked = mark_attendance(
            store, course, cohort_id, sheet, context.actor(), context.now(), replace
        )
    for note in marked.notes:
        click.echo(f"  {note}")
    for each in marked.corrected:
        was, now = PRESENCE_WORDS[each.before], PRESENCE_WORDS[each.mark.presence]
        click.echo(
            f"  {each.mark.number}, {each.mark.session}: tadinya {was}, sekarang {now}"
            f" ({each.mark.reason})"
        )
    corrected = f", {len(marked.corrected)} dikoreksi" if marked.corrected else ""
    click.echo(f"{len(marked.new)} tanda hadir baru dicatat{corrected}.")


@attendance.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("session_id", metavar="SESI")
@context.number_argument
@click.argument("word", metavar="TANDA", type=click.Choice(list(_MEANT)), default="hadir")
@click.option(
    "--reason", metavar="ALASAN", default="", help="Mengapa tanda yang sudah dicatat diubah."
)
def mark(cohort_id: str, session_id: str, number: str, word: str, reason: str) -> None:
    """Catat satu orang di satu sesi: hadir, terlambat, izin, atau alpa."""
    with context.course_and_register() as (_, course, store):
        listed = session_list(store, course, cohort_id, session_id)
        if number not in {person.number for person in listed.people}:
            raise Refused(
                f'Nomor "{number}" tidak ada di angkatan {cohort_id}. Lihat daftarnya: psm status'
                f" {cohort_id}."
            )
        count = mark_session(
            store,
            course,
            cohort_id,
            session_id,
            {number: _MEANT[word]},
            reason.strip(),
            context.actor(),
            context.now(),
        )
    click.echo(
        f"{number} {word} di {listed.session.title}"
        + ("." if count else "; sudah tercatat begitu.")
    )


@attendance.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("session_id", metavar="SESI")
@click.option("--late", is_flag=True, help="Catat sebagai terlambat.")
@click.option("--any-day", is_flag=True, help="Sesi ini memang dari hari yang sudah lewat.")
def scan(cohort_id: str, session_id: str, late: bool, any_day: bool) -> None:
    """Pindai kartu satu per satu: alat pindai USB, atau nomor yang diketik.

    Selesai dengan Ctrl-D (Windows: Ctrl-Z).
    """
    presence: Presence = "late" if late else "present"
    with context.course_and_register() as (where, course, store):
        cards = context.cards(store, where)
        # A wrong cohort or session is said before anybody scans.
        session_list(store, course, cohort_id, session_id)
        for line in sys.stdin:
            if line.strip():
                found = scan_card(
                    store,
                    course,
                    cards,
                    cohort_id,
                    session_id,
                    line,
                    presence,
                    any_day,
                    context.actor(),
                    context.now(),
                )
                click.echo(f"{'✓' if found.is_good else '✗'} {_scan_sentence(found)}")
        marked = session_list(store, course, cohort_id, session_id)
    click.echo(
        f"{marked.attended} dari {len(marked.people)} orang tercatat datang di"
        f" {marked.session.title}."
    )


def _scan_sentence(found: Scan) -> str:
    said = sentence_about(found)
    return f"{said.removesuffix('.')} (--any-day)." if found.result == "other-day" else said
