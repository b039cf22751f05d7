"""`psm slides`: the decks of a course as HTML, and as PDF if asked for; or the trainers' notes."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from psm_course.authoring.problems import suggest
from psm_course.cli import context
from psm_course.content.course import CourseFolder
from psm_course.errors import Refused
from psm_course.registrar.files import write_whole
from psm_course.slides.deck import DeckContents, decks_of
from psm_course.slides.making import EXECUTED, make_deck
from psm_course.slides.notes import print_notes
from psm_course.slides.paper import print_deck


@click.command()
@click.argument("module", metavar="[MODUL]", default="")
@click.option(
    "-o",
    "out",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder tujuan. Bila tidak ditulis: var/slides.",
)
@click.option(
    "--pdf",
    "as_pdf",
    is_flag=True,
    help="Buat PDF juga, dengan Chrome, Chromium, atau Edge di laptop ini.",
)
@click.option(
    "--notes",
    "notes",
    metavar="BERKAS",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Cetak catatan pelatih ke berkas PDF ini, A4. Tayangannya tidak dibuat.",
)
@context.json_option
def slides(module: str, out: Path | None, as_pdf: bool, notes: Path | None, as_json: bool) -> None:
    """Buat tayangan satu modul, atau semuanya bila modulnya tidak ditulis.

    Modul ditulis "3" atau "03-perlindungan-anak"; pembukaan dan penutupan ditulis "acara".

    Tiap tayangan menjadi satu berkas yang dibuka di peramban mana pun tanpa internet. Pelajaran
    berubah? Buat lagi: yang lama tidak ikut berubah.
    """
    if notes:
        _refuse_notes(notes, beside=bool(out or as_pdf))
    where = context.settings()
    course = context.usable_course(where.root)
    chosen = [chosen_deck(course, module)] if module else list(decks_of(course))
    if notes:
        write_whole(notes, print_notes(course, chosen, context.today()))
        _say_notes(chosen, notes, as_json)
        return
    say: Callable[[str], None] = (
        (lambda _: None) if as_json else (lambda sentence: click.echo(f"  {sentence}"))
    )
    folder = out or where.data / "slides"
    kept = where.data / EXECUTED
    made = [_make(course, each, folder, kept, as_pdf, say) for each in chosen]
    if as_json:
        _print_files(chosen, made)
        return
    click.echo(
        "Buka berkas .html dengan peramban. F: layar penuh. S: jendela pelatih, dengan catatan dan"
        " slide berikutnya."
    )
    click.echo("Sesudah pelajaran disunting, jalankan perintah ini lagi.")


def _refuse_notes(notes: Path, *, beside: bool) -> None:
    """Refuse, before any work is done, to write the trainers' notes to the file `notes`.

    Raises:
        Refused: `beside` is True (the person asked for slides in the same command), or the file
            exists.
    """
    if beside:
        raise Refused("--notes hanya mencetak catatan. Tulis tanpa --pdf dan tanpa -o.")
    if notes.exists():
        raise Refused(f"{notes} sudah ada. Pilih nama lain.")


def _say_notes(chosen: Sequence[DeckContents], notes: Path, as_json: bool) -> None:
    if as_json:
        _print_files(chosen, [[str(notes)]] * len(chosen))
        return
    click.echo(f"Catatan pelatih ada di {notes}.")
    click.echo("Sesudah pelajaran disunting, cetak lagi.")


def _print_files(chosen: Sequence[DeckContents], made: Sequence[list[str]]) -> None:
    context.print_json(
        [{"module": each.name, "files": files} for each, files in zip(chosen, made, strict=True)]
    )


def chosen_deck(course: CourseFolder, written: str) -> DeckContents:
    """Find the deck by what a person wrote: a module's folder, its number, or `acara`.

    Raises:
        Refused: there is no such deck; the message suggests the nearest name.
    """
    decks = decks_of(course)
    for number, deck in enumerate(decks, 1):
        if written.casefold() in (deck.name, str(number), f"{number:02}"):
            return deck
    names = [deck.name for deck in decks]
    near = next((name for name in names if written.casefold() in name), None)
    hint = (
        f'maksud Anda "{near}"?'
        if near
        else suggest(written, names, f"pilih salah satu: {', '.join(names)}")
    )
    raise Refused(f'Modul "{written}" tidak ada - {hint}')


def _make(
    course: CourseFolder,
    told: DeckContents,
    folder: Path,
    kept: Path,
    as_pdf: bool,
    say: Callable[[str], None],
) -> list[str]:
    html = make_deck(course, told, kept, say)
    folder.mkdir(parents=True, exist_ok=True)
    deck = folder / f"{told.name}.html"
    deck.write_text(html, encoding="utf-8")
    say(f"{deck} ({len(html.encode()) / 1000:.0f} kB)")
    if not as_pdf:
        return [str(deck)]
    paper = print_deck(deck)
    say(str(paper))
    return [str(deck), str(paper)]
