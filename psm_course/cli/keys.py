"""`psm keys`: the office's signing keys, from the ceremony to the day one is lost."""

from __future__ import annotations

import click

from psm_course.cli import desk
from psm_course.cli.passphrase import choose_passphrase, unlocked
from psm_course.credentials.keys import PublicKey
from psm_course.registrar import keyring
from psm_course.registrar.certificates import certificate_path
from psm_course.registrar.correcting import resign_all
from psm_course.store import people

reason_option = click.option("--reason", metavar="ALASAN", required=True, help="Alasannya, tanpa nama orang; tersimpan seterusnya.")


@click.group()
def keys() -> None:
    """Kunci penanda tangan sertifikat. Baca dulu panduan petugas: cara membuat, menyimpan, dan mengganti."""


@keys.command()
def new() -> None:
    """Buat kunci pertama. Frasa sandinya diketik dua kali; catat dan simpan terpisah dari laptop."""
    where = desk.office()
    course = desk.usable_course(where.root)
    with desk.open_register(where) as store:
        made = keyring.new_key(store, where, course.file.organiser, choose_passphrase(), desk.actor(), desk.now())
    _say_made(where.keys, made)


@keys.command()
def rotate() -> None:
    """Ganti kunci. Sertifikat yang sudah terbit tetap berlaku."""
    where = desk.office()
    with desk.open_register(where) as store:
        made = keyring.rotate_key(store, where, choose_passphrase(), desk.actor(), desk.now())
    _say_made(where.keys, made)


def _say_made(folder: object, made: keyring.Signer) -> None:
    click.echo(f"Kunci …{made.key.multikey[-12:]} dibuat di {folder}.")
    click.echo(f"Penerbit: {made.issuer.did}")
    click.echo("Salin folder itu ke dua tempat yang terkunci. Lalu terbitkan ulang situs: psm build")


@keys.command(name="list")
@desk.json_option
def list_(as_json: bool) -> None:
    """Sebutkan semua kunci yang pernah dipakai."""
    issuer = keyring.get_issuer(desk.office())
    if as_json:
        desk.print_json(issuer.to_json())
        return
    click.echo(f"{issuer.name}: {issuer.did}")
    for key in issuer.keys:
        click.echo(f"  …{key.multikey[-12:]}  dibuat {key.created.astimezone():%d-%m-%Y}  {_state(key)}")


def _state(key: PublicKey) -> str:
    if key.compromised_at:
        return f"BOCOR sejak {key.compromised_at.astimezone():%d-%m-%Y}: semua yang ditandatanganinya tidak dipercaya"
    if key.retired_at:
        return f"tidak dipakai sejak {key.retired_at.astimezone():%d-%m-%Y}; yang sudah ditandatanganinya berlaku"
    return "dipakai"


@keys.command()
@click.argument("key", metavar="KUNCI")
def retire(key: str) -> None:
    """Hentikan sebuah kunci. Yang sudah ditandatanganinya tetap berlaku."""
    where = desk.office()
    with desk.open_register(where) as store:
        keyring.retire_key(store, where, key.lstrip("…"), desk.actor(), desk.now())
    click.echo("Kunci dihentikan. Terbitkan ulang situs: psm build")


@keys.command()
@click.argument("key", metavar="KUNCI")
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
def compromised(key: str, yes: bool) -> None:
    """Coret kunci yang bocor. Semua yang ditandatanganinya tidak dipercaya lagi sampai ditandatangani ulang (psm keys resign)."""
    where = desk.office()
    if not yes:
        click.confirm("Semua sertifikat dari kunci ini akan ditolak sampai ditandatangani ulang. Coret?", abort=True)
    with desk.open_register(where) as store:
        keyring.mark_compromised(store, where, key.lstrip("…"), desk.actor(), desk.now())
    click.echo("Kunci dicoret. Berikutnya: psm keys new, lalu psm keys resign, lalu psm build.")


@keys.command()
@click.argument("key", metavar="KUNCI")
@reason_option
def resign(key: str, reason: str) -> None:
    """Tandatangani ulang semua sertifikat dari kunci yang bocor. Nomor dan isinya tetap; cetakannya baru."""
    where = desk.office()
    leaked = keyring.find_multikey(where, key.lstrip("…"))
    signer = unlocked(where)
    with desk.open_register(where) as store:
        fresh = resign_all(store, signer, leaked, reason, desk.actor(), desk.now())
        with store.reading() as tx:
            homes = {record.number: people.find_enrolment(tx, record.participant) for record in fresh}
    for record in fresh:
        home = homes[record.number]
        if home is not None:
            certificate_path(where, home.cohort, record.number).unlink(missing_ok=True)
    cohorts = sorted({home.cohort for home in homes.values() if home is not None})
    again = ", ".join(f"psm issue {cohort}" for cohort in cohorts) or "tidak ada"
    click.echo(f"{len(fresh)} sertifikat ditandatangani ulang. Cetak ulang dan bagikan: {again}")
