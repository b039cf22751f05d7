"""`psm status`: who has finished, and why not yet."""

from __future__ import annotations

import click

from psm_course.cli import desk
from psm_course.registrar.judging import Standing, standing_of, standings


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("number", metavar="[NOMOR]", required=False)
@desk.json_option
def status(cohort_id: str, number: str | None, as_json: bool) -> None:
    """Siapa yang sudah selesai, dan kenapa yang lain belum."""
    where = desk.settings()
    course = desk.usable_course(where.root)
    with desk.open_register(where) as store:
        everybody = (standing_of(store, course, cohort_id, number),) if number else standings(store, course, cohort_id)[1]
    if as_json:
        desk.print_json([standing.as_json() for standing in everybody])
    elif number:
        _print_one(everybody[0])
    else:
        _print_all(everybody)


def _print_one(standing: Standing) -> None:
    enrolment = standing.enrolment
    verdict = "SELESAI" if standing.completion.met else "BELUM SELESAI"
    click.echo(f"{enrolment.number}  {enrolment.shown_name}, {standing.kelurahan}: {verdict}")
    for requirement in standing.completion.requirements:
        click.echo(f"  {'✓' if requirement.met else '✗'} {requirement.title}: {requirement.evidence}; perlu {requirement.needed}")
        if requirement.next_step:
            click.echo(f"      Langkah berikut: {requirement.next_step}")
    click.echo(f"  Sertifikat: {standing.record or 'belum terbit'}")


def _print_all(everybody: tuple[Standing, ...]) -> None:
    for standing in everybody:
        enrolment = standing.enrolment
        verdict = "selesai" if standing.completion.met else "belum  "
        record = f"  {standing.record}" if standing.record else ""
        click.echo(f"{enrolment.number}  {verdict}  {enrolment.shown_name} ({standing.kelurahan}){record}")
        for requirement in standing.completion.requirements:
            if requirement.next_step:
                click.echo(f"             ✗ {requirement.evidence}. {requirement.next_step}")
    completed = sum(standing.completion.met for standing in everybody)
    click.echo(f"{completed} dari {len(everybody)} peserta sudah selesai.")
