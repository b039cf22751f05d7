"""`psm regrade`: grades a quiz again from the answers handed in.

Without `--apply` this is only a trial: the changes are shown, and nothing is saved.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from psm_course.cli import context
from psm_course.cli.answers.changes import OPENERS, Rows, listed, sentences_on_cohorts
from psm_course.cli.completion.rules import sentence_on_move
from psm_course.domain.register import OUTCOMES
from psm_course.errors import Refused
from psm_course.registrar.answers.regrading import apply_regrade, try_regrade
from psm_course.registrar.answers.remarking import Regrade
from psm_course.registrar.completion.adopting import get_course
from psm_course.store.answers.dispositions import NewDisposition


@click.command()
@click.argument("quiz", metavar="KUIS")
@click.option(
    "--disregard",
    metavar="BUTIR",
    multiple=True,
    help="Butir ini tidak dihitung untuk siapa pun. Boleh diulang.",
)
@click.option(
    "--full",
    metavar="BUTIR",
    multiple=True,
    help="Butir ini bernilai penuh untuk semua, juga yang kosong. Boleh diulang.",
)
@click.option(
    "--restore",
    metavar="BUTIR",
    multiple=True,
    help="Cabut ketetapan atas butir ini. Boleh diulang.",
)
@click.option("--apply", "applies", is_flag=True, help="Simpan hasilnya. Perlu --reason.")
@click.option(
    "--reason",
    metavar="ALASAN",
    default="",
    help="Alasan menilai ulang; disimpan dan dapat dibaca kemudian.",
)
@click.option(
    "--course",
    "course_id",
    metavar="KURSUS",
    default="",
    help="Kursus kuis ini, bila kantor punya beberapa.",
)
@click.option(
    "--out",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Tulis setiap perubahan ke berkas .csv atau .jsonl ini.",
)
@context.json_option
def regrade(
    quiz: str,
    disregard: tuple[str, ...],
    full: tuple[str, ...],
    restore: tuple[str, ...],
    applies: bool,
    reason: str,
    course_id: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Nilai ulang sebuah kuis dari jawaban asli.

    Kuncinya diambil dari versi kursus yang terakhir diadopsi. KUIS adalah id kuis. Tanpa --apply
    tidak ada yang berubah: yang ditampilkan adalah apa yang akan berubah. Sertifikat yang sudah
    terbit tetap berlaku sampai petugas mencabut atau menggantinya.
    """
    if reason and not applies:
        raise Refused("--reason hanya berlaku bersama --apply. Tidak ada yang disimpan.")
    dispositions = _dispositions(disregard, full, restore)
    with context.course_and_register() as (_, _, store), _written(out) as rows:
        course = get_course(store, course_id)
        # `rows.add` writes the changes of one cohort at a time: those of all are never in memory.
        if applies:
            done = apply_regrade(
                store, course, quiz, dispositions, reason, context.actor(), context.now(), rows.add
            )
        else:
            done = try_regrade(store, course, quiz, dispositions, context.now(), rows.add)
    if as_json:
        context.print_json(_as_json(done, applies))
    else:
        _print(done, rows.first, applies, out)


def _dispositions(
    disregard: tuple[str, ...], full: tuple[str, ...], restore: tuple[str, ...]
) -> dict[str, NewDisposition]:
    dispositions: dict[str, NewDisposition] = {}
    for disposition, items in (("disregard", disregard), ("full", full), ("none", restore)):
        for item in items:
            if dispositions.get(item, disposition) != disposition:
                raise Refused(f'Butir "{item}" disebut dengan dua ketetapan. Pilih salah satu.')
            dispositions[item] = disposition  # type: ignore[assignment]
    return dispositions


@contextmanager
def _written(out: Path | None) -> Iterator[Rows]:
    """Open the file for the changes, and yield a `Rows` that writes them into this file.

    Until the file is complete, its name ends with `.part`. If the block fails, the file is deleted.

    Args:
        out: the file, .csv or .jsonl; None: the `Rows` writes no file.

    Raises:
        Refused: the file has another ending, or exists already.
    """
    if out is None:
        yield Rows()
        return
    opener = OPENERS.get(out.suffix)
    if opener is None:
        raise Refused(f"{out}: nama berkas harus berakhiran {' atau '.join(OPENERS)}.")
    if out.exists():
        raise Refused(f"{out} sudah ada. Pilih nama lain.")
    half = out.with_name(f"{out.name}.part")
    try:
        with opener(half) as rows:
            yield rows
        half.rename(out)
    finally:
        half.unlink(missing_ok=True)


# ---- saying it -----------------------------------------------------------------------------------


def _as_json(done: Regrade, applied: bool) -> dict[str, Any]:
    return {
        "quiz": done.quiz,
        "applied": applied,
        "attempts": done.attempts,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "unreadable": done.unreadable,
        "people": done.people,
        "crosses_up": done.up,
        "crosses_down": done.down,
        "cohorts": dict(done.cohorts),
        "moves": [
            {"outcome": kind, "gains": gains, "people": count}
            for (kind, gains), count in sorted(done.moved.items(), key=lambda each: each[0])
        ],
        "records": done.records,
        "records_touched": done.touched,
        "touched": done.touched_records,
        "quiz_changes": [
            {"cohorts": other.cohorts, "changes": other.changes} for other in done.others
        ],
        "archived": done.archived,
    }


def _print(done: Regrade, first: Sequence[str], applied: bool, out: Path | None) -> None:
    for sentence in sentences_on_cohorts(done):
        click.echo(sentence)
    for line in first:
        click.echo(f"  {line}")
    if done.changed > len(first):
        click.echo(
            f"  … dan {done.changed - len(first)}"
            f" lagi{f'; semuanya ada di {out}' if out else '; semuanya dengan --out BERKAS.csv'}"
        )
    opening = "Disimpan" if applied else "Bila disimpan"
    click.echo(
        f"{opening}: {done.changed} nilai berubah, {done.unchanged} tetap, dari {done.attempts}"
        f" jawaban kuis {done.quiz}."
    )
    if done.unreadable:
        click.echo(f"{done.unreadable} jawaban tidak dapat dibaca lagi; nilainya dibiarkan.")
    if not done.changed:
        return
    counts = listed([f"{cohort} ({count})" for cohort, count in done.cohorts.items()])
    click.echo(f"Melewati batas lulus: {done.up} naik, {done.down} turun. Angkatan: {counts}.")
    for (kind, gains), count in sorted(done.moved.items(), key=lambda each: each[0]):
        click.echo(f"{count} peserta {'menjadi' if gains else 'tidak lagi'} {OUTCOMES[kind]}.")
    for move in [move for move in done.moves if move.touches]:
        click.echo(f"  {sentence_on_move(move)}")
    if done.records:
        click.echo(
            f"{done.records} sertifikat dipegang peserta yang nilainya berubah; {done.touched} di"
            " antaranya tidak lagi didukung nilai. Semuanya tetap berlaku sampai petugas mencabut"
            " atau menggantinya."
        )
