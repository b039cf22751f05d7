"""`psm override`: records an officer's decision. `psm observe`: a trainer's observation.

The decision is on a requirement of one person, the observation on a criterion of the rubric.
"""

import click

from psm_course.cli import context
from psm_course.cli.certificates.keys import reason_option
from psm_course.registrar.completion import overriding
from psm_course.registrar.completion.judging import Standing
from psm_course.registrar.people.history import history_of

_MET = {"terpenuhi": True, "belum": False, "tarik": None}
_SAID = {
    "terpenuhi": "dianggap terpenuhi",
    "belum": "dianggap belum terpenuhi",
    "tarik": "dinilai lagi dari register",
}


@click.command()
@context.number_argument
@click.argument("requirement", metavar="SYARAT")
@click.argument("decision", metavar="PUTUSAN", type=click.Choice(list(_MET)))
@reason_option
@context.json_option
def override(number: str, requirement: str, decision: str, reason: str, as_json: bool) -> None:
    """Tetapkan satu syarat bagi satu orang.

    PUTUSAN: terpenuhi, belum, atau tarik (keputusan sebelumnya dicabut). Untuk keadaan yang tidak
    dapat dilihat register, misalnya peserta menggantinya di kesempatan lain. Nama SYARAT: psm
    status KODE NOMOR --json.
    """
    with context.course_and_register() as (_, course, store):
        overriding.override(
            store, number, requirement, _MET[decision], reason, context.actor(), context.now()
        )
        standing = history_of(store, course, number, context.now()).standing
    _show(standing, f"syarat {requirement} {_SAID[decision]}", as_json)


@click.command()
@context.number_argument
@click.argument("criterion", metavar="KRITERIA")
@click.argument("level", metavar="TINGKAT", type=int)
@context.json_option
def observe(number: str, criterion: str, level: int, as_json: bool) -> None:
    """Catat pengamatan pelatih tentang satu orang.

    TINGKAT yang dicapai pada satu KRITERIA rubrik, mulai dari 1. Pengamatan terakhir yang berlaku.
    """
    with context.course_and_register() as (_, course, store):
        overriding.observe(store, number, criterion, level, context.actor(), context.now())
        standing = history_of(store, course, number, context.now()).standing
    _show(standing, f"kriteria {criterion} tingkat {level}", as_json)


def _show(standing: Standing, done: str, as_json: bool) -> None:
    """Print what was recorded about a person, and the completion that the person has now.

    With `as_json` the person's standing is printed instead, in the form of `psm status --json`.

    Args:
        standing: requirements and completion of the person.
        done: what was recorded, in words.
        as_json: True for JSON.
    """
    if as_json:
        context.print_json(standing.as_json())
    else:
        click.echo(f"{standing.enrolment.number}: {done}. Sekarang {standing.completion.in_words}.")
