"""Mark attendance at the desk: for everybody in a session at once, or for one scanned card.

Attendance sheets that were filled in are read in `sheets`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from psm_course.content.course import Course
from psm_course.domain.card import Card, read_card
from psm_course.domain.register import ATTENDED, AttendanceMark, Cohort, Enrolment, Presence
from psm_course.domain.requirement import Session
from psm_course.domain.sessions import held_on
from psm_course.errors import Refused
from psm_course.local_time import day
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.completion.days import days_to_come, today
from psm_course.registrar.completion.judging import sessions_within
from psm_course.registrar.people.cards import Cards
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people
from psm_course.store.people.cards import find_serial

# A number with a code of which a letter is wrong, or that is cut off.
_MISREAD = re.compile(r"(?:.*#kartu=)?([A-Za-z0-9]{1,12}-[0-9]{1,9})\.[A-Za-z0-9_-]{1,64}(?:\..*)?")


@dataclass(frozen=True, slots=True)
class SessionList:
    """One session of a cohort, with all people who are expected and their presence so far.

    `sessions` are all sessions of the cohort; `presence` is by participant number.
    """

    cohort: Cohort
    sessions: tuple[Session, ...]
    session: Session
    people: tuple[Enrolment, ...]
    presence: Mapping[str, Presence]

    @property
    def attended(self) -> int:
        """The number of people who came, on time or late."""
        return sum(presence in ATTENDED for presence in self.presence.values())


def session_list(
    store: Store, course: Course, cohort_id: str, session_id: str = "", on: date | None = None
) -> SessionList:
    """Read who is expected at one session, and who is already marked.

    If `session_id` is empty, takes the first session that is held on the day `on`; if there is
    none, the first session of the course.

    Raises:
        Refused: there is no such cohort, or the cohort has no session with this id.
    """
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        sessions = sessions_within(tx, course, cohort_id)
        first = next((each for each in sessions if held_on(cohort, each) == on), sessions[0])
        session = find_session(sessions, session_id or first.id)
        return SessionList(
            cohort,
            sessions,
            session,
            people.list_expected(tx, cohort_id),
            _presence(tx, cohort_id, session),
        )


def find_session(sessions: tuple[Session, ...], wanted: str) -> Session:
    """Find a session by its id.

    Raises:
        Refused: no session has this id; the message lists the ids that exist.
    """
    found = next((session for session in sessions if session.id == wanted), None)
    if found is None:
        listed = ", ".join(session.id for session in sessions)
        raise Refused(f'Sesi "{wanted[:40]}" tidak ada di jadwal angkatan ini. Yang ada: {listed}.')
    return found


def _presence(tx: Connection, cohort_id: str, session: Session) -> dict[str, Presence]:
    marked = attendance.presence_of_cohort(tx, cohort_id)
    return {
        number: sessions[session.id]
        for number, sessions in marked.items()
        if session.id in sessions
    }


def mark_session(
    store: Store,
    course: Course,
    cohort_id: str,
    session_id: str,
    marks: Mapping[str, Presence],
    reason: str,
    actor: str,
    now: datetime,
) -> int:
    """Record attendance marks of one session, all or none; return how many were recorded.

    `marks` are the new marks by participant number. A mark is skipped if the register has the same
    mark already, or if the number is not in the cohort.

    Raises:
        Refused: an earlier mark would change without a reason, the cohort has no such session or is
            archived, or the session's day has not come.
    """
    with store.transaction() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        refuse_archived(cohort)
        session = find_session(sessions_within(tx, course, cohort_id), session_id)
        _refuse_day_to_come(cohort, session, now)
        known = {person.number for person in people.list_enrolments(tx, cohort_id)}
        before = _presence(tx, cohort_id, session)
        changed = {
            number: presence
            for number, presence in marks.items()
            if number in known and before.get(number) != presence
        }
        corrected = [number for number in changed if number in before]
        if corrected and not reason.strip():
            raise Refused(
                f"Tanda hadir {', '.join(corrected)} sudah pernah dicatat. Tulis alasan"
                " perubahannya, lalu simpan lagi."
            )
        why = reason_about(tx, reason, corrected) if corrected else None
        rows = [
            AttendanceMark(name, session.id, mark, "desk", why if name in before else None)
            for name, mark in changed.items()
        ]
        attendance.add_marks(tx, rows, actor, now)
        if changed:
            audit.note(
                tx,
                actor,
                "attendance marked",
                cohort_id,
                now,
                session=session.id,
                marks=len(changed),
                corrected=len(corrected),
            )
    return len(changed)


def _refuse_day_to_come(cohort: Cohort, session: Session, now: datetime) -> None:
    ahead = days_to_come(cohort, [session], now)
    if ahead:
        raise Refused(
            f"Sesi {session.title} baru berlangsung {day(ahead[session.id])}. Catat kehadirannya"
            " mulai hari itu; belum ada yang disimpan."
        )


Scanned = Literal[
    "marked",
    "marked-late",
    "already",
    "unknown",
    "other-cohort",
    "old-card",
    "wrong-card",
    "day-to-come",
    "other-day",
    "left",
]


@dataclass(frozen=True, slots=True)
class Scan:
    """Result of scanning one card.

    `result` says if a mark was written, or why not. `number` is the participant number on the card;
    empty if none could be read. If that number was merged into another number, `number` is the
    other number, which counts now. `name` is the name of the person; empty if nobody of this cohort
    has the number.
    """

    result: Scanned
    number: str = ""
    name: str = ""

    @property
    def is_good(self) -> bool:
        """True if the person is marked as present, so that nothing more has to be done."""
        return self.result in {"marked", "marked-late", "already"}


# What is said of each result. {number} is what was read from the card, {person} the name with it.
SAID: Mapping[Scanned, str] = {
    "marked": "{person} dicatat hadir.",
    "marked-late": "{person} dicatat terlambat.",
    "already": "{person} sudah tercatat di sesi ini; tidak dicatat dua kali.",
    "unknown": "Kartu atau nomor ini tidak dikenal. Ketik nomor di kartu, misalnya D26-017.",
    "other-cohort": "{number} bukan peserta angkatan ini. Tidak ada yang dicatat.",
    "old-card": (
        "Kartu {number} ini sudah diganti dengan yang baru. Periksa orangnya, lalu ketik nomornya."
    ),
    "wrong-card": (
        "Kode di kartu {number} tidak cocok; mungkin kartu lama. Periksa orangnya, lalu ketik"
        " nomornya."
    ),
    "left": (
        "{person} tercatat tidak ikut angkatan ini lagi. Belum dicatat hadir; tanyakan ke petugas."
    ),
    "day-to-come": "{person} belum dicatat: hari sesi ini belum tiba. Pilih sesi hari ini.",
    "other-day": (
        "{person} belum dicatat: sesi ini dijadwalkan untuk hari lain. Pilih sesi hari ini, atau"
        " pastikan memang sesi itu."
    ),
}


def sentence_about(scan: Scan) -> str:
    """The result of a scan as a sentence, for the person who scans."""
    person = f"{scan.name} ({scan.number})" if scan.name else scan.number
    return SAID[scan.result].format(person=person, number=scan.number)


def scan_card(
    store: Store,
    course: Course,
    cards: Cards,
    cohort_id: str,
    session_id: str,
    scanned: str,
    presence: Presence,
    any_day: bool,
    actor: str,
    now: datetime,
) -> Scan:
    """Record that the owner of a card is present at a session.

    Nothing is written if the owner is marked as present or late already; the card is unknown, was
    replaced or has a wrong code; the owner is not or no longer in this cohort; or the session is on
    another day. The `result` of the returned `Scan` says why.

    Args:
        store, course, cards, actor, now: the register, the course, the participants' cards, the
            account that acts and the moment.
        cohort_id, session_id: the session.
        scanned: the text of the QR code, or a typed number.
        presence: the mark to give.
        any_day: True: mark also if the session's day is over. A session of a day to come is never
            marked.

    Raises:
        Refused: the cohort has no such session, or is archived.
    """
    with store.transaction() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        refuse_archived(cohort)
        session = find_session(sessions_within(tx, course, cohort_id), session_id)
        read, misread = read_card(scanned), _MISREAD.fullmatch(scanned.strip())
        if read is None and misread is None:
            return Scan("unknown")
        read, is_misread = (
            (read, False) if read else (Card(cast("re.Match[str]", misread)[1].upper()), True)
        )
        person, serial = people.find_enrolment(tx, read.number), find_serial(tx, read.number)
        if person is None or serial is None:  # nobody, or erased
            return Scan("unknown", read.number)
        if person.cohort != cohort_id:
            return Scan("other-cohort", read.number)
        if is_misread or (read.code and not cards.is_present(read.code, person.number, serial)):
            is_old = cards.is_earlier(read.code, person.number, serial)
            return Scan("old-card" if is_old else "wrong-card", person.number, person.name)
        # The old card of a merged number goes on working for the kept one.
        if person.left_as == "merged" and person.left_to:
            person = people.find_enrolment(tx, person.left_to) or person
        if not person.is_expected:
            return Scan("left", person.number, person.name)
        if days_to_come(cohort, [session], now):
            return Scan("day-to-come", person.number, person.name)
        if not any_day and held_on(cohort, session) != today(now):
            return Scan("other-day", person.number, person.name)
        return _mark_scanned(tx, person, session, presence, actor, now)


def _mark_scanned(
    tx: Connection,
    person: Enrolment,
    session: Session,
    presence: Presence,
    actor: str,
    now: datetime,
) -> Scan:
    before = _presence(tx, person.cohort, session).get(person.number)
    if before in ATTENDED:
        return Scan("already", person.number, person.name)
    reason = make_reason("kartu dipindai sesudah tercatat lain", (), ()) if before else None
    attendance.add_marks(
        tx, [AttendanceMark(person.number, session.id, presence, "scan", reason)], actor, now
    )
    audit.note(tx, actor, "card scanned", person.number, now, session=session.id)
    return Scan("marked-late" if presence == "late" else "marked", person.number, person.name)
