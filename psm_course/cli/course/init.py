"""`psm init`: a new course folder, and with --open an office that works in it."""

from pathlib import Path

import click

from psm_course.cli.language import WholeNumber
from psm_course.cli.terminal import as_typed
from psm_course.starting.regions import city_named
from psm_course.starting.starter import HELP_FILE, TODO, Started, start


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--kota",
    "city",
    metavar="KODE",
    default="",
    help="Kode Kemendagri kota atau kabupaten, atau namanya.",
)
@click.option(
    "--open",
    "opens",
    is_flag=True,
    help="Tanyakan yang perlu di peramban, susun situs, lalu buka meja.",
)
@click.option(
    "--port",
    metavar="PORT",
    type=WholeNumber(1, 65535),
    default=8765,
    show_default=True,
    help="Nomor port untuk --open.",
)
def init(folder: Path, city: str, opens: bool, port: int) -> None:
    """Mulai di komputer baru: tulis kursus ini ke FOLDER yang baru, untuk kota Anda."""
    code = city_named(city) if city else ""
    if opens:
        # The desk's libraries, which an installation without it lacks.
        from psm_course.cli.course.opening import open_new_office  # noqa: PLC0415

        open_new_office(folder, code, port, tell)
        return
    made = start(folder, code, {})
    tell(made)
    is_here = folder.resolve() == Path.cwd()
    there = "" if is_here else f"{as_typed('cd', str(folder))}, lalu "
    last = "psm build, psm account add NAMA --role petugas, dan psm serve."
    if made.unwritten:
        last = (
            "telepon setiap nomor itu dan isi yang di antara « dan ». Ulangi psm check sampai tidak"
            f" ada masalah. Sesudah itu {last}"
        )
    click.echo(f"Langkah berikutnya: {there}{last}")


def tell(started: Started) -> None:
    """Print the folder of the course, and what a person still has to change or fill in there."""
    click.echo(f"Kursus untuk {started.city} ditulis di {started.root}.")
    if started.unchecked:
        click.echo(f"{started.unchecked} berkas masih menyebut kota asal kursus ini: baca {TODO}.")
    if started.unwritten:
        click.echo(
            f"{len(started.unwritten)} nomor bantuan masih kosong di {HELP_FILE.as_posix()}:"
            f" {', '.join(started.unwritten)}. Sebelum semuanya diisi, situs tidak dapat disusun."
        )
