"""Rosters as people send them, read for Depok."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.sheets.sheets import SheetFile
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
