"""`psm build`."""

from __future__ import annotations

from pathlib import Path

import click

from psm_course.cli import desk
from psm_course.site.build import Built, build_site


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder tujuan. Bila tidak ditulis: var/site.")
@desk.json_option
def build(out: Path | None, as_json: bool) -> None:
    """Susun situs kursus. Latihan memuat jawaban; tes tidak memuat kunci apa pun."""
    where = desk.settings()
    course = desk.usable_course(where.root)
    say = (lambda _: None) if as_json else (lambda sentence: click.echo(f"  {sentence}"))
    built = build_site(course, where.data / "build", out or where.site, say)
    if as_json:
        desk.print_json({"out": str(built.out), "pages": built.pages, "files": built.files, "bytes": built.size})
    else:
        click.echo(sentence_about(built))


def sentence_about(built: Built) -> str:
    return f"Situs jadi: {built.pages} halaman, {built.size / 1000:.0f} kB, di {built.out}"
