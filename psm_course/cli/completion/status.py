"""`psm status`: who has attended, who has passed, and which requirements are not met yet."""

import click

from psm_course.cli import context
from psm_course.domain.completion import why_not
from psm_course.registrar.completion.cohort_rules import Adopted, adopted
from psm_course.registrar.completion.judging import Standing, standing_of, standings
from psm_course.registrar.reports.clearing import before_issuing


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.argument("number", metavar="[NOMOR]", required=False)
@context.json_option
def status(cohort_id: str, number: str | None, as_json: bool) -> None:
    """Siapa telah mengikuti, siapa telah lulus, dan kenapa yang lain belum."""
    now = context.now()
    with context.course_and_register() as (_, course, store):
        everybody = (
            (standing_of(store, course, cohort_id, number, now),)
            if number
            else standings(store, course, cohort_id, now)[1]
        )
        by = adopted(store, cohort_id)
        open_ = "" if number or as_json else before_issuing(store, course, cohort_id).summary
    if as_json:
        context.print_json([standing.as_json() for standing in everybody])
        return
    if number:
        _print_one(everybody[0])
    else:
        _print_all(everybody)
    click.echo(sentence_on_rules(by))
    if open_:
        click.echo(
            f"Sebelum menerbitkan, periksa: {open_}. Rinciannya di meja:"
            f" /angkatan/{cohort_id}/sebelum"
        )


def sentence_on_rules(by: Adopted) -> str:
    """Return a sentence that names the course version whose rules judge the cohort.

    If the office has adopted a newer version, or the cohort has adopted none, the sentence also
    names the command `psm rules`. `by` has the version of the cohort and the newest version.
    """
    if by.adoption is None:
        return (
            f"Dinilai dengan versi kursus {by.now}: angkatan ini belum menetapkan syarat. Tetapkan:"
            f" psm rules {by.cohort}"
        )
    since = (
        f"Dinilai dengan syarat {by.adoption.version}, ditetapkan"
        f" {by.adoption.adopted_at.astimezone():%Y-%m-%d}."
    )
    return (
        since
        if by.adoption.version == by.now
        else f"{since} Kantor sudah mengadopsi versi {by.now}: psm rules {by.cohort}"
    )


def _print_one(standing: Standing) -> None:
    enrolment = standing.enrolment
    said = standing.completion.in_words.upper() + (
        ", BELUM LULUS" if standing.completion.outcome == "attended" else ""
    )
    click.echo(f"{enrolment.number}  {enrolment.shown_name}, {standing.kelurahan}: {said}")
    for requirement in standing.completion.requirements:
        if requirement.met:
            click.echo(f"  ✓ {requirement.title}: {requirement.evidence}")
    if not standing.completion.met:
        click.echo("  Kenapa belum lulus?")
    for reason in why_not(standing.completion):
        click.echo(f"  ✗ {reason}")
    click.echo(f"  Sertifikat: {', '.join(standing.records.values()) or 'belum terbit'}")


def _print_all(everybody: tuple[Standing, ...]) -> None:
    for standing in everybody:
        enrolment = standing.enrolment
        record = "".join(f"  {number}" for number in standing.records.values())
        click.echo(
            f"{enrolment.number}  {standing.completion.in_words:<15}  {enrolment.shown_name}"
            f" ({standing.kelurahan}){record}"
        )
        for requirement in standing.completion.requirements:
            if requirement.next_step:
                click.echo(f"           ✗ {requirement.evidence}. {requirement.next_step}")
    met = sum(standing.completion.met for standing in everybody)
    attended = sum(standing.completion.attended for standing in everybody)
    click.echo(f"Dari {len(everybody)} peserta: {attended} telah mengikuti, {met} telah lulus.")
