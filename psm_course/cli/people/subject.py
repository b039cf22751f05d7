"""`psm subject`: gives people their data, and deletes it."""

import json
from pathlib import Path
from typing import Any

import click

from psm_course.cli import context
from psm_course.errors import Refused
from psm_course.registrar.people.privacy import (
    erase_expired,
    erase_person,
    export_person,
    numbers_of_person,
)


@click.group()
def subject() -> None:
    """Hak peserta atas datanya: melihat, dihapus, dan masa simpan."""


@subject.command()
@click.argument("number", metavar="NOMOR")
@click.option(
    "--out",
    metavar="BERKAS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tulis ke berkas ini, bukan ke layar.",
)
def export(number: str, out: Path | None) -> None:
    """Semua yang disimpan tentang satu orang, dari semua angkatannya, sebagai JSON."""
    # Before the export, because the log keeps a note of each export.
    if out is not None and out.exists():
        raise Refused(f"{out} sudah ada. Pilih nama lain.")
    with context.office_register() as (_, store):
        traces = export_person(store, number, context.actor(), context.now())
    written = json.dumps(traces, ensure_ascii=False, indent=2, default=_as_text)
    if out is None:
        click.echo(written)
        return
    out.write_text(written + "\n", encoding="utf-8")
    click.echo(f"Data {number} ada di {out}. Serahkan hanya kepada orangnya.")


def _as_text(value: Any) -> str:
    return str(value.isoformat())


@subject.command()
@click.argument("number", metavar="NOMOR")
@click.option(
    "--reason",
    metavar="ALASAN",
    required=True,
    help="Mengapa dihapus; dicatat di audit, tanpa nama.",
)
@click.option("--yes", is_flag=True, help="Hapus tanpa bertanya lagi.")
def erase(number: str, reason: str, yes: bool) -> None:
    """Hapus nama, telepon, kartu, dan sertifikat satu orang, di semua angkatannya.

    Angka-angkanya tetap, tanpa nama.
    """
    where = context.office()
    with context.open_register(where) as store:
        numbers = numbers_of_person(store, number)
        if len(numbers) > 1:
            click.echo(
                f"Orang ini punya {len(numbers)} nomor: {', '.join(numbers)}. Semuanya dihapus."
            )
        if not yes:
            context.confirm(f"Data {' dan '.join(numbers)} tidak dapat dikembalikan. Hapus?")
        removed = erase_person(store, where, number, reason, context.actor(), context.now())
    click.echo(
        f"Data {' dan '.join(numbers)} dihapus; {len(removed)} berkas sertifikat dibuang."
        " Cadangan, berita acara, dan lembar lama masih memuat namanya. Tanyakan jadwal retensi"
        " arsip sebelum memusnahkannya."
    )


@subject.command()
@click.option("--dry-run", is_flag=True, help="Sebutkan saja; tidak ada yang dihapus.")
def expire(dry_run: bool) -> None:
    """Hapus nama semua peserta yang masa simpannya lewat (retention_years di psm.toml)."""
    with context.office_register() as (where, store):
        numbers = erase_expired(store, where, context.actor(), context.now(), dry_run)
    for number in numbers:
        click.echo(f"  {number}")
    click.echo(f"{'Bila dijalankan: ' if dry_run else ''}{len(numbers)} peserta dihapus namanya.")
