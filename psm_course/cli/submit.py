"""`psm submit`: take in what phones hand in."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import click

from psm_course.cli import desk
from psm_course.grading.documents import documents
from psm_course.grading.submission import NotASubmission, read_submission
from psm_course.registrar.submitting import Desk, Receipt

_STANDING = {"recorded": "diterima", "known": "sudah ada", "held": "ditahan"}


@click.command()
@click.argument(
    "files", metavar="JAWABAN...", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True), nargs=-1, required=True
)
@desk.json_option
def submit(files: tuple[Path, ...], as_json: bool) -> int:
    """Terima berkas jawaban dari ponsel. JSON, atau satu JSON per baris; yang meragukan ditahan, tidak dibuang."""
    where = desk.settings()
    course = desk.usable_course(where.root)
    receipts: list[Receipt] = []
    refused: list[str] = []
    try:
        with desk.open_register(where) as store:
            counter = Desk(store, course.quizzes)
            for path in files:
                _take_in(counter, path, receipts, refused)
    except BaseException:
        # Whatever stops us half-way: a receipt given is an attempt kept, and it must be seen.
        if receipts:
            _show(receipts, refused, as_json)
        raise
    _show(receipts, refused, as_json)
    return 2 if refused else 0


def _show(receipts: list[Receipt], refused: list[str], as_json: bool) -> None:
    if as_json:
        desk.print_json([_as_json(receipt) for receipt in receipts])
    else:
        _print(receipts)
    for sentence in refused:
        click.echo(sentence, err=True)


def _take_in(counter: Desk, path: Path, receipts: list[Receipt], refused: list[str]) -> None:
    from_stdin = str(path) == "-"
    with nullcontext(sys.stdin.buffer) if from_stdin else path.open("rb") as stream:
        for line, document in documents(stream):
            try:
                submission = read_submission(document)
                receipts.append(counter.submit(submission, document.decode().strip(), desk.actor(), desk.now()))
            except NotASubmission as error:
                refused.append(f"{'masukan' if from_stdin else path.name}:{line}: {error} - tidak disimpan; minta dikirim ulang")


def _as_json(receipt: Receipt) -> dict[str, str]:
    return {
        "code": receipt.code,
        "participant": receipt.participant,
        "quiz": receipt.quiz,
        "standing": receipt.standing,
        "reason": receipt.reason,
    }


def _print(receipts: list[Receipt]) -> None:
    if len(receipts) <= 20:
        for receipt in receipts:
            reason = f": {receipt.reason}" if receipt.reason else ""
            click.echo(f"{receipt.code}  {receipt.participant}  {receipt.quiz}  {_STANDING[receipt.standing]}{reason}")
    counts = Counter(_STANDING[receipt.standing] for receipt in receipts)
    click.echo(", ".join(f"{count} {standing}" for standing, count in counts.items()) or "Tidak ada jawaban di berkas ini.")
