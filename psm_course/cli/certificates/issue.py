"""Commands that issue, correct and print certificates: `psm issue`, `psm revoke` and others."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from rich.progress import Progress

from psm_course.cli import context
from psm_course.cli.certificates.keys import reason_option
from psm_course.cli.certificates.passphrase import unlocked
from psm_course.cli.language import WholeNumber
from psm_course.content.region import Region
from psm_course.credentials.number_patterns import file_name
from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.interchange.people.kelurahan import match_kelurahan
from psm_course.registrar.certificates import correcting
from psm_course.registrar.certificates.issuing import KINDS, Issue, hand_out, print_and_publish
from psm_course.registrar.certificates.ledger import get_page, numbering, skipped_numbers
from psm_course.registrar.certificates.printing import (
    move_invalid_prints,
    print_certificates,
    print_for_the_printer,
    unprinted,
)
from psm_course.registrar.certificates.series import skip_numbers
from psm_course.registrar.certificates.signing import badge_picture, web_token
from psm_course.registrar.files import write_whole
from psm_course.registrar.reports.clearing import before_issuing

_SAID = {"passed": "lulus", "attended": "mengikuti"}


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.option("--dry-run", is_flag=True, help="Tampilkan saja; tidak ada nomor yang terpakai.")
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default="lulus",
    show_default=True,
    help="Sertifikat untuk yang lulus, yang hanya mengikuti, atau semua.",
)
@click.option(
    "--again",
    metavar="NOMOR",
    multiple=True,
    help="Terbitkan lagi bagi peserta ini, yang sertifikatnya pernah dicabut.",
)
@click.option("--batch", is_flag=True, help="Buat juga berkas gabungan untuk dicetak sekaligus.")
@context.json_option
def issue(
    cohort_id: str, dry_run: bool, kind: str, again: tuple[str, ...], batch: bool, as_json: bool
) -> None:
    """Terbitkan sertifikat bagi semua yang berhak, lalu cetak yang belum tercetak."""
    with context.course_and_register() as (where, course, store):
        # Tried dry first: what cannot be done is said before anybody is asked for the passphrase.
        wanted = (cohort_id, context.actor(), context.now(), KINDS[kind], again)
        issued = hand_out(store, course, where, None, *wanted)
        # A missing print is made again too, and its digest goes into the signed lists.
        waiting = len(issued.new) + len(unprinted(store, where, cohort_id))
        if waiting and not dry_run:
            signer, screen = unlocked(where), context.console()
            with Progress(
                console=screen, transient=True, disable=as_json or not screen.is_terminal
            ) as shown:
                bar = shown.add_task("Mencetak", total=waiting)
                issued = hand_out(
                    store, course, where, signer, *wanted, each=lambda _: shown.advance(bar)
                )
        for path in print_for_the_printer(store, where, cohort_id) if batch and not dry_run else ():
            # With --json, standard output has nothing but the JSON.
            click.echo(f"  Untuk dicetak sekaligus: {path}", err=as_json)
        open_ = before_issuing(store, course, cohort_id).summary if dry_run else ""
    if as_json:
        context.print_json([_as_json(record) for record in issued.new])
    else:
        for sentence in _sentences(issued, cohort_id, where.records / cohort_id, dry_run):
            click.echo(sentence)
        if open_:
            click.echo(
                f"Sebelum menerbitkan, periksa: {open_}. Rinciannya di meja:"
                f" /angkatan/{cohort_id}/sebelum"
            )


def _sentences(issued: Issue, cohort_id: str, folder: Path, dry_run: bool) -> Iterator[str]:
    if len(issued.new) <= 20 or dry_run:
        for record in issued.new:
            yield (
                f"  {record.number}  {record.participant}  {_SAID[record.kind]:<9} "
                f" {record.content['name']}"
            )
    if not issued.new and not issued.before:
        yield f"Belum ada yang berhak. Lihat alasannya: psm status {cohort_id}"
    if dry_run:
        yield (
            f"Bila diterbitkan: {len(issued.new)} sertifikat baru; {len(issued.before)} sudah"
            " terbit sebelumnya."
        )
        return
    yield (
        f"{len(issued.new)} sertifikat baru, {len(issued.before)} sudah ada; {len(issued.printed)}"
        f" PDF dicetak di {folder}"
    )
    if issued.new:
        yield "Agar dapat diperiksa orang lain, umumkan: psm publish"


def _as_json(record: CompletionRecord) -> dict[str, str]:
    return {
        "number": record.number,
        "participant": record.participant,
        "kind": record.kind,
        "file": file_name(record.number),
    }


@click.command()
@click.argument("numbers", metavar="[NOMOR...]", nargs=-1)
@click.option(
    "--no-shows",
    metavar="KODE",
    help="Cabut semua sertifikat angkatan ini yang pemiliknya tidak hadir satu sesi pun.",
)
@reason_option
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
def revoke(numbers: tuple[str, ...], no_shows: str | None, reason: str, yes: bool) -> None:
    """Cabut sertifikat. Kode lamanya akan menjawab: dicabut, tanggal, alasan."""
    with context.office_register() as (where, store):
        absent = correcting.no_shows(store, no_shows) if no_shows else ()
        # A number may be typed twice, or belong to somebody who did not come.
        chosen = list(dict.fromkeys([*numbers, *(record.number for record in absent)]))
        if not chosen:
            raise Refused(
                "Tidak ada sertifikat yang perlu dicabut."
                if no_shows
                else "Sebutkan nomor sertifikat yang dicabut."
            )
        cohorts = correcting.check_ending(store, chosen, reason)
        if not yes:
            context.confirm(f"Mencabut {len(chosen)} sertifikat: {', '.join(chosen)}. Lanjut?")
        correcting.revoke(store, unlocked(where), chosen, reason, context.actor(), context.now())
        for cohort in cohorts:
            move_invalid_prints(store, where, cohort)
    click.echo(f"{len(chosen)} sertifikat dicabut. Agar diketahui orang lain, umumkan: psm publish")


@click.command()
@click.argument("number", metavar="NOMOR")
@click.option("--name", metavar="NAMA", help="Nama yang benar.")
@click.option("--kelurahan", metavar="KELURAHAN", help="Kelurahan yang benar.")
@reason_option
def supersede(number: str, name: str | None, kelurahan: str | None, reason: str) -> None:
    """Ganti sertifikat yang salah dengan yang benar, bernomor baru.

    Kode lamanya menyebut nomor pengganti dan alasannya.
    """
    with context.course_and_register() as (where, course, store):
        correction = correcting.Correction(
            name, _kelurahan(course.region, kelurahan) if kelurahan else None
        )
        (cohort,) = correcting.check_ending(store, [number], reason)
        signer = unlocked(where)
        new = correcting.supersede(
            store,
            course.region,
            where,
            signer,
            number,
            correction,
            reason,
            context.actor(),
            context.now(),
        )
        printed = print_and_publish(store, where, signer, cohort, context.actor(), context.now())
    click.echo(
        f"{number} diganti oleh {new.number}. {len(printed)} PDF dicetak. Umumkan: psm publish"
    )


def _kelurahan(region: Region, written: str) -> str:
    found = match_kelurahan(region, written).found
    if len(found) != 1:
        example = next((home for home in region.homes if home.shares_name), region.homes[0])
        raise Refused(
            f'Kelurahan "{written}" tidak jelas. Tulis nama resminya, misalnya: {example}.'
        )
    return found[0].code


@click.command()
@click.argument("number", metavar="NOMOR")
@reason_option
def reprint(number: str, reason: str) -> None:
    """Cetak lagi sertifikat yang hilang: nomor dan isinya tetap sama."""
    with context.office_register() as (where, store):
        (cohort,) = correcting.check_ending(store, [number], reason)
        correcting.reprint(store, number, reason, context.actor(), context.now())
        # `print_certificates` is a generator: without `list` nothing would be printed.
        list(print_certificates(store, where, cohort, context.actor(), context.now()))
    click.echo(f"Cetak berkas ini: {where.records / cohort / file_name(number)}")


@click.command()
@click.argument("number", metavar="NOMOR")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder tujuan; biasanya di samping PDF-nya.",
)
def badge(number: str, folder: Path | None) -> None:
    """Buat lencana (PNG) dan token (JWT) sebuah sertifikat, untuk dompet digital."""
    with context.office_register() as (where, store):
        page = get_page(store, number)
        made = folder or where.records / page.cohort
        for name, content in (badge_picture(page.record), web_token(page.record)):
            write_whole(made / name, content)
            click.echo(f"  {made / name}")


@click.group()
def numbers() -> None:
    """Nomor urut sertifikat."""


@numbers.command()
@click.argument("last", metavar="SAMPAI", type=WholeNumber(1))
@click.option(
    "--year",
    metavar="TAHUN",
    type=WholeNumber(2000, 2999),
    help="Bila tidak ditulis: tahun ini.",
)
@click.option(
    "--course",
    "course_id",
    metavar="KURSUS",
    default="",
    help="Kursusnya, bila kantor punya beberapa.",
)
@reason_option
def skip(last: int, year: int | None, course_id: str, reason: str) -> None:
    """Lewati nomor sampai SAMPAI, dengan catatan.

    Misalnya nomor yang pernah diberikan dengan tangan.
    """
    now = context.now()
    with context.office_register() as (_, store):
        first, until = skip_numbers(
            store, year or now.year, last, reason, context.actor(), now, course_id
        )
    click.echo(f"Nomor urut {first} sampai {until} dilewati, dengan catatan.")


@numbers.command(name="list")
@context.json_option
def list_(as_json: bool) -> None:
    """Nomor berikutnya dari setiap kursus, dan nomor yang dilewati."""
    with context.office_register() as (where, store):
        series, skipped = numbering(store, where, context.now()), skipped_numbers(store)
    if as_json:
        context.print_json(
            {
                "series": [asdict(each) for each in series],
                "skipped": [asdict(each) | {"at": each.at.isoformat()} for each in skipped],
            }
        )
        return
    for each in series:
        click.echo(
            f"{each.course}, {each.year}: nomor urut berikutnya {each.sequence},"
            f" {each.trouble or each.number}"
        )
    for left_out in skipped:
        click.echo(
            f"  {left_out.course}, {left_out.year}: {left_out.first} sampai {left_out.last}"
            f" dilewati ({left_out.reason})"
        )
    if not series:
        click.echo("Belum ada kursus yang diadopsi. Adopsi dengan: psm course adopt")
