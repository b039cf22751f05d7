"""Valid things of the register, built with only the difference that matters visible in the test: people, sheets, deeds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from psm_course.authoring.yaml_source import Source
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz, QuizRead
from psm_course.credentials.signing.identity import did_key
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.credentials.verification.published import Published, published
from psm_course.domain.card import mac_key
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Attempt, AttendanceMark, Cohort, Enrolment
from psm_course.grading.submission import card_mac
from psm_course.interchange.sheets.sheets import SheetFile, read_sheets
from psm_course.local_time import WIB
from psm_course.registrar.answers.submitting import Desk, Receipt, read_hand_in
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keyring import Signer
from psm_course.registrar.certificates.publishing import public_files
from psm_course.registrar.people.enrolling import import_roster
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.certificates import publications
from psm_course.store.completion.rules import add_adoption
from psm_course.store.engine import Store
from psm_course.store.people import people
from psm_course.store.schema import metadata
from tests.builders import REGION, a_choice, a_document, a_quiz, options

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
ACTOR = "petugas"
DEPOK = "32.76.01.1006"

# ---- the course: 16 JP in eight sessions, and a test of four items -----------------------------------------------------------

HOURS = {"buka": 1, "dasar": 3, "ppks": 3, "sehat": 1, "anak": 3, "difabel": 1, "rujuk": 3, "tutup": 1}
COMPLETION: tuple[dict[str, Any], ...] = (
    {"id": "hadir", "kind": "attendance", "share": "80", "title": "Hadir 80 %"},
    {"id": "awal", "kind": "taken", "quizzes": ["tes-awal"], "title": "Mengerjakan tes awal"},
    {"id": "akhir", "kind": "passed", "quizzes": ["tes-akhir"], "title": "Lulus tes akhir"},
)
RIGHT = {"satu": "a", "dua": "a", "tiga": "a", "empat": "a"}
WRONG = dict.fromkeys(RIGHT, "b")


def a_course_file(**changes: Any) -> CourseFile:
    """`course.yml` with eight sessions; each session is titled by its id in capitals."""
    hours = changes.pop("sessions", HOURS)
    written = {
        "id": "bimtek",
        "title": "Bimtek Dasar PSM",
        "organiser": "Dinas Sosial Kota Depok",
        "hours": str(sum(hours.values())),
        "sessions": [{"id": name, "day": "1", "hours": str(length), "title": name.upper()} for name, length in hours.items()],
        "completion": COMPLETION,
    }
    return CourseFile.model_validate(written | changes)


def a_criterion(name: str, minimum: int) -> dict[str, Any]:
    """One criterion of a rubric."""
    return {"id": name, "title": f"Kriteria {name}", "levels": ["belum", "dengan bantuan", "sendiri", "mengajari"], "minimum": str(minimum)}


def a_test(identity: str = "tes-akhir", **header: str) -> Quiz:
    """Four items worth one point each; "a" is right, everything else wrong. Passed at 70 per cent."""
    return a_quiz(
        [a_choice(name) for name in RIGHT], **{"id": identity, "title": identity.replace("-", " ").title(), "pass_mark": "70"} | header
    )


def a_course(*quizzes: Quiz, **changes: Any) -> Course:
    """A course in memory; with a pretest and a posttest unless quizzes are given."""
    known = quizzes or (a_test("tes-awal", use="pretest"), a_test("tes-akhir"))
    reads = tuple(QuizRead(Source(f"quizzes/{quiz.id}.yml"), quiz, ()) for quiz in known)
    return Course(Path(), Source("modules/course.yml"), a_course_file(**changes), (), reads, (), Source("modules/bantuan.yml"), REGION)


def a_dangerous_test(**header: str) -> Quiz:
    """`a_test` whose first item has one choice more: "c" is a critical error, whatever the total."""
    first = a_choice("satu", choices=options("abc", correct="a", critical="c"))
    return a_quiz([first, *[a_choice(name) for name in RIGHT if name != "satu"]], **{"title": "Tes Akhir", "pass_mark": "70"} | header)


def an_attempt(quiz: str = "tes-akhir", **changes: Any) -> Attempt:
    """A recorded attempt: 3 of 4 points, passed."""
    usual = {"number": "D26-001", "sequence": 1, "points": "3", "maximum": "4", "passed": True, "critical": ()}
    made = usual | changes
    return Attempt(quiz=quiz, **made | {"points": Decimal(made["points"]), "maximum": Decimal(made["maximum"])})


# ---- people and what they do -------------------------------------------------------------------------------------------------


def a_cohort(store: Store, *names: str, cohort: str = "D26", kelurahan: str = DEPOK) -> tuple[Enrolment, ...]:
    """A cohort with these people, numbered from 001."""
    enrolled = [Enrolment(f"{cohort}-{index:03}", cohort, name, kelurahan) for index, name in enumerate(names, 1)]
    with store.transaction() as tx:
        people.add_cohort(tx, Cohort(cohort, f"Angkatan {cohort}", date(2026, 11, 24)))
        people.add_enrolments(tx, enrolled)
    return tuple(enrolled)


def enrols(store: Store, folder: Path, *rows: tuple[str, str], cohort: str = "D26") -> None:
    """Name and kelurahan of each person, through a roster as an officer imports it."""
    import_roster(store, REGION, cohort, a_sheet(folder / "peserta.xlsx", ("Nama", "Kelurahan"), *rows), ACTOR, NOW)


def attends(store: Store, number: str, *sessions: str) -> None:
    """Present at these sessions; at all of them when none is named."""
    marks = [AttendanceMark(number, session, "present") for session in sessions or HOURS]
    with store.transaction() as tx:
        attendance.add_marks(tx, marks, ACTOR, NOW)


def a_hand_in(number: str, quiz: str = "tes-akhir", responses: Mapping[str, Any] = RIGHT, **changes: Any) -> str:
    """A submission as it travels, of no particular version; its id tells who handed in what, unless changed."""
    usual = {"quiz": quiz, "participant": number, "id": f"{number}/{quiz}/1", "digest": None}
    return json.dumps(a_document(responses, **usual | changes), ensure_ascii=False)


def with_card(store: Store, document: str) -> str:
    """The same with the MAC by the card of the number in it."""
    bare = json.loads(document)
    with store.reading() as tx:
        token = people.find_token(tx, bare["participant"])
    assert token is not None
    return json.dumps(bare | {"mac": card_mac(mac_key(token), bare)}, ensure_ascii=False)


def hands_in(store: Store, course: Course, document: str, now: datetime = NOW) -> Receipt:
    return Desk(store, course.quizzes).record([read_hand_in(document.encode(), ACTOR, now)])[0]


def adopts(store: Store, course: Course, cohort: str = "D26") -> None:
    """The cohort is judged by the rules of this course from now on."""
    with store.transaction() as tx:
        add_adoption(tx, cohort, course.file, "angkatan dibuka", ACTOR, NOW)


def a_signer() -> Signer:
    """An office with its key in hand, named by the key itself (`did:key`); no file is written."""
    key = SigningKey.from_seed(bytes(range(32)))
    return Signer(Issuer(did_key(key), "Dinas Sosial Kota Depok", "https://dinsos.depok.go.id/psm").with_key(key, NOW), key)


def published_in(store: Store, signer: Signer | None = None) -> Published:
    """What that office has published, as others see it: no file of the office is looked at."""
    with store.reading() as tx:
        documents = {path: json.loads(text) for path, text in publications.list_publications(tx).items()}
    lists, shared = ([each for path, each in documents.items() if path.startswith(place)] for place in ("status/", "terbitan/"))
    return published([(signer or a_signer()).issuer], lists, shared, [documents["perbaikan.json"]], [documents["sidik.json"]])


def issues(store: Store, course: Course, cohort: str = "D26") -> list[str]:
    """A record for everybody who has completed and never had one; their numbers."""
    return [record.number for record in issue_records(store, course, Settings(), a_signer(), cohort, ACTOR, NOW).new]


def completes(store: Store, course: Course, *numbers: str) -> None:
    """All that the course asks."""
    for number in numbers:
        attends(store, number)
        hands_in(store, course, a_hand_in(number, "tes-awal", WRONG))
        hands_in(store, course, a_hand_in(number, "tes-akhir", RIGHT))


def register_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare a register before and after."""
    with store.reading() as tx:
        ordered = {table.name: table.select().order_by(*table.primary_key) for table in metadata.sorted_tables}
        return {name: [tuple(row) for row in tx.execute(query)] for name, query in ordered.items()}


def site_of(store: Store, settings: Settings, site: Path) -> None:
    """The office's public files, as a build lays them beside the pages."""
    for path, content in public_files(store, settings).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def enrolled_in(store: Store, cohort: str = "D26") -> tuple[Enrolment, ...]:
    with store.reading() as tx:
        return people.list_enrolments(tx, cohort)


def events_of(store: Store) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Who did what to what, in order."""
    with store.reading() as tx:
        return [(event.actor, event.verb, event.subject, event.detail) for event in reversed(audit.list_events(tx, most=1000))]


# ---- sheets ------------------------------------------------------------------------------------------------------------------


def a_sheet(path: Path, *rows: Sequence[Any]) -> Path:
    """An Excel sheet as people send it: letterheads, numbers and gaps as they are."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    return path


def read_rows(source: Path | SheetFile) -> list[list[str]]:
    """The first visible sheet of a file as text; no rows when there is none."""
    sheets = read_sheets(source)
    return sheets[0].rows if sheets else []


def a_roster(path: Path, *people_: Sequence[Any]) -> Path:
    """A sheet with the two columns a roster needs, and the number column a returned one has."""
    return a_sheet(path, ("Nama", "Kelurahan", "Nomor peserta"), *people_)
