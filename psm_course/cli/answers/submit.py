"""`psm submit`: records answers from phones, lists those that are held, decides on them."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from psm_course.box.box import open_box
from psm_course.cli import context
from psm_course.domain.register import KeptSubmission
from psm_course.errors import Refused, cause
from psm_course.interchange.answer_files import LARGEST_FILE, Answers, answers_in
from psm_course.registrar.answers.deciding import (
    Decision,
    decide,
    decide_all,
    list_decided,
    list_held,
)
from psm_course.registrar.answers.hand_in import Receipt, Refusal, receipt_of
from psm_course.registrar.answers.holding import REASONS, codes_of, sentence_of
from psm_course.registrar.answers.quarantining import Quarantine, admit, purge, quarantined
from psm_course.registrar.answers.submitting import in_parts, receive_submissions
from psm_course.registrar.files import write_whole

_STANDING = {
    "recorded": "diterima",
    "known": "sudah ada",
    "held": "ditahan",
    "quarantined": "belum diterima",
}


@click.group(cls=context.Usual, usual="files")
def submit() -> None:
    """Terima jawaban dari ponsel, dan putuskan yang ditahan.

    psm submit JAWABAN... menerima berkas, ZIP, folder, atau - untuk masukan baku. Teks WhatsApp
    boleh apa adanya.
    """


# ---- taking in -----------------------------------------------------------------------------------


@dataclass
class _Answered:
    """The results for all submissions that were read so far.

    Attributes:
        receipts: the receipts of the submissions that were kept.
        refused: a sentence for each file or submission that was not kept.
        passed: the number of lines that contain no submission and were passed over.
    """

    receipts: list[Receipt] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    passed: int = 0

    def documents(self, paths: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            for file in _files(path):
                for answers in self._in_file(file):
                    self.passed += answers.other_lines
                    self.refused += answers.troubles
                    yield from answers.documents

    def _in_file(self, file: Path) -> Iterator[Answers]:
        try:
            name, content = _content(file)
        except OSError as error:
            self.refused.append(f"{file.name}: tidak dapat dibaca ({cause(error)}).")
            return iter(())
        return answers_in(name, content)

    def add(self, where: str, answer: Receipt | Refusal) -> None:
        if isinstance(answer, Receipt):
            self.receipts.append(answer)
        else:
            self.refused.append(f"{where}: {answer.reason} - tidak disimpan; minta dikirim ulang")


@submit.command()
@click.argument(
    "paths",
    metavar="JAWABAN...",
    type=click.Path(path_type=Path, exists=True, allow_dash=True),
    nargs=-1,
    required=True,
)
@click.option(
    "--receipts",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help=(
        "Tulis tanda terima tiap jawaban sebagai berkas di folder ini, untuk dikirim kembali kepada"
        " pesertanya."
    ),
)
@context.json_option
def files(paths: tuple[Path, ...], receipts: Path | None, as_json: bool) -> int:
    """Terima berkas jawaban; sama dengan psm submit JAWABAN."""
    answered = _Answered()
    try:
        # One box (process) reads all files: a new one for each file would cost 100 ms.
        with context.course_and_register() as (where, _, store), open_box():
            counter = context.desk(store, where)
            # `receive_submissions` could take all at once, but an error in a later part would then
            # lose the receipts that were already given for the earlier parts.
            for part in in_parts(answered.documents(paths)):
                answers = receive_submissions(
                    counter, [document for _, document in part], context.actor(), context.now()
                )
                for (place, _), answer in zip(part, answers, strict=True):
                    answered.add(place, answer)
    except BaseException:
        # Whatever stops us half-way: a receipt given is an attempt kept, and it must be seen.
        if answered.receipts:
            _show(answered, as_json)
        raise
    if receipts:
        _write_receipts(answered.receipts, receipts)
    _show(answered, as_json)
    return 2 if answered.refused else 0


def _files(path: Path) -> list[Path]:
    """Return all files below a folder, sorted by path; if `path` is a file, only that file."""
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def _content(file: Path) -> tuple[str, bytes]:
    """Read a file; returns its name for messages, and its content.

    At most one byte more than the largest allowed size is read. That is enough to see that a file
    is too large.
    """
    if str(file) == "-":
        return "masukan", sys.stdin.buffer.read(LARGEST_FILE + 1)
    with file.open("rb") as stream:
        return file.name, stream.read(LARGEST_FILE + 1)


def _write_receipts(receipts: list[Receipt], folder: Path) -> None:
    """Write each signed receipt into a file with the participant's number and the receipt's code.

    If a file cannot be written, this is printed, not raised: the answers are recorded, and if the
    same command runs again, it gives the same receipts.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for receipt in receipts:
            if receipt.signed:
                # From the phone, so it may be a path such as ../../x.
                whose = re.sub(r"[^\w-]", "_", receipt.participant[:40], flags=re.ASCII)
                write_whole(
                    folder / f"tanda-terima-{whose}-{receipt.code}.txt",
                    json.dumps(receipt.signed).encode() + b"\n",
                )
    except OSError as error:
        click.echo(
            f"Tanda terima tidak dapat ditulis ke {folder}: {cause(error)}. Jawabannya sudah"
            " diterima.",
            err=True,
        )


