"""`psm rules`: the rules of a cohort, and the people whose outcome newer rules would change."""

from typing import Any

import click

from psm_course.checking.traps import requirement_findings
from psm_course.cli import context
from psm_course.cli.completion.status import sentence_on_rules
from psm_course.domain.register import OUTCOMES
from psm_course.domain.rules import version_of
from psm_course.errors import Refused
from psm_course.registrar.completion.cohort_rules import (
    Comparison,
    Move,
    adopt_rules,
    compare_rules,
)


@click.command()
@click.argument("cohort_id", metavar="KODE")
@click.option(
    "--apply",
    "applies",
    is_flag=True,
    help="Tetapkan versi kursus yang terakhir diadopsi untuk angkatan ini. Perlu --reason.",
)
@click.option(
    "--reason", metavar="ALASAN", default="", help="Alasan menetapkan; disimpan bersama syaratnya."
)
@context.json_option
def rules(cohort_id: str, applies: bool, reason: str, as_json: bool) -> None:
    """Syarat yang berlaku bagi angkatan, dan siapa yang berpindah bila syarat baru ditetapkan.

    Syarat baru itu ada di versi kursus yang terakhir diadopsi. Tanpa --apply tidak ada yang
    berubah. Sertifikat yang sudah terbit tetap berlaku sampai petugas mencabut atau menggantinya.
    """
    if reason and not applies:
        raise Refused("--reason hanya berlaku bersama --apply. Tidak ada yang ditetapkan.")
    with context.course_and_register() as (_, course, store):
        if applies:
            compared = adopt_rules(store, course, cohort_id, reason, context.actor(), context.now())
        else:
            compared = compare_rules(store, course, cohort_id, context.now())
    if as_json:
        context.print_json(_as_json(compared, applies))
    else:
        _print(compared, applies)


def _as_json(compared: Comparison, applied: bool) -> dict[str, Any]:
    adoption = compared.adopted.adoption
    return {
        "cohort": compared.adopted.cohort,
        "course_version": adoption.version if adoption else None,
        "requirements_version": version_of(adoption.rules) if adoption else None,
        "newest_course_version": compared.adopted.now,
        "applied": applied,
        "differences": compared.differences,
        "judged": compared.judged,
        "moves": [
            {
                "number": move.number,
                "outcome": move.kind,
                "gains": move.gains,
                "record": move.record,
                "touched": move.touches,
            }
            for move in compared.moves
        ],
    }


def _print(compared: Comparison, applied: bool) -> None:
    by = compared.adopted
    if not applied:
        click.echo(sentence_on_rules(by))
        for sentence in _traps(compared):
            click.echo(f"  Awas: {sentence}")
        if by.adoption and by.adoption.version == by.now:
            return
    for difference in compared.differences:
        click.echo(f"  {difference}")
    for move in compared.moves:
        click.echo(f"  {sentence_on_move(move)}")
    # A set: one person may move twice, for "attended" and for "passed".
    still = compared.judged - len({move.number for move in compared.moves})
    if applied:
        click.echo(
            f"Syarat {by.now} ditetapkan untuk angkatan {by.cohort}; {still} dari {compared.judged}"
            " peserta tidak berpindah."
        )
    else:
        click.echo(f"Bila ditetapkan: {still} dari {compared.judged} peserta tidak berpindah.")
        click.echo(f'Untuk menetapkan: psm rules {by.cohort} --apply --reason "…"')
    touched = sum(move.touches for move in compared.moves)
    if touched:
        click.echo(
            f"{touched} sertifikat itu tetap berlaku; hanya petugas yang dapat mencabut atau"
            " menggantinya."
        )


def sentence_on_move(move: Move) -> str:
    """Return a sentence on a person who gains or loses a completion (attended or passed).

    It has the person's number, the completion, and the number of a certificate that is affected.
    """
    return (
        f"{move.number} {'menjadi' if move.gains else 'tidak lagi'}"
        f" {OUTCOMES[move.kind]}{f' (sertifikat {move.record})' if move.touches else ''}"
    )


def _traps(compared: Comparison) -> list[str]:
    """Return the errors in the rules and quizzes that the cohort adopted, as messages.

    With such an error, some learner can no longer complete the course. Empty if the cohort has
    adopted no rules.
    """
    adoption = compared.adopted.adoption
    if adoption is None:
        return []
    course = adoption.course
    found = requirement_findings(course.file, course.quizzes, course.quizzes)
    return [finding.message for finding in found if finding.severity == "error"]
