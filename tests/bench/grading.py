"""Marking and its memory."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import orjson
from rich.table import Table

from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.grading.documents import documents_together
from psm_course.grading.grade import Grader
from psm_course.grading.submission import read_submission
from tests.bench.memory import peak_of_psm
from tests.bench.size import Size
from tests.bench.timing import best_of, spent
from tests.sittings import submission_document

ROOT = Path(__file__).resolve().parents[2]


def twenty_items(draw: int | None) -> Quiz:
    """A test of twenty items of the course's pool; with `draw`, so many drawn from all of it."""
    quiz = read_quiz(ROOT / "quizzes/tes-akhir.yml").quiz
    assert quiz is not None
    items = quiz.items if draw else quiz.items[:20]
    return replace(quiz, header=quiz.header.model_copy(update={"draw": draw}), items=items)


def submissions(quiz: Quiz, count: int) -> bytes:
    random, started = Random(1), datetime(2026, 11, 23, tzinfo=UTC)  # noqa: S311 - a fixed load
    lines = [
        submission_document(quiz, f"D26-{n:06}", random.random(), random, started)
        for n in range(count)
    ]
    return "\n".join(lines).encode() + b"\n"


def grade_all(quiz: Quiz, lines: bytes) -> int:
    grader, written = Grader(quiz), 0
    for some in documents_together(io.BytesIO(lines)):
        outcomes = grader.grade_all([read_submission(document, quiz.id) for _, document in some])
        written += sum(len(outcome.line()) for outcome in outcomes)
    return written


def only_json(lines: bytes) -> int:
    """The baseline: the same lines parsed and written by orjson, nothing graded."""
    return sum(len(orjson.dumps(orjson.loads(line))) for line in lines.splitlines())


def standard_json(lines: bytes) -> int:
    """The same by the standard library, which most peers use."""
    return sum(len(json.dumps(json.loads(line))) for line in lines.splitlines())


def grading_rows(table: Table, size: Size) -> None:
    for draw in (None, 20):
        quiz = twenty_items(draw)
        name = f"{draw} drawn from {len(quiz.items)}" if draw else "20 items"
        lines = submissions(quiz, size.submissions)
        base = best_of(size.runs, lambda lines=lines: only_json(lines))
        peer = best_of(size.runs, lambda lines=lines: standard_json(lines))
        ours = best_of(size.runs, lambda quiz=quiz, lines=lines: grade_all(quiz, lines))
        table.add_row(
            f"grade {name}, JSON lines in and out",
            f"{size.submissions / ours:,.0f} /s",
            "≥ 40,000 /s",
            f"{ours / base:.1f} × orjson alone",
        )
        own = best_of(size.runs, lambda quiz=quiz, lines=lines: grade_all(quiz, lines), spent)
        table.add_row(
            "",
            f"{size.submissions / own:,.0f} /s of processor time",
            "",
            f"{ours / peer:.1f} × json alone",
        )


def memory_rows(table: Table, size: Size) -> None:
    """Peak memory of `psm grade` for a file and for one ten times as long."""
    quiz = ROOT / "quizzes/tes-akhir.yml"
    one = submissions(twenty_items(None), size.lines)
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for times in (1, 10):
            path = Path(folder) / f"{times}.jsonl"
            path.write_bytes(one * times)
            peaks.append(peak_of_psm("grade", str(quiz), str(path)))
    table.add_row(
        f"psm grade, peak memory, {size.lines:,} then {10 * size.lines:,} lines",
        f"{peaks[0]:.0f} then {peaks[1]:.0f} MB",
        "flat",
        f"{peaks[1] / peaks[0]:.2f} ×",
    )
