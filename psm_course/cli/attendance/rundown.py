"""Rundowns on the screen, as PDF and as calendar file, and the other papers for the course days.

Commands: `psm cohort rundown`, `psm course rundown`, `psm cohort papers`, `psm course papers`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from psm_course.cli import context
from psm_course.content.rundown import CourseDay, Row
from psm_course.local_time import day
from psm_course.registrar.attendance.papers import papers_of
from psm_course.registrar.attendance.rundown import (
    HeldDays,
    calendar_of,
    days_of_cohort,
    days_of_course,
    print_rundown,
)
from psm_course.registrar.files import write_whole

pdf_option = click.option(
    "--pdf",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Cetak ke berkas PDF ini, sehari sehalaman.",
)


@click.command(name="rundown")
@click.argument("cohort_id", metavar="KODE")
@pdf_option
@click.option(
    "--ics",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Tulis berkas kalender ini (.ics) untuk pemateri.",
)
@context.json_option
def rundown_of_cohort(cohort_id: str, pdf: Path | None, ics: Path | None, as_json: bool) -> None:
    """Rundown angkatan: tiap hari dari pintu dibuka sampai penutupan, dengan ruang dan pemateri."""
    with context.course_and_register() as (where, course, store):
        held = days_of_cohort(store, course, cohort_id)
    made = {pdf: print_rundown(held, course, where, context.now())} if pdf else {}
    made |= {ics: calendar_of(held, course, context.now())} if ics else {}
    _say(held, made, as_json)


@click.command(name="rundown")
@pdf_option
@context.json_option
def rundown_of_course(pdf: Path | None, as_json: bool) -> None:
    """Rundown kursus di folder ini, tanpa angkatan: dengan jam setiap pelajaran, tanpa tanggal."""
    where = context.settings()
    folder = context.usable_course(where.root)
    held = days_of_course(folder)
    _say(held, {pdf: print_rundown(held, folder, where, context.now())} if pdf else {}, as_json)


@click.command(name="papers")
@click.argument("cohort_id", metavar="KODE")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def papers_of_cohort(cohort_id: str, folder: Path) -> None:
    """Cetak kertas kedua hari ke sebuah folder.

    Isinya rundown, kalender, lembar pemateri, dan lembar penutupan.
    """
    with context.course_and_register() as (where, course, store):
        held = days_of_cohort(store, course, cohort_id)
    # An adopted course has no lessons and no texts for speakers: these come from the folder.
    here = context.usable_course(where.root)
    _write(folder, papers_of(held.with_times_of(here), here, where, context.now()))


@click.command(name="papers")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def papers_of_course(folder: Path) -> None:
    """Cetak kertas kedua hari ke sebuah folder, tanpa angkatan dan tanpa tanggal."""
    where = context.settings()
    here = context.usable_course(where.root)
    _write(folder, papers_of(days_of_course(here), here, where, context.now()))


def _write(folder: Path, papers: dict[str, bytes]) -> None:
    for name, content in papers.items():
        write_whole(folder / name, content)
    click.echo(f"{len(papers)} berkas ada di {folder}: {', '.join(papers)}.")


def _say(held: HeldDays, made: dict[Path, bytes], as_json: bool) -> None:
    for path, content in made.items():
        write_whole(path, content)
    if as_json:
        context.print_json(
            {"days": [_as_json(each) for each in held.days], "warnings": list(held.warnings)}
        )
        return
    for path in made:
        click.echo(f"Rundown ada di {path}.")
    for line in () if made else _lines(held):
        click.echo(line)
    for warning in held.warnings:
        click.echo(f"Periksa: {warning}", err=True)


def _lines(held: HeldDays) -> Iterator[str]:
    for each in held.days:
        yield f"Hari {each.number}{f', {day(each.on)}' if each.on else ''}"
        for row in each.rows:
            said = ", ".join(part for part in (row.room, row.speaker, row.institution) if part)
            continued, where = " (lanjutan)" if row.continues else "", f"  [{said}]" if said else ""
            yield f"  {_clock(row)}  {row.title}{continued}{where}"
            yield from (f"      {lesson.starts:%H.%M}  {lesson.title}" for lesson in row.lessons)
        yield from (
            f"  tanpa jam    {held.file.sessions[int(path[1])].title}" for path in each.unplaced
        )


def _clock(row: Row) -> str:
    return f"{row.starts:%H.%M}–{row.ends:%H.%M}"


def _as_json(each: CourseDay) -> dict[str, Any]:
    return {
        "day": each.number,
        "date": each.on.isoformat() if each.on else None,
        "rows": [_row(row) for row in each.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "starts": f"{row.starts:%H.%M}",
        "ends": f"{row.ends:%H.%M}",
        "minutes": row.minutes,
        "kind": row.kind,
        "title": row.title,
        "session": row.session or None,
        "continues": row.continues,
        "prayer": row.prayer,
        "quizzes": list(row.quizzes),
        "room": row.room,
        "speaker": row.speaker,
        "institution": row.institution,
        "lessons": [
            {"title": each.title, "starts": f"{each.starts:%H.%M}", "ends": f"{each.ends:%H.%M}"}
            for each in row.lessons
        ],
    }
