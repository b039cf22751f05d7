"""`psm certify`: the certified electronic signature (TTE) of the official who signs.

BSrE, the state's service, makes the signature; this program checks it.
"""

import os
from pathlib import Path

import click
from rich.progress import track

from psm_course.box.box import open_box
from psm_course.cli import context
from psm_course.cli.certificates.passphrase import unlocked
from psm_course.errors import Refused
from psm_course.registrar.certificates.bsre import BsreService
from psm_course.registrar.certificates.certifying import (
    MANIFEST,
    Certified,
    CertifiedSigner,
    NobodySigns,
    RejectedFile,
    SigningFolder,
    hand_over,
    import_signed,
    uncertified,
)
from psm_course.registrar.certificates.publishing import publish_status
from psm_course.settings import Settings


@click.group()
def certify() -> None:
    """Tanda tangan elektronik tersertifikasi (TTE) di sertifikat, lewat BSrE."""


@certify.command()
@click.argument("cohort_id", metavar="KODE")
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Bila tidak ditulis: folder angkatan.",
)
def export(cohort_id: str, out: Path | None) -> None:
    """Kumpulkan PDF yang belum bertanda tangan, untuk ditandatangani dengan aplikasi BSrE."""
    where = context.office()
    if where.certified_signature == "none":
        NobodySigns().sign("", b"")  # refuses, with what to set
    folder = out or where.records / cohort_id / "untuk-tte"
    with context.open_register(where) as store:
        count = sum(
            1
            for _ in hand_over(
                store, where, SigningFolder(folder), cohort_id, context.actor(), context.now()
            )
        )
    click.echo(f"{count} PDF siap ditandatangani di {folder}; sidiknya di {MANIFEST}.")
    if count:
        click.echo("Setelah ditandatangani: psm certify import FOLDER")


@certify.command(name="import")
@click.argument(
    "folder", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
def import_(folder: Path) -> int:
    """Periksa dan simpan PDF yang sudah ditandatangani. Nama berkasnya boleh apa saja."""
    where = context.office()
    paths = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file()
    )
    if not paths:
        raise Refused(f"Tidak ada PDF di folder {folder}.")
    # Before anything is kept: with a wrong passphrase the public lists could not be signed anew.
    signer = unlocked(where)
    with context.open_register(where) as store:
        # One box (process) reads all files: a new one for each file would cost 100 ms.
        with open_box():
            found = list(import_signed(store, where, paths, context.actor(), context.now()))
        publish_status(store, signer, context.actor(), context.now())
    kept = [each for each in found if isinstance(each, Certified)]
    for each in found:
        click.echo(
            f"  ditolak  {each.path.name}: {each.reason}."
            if isinstance(each, RejectedFile)
            else _about(each)
        )
    click.echo(
        f"{len(kept)} disimpan, {len(found) - len(kept)} ditolak."
        + (" Umumkan: psm publish" if kept else "")
    )
    return 0 if len(kept) == len(found) else 2


def _about(kept: Certified) -> str:
    return f"  disimpan {kept.path.name}: {kept.signed.by}; dijamin {kept.signed.vouched_by}"


@certify.command()
@click.argument("cohort_id", metavar="KODE")
def sign(cohort_id: str) -> None:
    """Minta tanda tangan langsung ke layanan BSrE, satu berkas setiap kali."""
    with context.office_register() as (where, store):
        waiting = len(uncertified(store, where, cohort_id))
        # Nobody is asked for secrets when there is nothing to sign.
        service = _service(where) if waiting else NobodySigns()
        key = unlocked(where) if waiting else None
        screen, count = context.console(), 0
        steps = hand_over(store, where, service, cohort_id, context.actor(), context.now())
        try:
            for _ in (
                track(steps, "Menandatangani", total=waiting, console=screen, transient=True)
                if screen.is_terminal
                else steps
            ):
                count += 1
        finally:
            # Also after a refusal or Ctrl+C: what was signed until then is kept, so the public
            # lists must know it.
            if key is not None and count:
                publish_status(store, key, context.actor(), context.now())
            click.echo(f"{count} dari {waiting} sertifikat ditandatangani.")


def _service(where: Settings) -> CertifiedSigner:
    """Return the signer that the setting `certified_signature` names.

    Secrets for BSrE come from the environment or the keyboard, and are not saved.

    Raises:
        Refused: the setting is "folder": then `export` and `import` are used instead.
    """
    if where.certified_signature == "folder":
        raise Refused(
            'certified_signature = "folder": pakai psm certify export, lalu psm certify import.'
        )
    if where.certified_signature == "none":
        return NobodySigns()
    return BsreService(
        _asked("PSM_BSRE_URL", "Alamat layanan eSign"),
        _asked("PSM_BSRE_USER", "Nama akun layanan"),
        _asked("PSM_BSRE_PASSWORD", "Kata sandi layanan", hidden=True),
        _asked("PSM_BSRE_SIGNER", "E-mail atau NIK penanda tangan", hidden=True),
        _asked("PSM_BSRE_PASSPHRASE", "Frasa sandi penanda tangan", hidden=True),
        where.place,
    )


def _asked(variable: str, question: str, hidden: bool = False) -> str:
    return os.environ.get(variable) or str(click.prompt(question, hide_input=hidden))