def _show(answered: _Answered, as_json: bool) -> None:
    if as_json:
        context.print_json([_as_json(receipt) for receipt in answered.receipts])
    else:
        _print(answered.receipts)
    for sentence in answered.refused:
        click.echo(sentence, err=True)
    if answered.passed:
        click.echo(f"{answered.passed} baris lain bukan jawaban; dilewati.", err=True)


def _as_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "code": receipt.code,
        "participant": receipt.participant,
        "quiz": receipt.quiz,
        "standing": receipt.standing,
        "reason": receipt.reason,
        "codes": receipt.codes,
        "notes": receipt.notes,
        "receipt": receipt.signed,
    }


def _print(receipts: list[Receipt]) -> None:
    if len(receipts) <= 20:
        for receipt in receipts:
            why = f": {receipt.reason_and_notes}" if receipt.reason_and_notes else ""
            click.echo(
                f"{receipt.code or '-':<9}  {receipt.participant}  {receipt.quiz} "
                f" {_STANDING[receipt.standing]}{why}"
            )
    counts = Counter(_STANDING[receipt.standing] for receipt in receipts)
    click.echo(
        ", ".join(f"{count} {standing}" for standing, count in counts.items())
        or "Tidak ada jawaban di berkas ini."
    )
    if any(receipt.standing == "quarantined" for receipt in receipts):
        click.echo(
            "Yang belum diterima ada di karantina, tanpa tanda terima: psm submit quarantine"
        )
    if any(receipt.codes for receipt in receipts if receipt.standing != "quarantined"):
        click.echo("Lihat yang ditahan: psm submit held")


# ---- deciding ------------------------------------------------------------------------------------


@submit.command()
@click.argument("cohort", metavar="[KODE]", required=False)
@context.json_option
def held(cohort: str | None, as_json: bool) -> None:
    """Sebutkan jawaban yang ditahan, terlama lebih dulu."""
    with context.office_register() as (_, store):
        waiting = list_held(store, None if cohort is None else [cohort])
    if as_json:
        context.print_json([_held_as_json(each) for each in waiting])
        return
    for each in waiting:
        days = (context.now() - each.received_at).days
        click.echo(
            f"{receipt_of(each)}  {each.participant}  {each.quiz}  {days} hari:"
            f" {sentence_of(each.held)}"
        )
    click.echo(
        f"{len(waiting)} menunggu keputusan."
        if waiting
        else "Tidak ada jawaban yang menunggu keputusan."
    )


def _held_as_json(each: KeptSubmission) -> dict[str, Any]:
    return {
        "id": each.id,
        "code": receipt_of(each),
        "participant": each.participant,
        "quiz": each.quiz,
        "received_at": each.received_at.isoformat(),
        "codes": codes_of(each.held),
        "reason": sentence_of(each.held),
    }


