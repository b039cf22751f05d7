"""Writes the register as a sheet: a row per person, and a row per answered item.

Columns are named by ids, which never change.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from psm_course.content.region import Kelurahan
from psm_course.domain.register import ATTENDED, Presence
from psm_course.domain.requirement import Session
from psm_course.errors import Refused
from psm_course.interchange.sheets.writing import Cell, write_csv, write_sheet
from psm_course.items.marks import Status, print_points

PRESENCE_WORDS: dict[Presence, str] = {
    "present": "hadir",
    "late": "terlambat",
    "excused": "izin",
    "absent": "alpa",
}
STATUS_WORDS: dict[Status, str] = {
    "marked": "dinilai",
    "blank": "kosong",
    "ungradable": "tidak dapat dinilai",
    "review": "perlu diperiksa",
}
_ATTENDED_HOURS = "JP hadir"
_OUTCOMES = ("Telah mengikuti", "Telah lulus", "Yang belum dipenuhi", "Nomor sertifikat")
_ITEMS = (
    "Nomor peserta",
    "Kuis",
    "Percobaan",
    "Butir",
    "Jawaban",
    "Nilai",
    "Nilai maksimum",
    "Status",
    "Tepat",
)
_OURS = re.compile(r"(?:Hadir|Nilai): [a-z0-9-]+(?: \(\d+ JP\))?")


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One person in the register sheet.

    `presence` is the latest attendance by session id. `scores` is the best result in percent, 0 to
    100, by quiz id. `attended` and `passed` tell if the person attended the course and passed it.
    `missing` is a sentence about the requirements that the person does not meet yet. `record` is
    the certificate's number; empty if there is no certificate.
    """

    number: str
    name: str
    kelurahan: Kelurahan
    presence: Mapping[str, Presence]
    scores: Mapping[str, Decimal]
    attended: bool
    passed: bool
    missing: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of one attempt.

    `number` is the participant number. `response` is the raw answer as handed in; None if the item
    was not answered. `is_right` is True if the answer counts as right. It is False for an answer
    with a critical error, and for an item that asks an opinion and has no right answer.
    """

    number: str
    quiz: str
    attempt: int
    item: str
    response: Any
    points: Decimal
    maximum: Decimal
    status: Status
    is_right: bool = False


def write_register(
    path: Path, sessions: Sequence[Session], quizzes: Sequence[str], lines: Iterable[RegisterLine]
) -> None:
    """Write the register: a row per person, as .xlsx or .csv, by the ending of `path`.

    `read_roster` can read the file without asking questions. `quizzes` are the ids of the quizzes
    whose scores are shown.
    """
    header = [
        *("Nomor peserta", "Nama", "Kelurahan", "Kecamatan"),
        *(f"Hadir: {session.id} ({session.hours} JP)" for session in sessions),
        _ATTENDED_HOURS,
        *(f"Nilai: {quiz}" for quiz in quizzes),
        *_OUTCOMES,
    ]
    widths = [14, 32, 24, 18, *[12] * (len(sessions) + 1 + len(quizzes)), 16, 12, 60, 24]
    _write(
        path, "Register", header, (_register_row(line, sessions, quizzes) for line in lines), widths
    )


def _register_row(
    line: RegisterLine, sessions: Sequence[Session], quizzes: Sequence[str]
) -> list[Cell]:
    marks = [
        PRESENCE_WORDS[line.presence[session.id]] if session.id in line.presence else ""
        for session in sessions
    ]
    hours = sum(session.hours for session in sessions if line.presence.get(session.id) in ATTENDED)
    scores = [_number(line.scores[quiz]) if quiz in line.scores else "" for quiz in quizzes]
    outcomes = ["ya" if outcome else "belum" for outcome in (line.attended, line.passed)]
    person = [line.number, line.name, line.kelurahan.name, line.kelurahan.kecamatan]
    return [*person, *marks, hours, *scores, *outcomes, line.missing, line.record]


def write_items(path: Path, lines: Iterable[ItemLine]) -> None:
    """Write a row per item of every attempt, as .xlsx or .csv, by the ending of `path`.

    `lines` are consumed one at a time, so memory use does not grow with their number.
    """
    _write(path, "Butir", _ITEMS, _item_rows(lines), [14, 18, 10, 24, 40, 8, 10, 18, 8])


def _item_rows(lines: Iterable[ItemLine]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [
            line.number,
            line.quiz,
            line.attempt,
            line.item,
            response_text(line.response),
            _number(line.points),
            _number(line.maximum),
            STATUS_WORDS[line.status],
            # An opinion (maximum 0) is neither right nor wrong.
            ("ya" if line.is_right else "tidak") if line.maximum else "",
        ]


def response_text(response: Any) -> str:
    """Return an answer as text: the chosen id or the typed text; a list or pairs as JSON."""
    if response is None:
        return ""
    return (
        response
        if isinstance(response, str)
        else json.dumps(response, ensure_ascii=False, sort_keys=True)
    )


def _number(value: Decimal) -> Decimal:
    return Decimal(print_points(value))


def _write(
    path: Path,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
) -> None:
    if path.suffix.lower() == ".csv":
        write_csv(path, header, rows)
    elif path.suffix.lower() == ".xlsx":
        write_sheet(path, title, header, rows, widths)
    else:
        raise Refused(f"{path}: nama berkas harus berakhiran .xlsx atau .csv.")


def is_ours(heading: str) -> bool:
    """True for a column heading of our own register sheet.

    If such a sheet is read as a roster, these columns are ignored without a note.
    """
    return heading in {_ATTENDED_HOURS, *_OUTCOMES} or bool(_OURS.fullmatch(heading))
