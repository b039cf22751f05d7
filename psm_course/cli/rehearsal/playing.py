"""Simulates a course in a register, with invented people and the usual mistakes ("messes").

`psm simulate`, `psm demo` and tests use it. It calls the functions with which an office works:
import a roster, scan cards, record answers.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from psm_course.content.course import Course
from psm_course.domain.register import Enrolment
from psm_course.grading.documents import documents_in
from psm_course.registrar.answers.hand_in import Receipt
from psm_course.registrar.answers.submitting import Desk, receive_submissions
from psm_course.registrar.attendance.presence import scan_card
from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.registrar.people.cards import Cards, open_cards
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.enrolling import import_roster
from psm_course.settings import Settings
from psm_course.simulate.messes import Mess
from psm_course.simulate.messy_hall import (
    SCANS,
    write_half_filled,
    write_messy_answers,
    write_scans,
)
from psm_course.simulate.messy_roster import write_messy_roster
from psm_course.simulate.people import made_up_people
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people
from psm_course.store.people.cards import serials_in

ACTOR = "simulasi"
# Kind of test, days after the first, lowest and highest chance of knowing an item. So able, nine in
# ten pass our post-test; the others lack points, or took a dangerous answer.
SITTINGS = (("pretest", 0, (0.25, 0.7)), ("posttest", 1, (0.6, 1.0)))
LATE = timedelta(days=5)
# So long before now a day is played, so that the latest answers have come, too.
SINCE = LATE + timedelta(days=2)


@dataclass(slots=True)
class Played:
    """The mistakes in the files of a simulation, and counts of what the register got from them.

    Attributes:
        messes: the mistakes, such as a person written twice.
        enrolled: number of people added by the roster.
        marks: number of attendance marks from the half-filled sheet.
        scans: number of scanned cards, by the result of the scan.
        answers: number of submissions, by the standing in the receipt ("recorded", "held", …);
            under "refused", the number of submissions that were not kept.
    """

    messes: tuple[Mess, ...] = ()
    enrolled: int = 0
    marks: int = 0
    scans: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)


def play_cohort(
    store: Store, course: Course, where: Settings, cohort: str, count: int, seed: int, now: datetime
) -> Played:
    """Simulate one cohort, from a roster with mistakes to the answers that arrive days late.

    The files of the cohort stay in the folder `where.data / cohort`, which must not exist yet.

    Args:
        store: the register that gets the cohort, its people, their attendance and their answers.
        course: the course of the cohort. The cohort gets the version that the register adopted
            last; if it has adopted none, this course is adopted first.
        where: settings of the rehearsal.
        cohort: id of the new cohort.
        count: number of people.
        seed: the same seed gives the same people and the same mistakes.
        now: a time on the first day of the course, with a time zone.
    """
    folder = where.data / cohort
    folder.mkdir(parents=True)
    played = Played()
    open_cohort(store, cohort, f"Angkatan {cohort} (rekaan)", now.date(), ACTOR, now, course)
    cards = open_cards(store, where, ACTOR, now)
    enrol(store, course, folder, cohort, count, seed, now, played)
    come(store, course, cards, folder, cohort, seed, now, played)
    sit_tests(store, course, cards, folder, cohort, seed, now, played)
    return played


def write_day(
    course: Course, folder: Path, cohort: str, count: int, seed: int, now: datetime
) -> tuple[Mess, ...]:
    """Write the files of a course with mistakes, and return the mistakes. No register is used.

    The files are a roster, scans, a half-filled attendance sheet and submissions. The people have
    the numbers that they would get if the roster were imported into an empty cohort, such
    as `D26-001` in the cohort `D26`. There are no cards yet, so no submission is signed.
    """
    folder.mkdir(parents=True)
    roster = write_messy_roster(
        course.region, folder, made_up_people(course.region, count, seed), seed
    )
    enrolled = [
        Enrolment(f"{cohort}-{n:03}", cohort, each.name, each.kelurahan.code)
        for n, each in enumerate(roster.people, 1)
    ]
    messes = [
        *roster.messes,
        *write_scans(folder, enrolled, course.file.sessions, seed, now),
        write_half_filled(course.region, folder, enrolled, course.file.sessions, seed),
    ]
    for quiz, day, skill in sat_tests(course):
        messes += write_messy_answers(
            folder, course.quizzes[quiz], enrolled, {}, skill, seed, now + timedelta(days=day)
        )
    return tuple(messes)


def sat_tests(course: Course) -> list[tuple[str, int, tuple[float, float]]]:
    """Return the tests in the order in which people take them, each with its day and chances.

    A test that people take instead of another test is left out. For each test the result has three
    values: the test's id; the number of days from the first day to the test; and the lowest and
    highest chance (0 to 1) that a person knows an item.
    """
    substitutes = {
        quiz
        for asked in course.file.completion
        if asked.by_passing_one
        # The first quiz is the test itself; the others may replace it.
        for quiz in asked.quizzes[1:]
    }
    tests = sorted((name, quiz) for name, quiz in course.quizzes.items() if name not in substitutes)
    return [
        (name, day, skill)
        for use, day, skill in SITTINGS
        for name, quiz in tests
        if quiz.header.use == use
    ]


def enrol(
    store: Store,
    course: Course,
    folder: Path,
    cohort: str,
    count: int,
    seed: int,
    now: datetime,
    played: Played,
) -> None:
    """Write a roster with mistakes, and import it into the cohort.

    The import asks about uncertain rows; it gets the right answers. The same `seed` gives the same
    roster of `count` people. The mistakes and the number of people are added to `played`.
    """
    roster = write_messy_roster(
        course.region, folder, made_up_people(course.region, count, seed), seed
    )
    played.enrolled = len(
        import_roster(
            store, course.region, cohort, roster.file, ACTOR, now, answers=roster.answers
        ).added
    )
    played.messes += roster.messes


def come(
    store: Store,
    course: Course,
    cards: Cards,
    folder: Path,
    cohort: str,
    seed: int,
    now: datetime,
    played: Played,
) -> None:
    """Record who came: scan cards at the first session, then import a half-filled sheet.

    The same `seed` gives the same scans and attendance marks. They are counted in `played`, which
    gets the mistakes too.
    """
    sessions = course.file.sessions
    with store.reading() as tx:
        enrolled, codes = people.list_enrolments(tx, cohort), _codes(tx, cards, cohort)
    played.messes += tuple(write_scans(folder, enrolled, sessions, seed, now))
    for line in (folder / SCANS).read_text(encoding="utf-8").splitlines():
        seen = json.loads(line)
        number = seen["number"]
        # What a scanner reads in the code; without a card the number is typed.
        text = f"https://psm.example/#kartu={number}.{codes[number]}" if number in codes else number
        done = scan_card(
            store,
            course,
            cards,
            cohort,
            seen["session"],
            text,
            "present",
            False,
            ACTOR,
            datetime.fromisoformat(seen["at"]),
        )
        played.scans[done.result] += 1
    half = write_half_filled(course.region, folder, enrolled, sessions, seed)
    played.messes += (half,)
    # `replace_all`: without it, a sheet that contradicts a scanned card is refused.
    played.marks = mark_attendance(
        store, course, cohort, folder / half.file, ACTOR, now + timedelta(hours=9), replace_all=True
    ).count


def sit_tests(
    store: Store,
    course: Course,
    cards: Cards,
    folder: Path,
    cohort: str,
    seed: int,
    first_day: datetime,
    played: Played,
) -> None:
    """Invent the answers of a cohort to every test of the course, and record them.

    First, the submissions that are on time are recorded, test by test, as received on the day of
    the test. Then the late submissions of all tests are recorded, as received five days after the
    test. `first_day` is a time on the first day of the course. A test that people take instead of
    another test is left out. The mistakes and the counts are added to `played`.
    """
    sat = sat_tests(course)
    for quiz, day, skill in sat:
        hand_in(
            store,
            course,
            cards,
            folder,
            cohort,
            quiz,
            skill,
            seed,
            first_day + timedelta(days=day),
            played,
        )
    for quiz, day, _ in sat:
        take_in_file(
            store,
            course,
            cards,
            folder / f"{quiz}-susulan.jsonl",
            first_day + timedelta(days=day) + LATE,
            played,
        )


def hand_in(
    store: Store,
    course: Course,
    cards: Cards,
    folder: Path,
    cohort: str,
    quiz: str,
    skill: tuple[float, float],
    seed: int,
    at: datetime,
    played: Played,
) -> None:
    """Invent the answers of a cohort to one test, and record those that are on time.

    The late submissions are only written to the file `QUIZ-susulan.jsonl` in `folder`. The mistakes
    and the counts are added to `played`.

    Args:
        store: the register.
        course: the course with the test.
        cards: the cards that sign the submissions.
        folder: the folder for the files with the submissions.
        cohort: id of the cohort.
        quiz: id of the test.
        skill: the lowest and highest chance (0 to 1) that a person knows an item.
        seed: the same seed gives the same answers and mistakes.
        at: the time of the test. The submissions are recorded as received 30 minutes later.
        played: gets the mistakes and the counts.
    """
    with store.reading() as tx:
        enrolled, codes = people.list_enrolments(tx, cohort), _codes(tx, cards, cohort)
    played.messes += tuple(
        write_messy_answers(folder, course.quizzes[quiz], enrolled, codes, skill, seed, at)
    )
    take_in_file(store, course, cards, folder / f"{quiz}.jsonl", at + timedelta(minutes=30), played)


def take_in_file(
    store: Store, course: Course, cards: Cards, file: Path, received_at: datetime, played: Played
) -> None:
    """Record the submissions in a file as received at `received_at`, and count them.

    The counts are added to `played.answers`, by the standing in the receipt ("recorded", "held",
    …), or as "refused".
    """
    for answer in receive_submissions(
        Desk(store, course.quizzes, cards),
        [document for _, document in documents_in(file.read_bytes()).documents],
        ACTOR,
        received_at,
    ):
        played.answers[answer.standing if isinstance(answer, Receipt) else "refused"] += 1


def _codes(tx: Connection, cards: Cards, cohort: str) -> dict[str, str]:
    return {number: cards.code(number, serial) for number, serial in serials_in(tx, cohort).items()}