@submit.command(name="decide")
@click.argument("which", metavar="[TANDA_TERIMA]", required=False)
@click.option("--accept", "decision", flag_value="accepted", help="Hitung jawaban ini.")
@click.option(
    "--refuse", "decision", flag_value="refused", help="Jangan dihitung; jawabannya tetap disimpan."
)
@click.option("--reason", metavar="ALASAN", required=True, help="Mengapa demikian.")
@click.option("--number", metavar="NOMOR", help="Nomor peserta yang benar, bila di ponsel salah.")
@click.option("--again", is_flag=True, help="Ubah keputusan yang sudah pernah diambil.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Putuskan semua yang ditahan; persempit dengan --reason-code dan --cohort.",
)
@click.option(
    "--reason-code",
    metavar="SEBAB",
    help="Bersama --all: hanya yang ditahan karena ini saja, misalnya no_card.",
)
@click.option("--cohort", metavar="KODE", help="Bersama --all: hanya peserta angkatan ini.")
def decide_(
    which: str | None,
    decision: Any,
    reason: str,
    number: str | None,
    again: bool,
    everything: bool,
    reason_code: str | None,
    cohort: str | None,
) -> None:
    """Putuskan satu jawaban yang ditahan, atau semua yang ditahan karena hal yang sama."""
    if decision is None:
        raise Refused(
            "Pilih --accept untuk menghitung jawaban ini, atau --refuse untuk tidak menghitungnya."
        )
    if everything == bool(which):
        raise Refused("Sebutkan satu tanda terima, atau pakai --all.")
    if everything and (number or again):
        raise Refused("--number dan --again hanya untuk satu tanda terima.")
    if everything:
        _decide_all(decision, reason, reason_code, cohort)
    else:
        _decide_one(str(which), decision, reason, number, again)


def _decide_all(
    decision: Decision, reason: str, reason_code: str | None, cohort: str | None
) -> None:
    if reason_code is not None and set(reason_code.split()) - set(REASONS):
        raise Refused(f'Sebab "{reason_code}" tidak dikenal. Yang ada: {", ".join(REASONS)}.')
    with context.course_and_register() as (_, course, store):
        chosen = [
            each.id
            for each in list_held(store, None if cohort is None else [cohort])
            # Not `in`: a second reason would be decided without anybody looking at it.
            if reason_code is None or each.held == reason_code
        ]
        done = decide_all(store, course, chosen, decision, reason, context.actor(), context.now())
    for code, sentence in done.left.items():
        click.echo(f"{code}  tetap menunggu: {sentence}")
    click.echo(
        f"{done.count} jawaban"
        f" {'dihitung' if decision == 'accepted' else 'tidak dihitung; semuanya tetap disimpan'}."
    )


def _decide_one(
    which: str, decision: Decision, reason: str, number: str | None, again: bool
) -> None:
    with context.course_and_register() as (_, course, store):
        ids = {
            receipt_of(each): each.id
            for each in (list_decided(store) if again else list_held(store))
        }
        receipt = decide(
            store,
            course,
            # A person types the code; a program may have the id, from `psm submit held --json`.
            ids.get(which.upper(), which),
            decision,
            reason,
            context.actor(),
            context.now(),
            number,
            again,
        )
    said = (
        f"dihitung untuk {receipt.participant}"
        if decision == "accepted"
        else "tidak dihitung; jawabannya tetap disimpan"
    )
    click.echo(f"{receipt.code}  {receipt.quiz}: {said}.")


# ---- quarantine ----------------------------------------------------------------------------------


@submit.command()
@click.option(
    "--purge",
    "purged",
    metavar="ALAMAT",
    help="Buang semua yang datang dari alamat ini; semua: seluruhnya.",
)
@click.option(
    "--admit",
    "admitted",
    metavar="SIDIK",
    help="Terima satu dokumen untuk diputuskan. Perlu --reason.",
)
@click.option("--reason", metavar="ALASAN", default="", help="Mengapa diterima.")
def quarantine(purged: str | None, admitted: str | None, reason: str) -> None:
    """Yang belum diterima: tanda kartunya tidak cocok, atau nomornya tidak dikenal.

    Bukan bagian register.
    """
    with context.office_register() as (_, store):
        if purged:
            count = purge(
                store, None if purged == "semua" else purged, context.actor(), context.now()
            )
            click.echo(f"{count} dokumen dibuang.")
        elif admitted:
            kept = admit(store, admitted, reason, context.actor(), context.now())
            click.echo(f"{receipt_of(kept)}  {kept.participant}  {kept.quiz}: menunggu keputusan.")
        else:
            _print_quarantine(quarantined(store))


def _print_quarantine(found: Quarantine) -> None:
    for each in found.newest[:20]:
        click.echo(
            f"{each.digest}  {each.participant}  {each.quiz}  {each.address}:"
            f" {sentence_of(each.why)}"
        )
    for source in found.sources:
        click.echo(f"{source.count} dari {source.address}")
    click.echo(
        f"{found.count} dokumen di karantina." if found.count else "Tidak ada apa-apa di karantina."
    )
