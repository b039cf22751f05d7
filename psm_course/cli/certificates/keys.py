"""`psm keys`: makes, replaces and retires the office's signing keys.

It also declares a lost or stolen key invalid.
"""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.cli.certificates.passphrase import ROOT_VARIABLE, choose_passphrase, unlocked
from psm_course.cli.certificates.publish import publish
from psm_course.credentials.signing.keys import PublicKey
from psm_course.local_time import day
from psm_course.registrar.certificates.correcting import resign_all
from psm_course.registrar.certificates.keys import keyring
from psm_course.registrar.certificates.keys.keyring import key_name
from psm_course.registrar.certificates.keys.root_key import check_new_root, make_root_key

reason_option = click.option(
    "--reason",
    metavar="ALASAN",
    required=True,
    help="Alasannya, tanpa nama orang; tersimpan seterusnya.",
)

key_argument = click.argument("key", metavar="KUNCI")


@click.group()
def keys() -> None:
    """Kunci penanda tangan sertifikat.

    Baca dulu panduan kunci: cara membuat, menyimpan, dan mengganti.
    """


@keys.command()
def new() -> None:
    """Buat kunci pertama, atau kunci baru bila tidak ada lagi yang dipakai.

    Frasa sandinya diketik dua kali; catat dan simpan terpisah dari laptop.
    """
    keyring.check_new_key(context.office())  # refuses before anybody types a passphrase
    with context.course_and_register() as (where, course, store):
        made = keyring.new_key(
            store, where, course.file.organiser, choose_passphrase(), context.actor(), context.now()
        )
    _say_made(where.keys, made)


@keys.command()
def rotate() -> None:
    """Ganti kunci. Sertifikat yang sudah terbit tetap berlaku."""
    where = context.office()
    keyring.check_rotation(where)
    with context.open_register(where) as store:
        made = keyring.rotate_key(store, where, choose_passphrase(), context.actor(), context.now())
    _say_made(where.keys, made)


def _say_made(folder: Path, made: keyring.Signer) -> None:
    click.echo(f"Kunci …{key_name(made.key.multikey)} dibuat di {folder}.")
    click.echo(f"Penerbit: {made.issuer.did}")
    if keyring.is_for_trials(made.issuer):
        click.echo(
            "Kunci ini untuk percobaan saja: alamat situs belum diatur (site_address di psm.toml)."
        )
    click.echo(
        "Salin folder itu ke dua tempat yang terkunci. Lalu: psm build, dan umumkan: psm publish"
    )


@keys.command(name="list")
@context.json_option
def list_(as_json: bool) -> None:
    """Sebutkan semua kunci yang pernah dipakai."""
    issuer = keyring.get_issuer(context.office())
    if as_json:
        context.print_json(issuer.to_json())
        return
    click.echo(f"{issuer.name}: {issuer.did}")
    for key in issuer.keys:
        click.echo(f"  …{key_name(key.multikey)}  dibuat {day(key.created)}: {_state(key)}")


def _state(key: PublicKey) -> str:
    if key.compromised_at:
        return f"DICORET {day(key.compromised_at)}; semua yang ditandatanganinya tidak dipercaya"
    if key.retired_at:
        return f"tidak dipakai sejak {day(key.retired_at)}; yang sudah ditandatanganinya berlaku"
    return "dipakai"


@keys.command()
@key_argument
def retire(key: str) -> None:
    """Hentikan sebuah kunci. Yang sudah ditandatanganinya tetap berlaku."""
    with context.office_register() as (where, store):
        keyring.retire_key(store, where, _bare(key), context.actor(), context.now())
    click.echo("Kunci dihentikan. Umumkan: psm publish")


@keys.command()
@key_argument
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
def compromised(key: str, yes: bool) -> None:
    """Coret kunci yang bocor.

    Semua yang ditandatanganinya tidak dipercaya lagi sampai ditandatangani ulang (psm keys resign).
    """
    where = context.office()
    # Its result is not needed: an unknown key is refused before anybody is asked to confirm.
    keyring.find_key(keyring.get_issuer(where), _bare(key))
    if not yes:
        context.confirm(
            "Semua sertifikat dari kunci ini akan ditolak sampai ditandatangani ulang. Coret?"
        )
    with context.open_register(where) as store:
        struck = keyring.mark_compromised(store, where, _bare(key), context.actor(), context.now())
    first = "" if keyring.key_in_use(struck) else "psm keys new, lalu "
    needs_root = " --root BERKAS" if struck.root_key else ""
    click.echo(f"Kunci dicoret. Berikutnya: {first}psm keys resign, lalu psm publish{needs_root}.")


@keys.command()
@key_argument
@reason_option
def resign(key: str, reason: str) -> None:
    """Tandatangani ulang semua sertifikat dari kunci yang bocor.

    Nomor dan isinya tetap; cetakannya baru.
    """
    where = context.office()
    signer = unlocked(where)
    with context.open_register(where) as store:
        cohorts = resign_all(
            store, where, signer, _bare(key), reason, context.actor(), context.now()
        )
    if not cohorts:
        click.echo("Tidak ada sertifikat berlaku yang masih memakai kunci itu.")
        return
    again = ", ".join(f"psm issue {cohort}" for cohort in cohorts)
    click.echo(
        f"Sertifikat dari kunci itu sudah ditandatangani ulang. Cetak ulang, lalu bagikan: {again}."
        " Lalu: psm publish"
    )


@keys.command()
@click.argument("path", metavar="BERKAS", type=click.Path(path_type=Path, dir_okay=False))
def root(path: Path) -> None:
    """Buat kunci akar kantor, satu kali, di flashdisk.

    Hanya dengannya kunci yang bocor dapat dicoret, jadi ia tidak disimpan di laptop. Frasa sandinya
    lain dari kunci penanda tangan.
    """
    where = context.office()
    check_new_root(where, path)
    with context.open_register(where) as store:
        made = make_root_key(
            store,
            where,
            path,
            choose_passphrase("Frasa sandi kunci akar", ROOT_VARIABLE),
            context.actor(),
            context.now(),
        )
    click.echo(
        f"Kunci akar …{key_name(made.root_key or '')} dibuat di {path}. Buat satu salinan, dan"
        " simpan keduanya jauh dari laptop."
    )
    click.echo("Umumkan, supaya orang mengenalnya: psm publish")


keys.add_command(publish)


def _bare(written: str) -> str:
    """Return the name of a key without leading dots.

    `psm keys list` prints a name as `…NAME`, and people may type it with these dots.
    """
    return written.lstrip("….")
