"""`psm cards`: prints all cards of a cohort or one new card, and renews the secret of the codes.

From this secret the codes on all cards are computed; with a new secret the old cards are invalid.
"""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.errors import Refused
from psm_course.registrar.attendance.handouts import make_cards, make_new_card
from psm_course.registrar.files import write_whole
from psm_course.registrar.people.cards import renew_secret

_site = click.option(
    "--site",
    metavar="ALAMAT",
    default="",
    help="Alamat situs yang dibuka kode di kartu. Bila tidak ditulis: site_address.",
)
_reason = click.option(
    "--reason", metavar="ALASAN", required=True, help="Mengapa diganti; dicatat, tanpa nama."
)


@click.group(cls=context.Usual, usual="print")
def cards() -> None:
    """Kartu peserta.

    psm cards KODE mencetak kartu semua peserta satu angkatan.
    """


@cards.command(name="print")
@click.argument("cohort_id", metavar="KODE")
@click.option(
    "--out",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Nama berkas PDF. Bila tidak ditulis: kartu-KODE.pdf.",
)
@_site
def print_cards(cohort_id: str, out: Path | None, site: str) -> None:
    """Cetak kartu semua peserta; sama dengan psm cards KODE.

    Kodenya rahasia: satu kartu untuk satu orang.
    """
    path = _pdf(out, f"kartu-{cohort_id}.pdf")
    with context.course_and_register() as (where, course, store):
        pdf = make_cards(
            store,
            course,
            where,
            context.cards(store, where),
            cohort_id,
            context.actor(),
            context.now(),
            site,
        )
    write_whole(path, pdf)
    click.echo(
        f"Kartu ada di {path}. Cetak, potong menurut tandanya, dan bagikan; jangan kirim berkasnya"
        " ke grup."
    )


@cards.command()
@context.number_argument
@_reason
@click.option(
    "--out",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Nama berkas PDF. Bila tidak ditulis: kartu-NOMOR.pdf.",
)
@_site
def new(number: str, reason: str, out: Path | None, site: str) -> None:
    """Buat kartu baru untuk satu peserta yang kartunya hilang atau terlihat orang lain.

    Kartu lamanya tidak berlaku lagi.
    """
    # Before the new card is made, because that makes the old card invalid.
    path = _pdf(out, f"kartu-{number}.pdf")
    with context.course_and_register() as (where, course, store):
        pdf = make_new_card(
            store,
            course,
            where,
            context.cards(store, where),
            number,
            reason,
            context.actor(),
            context.now(),
            site,
        )
    write_whole(path, pdf)
    click.echo(
        f"Kartu baru {number} ada di {path}. Kartu lamanya tidak berlaku lagi; yang ditandai kartu"
        " lama ditahan untuk diputuskan."
    )


@cards.command(name="renew-secret")
@_reason
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
def renew_secret_(reason: str, yes: bool) -> None:
    """Buat rahasia kartu yang baru, bila yang lama hilang.

    Semua kartu yang pernah dicetak tidak berlaku lagi.
    """
    if not yes:
        context.confirm("Semua kartu peserta harus dicetak lagi. Lanjut?")
    with context.office_register() as (where, store):
        renew_secret(store, where, reason, context.actor(), context.now())
    click.echo(
        "Rahasia kartu baru sudah dibuat. Cetak lagi kartu setiap angkatan yang masih berjalan: psm"
        " cards KODE"
    )


def _pdf(out: Path | None, usual: str) -> Path:
    path = out or Path(usual)
    if path.suffix.lower() != ".pdf":
        raise Refused(f"{path}: nama berkas kartu harus berakhiran .pdf.")
    return path
