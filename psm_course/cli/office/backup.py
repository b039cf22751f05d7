"""`psm backup`: puts the whole office into one sealed (encrypted) file, while others work."""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.cli.certificates.passphrase import known_passphrase
from psm_course.errors import Refused
from psm_course.registrar.backup.backing_up import NO_KEY, back_up_office
from psm_course.registrar.certificates.keys.backup_key import find_backup_key
from psm_course.registrar.certificates.keys.keyring import find_issuer, make_key_for_backups
from psm_course.settings import Settings


@click.command()
@click.argument(
    "target", metavar="[BERKAS]", type=click.Path(path_type=Path, dir_okay=False), required=False
)
def backup(target: Path | None) -> None:
    """Buat cadangan seluruh kantor, tanpa menghentikan pekerjaan.

    Yang disimpan: register, kunci, sertifikat ber-TTE, laporan, pengaturan.

    Isinya disegel; dibuka dengan frasa sandi kunci kantor. Tanpa BERKAS, cadangan ada di
    var/cadangan.
    """
    where = context.office()
    _with_a_key(where)
    with context.open_register(where) as store:
        made = back_up_office(store, where, target, context.now())
    click.echo(
        f"Cadangan ada di {made.path} ({_size(made.size)}). Simpan juga satu salinan di luar laptop"
        " ini."
    )


def _with_a_key(where: Settings) -> None:
    """Make the key for backups, if the office has only its signing key.

    Raises:
        Refused: the office has no key at all.
    """
    if find_backup_key(where) is not None:
        return
    if find_issuer(where) is None:
        raise Refused(NO_KEY)
    make_key_for_backups(where, known_passphrase())


def _size(count: int) -> str:
    return (
        f"{count / 1_000_000:.1f} MB".replace(".", ",")
        if count >= 100_000
        else f"{count / 1_000:.0f} kB"
    )
