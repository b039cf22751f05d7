"""Collects the changes that a regrade makes: the first 20 as sentences, all as rows of a file."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from psm_course.domain.register import Attempt
from psm_course.items.marks import print_points
from psm_course.registrar.answers.remarking import Change, Regrade

_SHOWN = 20
_CROSSES = {1: "naik", 0: "", -1: "turun"}
COLUMNS = (
    "angkatan",
    "nomor",
    "kesempatan",
    "nilai_lama",
    "maksimum_lama",
    "persen_lama",
    "nilai_baru",
    "maksimum_baru",
    "persen_baru",
    "batas_lulus",
    "menjadi",
    "tidak_lagi",
    "sertifikat",
)


class Rows:
    """Receives the changes that a regrade makes, one cohort after the other.

    The first 20 changes are kept as sentences in `first`. Every change is passed as a row to the
    function `write`.
    """

    def __init__(self, write: Callable[[dict[str, Any]], object] = lambda _: None) -> None:
        self.first: list[str] = []
        self._write = write

    def add(self, _cohort: str, changes: Sequence[Change]) -> None:
        """Receive the changes of one cohort; the regrade calls this method once for each cohort."""
        for change in changes:
            if len(self.first) < _SHOWN:
                self.first.append(sentence_on(change))
            self._write(row_of(change))


def sentences_on_cohorts(done: Regrade) -> Iterator[str]:
    """Yield sentences about cohorts with another version of the quiz, and about archived cohorts.

    For another version the sentence names what differs. Archived cohorts are not regraded.
    """
    for other in done.others:
        changes = "; ".join(other.changes) or "hanya urutannya yang berbeda"
        yield (
            f"Kuis {done.quiz} berbeda dari versi yang dipakai angkatan {listed(other.cohorts)}:"
            f" {changes}."
        )
    if done.archived:
        yield (
            f"Diarsipkan, jadi tidak dinilai ulang: {listed(done.archived)}. Bila perlu, buka lagi"
            f" dulu: psm cohort reopen {done.archived[0]}"
        )


def listed(written: Sequence[str]) -> str:
    """Join texts with commas: the first 20, then the number of the others."""
    more = len(written) - _SHOWN
    return ", ".join(written[:_SHOWN]) + (f", dan {more} lagi" if more > 0 else "")


def sentence_on(change: Change) -> str:
    """Return a sentence on the new outcome of one attempt.

    It has the participant's number, the number of the attempt, old and new points, and "kini lulus"
    or "kini tidak lulus" if that has changed.
    """
    before, after = change.before, change.after
    crossing = {1: "; kini lulus", 0: "", -1: "; kini tidak lulus"}[change.crosses]
    return f"{before.number} ke-{before.sequence}: {_score(before)} → {_score(after)}{crossing}"


def _score(attempt: Attempt) -> str:
    return f"{print_points(attempt.points)}/{print_points(attempt.maximum)}".replace(".", ",")


def row_of(change: Change) -> dict[str, Any]:
    """Return the new outcome of one attempt as a row: a value for each name in `COLUMNS`.

    The row has the participant's number, never a name.
    """
    before, after = change.before, change.after
    values = (
        change.cohort,
        before.number,
        before.sequence,
        print_points(before.points),
        print_points(before.maximum),
        print_points(before.percent),
        print_points(after.points),
        print_points(after.maximum),
        print_points(after.percent),
        _CROSSES[change.crosses],
        " ".join(move.kind for move in change.moves if move.gains),
        " ".join(move.kind for move in change.moves if not move.gains),
        " ".join(change.records.values()),
    )
    return dict(zip(COLUMNS, values, strict=True))


@contextmanager
def _csv(path: Path) -> Iterator[Rows]:
    """Open a CSV file, and yield a `Rows` that writes each change as a line of this file.

    The file is for Excel in Indonesia: semicolons, decimal commas, a byte order mark.
    """
    # `csv` ends each line itself; without `newline=""` Windows would double the line ends.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter=";")
        writer.writeheader()
        yield Rows(
            lambda row: writer.writerow(
                {key: _with_comma(key, value) for key, value in row.items()}
            )
        )


def _with_comma(key: str, value: Any) -> Any:
    # Not in every column: a certificate number such as 800.2/0007 keeps its dots.
    return value.replace(".", ",") if key.startswith(("nilai", "maksimum", "persen")) else value


@contextmanager
def _lines(path: Path) -> Iterator[Rows]:
    with path.open("w", encoding="utf-8") as stream:
        yield Rows(lambda row: stream.write(json.dumps(row, ensure_ascii=False) + "\n"))


OPENERS: dict[str, Callable[[Path], AbstractContextManager[Rows]]] = {
    ".csv": _csv,
    ".jsonl": _lines,
}
