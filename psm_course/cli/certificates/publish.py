"""`psm publish`: announce everything that others need to check certificates, in a folder that is ready to be uploaded."""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.cli.certificates.passphrase import ROOT_VARIABLE, known_passphrase, unlocked
from psm_course.credentials.signing.keys import SigningKey
from psm_course.errors import Refused
from psm_course.local_time import day
from psm_course.registrar.certificates.announcing import WITHOUT_ROOT, Needed, announce, needed_to_announce
from psm_course.registrar.certificates.keyring import key_name, open_earlier_key, open_root_key
from psm_course.registrar.certificates.publishing import public_files
from psm_course.registrar.log.log_key import note_log_key
from psm_course.settings import Settings
from psm_course.site.build import publish_again


@click.command()
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False), help="Bila tidak ditulis: var/site.")
@click.option(
    "--root",
    metavar="BERKAS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Kunci akar dari flashdisk: hanya setelah sebuah kunci dicoret, atau bila kunci sebelumnya hilang.",
)
def publish(out: Path | None, root: Path | None) -> None:
    """Umumkan yang terbit, diganti, dan dicabut: daftar status bertanggal hari ini dan snapshot kunci, di situs yang sudah disusun."""
    where = context.office()
    signer = unlocked(where)
    with context.open_register(where) as store:
        others = _others(where, needed_to_announce(store, signer.issuer), root)
        note_log_key(store, where, context.actor(), context.now())
        made = announce(store, signer, others, context.actor(), context.now())
        files = public_files(store, where, signer.key)
    built = publish_again(where.data / "build", out or where.site, files, click.echo, where.site_root, where.whatsapp)
    click.echo(f"Status per {day(context.now())}: {len(files)} berkas ada di {built.out}, snapshot ke-{made.version}. Unggah situs itu.")
    if made.issuer.root_key is None:
        click.echo(WITHOUT_ROOT)


def _others(where: Settings, needed: Needed, root: Path | None) -> tuple[SigningKey, ...]:
    """Who signs the snapshot beside the key in use."""
    if root is not None:
        return (open_root_key(where, root, known_passphrase("Frasa sandi kunci akar", ROOT_VARIABLE)),)
    if needed.root:
        raise Refused("Sebuah kunci dicoret, dan itu diumumkan dengan kunci akar. Pasang flashdisknya, lalu: psm publish --root BERKAS")
    if needed.before is not None:
        asked = f"Frasa sandi kunci sebelumnya (…{key_name(needed.before)})"
        return (open_earlier_key(where, needed.before, known_passphrase(asked)),)
    return ()
