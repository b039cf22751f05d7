"""`psm restore`: brings an office back from a backup, on any laptop.

It makes sure that no certificate number is given a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from psm_course.box.box import open_box
from psm_course.cli import context
from psm_course.cli.certificates.passphrase import known_passphrase
from psm_course.errors import Refused
from psm_course.local_time import moment
from psm_course.registrar.backup.gaps import Known, unsure
from psm_course.registrar.backup.putting_in_place import finish_restore, refuse_in_use
from psm_course.registrar.backup.restoring import Restored, find_given_numbers, opened_backup
from psm_course.registrar.backup.restoring import restore as put_back
from psm_course.registrar.backup.sealing import refuse_broken

_QUESTION = "Nomor urut terakhir yang pernah diberikan (kosongkan bila tidak tahu)"


@click.command()
@click.argument(
    "path",
    metavar="[BERKAS]",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    required=False,
)
@click.option(
    "--against",
    metavar="BERKAS|FOLDER|TEKS",
    multiple=True,
    help=(
        "Yang lebih baru daripada cadangan: folder situs yang terbit, PDF sertifikat, berita acara,"
        " atau puncak catatan seperti tercetak."
    ),
)
@click.option(
    "--last",
    metavar="[KURSUS=]URUT",
    multiple=True,
    help="Nomor urut sertifikat terakhir yang pernah diberikan tahun ini.",
)
@click.option(
    "--damaged",
    is_flag=True,
    help=(
        "Pulihkan juga bila register di dalam cadangan tidak utuh. Hanya bila tidak ada cadangan"
        " lain."
    ),
)
@click.option("--finish", is_flag=True, help="Selesaikan pemulihan yang terputus di tengah.")
@click.option(
    "--yes",
    is_flag=True,
    help="Jangan bertanya; bila nomor terakhir tidak diketahui, lewati secukupnya.",
)
def restore(
    path: Path | None,
    against: tuple[str, ...],
    last: tuple[str, ...],
    damaged: bool,
    finish: bool,
    yes: bool,
) -> None:
    """Pulihkan kantor dari cadangan. Register yang sekarang disisihkan, tidak dihapus.

    Nomor yang mungkin sudah diberikan setelah cadangan itu dibuat tidak diberikan lagi.
    """
    where = context.restorable()
    if finish:
        is_done = finish_restore(where)
        click.echo(
            "Pemulihan selesai."
            if is_done
            else "Pemulihan itu dibatalkan; register tidak berubah. Ulangi: psm restore BERKAS"
        )
        return
    if path is None:
        raise Refused("Sebutkan berkas cadangannya: psm restore BERKAS")
    # Both before the passphrase is asked; `opened_backup` looks again.
    refuse_broken(path)
    refuse_in_use(where)
    with (
        opened_backup(where, path, known_passphrase("Frasa sandi kunci kantor"), damaged) as laid,
        open_box(),
    ):
        click.echo(f"Cadangan kantor {laid.manifest.office}, dibuat {moment(laid.manifest.made)}.")
        known = find_given_numbers(laid, where, against, context.now())
        known = replace(known, told=_parse_last_numbers(last, known.courses))
        if not yes:
            known = replace(known, told={**known.told, **_asked(known)})
        restored = put_back(laid, where, known, context.actor(), context.now())
    if laid.damage:
        click.echo(f"Register ini tidak utuh: {laid.damage} hal, sama seperti di cadangan.")
    for sentence in _sentences(restored):
        click.echo(sentence)


def _parse_last_numbers(written: Sequence[str], courses: Sequence[str]) -> Mapping[str, int]:
    told = {}
    for each in written:
        # From the right: a number without a course becomes `number`, not `course`.
        course, _, number = each.rpartition("=")
        # `isdigit` alone lets ² pass, which `int` cannot read.
        if not number.isascii() or not number.isdigit() or (not course and len(courses) != 1):
            raise Refused(
                f'"{each}" tidak jelas. Tulis --last KURSUS=URUT, misalnya: --last'
                f" {(courses or ('bimtek',))[0]}=92"
            )
        told[course or courses[0]] = int(number)
    return told


def _asked(known: Known) -> dict[str, int]:
    """Ask at the keyboard for last certificate numbers, and return the typed numbers by course id.

    The office may have given more numbers after the backup was made. A course is asked about only
    if neither `--last` nor a certificate found outside the backup tells a later number. A course
    for which the person types nothing is left out of the result.

    Raises:
        Refused: an answer is no number, or `known` names a course that the backup does not have.
            Nothing was changed.
    """
    told = {}
    for course in unsure(known):
        reached = known.reached.numbers.get((course, known.year), 0)
        click.echo(
            f"Menurut cadangan, nomor urut terakhir {course} tahun {known.year} adalah {reached}."
            " Mungkin sesudahnya masih ada."
        )
        written = str(click.prompt(_QUESTION, default="", show_default=False)).strip()
        if written and not (written.isascii() and written.isdigit()):
            raise Refused(
                f'"{written}" bukan nomor urut. Tulis angkanya saja, misalnya: 92. Tidak ada yang'
                " diubah."
            )
        if written:
            told[course] = int(written)
    return told


def _sentences(done: Restored) -> list[str]:
    return [
        *(
            f"Nomor urut {gap.first} sampai {gap.last} ({gap.course}, {gap.year}) dilewati, dengan"
            " catatan."
            for gap in done.gaps
        ),
        *([f"Yang ada sebelumnya disimpan di {done.aside}."] if done.aside.is_dir() else []),
        "Register sudah dipulihkan. Periksa dengan: psm db check. Lalu buka lagi meja: psm serve",
    ]
