"""Rosters as people send them, read for Depok."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.sheets.reading import Note
from psm_course.interchange.sheets.sheets import CellProblem, SheetFile
from tests.builders import REGION
from tests.register_builders import a_roster

BAKTIJAYA = "32.76.05.1005"
CURUG_BOJONGSARI = "32.76.11.1005"


def reading(tmp_path: Path, *rows: Sequence[object]) -> RosterReading:
    """A workbook with these rows of name, kelurahan and number, read."""
    return read_roster(REGION, a_roster(tmp_path / "peserta.xlsx", *rows))


def a_csv(text: str) -> SheetFile:
    """A roster as a CSV with this text."""
    return SheetFile("peserta.csv", text.encode())


def at_cells(remarks: Iterable[CellProblem | Note]) -> list[tuple[object, ...]]:
    """Problems or notes as cell and message."""
    return [(remark.cell, remark.message) for remark in remarks]


def questions(read: RosterReading) -> list[tuple[object, ...]]:
    """The questions as id, sentence, and the values with the labels of their choices."""
    return [
        (
            question.id,
            question.sentence,
            [(choice.value, choice.label) for choice in question.choices],
        )
        for question in read.questions
    ]
