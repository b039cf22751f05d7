"""`psm db`: checks the register, and prepares it for this version of the program."""

from typing import Any

import click

from psm_course.cli import context
from psm_course.registrar.soundness.checking import check_register, short_form
from psm_course.registrar.soundness.promises import losses
from psm_course.store.soundness.checking import Soundness
from psm_course.store.soundness.clock import settled_clocks


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
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Nilai semua jawaban lagi dan periksa semua tanda tangan, bukan hanya contohnya.",
)
@click.option(
    "--against",
    metavar="BERKAS|FOLDER|TEKS",
    multiple=True,
    help=(
        "Bandingkan juga dengan puncak catatan ini: berkas, folder situs atau berita acara, atau"
        " angka yang tercetak. Boleh diulang."
    ),
)
@context.json_option
def check(everything: bool, against: tuple[str, ...], as_json: bool) -> int:
    """Periksa keutuhan register: setiap baris, catatan, nilai, dan sertifikat.

    Keluar dengan kode 3 bila ada yang tidak cocok. Apa artinya setiap kalimat: bab "Register tidak
    cocok" di panduan petugas.
    """
    where = context.office()
    with context.open_register(where) as store:
        found = check_register(store, where, everything, against)
    if as_json:
        context.print_json(_as_json(found))
        return 3 if found.problems else 0
    for sentence in (*losses(found), *settled_clocks(found.clock)):
        click.echo(sentence)
    if found.problems:
        click.echo("\n".join(problem.message for problem in found.problems), err=True)
        click.echo(
            f"Register tidak cocok: {len(found.problems)} hal. Apa yang harus dilakukan: bab"
            ' "Register tidak cocok" di panduan.',
            err=True,
        )
    else:
        click.echo(
            f"Register utuh. {found.rows} baris cocok dengan {found.events} catatan; puncak:"
            f" {short_form(found) or 'belum ada'}"
        )
    return 3 if found.problems else 0


def _as_json(found: Soundness) -> dict[str, Any]:
    """Return the result of `psm db check` as JSON.

    Other programs read this JSON, so its keys must not change.
    """
    return {
        "sound": not found.problems,
        "events": found.events,
        "log_size": found.log_size,
        "root": found.root.hex(),
        "problems": [
            {"table": each.table, "row": each.row, "message": each.message}
            for each in found.problems
        ],
    }
