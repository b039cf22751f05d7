"""Valid people, sheets and deeds of the register; a test shows only the difference that matters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Connection, Select, Table, select

from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.credentials.signing.identity import did_key
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.domain.card import mac_key
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Attempt, AttendanceMark, Cohort, Enrolment, Reason
from psm_course.grading.submission import card_mac
from psm_course.interchange.sheets.sheets import SheetFile, read_sheets
from psm_course.local_time import WIB
from psm_course.registrar.answers.hand_in import Receipt, read_hand_in
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import Signer
from psm_course.registrar.log.continuity import accept_clock
from psm_course.registrar.people.cards import Cards
from psm_course.registrar.people.enrolling import import_roster
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.answers import attempts, submissions
from psm_course.store.answers.attempts import Taken
from psm_course.store.attendance import attendance
from psm_course.store.completion.versions import CourseVersion, add_adoption, add_version
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from psm_course.store.people.cards import find_serial
from psm_course.store.rows import ledger_of
from psm_course.store.schema import metadata
from psm_course.store.soundness.clock import CLOCK_ACCEPTED
from tests.builders import OFFICE, REGION, a_choice, a_document, a_quiz, options

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
ACTOR = "petugas"
ARRANGED = "arranged"  # the verb of what a test itself wrote
DEPOK = "32.76.01.1006"

# ---- the course: 16 JP in eight sessions, and a test of four items -------------------------------

HOURS = {
    "buka": 1,
    "dasar": 3,
    "ppks": 3,
    "sehat": 1,
    "anak": 3,
    "difabel": 1,
    "rujuk": 3,
    "tutup": 1,
}
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
        "sessions": [
            {"id": name, "day": "1", "hours": str(length), "title": name.upper()}
            for name, length in hours.items()
        ],
        "completion": COMPLETION,
    }
    return CourseFile.model_validate(written | changes)


def a_criterion(name: str, minimum: int) -> dict[str, Any]:
    """One criterion of a rubric."""
    return {
        "id": name,
        "title": f"Kriteria {name}",
        "levels": ["belum", "dengan bantuan", "sendiri", "mengajari"],
        "minimum": str(minimum),
    }


def a_test(identity: str = "tes-akhir", **header: str) -> Quiz:
    """Four items of one point; "a" is right, everything else wrong. Passed at 70 per cent."""
    return a_quiz(
        [a_choice(name) for name in RIGHT],
        **{"id": identity, "title": identity.replace("-", " ").title(), "pass_mark": "70"} | header,
    )


def a_course(*quizzes: Quiz, **changes: Any) -> Course:
    """A course in memory; with a pretest and a posttest unless quizzes are given."""
    known = quizzes or (a_test("tes-awal", use="pretest"), a_test("tes-akhir"))
    return Course(a_course_file(**changes), (), {quiz.id: quiz for quiz in known}, (), REGION)


def a_dangerous_test(**header: str) -> Quiz:
    """`a_test` whose first item has a third choice: "c", a critical error whatever the total."""
    first = a_choice("satu", choices=options("abc", correct="a", critical="c"))
    return a_quiz(
        [first, *[a_choice(name) for name in RIGHT if name != "satu"]],
        **{"title": "Tes Akhir", "pass_mark": "70"} | header,
    )


def an_attempt(quiz: str = "tes-akhir", **changes: Any) -> Attempt:
    """A recorded attempt: 3 of 4 points, passed."""
    usual = {
        "number": "D26-001",
        "sequence": 1,
        "points": "3",
        "maximum": "4",
        "passed": True,
        "critical": (),
    }
    made = usual | changes
    return Attempt(
        quiz=quiz, **made | {"points": Decimal(made["points"]), "maximum": Decimal(made["maximum"])}
    )


# ---- people and what they do ---------------------------------------------------------------------


@contextmanager
def arranging(store: Store) -> Iterator[Connection]:
    """A transaction in which a test writes what was there before. It is noted, as all that is
    written; `events_of` leaves it out.

    Noted when the newest event was, if a page has noted something by the real clock:
    time does not run backwards here.
    """
    with store.transaction() as tx:
        yield tx
        if ledger_of(tx):
            latest = audit.latest_moment(tx, since=CLOCK_ACCEPTED) or NOW
            audit.note(tx, ACTOR, ARRANGED, "tes", max(NOW, latest))


def a_cohort(
    store: Store, *names: str, cohort: str = "D26", kelurahan: str = DEPOK
) -> tuple[Enrolment, ...]:
    """A cohort with these people, numbered from 001."""
    enrolled = [
        Enrolment(f"{cohort}-{index:03}", cohort, name, kelurahan)
        for index, name in enumerate(names, 1)
    ]
    with arranging(store) as tx:
        opened = Cohort(cohort, f"Angkatan {cohort}", date(2026, 11, 24), course="bimtek")
        cohorts.add_cohort(tx, opened)
        people.add_enrolments(tx, enrolled)
    return tuple(enrolled)


def enrols(store: Store, folder: Path, *rows: tuple[str, str], cohort: str = "D26") -> None:
    """Name and kelurahan of each person, through a roster as an officer imports it;
    nobody was in another cohort.

    As a CSV: a workbook would be read in a process of its own, in every test that needs people.
    """
    strangers = {f"A{row}.orang": "lain" for row in range(2, len(rows) + 2)}
    sheet = folder / "peserta.csv"
    sheet.write_text(
        "".join(f"{';'.join(row)}\n" for row in (("Nama", "Kelurahan"), *rows)), encoding="utf-8"
    )
    import_roster(store, REGION, cohort, sheet, ACTOR, NOW, answers=strangers)


def attends(store: Store, number: str, *sessions: str) -> None:
    """Present at these sessions; at all of them when none is named."""
    marks = [AttendanceMark(number, session, "present") for session in sessions or HOURS]
    with arranging(store) as tx:
        attendance.add_marks(tx, marks, ACTOR, NOW)


def a_hand_in(
    number: str, quiz: str = "tes-akhir", responses: Mapping[str, Any] = RIGHT, **changes: Any
) -> str:
    """A submission as it travels, of no version; its id says who handed in what, unless changed."""
    usual = {"quiz": quiz, "participant": number, "id": f"{number}/{quiz}/1", "digest": None}
    return json.dumps(a_document(responses, **usual | changes), ensure_ascii=False)


# Every office in the tests has the same secret for its cards.
CARDS = Cards(bytes(range(32)), OFFICE)


def a_card_secret(data: Path) -> None:
    """The file of that secret, where the office with this data folder has it."""
    keys = data / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    (keys / "kartu.rahasia").write_bytes(CARDS.secret)


def card_of(store: Store, number: str, serial: int | None = None) -> str:
    """The code on somebody's card: the present one, or that of a serial."""
    with store.reading() as tx:
        present = find_serial(tx, number)
    assert present is not None
    return CARDS.code(number, serial or present)


