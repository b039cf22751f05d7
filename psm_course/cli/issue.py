"""`psm issue`, `psm revoke`, `psm supersede`, `psm numbers`: records out, and corrected in the open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.progress import track

from psm_course.cli import desk
from psm_course.cli.keys import reason_option
from psm_course.cli.passphrase import unlocked
from psm_course.errors import Refused
from psm_course.records.kelurahan import match_kelurahan
from psm_course.records.register import CompletionRecord, RecordKind
from psm_course.registrar import correcting
from psm_course.registrar.certificates import file_name, print_certificates, print_for_the_printer
from psm_course.registrar.issuing import issue_records, skip_numbers
from psm_course.registrar.keyring import Signer
from psm_course.registrar.publishing import publish_status
from psm_course.settings import Settings
from psm_course.store import people
from psm_course.store.engine import Store

_KINDS: dict[str, tuple[RecordKind, ...]] = {"lulus": ("passed",), "mengikuti": ("attended",), "semua": ("passed", "attended")}
_SAID = {"passed": "lulus", "attended": "mengikuti"}


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.option("--dry-run", is_flag=True, help="Tampilkan saja; tidak ada nomor yang terpakai.")
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    default="lulus",
    show_default=True,
    help="Sertifikat untuk yang lulus, yang hanya mengikuti, atau semua.",
)
@click.option("--batch", is_flag=True, help="Buat juga berkas gabungan untuk dicetak sekaligus.")
@desk.json_option
def issue(cohort_id: str, dry_run: bool, kind: str, batch: bool, as_json: bool) -> None:
    """Terbitkan sertifikat bagi semua yang berhak, lalu cetak yang belum tercetak."""
    where = desk.settings()
    course = desk.usable_course(where.root)
    signer = None if dry_run else unlocked(where)
    with desk.open_register(where) as store:
        issued = issue_records(store, course, where, signer, cohort_id, desk.actor(), desk.now(), _KINDS[kind])
        printed = [] if signer is None else _print(store, where, signer, cohort_id, batch, as_json)
    if as_json:
        desk.print_json([_as_json(record) for record in issued.new])
        return
    if len(issued.new) <= 20 or dry_run:
        for record in issued.new:
            click.echo(f"  {record.number}  {record.participant}  {_SAID[record.kind]:<9}  {record.content['name']}")
    if dry_run:
        click.echo(f"Bila diterbitkan: {len(issued.new)} sertifikat baru; {len(issued.before)} sudah terbit sebelumnya.")
        return
    folder = where.records / cohort_id
    click.echo(f"{len(issued.new)} sertifikat baru, {len(issued.before)} sudah ada; {len(printed)} PDF dicetak di {folder}")
    if issued.new:
        click.echo("Agar dapat diperiksa orang lain, terbitkan ulang situs: psm build")


def _as_json(record: CompletionRecord) -> dict[str, str]:
    return {"number": record.number, "participant": record.participant, "kind": record.kind, "file": file_name(record.number)}


def _print(store: Store, where: Settings, signer: Signer, cohort_id: str, batch: bool, quiet: bool) -> list[Path]:
    screen = desk.console()
    steps = print_certificates(store, where, cohort_id, desk.actor(), desk.now())
    shown = screen.is_terminal and not quiet
    printed = list(track(steps, "Mencetak", console=screen, transient=True) if shown else steps)
    if printed:
        publish_status(store, signer, desk.actor(), desk.now())
    if batch:
        for path in print_for_the_printer(store, where, cohort_id):
            click.echo(f"  Untuk dicetak sekaligus: {path}", err=quiet)
    return printed


@click.command()
@click.argument("numbers", metavar="[NOMOR...]", nargs=-1)
@click.option("--no-shows", metavar="KODE", help="Cabut semua sertifikat angkatan ini yang pemiliknya tidak hadir satu sesi pun.")
@reason_option
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
def revoke(numbers: tuple[str, ...], no_shows: str | None, reason: str, yes: bool) -> None:
    """Cabut sertifikat. Kode lamanya akan menjawab: dicabut, tanggal, alasan."""
    where = desk.office()
    with desk.open_register(where) as store:
        chosen = [*numbers, *(record.number for record in (correcting.no_shows(store, no_shows) if no_shows else ()))]
        if not chosen:
            raise Refused("Tidak ada sertifikat yang perlu dicabut." if no_shows else "Sebutkan nomor sertifikat yang dicabut.")
        if not yes:
            click.confirm(f"Mencabut {len(chosen)} sertifikat: {', '.join(chosen)}. Lanjut?", abort=True)
        correcting.revoke(store, unlocked(where), chosen, reason, desk.actor(), desk.now())
    click.echo(f"{len(chosen)} sertifikat dicabut. Agar diketahui orang lain, terbitkan ulang situs: psm build")


@click.command()
@click.argument("number", metavar="NOMOR")
@click.option("--name", metavar="NAMA", help="Nama yang benar.")
@click.option("--kelurahan", metavar="KELURAHAN", help="Kelurahan yang benar.")
@reason_option
def supersede(number: str, name: str | None, kelurahan: str | None, reason: str) -> None:
    """Ganti sertifikat yang salah dengan yang benar, bernomor baru. Kode lamanya akan menjawab: diganti oleh …"""
    where = desk.office()
    correction = correcting.Correction(" ".join(name.split()) if name else None, _kelurahan(kelurahan) if kelurahan else None)
    signer = unlocked(where)
    with desk.open_register(where) as store:
        new = correcting.supersede(store, where, signer, number, correction, reason, desk.actor(), desk.now())
        with store.reading() as tx:
            person = people.find_enrolment(tx, new.participant)
        printed = _print(store, where, signer, person.cohort, batch=False, quiet=True) if person else []
    click.echo(f"{number} diganti oleh {new.number}. {len(printed)} PDF dicetak. Terbitkan ulang situs: psm build")


def _kelurahan(written: str) -> str:
    found = match_kelurahan(written).found
    if len(found) != 1:
        raise Refused(f'Kelurahan "{written}" tidak jelas. Tulis nama resminya, misalnya: Curug (Cimanggis).')
    return found[0].code


@click.command()
@click.argument("number", metavar="NOMOR")
@reason_option
def reprint(number: str, reason: str) -> None:
    """Cetak lagi sertifikat yang hilang: nomor dan isinya tetap sama."""
    where = desk.office()
    with desk.open_register(where) as store:
        record = correcting.reprint(store, number, reason, desk.actor(), desk.now())
        with store.reading() as tx:
            person = people.find_enrolment(tx, record.participant)
        if person is not None:
            list(print_certificates(store, where, person.cohort, desk.actor(), desk.now()))
            click.echo(f"Cetak berkas ini: {where.records / person.cohort / file_name(number)}")


@click.group()
def numbers() -> None:
    """Nomor urut sertifikat."""


@numbers.command()
@click.argument("last", metavar="SAMPAI", type=click.IntRange(1))
@click.option("--year", metavar="TAHUN", type=int, help="Bila tidak ditulis: tahun ini.")
@reason_option
def skip(last: int, year: int | None, reason: str) -> None:
    """Lewati nomor sampai SAMPAI, dengan catatan; misalnya nomor yang pernah diberikan dengan tangan."""
    now: datetime = desk.now()
    with desk.open_register(desk.office()) as store:
        first, until = skip_numbers(store, year or now.year, last, reason, desk.actor(), now)
    click.echo(f"Nomor urut {first} sampai {until} dilewati, dengan catatan.")
