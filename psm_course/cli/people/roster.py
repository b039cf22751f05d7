"""`psm roster`: imports participants from a sheet, and asks about what is not certain."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from psm_course.box.box import open_box
from psm_course.cli import context
from psm_course.cli.language import WholeNumber
from psm_course.content.region import Region
from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.interchange.sheets.reading import Question
from psm_course.interchange.sheets.sheets import SheetFile
from psm_course.registrar.people.enrolling import RosterImport, import_roster, preview_roster
from psm_course.store.engine import Store


@click.group()
def roster() -> None:
    """Daftar peserta sebuah angkatan."""


@roster.command(name="import")
@click.argument("cohort_id", metavar="KODE")
@click.argument("sheet", metavar="LEMBAR", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang disimpan.")
@click.option(
    "--answer",
    "answered",
    metavar="SEL=PILIHAN",
    multiple=True,
    help="Jawaban atas satu pertanyaan; boleh berkali-kali.",
)
@context.json_option
def import_(
    cohort_id: str, sheet: Path, dry_run: bool, answered: tuple[str, ...], as_json: bool
) -> None:
    """Masukkan peserta dari lembar Excel atau CSV. Mengulang tidak menggandakan siapa pun."""
    answers = _answers(answered)
    file = SheetFile.at(sheet)
    with context.course_and_register() as (_, course, store), open_box():
        if not as_json and sys.stdin.isatty():
            answers = _asked(store, course.region, cohort_id, file, answers)
        done = import_roster(
            store, course.region, cohort_id, file, context.actor(), context.now(), dry_run, answers
        )
    if as_json:
        context.print_json(_as_json(done))
    else:
        _print_import(course.region, done, dry_run)


def _answers(answered: tuple[str, ...]) -> dict[str, str]:
    """Parse answers such as `B14=lain` into choices by question; a question's id is its cell.

    Raises:
        Refused: an answer has no question or no choice.
    """
    answers: dict[str, str] = {}
    for each in answered:
        question, _, choice = [part.strip() for part in each.partition("=")]
        if not question or not choice:
            raise Refused(
                f'Jawaban "{each}" tidak dimengerti. Tulis sel dan pilihannya, misalnya --answer'
                " B14=lain."
            )
        answers[question] = choice
    return answers


def _asked(
    store: Store, region: Region, cohort_id: str, file: SheetFile, answers: Mapping[str, str]
) -> dict[str, str]:
    """Ask at the keyboard until no question is open; returns all answers by question.

    Asks nothing if the sheet has problems: people must correct these first.
    """
    known = dict(answers)
    while (
        not (seen := preview_roster(store, region, cohort_id, file, known)).problems
        and seen.questions
    ):
        known |= {question.id: _ask(question) for question in seen.questions}
    return known


def _ask(question: Question) -> str:
    click.echo(f"{question.id}: {question.sentence}")
    for number, choice in enumerate(question.choices, 1):
        click.echo(f"  {number}. {choice.label}")
    chosen: int = click.prompt("  Pilih nomor", type=WholeNumber(1, len(question.choices)))
    return question.choices[chosen - 1].value


def _as_json(done: RosterImport) -> dict[str, Any]:
    return {
        "added": [_person(person) for person in done.added],
        "changed": [_person(change.after) for change in done.changed],
        "unchanged": done.unchanged,
        "known": dict(done.known),
        "readmitted": list(done.readmitted),
        "notes": [asdict(note) for note in done.notes],
    }


def _person(enrolled: Enrolment) -> dict[str, str | None]:
    return {
        name: getattr(enrolled, name) for name in ("number", "cohort", "name", "kelurahan", "phone")
    }


def _print_import(region: Region, done: RosterImport, dry_run: bool) -> None:
    for note in done.notes:
        click.echo(f"  {note}")
    for change in done.changed:
        click.echo(
            f"  {change.after.number} menjadi {_shown(region, change.after)} (tadinya"
            f" {_shown(region, change.before)})"
        )
    back = f", {len(done.readmitted)} ikut lagi" if done.readmitted else ""
    sentence = (
        f"{len(done.added)} peserta baru, {len(done.changed)} diperbarui, {done.unchanged}"
        f" tetap{back}."
    )
    click.echo(f"Bila disimpan: {sentence}" if dry_run else sentence)


def _shown(region: Region, person: Enrolment) -> str:
    return ", ".join(
        [person.name, str(region.home(person.kelurahan)), *([person.phone] if person.phone else [])]
    )
