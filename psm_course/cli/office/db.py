"""`psm db`: care of the register itself."""

import click

from psm_course.cli import context
from psm_course.store.soundness import check_soundness


@click.group()
def db() -> None:
    """Merawat buku register: pemeriksaan dan pembaruan."""


@db.command()
def migrate() -> None:
    """Siapkan register untuk versi program ini.

    Berkas SQLite disiapkan sendiri saat dibuka; server PostgreSQL hanya dengan perintah ini.
    """
    with context.open_register(context.office(), migrate=True):
        click.echo("Register siap dipakai.")


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