def signed(document: str, serial: int = 1) -> str:
    """The same with the MAC by the card of the number in it, known or not."""
    bare = {name: value for name, value in json.loads(document).items() if name != "mac"}
    key = mac_key(CARDS.code(bare["participant"], serial))
    return json.dumps(bare | {"mac": card_mac(key, bare)}, ensure_ascii=False)


def with_card(store: Store, document: str, serial: int | None = None) -> str:
    """The same with the MAC by the present card of the number in it, or by that of a serial."""
    with store.reading() as tx:
        present = find_serial(tx, json.loads(document)["participant"])
    return signed(document, serial or present or 1)


def in_turn(store: Store, document: str) -> str:
    """The same as the next attempt, unless it says which it is; sent again it stays the same."""
    written = json.loads(document)
    key = written["participant"], written["quiz"]
    with store.reading() as tx:
        following = attempts.taken_by(tx, {key[0]}).get(key, Taken()).next
        known = submissions.find_submission(tx, written["id"])
    again = json.loads(known.document).get("attempt", 1) if known else following
    return json.dumps({"attempt": again} | written, ensure_ascii=False)


def hands_in(store: Store, course: Course, document: str, now: datetime = NOW) -> Receipt:
    """With the card and in turn, as a phone does,
    where the person is known and the document has no MAC of its own.
    """
    with store.reading() as tx:
        is_known = find_serial(tx, json.loads(document)["participant"]) is not None
    if is_known and "mac" not in json.loads(document):
        document = with_card(store, in_turn(store, document))
    return sends(store, course, document, now)


