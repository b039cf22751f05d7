"""The report pack (*berita acara*) of a cohort: minutes with signatures, and six annexes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from psm_course.printing.occasion import Occasion, print_for

Presence = Literal["present", "late", "excused", "absent"]
Outcome = Literal["passed", "attended", "not_yet"]

# Hadir, terlambat, izin, alpa: as attendance lists in Indonesia write them.
_LETTERS: dict[Presence | None, str] = {
    "present": "H",
    "late": "T",
    "excused": "I",
    "absent": "A",
    None: "·",
}


@dataclass(frozen=True, slots=True)
class ReportSession:
    """A column of the attendance table.

    `held` says when and where the session was, and who spoke; empty: not known.
    """

    title: str
    hours: int
    held: str = ""


@dataclass(frozen=True, slots=True)
class ReportPerson:
    """One participant in the report.

    `presence` has one entry for each session, None if nothing is recorded; `hours` are the JP
    attended. Scores are per cent, None if the test was not taken. `reasons` are sentences:
    requirements that are not met, or the evidence for requirements that are met.
    """

    number: str
    name: str
    kelurahan: str
    presence: tuple[Presence | None, ...]
    hours: int
    pretest: Decimal | None
    posttest: Decimal | None
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """One kelurahan: how many people were enrolled, and how many of them completed the course.

    The report needs these rows sorted by kecamatan.
    """

    kecamatan: str
    kelurahan: str
    enrolled: int
    completed: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One completion record (certificate) in the report's list.

    `note` tells how the record ended, "diganti oleh …" or "dicabut …"; empty while the record is
    valid.
    """

    number: str
    participant: str
    name: str
    kind: Literal["passed", "attended"]
    issued_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A line on which somebody signs. If the name is empty, a blank line to write it is printed."""

    title: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the register's log.

    `origin` is the name of the log, `size` its number of entries. `short_form` is a text with
    epoch, size and the beginning of the root. `note` is the text of the signed checkpoint, which is
    attached to the PDF under the name `file`.
    """

    origin: str
    size: int
    short_form: str
    note: str
    file: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report.

    If `number` is empty, room is left to write the report's number by hand. `summary` are pairs of
    label and value, in the order to print. If `checkpoint` is None, the log is not mentioned.
    `tests` are sentences that are printed below the scores.
    """

    occasion: Occasion
    number: str
    made_on: date
    summary: tuple[tuple[str, str], ...]
    sessions: tuple[ReportSession, ...]
    people: tuple[ReportPerson, ...]
    coverage: tuple[Coverage, ...]
    records: tuple[LedgerEntry, ...]
    signatories: tuple[Signatory, ...]
    checkpoint: Checkpoint | None = None
    tests: tuple[str, ...] = ()


def render_report(report: Report, logo: bytes | None = None) -> bytes:
    """Return a PDF with the report; the same report gives the same bytes.

    Raises:
        Unprintable: the text has a letter that our font does not have.
        Refused: the logo cannot be printed.
    """
    facts = {
        "number": report.number,
        "made_on": report.made_on,
        "summary": report.summary,
        "hours": sum(session.hours for session in report.sessions),
        "sessions": [asdict(session) for session in report.sessions],
        "people": [_person(person) for person in report.people],
        "coverage": _by_kecamatan(report.coverage),
        "records": [asdict(entry) for entry in report.records],
        "signatories": [asdict(signatory) for signatory in report.signatories],
        "checkpoint": asdict(report.checkpoint) if report.checkpoint else None,
        "tests": report.tests,
    }
    return print_for(report.occasion, "report", "Berita acara", facts, report.made_on, logo)


def _person(person: ReportPerson) -> dict[str, Any]:
    both = person.pretest is not None and person.posttest is not None
    gain = (person.posttest or Decimal(0)) - (person.pretest or Decimal(0))
    return asdict(person) | {
        "presence": [_LETTERS[mark] for mark in person.presence],
        "pretest": _percent(person.pretest),
        "posttest": _percent(person.posttest),
        "gain": f"{round(gain, 2).normalize():+f}" if both else "–",
    }


def _percent(score: Decimal | None) -> str:
    # `:f`, because `normalize` turns 100 into 1E+2.
    return "–" if score is None else f"{round(score, 2).normalize():f}"


def _by_kecamatan(coverage: Iterable[Coverage]) -> list[dict[str, Any]]:
    """Group the rows of the coverage table by kecamatan.

    A group is `{"name", "enrolled", "completed", "kelurahan": […]}`.
    """
    groups: dict[str, list[Coverage]] = {}
    for row in coverage:
        groups.setdefault(row.kecamatan, []).append(row)
    return [
        {
            "name": name,
            "enrolled": sum(row.enrolled for row in rows),
            "completed": sum(row.completed for row in rows),
            "kelurahan": [asdict(row) for row in rows],
        }
        for name, rows in groups.items()
    ]
