"""`psm build`: builds the site.

Most modules are imported only inside the function `build`, after another process has begun to make
the pages. So these imports cost no extra time.
"""

from pathlib import Path

import click

from psm_course.cli.terminal import json_option, print_json, today
from psm_course.settings import MARKER, read_settings
from psm_course.site.building import building


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder tujuan. Bila tidak ditulis: var/site.",
)
@json_option
def build(out: Path | None, as_json: bool) -> None:
    """Susun situs kursus. Latihan memuat jawaban; tes tidak memuat kunci apa pun."""
    where = read_settings(Path.cwd())
    if not (where.root / MARKER).is_file():
        from psm_course.cli.context import refuse_without_course  # noqa: PLC0415 - see above

        refuse_without_course(where.root)
    say = (lambda _: None) if as_json else (lambda sentence: click.echo(f"  {sentence}"))
    with building(where.root, where.data / "build", say) as begun:
        from psm_course.cli.course import publication  # noqa: PLC0415 - see above

        order = publication.order(where, out or where.site, today())
        built = begun.unchanged(order) or publication.build(where, begun, order)
    if as_json:
        print_json(
            {
                "out": str(built.out),
                "pages": built.pages,
                "files": built.files,
                "bytes": built.size,
                "published": len(order.extra),
            }
        )
        return
    click.echo(publication.sentence_about(built))
    for sentence in publication.said_of_folder(where):
        click.echo(sentence)
    if order.extra:
        click.echo(
            f"{len(order.extra)} berkas untuk memeriksa ikut diterbitkan (kunci, status, perbaikan,"
            " catatan); tanpa nama peserta."
        )
