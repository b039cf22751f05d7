"""`psm review`: lists the sentences that wait for an authority's answer, and records answers.

The command also writes the sheets with which an authority is asked, and reads filled sheets.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from psm_course.authoring.problems import shorten
from psm_course.checking.review_places import places_of
from psm_course.cli import context
from psm_course.content.course import CourseFolder, read_course
from psm_course.content.review import AUTHORITIES, Verdict
from psm_course.errors import Refused
from psm_course.interchange.review_sheet import Reply, read_review_sheet
from psm_course.registrar.completion.days import today
from psm_course.registrar.reports.review import (
    note_asked,
    open_by_authority,
    readable_review,
    review_sheets,
    take_answers,
)
from psm_course.settings import Settings

_VERDICTS: dict[str, Verdict] = {"ya": "yes", "ubah": "changed", "tidak": "no"}


@click.command()
@click.option(
    "--sheets",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Tulis lembar tinjauan (PDF dan Word) ke folder ini.",
)
@click.option(
    "--take",
    metavar="BERKAS",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Catat jawaban dari lembar Word yang kembali.",
)
@click.option(
    "--answer",
    metavar="KODE",
    help="Catat satu jawaban dari lembar kertas; bersama --verdict dan --by.",
)
@click.option("--verdict", type=click.Choice([*_VERDICTS]), help="Jawabannya.")
@click.option("--text", metavar="BUNYI", default="", help="Bunyi yang benar, bila ubah.")
@click.option(
    "--by", metavar="JABATAN", default="", help="Siapa yang menjawab: jabatan atau unitnya."
)
@click.option(
    "--on",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Tanggal dijawab. Bila tidak ditulis: hari ini.",
)
@context.json_option
def review(
    sheets: Path | None,
    take: Path | None,
    answer: str | None,
    verdict: str | None,
    text: str,
    by: str,
    on: Any,
    as_json: bool,
) -> None:
    """Yang menunggu konfirmasi di kursus ini, menurut siapa yang berwenang menjawab.

    Tanpa pilihan: daftarnya. Jawaban dicatat di modules/tinjauan.yml; tanda di situs hilang pada
    psm build berikutnya.
    """
    where = context.settings()
    context.refuse_without_course(where.root)
    course, _ = read_course(where.root)
    if course is None:
        raise Refused("Kursus ini belum dapat dibaca. Jalankan: psm check")
    if take:
        _say(
            take_answers(
                course, read_review_sheet(take.name, take.read_bytes(), today(context.now()))
            ),
            as_json,
        )
    elif answer:
        _say(take_answers(course, [_reply(answer, verdict, text, by, on)]), as_json)
    elif sheets:
        _write(course, sheets, where, as_json)
    else:
        _list(course, as_json)


def _reply(entry: str, verdict: str | None, text: str, by: str, on: Any) -> Reply:
    if verdict is None or not by.strip():
        example = f'psm review --answer {entry} --verdict ya --by "Seksi …"'
        raise Refused(f"Tulis jawabannya: {example}")
    if (verdict == "ubah") != bool(text.strip()):
        raise Refused("Bunyi yang benar (--text) ditulis bila, dan hanya bila, jawabannya ubah.")
    day = on.date() if on else today(context.now())
    if day > today(context.now()):
        raise Refused(f"{day.isoformat()} belum tiba. Tulis tanggal dijawab.")
    return Reply(entry, _VERDICTS[verdict], text.strip(), by.strip(), day)


def _say(sentences: Sequence[str], as_json: bool) -> None:
    if as_json:
        context.print_json({"taken": list(sentences)})
        return
    for sentence in sentences:
        click.echo(sentence)
    click.echo(
        f"{len(sentences)} jawaban dicatat di modules/tinjauan.yml."
        if sentences
        else "Tidak ada jawaban baru di lembar ini."
    )


def _write(course: CourseFolder, folder: Path, where: Settings, as_json: bool) -> None:
    made = review_sheets(
        course,
        {name: (place.title, place.lines) for name, place in places_of(course).items()},
        where,
        context.now(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    note_asked(course, context.now())
    if as_json:
        context.print_json({"files": [str(folder / name) for name in made]})
        return
    for name in made:
        click.echo(str(folder / name))
    click.echo(
        "Kirim kepada masing-masing. Lembar Word yang kembali: psm review --take BERKAS"
        if made
        else "Tidak ada lagi yang menunggu."
    )


def _list(course: CourseFolder, as_json: bool) -> None:
    waiting = open_by_authority(readable_review(course))
    if as_json:
        context.print_json(
            {
                name: [entry.model_dump(mode="json", exclude_none=True) for entry in entries]
                for name, entries in waiting.items()
            }
        )
        return
    for name, entries in waiting.items():
        click.echo(f"{AUTHORITIES[name]}: {len(entries)} menunggu")
        for entry in entries:
            asked = (
                f"ditanyakan {entry.asked_on.isoformat()}" if entry.asked_on else "belum ditanyakan"
            )
            click.echo(f"  {entry.id} ({asked}): {shorten(entry.text, 80)}")
    click.echo("Lembar untuk dikirim: psm review --sheets FOLDER")
