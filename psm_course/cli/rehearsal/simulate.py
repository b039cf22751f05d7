"""`psm simulate`: writes files as an office gets them at a course, with the usual mistakes.

The people in them are invented. With `--into-register` the files are also recorded in a register
that is not the office's own.
"""

from pathlib import Path

import click

from psm_course.cli import context
from psm_course.cli.language import WholeNumber
from psm_course.cli.rehearsal.playing import SINCE, Played, play_cohort, write_day
from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.simulate.messes import Mess

FOLDER = "simulasi"


@click.command()
@click.option(
    "--people",
    "count",
    metavar="N",
    type=WholeNumber(1, 5000),
    default=100,
    show_default=True,
    help="Orang per angkatan.",
)
@click.option(
    "--cohorts",
    metavar="N",
    type=WholeNumber(1, 500),
    default=1,
    show_default=True,
    help="Banyaknya angkatan.",
)
@click.option(
    "--seed",
    metavar="N",
    type=int,
    default=2026,
    show_default=True,
    help="Angka yang sama memberi hari yang sama.",
)
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder baru. Bila tidak ditulis: var/simulasi.",
)
@click.option(
    "--into-register",
    is_flag=True,
    help="Mainkan juga harinya di register tersendiri, bukan register kantor.",
)
def simulate(count: int, cohorts: int, seed: int, out: Path | None, into_register: bool) -> None:
    """Buat hari bimtek rekaan dengan kekacauan yang biasa terjadi, untuk berlatih.

    Tanpa --into-register hanya berkasnya yang dibuat; jawaban di dalamnya tidak ditandai dengan
    kartu. Untuk berlatih, masukkan sendiri berkas itu ke register.
    """
    office = context.course_folder()
    folder = out or office.data / FOLDER
    if folder.exists() and any(folder.iterdir()):
        raise Refused(
            f"{folder} sudah berisi. Pilih folder lain dengan --out, atau hapus dulu isinya."
        )
    names = [f"S{number:03}" for number in range(1, cohorts + 1)]
    course, where = context.usable_course(office.root), office.rehearsal(folder)
    if not into_register:
        for index, name in enumerate(names):
            _tell(name, write_day(course, folder / name, name, count, seed + index, context.now()))
        click.echo(f"Berkas ada di {folder}. Mulai dengan: psm cohort new {names[0]}")
        return
    _play(where, course, names, count, seed)
    look = f"PSM_DATA={folder} psm status {names[0]}"
    if office.database:  # set, it would win: the command would show the office's own register
        look = f"PSM_DATABASE= {look}"
    click.echo(f"Berkas ada di {folder}; registernya {where.register}. Lihat dengan: {look}")


def _play(where: Settings, course: Course, names: list[str], count: int, seed: int) -> None:
    """Simulate one cohort after the other in a register, with `count` people each.

    Their days are so long ago that even the late answers have arrived. `names` are the cohort ids.
    """
    with context.open_register(where) as store:
        for index, name in enumerate(names):
            first_day = context.now() - SINCE * (len(names) - index)
            # With the same seed each cohort would have the same people.
            played = play_cohort(store, course, where, name, count, seed + index, first_day)
            _tell(name, played.messes)
            _summarise(played)


def _tell(name: str, messes: tuple[Mess, ...]) -> None:
    click.echo(f"{name}:")
    for mess in messes:
        click.echo(f"  {mess}")


def _summarise(played: Played) -> None:
    scans = ", ".join(f"{count} {result}" for result, count in sorted(played.scans.items()))
    answers = ", ".join(f"{count} {standing}" for standing, count in sorted(played.answers.items()))
    click.echo(
        f"  {played.enrolled} peserta; {played.marks} tanda di lembar; pindaian: {scans}; jawaban:"
        f" {answers}"
    )
