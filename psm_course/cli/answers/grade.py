"""`psm grade`: marks files of submissions and prints one outcome a line, as a stream."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from psm_course.authoring.problems import shorten
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.errors import ContentFaulty
from psm_course.grading.documents import documents_together
from psm_course.grading.grade import Grader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, Submission, read_submission

_SAID_AT_MOST = 20


@click.command()
@click.argument(
    "quiz", metavar="KUIS", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.argument(
    "submissions",
    metavar="JAWABAN...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    nargs=-1,
    required=True,
)
def grade(quiz: Path, submissions: tuple[Path, ...]) -> int:
    """Nilai berkas jawaban tanpa register.

    Isinya JSON, atau satu JSON per baris; - berarti masukan baku. Hasilnya satu baris JSON per
    jawaban.
    """
    grader = Grader(gradable(quiz))
    complaints = _Complaints()
    out = sys.stdout.buffer
    for path in submissions:
        name = "masukan" if str(path) == "-" else path.name
        with _opened(path) as stream:
            # Some hundred at a time: drawing their items together costs much less than one by one.
            for some in documents_together(stream):
                out.writelines(_graded(grader, name, some, complaints))
    out.flush()
    complaints.summarise()
    return 2 if complaints.count else 0


def gradable(path: Path) -> Quiz:
    """Read the quiz in a file.

    Raises:
        ContentFaulty: the quiz cannot be used for marking; the message lists every problem.
    """
    read = read_quiz(path)
    if read.quiz is None:
        listed = (f"  {problem}" for problem in read.problems)
        raise ContentFaulty("\n".join([f"{path.name} belum dapat dipakai menilai:", *listed]))
    return read.quiz


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb")


class _Complaints:
    """Prints sentences about submissions and items that cannot be marked, on standard error.

    `add` prints each of the first 20 sentences immediately, and only counts the further ones. If
    there are further ones, `summarise` prints their number.
    """

    def __init__(self) -> None:
        self.count = 0

    def add(self, sentence: str) -> None:
        self.count += 1
        if self.count <= _SAID_AT_MOST:
            click.echo(sentence, err=True)

    def summarise(self) -> None:
        if self.count > _SAID_AT_MOST:
            click.echo(
                f"… dan {self.count - _SAID_AT_MOST} hal lain; semuanya ada di hasil.", err=True
            )


def _graded(
    grader: Grader, name: str, some: list[tuple[int, bytes]], complaints: _Complaints
) -> Iterator[bytes]:
    """Yield one JSON line for each document, in order.

    All readable documents are marked together. A document that cannot be read gets a line with the
    error.

    Args:
        grader: marks the documents.
        name: the name of the file of documents, for complaints.
        some: pairs of line number and document.
        complaints: gets a sentence for each document or item that cannot be marked.
    """
    read = [_read(grader, document) for _, document in some]
    outcomes = iter(grader.grade_all([each for each in read if isinstance(each, Submission)]))
    for (line, _), each in zip(some, read, strict=True):
        if isinstance(each, NotASubmission):
            complaints.add(f"{name}:{line}: {each} - minta jawaban ini dikirim ulang")
            yield orjson.dumps({"line": line, "error": str(each)}, option=orjson.OPT_APPEND_NEWLINE)
            continue
        outcome = next(outcomes)
        if outcome.has_ungradable:
            _complain(name, line, outcome, complaints)
        yield outcome.line()


def _read(grader: Grader, document: bytes) -> Submission | NotASubmission:
    try:
        return read_submission(document, grader.quiz)
    except NotASubmission as error:
        return error


def _complain(name: str, line: int, outcome: Outcome, complaints: _Complaints) -> None:
    for item, mark in outcome.marks.items():
        if mark.status == "ungradable":
            complaints.add(
                f"{name}:{line}: butir {shorten(item)}: {mark.message} - periksa bersama peserta"
                f" {shorten(outcome.participant)}"
            )
