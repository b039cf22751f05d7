"""`psm db`: care of the register itself."""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.store.backup import back_up
from psm_course.store.soundness import check_soundness


@click.group()
def db() -> None:
    """Merawat buku register: cadangan, pemeriksaan, pembaruan."""


@db.command()
def migrate() -> None:
    """Siapkan register untuk versi program ini.

    Berkas SQLite disiapkan sendiri saat dibuka; server PostgreSQL hanya dengan perintah ini.
    """
    with context.open_register(context.office(), migrate=True):
        click.echo("Register siap dipakai.")


@db.command()
@click.argument("target", metavar="[BERKAS]", type=click.Path(path_type=Path, dir_okay=False), required=False)
def backup(target: Path | None) -> None:
    """Salin seluruh register ke satu berkas, tanpa menghentikan pekerjaan. Kunci penandatangan tidak ikut."""
    where = context.office()
    written = target or where.data / "cadangan" / f"register-{context.now():%Y%m%d-%H%M%S}.db"
    with context.open_register(where) as store:
        back_up(store, written)
    click.echo(f"Cadangan ada di {written}. Simpan juga satu salinan di luar laptop ini.")


@db.command()
@context.json_option
def check(as_json: bool) -> int:
    """Periksa keutuhan register dan rantai catatan audit."""
    with context.open_register(context.office()) as store:
        found = check_soundness(store)
    if as_json:
        context.print_json({"events": found.chain.events, "head": found.chain.head, "troubles": list(found.troubles)})
    elif found.troubles:
        click.echo("\n".join(found.troubles), err=True)
    else:
        click.echo(f"Register utuh. {found.chain.events} catatan audit; ujung rantai: {found.chain.head[:16] or 'belum ada'}")
    return 3 if found.troubles else 0
