"""`psm upgrade`: upgrades the register for a newer program; does not change it if a step fails."""

import click

from psm_course.cli import context
from psm_course.registrar.backup.upgrading import Upgraded, take_back
from psm_course.registrar.backup.upgrading import upgrade as bring_up
from psm_course.registrar.soundness.checking import short_form


@click.command()
@click.option(
    "--back",
    is_flag=True,
    help=(
        "Kembalikan register ke keadaan sebelum pembaruan terakhir, selama belum ada catatan baru."
    ),
)
@context.json_option
def upgrade(back: bool, as_json: bool) -> None:
    """Perbarui register sesudah versi program yang baru dipasang.

    Urutannya: cadangkan, perbarui, periksa, baru beralih. Hentikan dahulu psm serve. Bila satu
    langkah gagal atau terputus, register tetap seperti sebelumnya.
    """
    where = context.restorable()
    if back:
        before = take_back(where, context.now())
        if as_json:
            context.print_json({"version": before})
            return
        click.echo(f"Register kembali seperti sebelum pembaruan (versi {before}).")
        click.echo("Pasang sekarang versi program yang lama, sebelum perintah psm yang lain.")
        return
    done = bring_up(where, context.now())
    if as_json:
        context.print_json(_as_json(done))
        return
    for sentence in _sentences(done):
        click.echo(sentence)


def _as_json(done: Upgraded) -> dict[str, object]:
    """Result of the upgrade as JSON. Other programs read it, so its keys must not change."""
    return {
        "from": done.before,
        "to": done.after,
        "backup": str(done.backup) if done.backup else None,
        "aside": str(done.aside) if done.aside else None,
        "log": short_form(done.found),
    }


def _sentences(done: Upgraded) -> list[str]:
    backup = (
        f"Cadangan sebelumnya ada di {done.backup}."
        if done.backup
        else "Kantor ini belum punya kunci, jadi belum ada cadangan bersegel."
    )
    whole = f"{done.found.rows} baris cocok dengan {done.found.events} catatan"
    if done.aside is None:
        return [
            backup,
            f"Register sudah untuk versi program ini (versi {done.after}), dan utuh: {whole}.",
        ]
    return [
        backup,
        f"Register diperbarui dari versi {done.before} ke {done.after}, dan utuh: {whole}.",
        (
            f"Yang lama disimpan di {done.aside}. Selama belum ada catatan baru, kembali ke sana"
            " dengan: psm upgrade --back"
        ),
    ]