def sends(
    store: Store, course: Course, document: str, now: datetime = NOW, address: str = ""
) -> Receipt:
    """Exactly this document."""
    handed = read_hand_in(document.encode(), ACTOR, now, address)
    return Desk(store, course.quizzes, CARDS).record([handed])[0]


def office_adopts(store: Store, course: Course) -> CourseVersion:
    """The office adopts a version of a course; cohorts keep what they have."""
    with arranging(store) as tx:
        return add_version(tx, course, Reason("versi baru"), ACTOR, NOW)


def adopts(store: Store, course: Course, cohort: str = "D26") -> None:
    """The office adopts this as a version of the cohort's course, and the cohort is judged and
    graded by it from now on.
    """
    with store.reading() as tx:
        own = cohorts.get_cohort(tx, cohort).course
    version = office_adopts(store, replace(course, file=course.file.model_copy(update={"id": own})))
    with arranging(store) as tx:
        add_adoption(tx, cohort, version, Reason("angkatan dibuka"), ACTOR, NOW)


def a_hall(
    store: Store,
    course: Course,
    quiz: str,
    answers: Sequence[Mapping[str, str]],
    cohort: str = "D26",
    now: datetime = NOW,
) -> None:
    """What everybody of a cohort answers in one test, with their cards:
    one after the other from number 001, in one go.
    """
    sent = [
        signed(a_hand_in(f"{cohort}-{at:03}", quiz, each, attempt=1))
        for at, each in enumerate(answers, 1)
    ]
    handed = [read_hand_in(each.encode(), ACTOR, now) for each in sent]
    Desk(store, course.quizzes, CARDS).record(handed)


def a_signer() -> Signer:
    """An office with its key in hand, named by the key itself (`did:key`); no file is written."""
    key = SigningKey.from_seed(bytes(range(32)))
    office = Issuer(did_key(key), "Dinas Sosial Kota Depok", "https://dinsos.depok.go.id/psm")
    return Signer(office.with_key(key, NOW), key)


def issues(store: Store, course: Course, cohort: str = "D26", now: datetime = NOW) -> list[str]:
    """A record for everybody who has completed and never had one; their numbers.

    Pages note by the real clock, which is ahead of the one of the tests:
    that is said to the register.
    """
    with store.reading() as tx:
        latest = audit.latest_moment(tx, since=CLOCK_ACCEPTED)
    if latest is not None and latest.astimezone(WIB).date() > now.date():
        accept_clock(store, "jam halaman bukan jam ujian", ACTOR, now)
    issued = issue_records(store, course, Settings(), a_signer(), cohort, ACTOR, now)
    return [record.number for record in issued.new]


def completes(store: Store, course: Course, *numbers: str) -> None:
    """All that the course asks."""
    for number in numbers:
        attends(store, number)
        hands_in(store, course, a_hand_in(number, "tes-awal", WRONG))
        hands_in(store, course, a_hand_in(number, "tes-akhir", RIGHT))


def register_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare a register before and after;
    of all offices, without the column that says whose.
    """
    with store.reading() as tx:
        found = {
            table.name: tx.execute(_without_the_office(table)) for table in metadata.sorted_tables
        }
        return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def _without_the_office(table: Table) -> Select[Any]:
    return select(*(column for column in table.c if column.name != "office")).order_by(
        *table.primary_key
    )


def enrolled_in(store: Store, cohort: str = "D26") -> tuple[Enrolment, ...]:
    with store.reading() as tx:
        return people.list_enrolments(tx, cohort)


def events_of(store: Store) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Who did what to what, in order."""
    with store.reading() as tx:
        done = [
            each for each in reversed(audit.list_events(tx, most=1000)) if each.verb != ARRANGED
        ]
    return [(event.actor, event.verb, event.subject, event.detail) for event in done]


# ---- sheets --------------------------------------------------------------------------------------


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
