"""`psm build`."""

from collections.abc import Iterator
from pathlib import Path

import click

from psm_course.cli import context
from psm_course.content.course import Course
from psm_course.registrar.certificates.keyring import find_issuer
from psm_course.registrar.certificates.publishing import public_files
from psm_course.registrar.completion.adopting import sentence_on_course
from psm_course.registrar.people.everybody import numbers_and_names
from psm_course.settings import Settings
from psm_course.site.build import Built, build_site
from psm_course.site.searches.people import Registered


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder tujuan. Bila tidak ditulis: var/site.")
@context.json_option
def build(out: Path | None, as_json: bool) -> None:
    """Susun situs kursus. Latihan memuat jawaban; tes tidak memuat kunci apa pun."""
    where = context.settings()
    course = context.usable_course(where.root)
    say = (lambda _: None) if as_json else (lambda sentence: click.echo(f"  {sentence}"))
    extra = records_to_publish(where)
    built = build_site(course, where.data / "build", out or where.site, say, extra, people_to_look_for(where), where.site_root)
    if as_json:
        context.print_json(
            {"out": str(built.out), "pages": built.pages, "files": built.files, "bytes": built.size, "published": len(extra)}
        )
        return
    click.echo(sentence_about(built))
    for sentence in said_of_version(where, course):
        click.echo(sentence)
    if extra:
        click.echo(f"{len(extra)} berkas untuk memeriksa ikut diterbitkan (kunci, status, perbaikan, catatan); tanpa nama peserta.")


def records_to_publish(where: Settings) -> dict[str, bytes]:
    """What others need to check certificates, by path below the site; nothing, and no register is opened, before the office has a key."""
    if find_issuer(where) is None:
        return {}
    with context.open_register(where) as store:
        return public_files(store, where)


def people_to_look_for(where: Settings) -> Registered:
    """Whom no page may name; nobody, and no register is made, where there is none yet."""
    if not _has_register(where):
        return Registered()
    with context.open_register(where) as store:
        return Registered(*numbers_and_names(store))


def _has_register(where: Settings) -> bool:
    return bool(where.database) or where.register.is_file()


def said_of_version(where: Settings, course: Course) -> Iterator[str]:
    """One sentence where the office has not adopted this version; none where there is no register yet."""
    if _has_register(where):
        with context.open_register(where) as store:
            if sentence := sentence_on_course(store, course):
                yield sentence


def sentence_about(built: Built) -> str:
    return f"Situs jadi: {built.pages} halaman, {built.size / 1000:.0f} kB, di {built.out}"
