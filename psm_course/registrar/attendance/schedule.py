"""A cohort's own schedule: when and where each session is held, and who speaks.

A session for which the cohort set nothing is held as the course file plans it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from psm_course.authoring.fields import is_clock
from psm_course.content.course import Course
from psm_course.domain.register import Cohort, HeldSession
from psm_course.domain.requirement import Session
from psm_course.domain.sessions import by_pattern
from psm_course.errors import Refused
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.local_time import day
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.attendance.presence import find_session
from psm_course.registrar.completion.days import today
from psm_course.registrar.completion.judging import sessions_within
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, schedule

# The texts that may be printed, and what each is called in a refusal.
_PRINTED = {"room": "ruang", "speaker": "pemateri", "institution": "lembaga"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A session of the course, together with the date, time, room and speaker in this cohort."""

    session: Session
    held: HeldSession


def schedule_of(store: Store, course: Course, cohort_id: str) -> tuple[Cohort, tuple[Planned, ...]]:
    """Read a cohort and its sessions, in the order of the course.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        return cohort, planned_sessions(tx, cohort, sessions_within(tx, course, cohort_id))


def planned_sessions(
    tx: Connection, cohort: Cohort, sessions: Iterable[Session]
) -> tuple[Planned, ...]:
    """Join each session with the date, time, room and speaker in this cohort, in the same order.

    A session for which the cohort set nothing is held as the course file plans it.
    """
    held = schedule.sessions_held(tx, cohort.id)
    return tuple(
        Planned(session, held.get(session.id) or by_pattern(cohort, session))
        for session in sessions
    )


def change_session(
    store: Store,
    course: Course,
    cohort_id: str,
    session_id: str,
    changes: dict[str, Any],
    reason: str,
    actor: str,
    now: datetime,
) -> HeldSession:
    """Change the date, time, room or speaker of a session in one cohort; return the new values.

    The log says which values changed, and the reason.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        course: used if the cohort adopted no course version.
        cohort_id, session_id: the session.
        changes: new values by the field names of `HeldSession`; an empty text means not known.
        reason: why, in the officer's words.

    Raises:
        Refused: there is no such cohort or session, the cohort is archived, nothing would change,
            the reason is missing, or a session with attendance marks would move to a day to come.
    """
    with store.transaction() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        refuse_archived(cohort)
        session = find_session(sessions_within(tx, course, cohort_id), session_id)
        known = schedule.sessions_held(tx, cohort_id)
        before = known.get(session.id) or by_pattern(cohort, session)
        after = replace(before, **{name: _right(name, value) for name, value in changes.items()})
        changed = [
            each.name
            for each in fields(after)
            if getattr(after, each.name) != getattr(before, each.name)
        ]
        if not changed:
            raise Refused(f"Sesi {session.title} sudah begitu. Tidak ada yang diubah.")
        _refuse_future_of_the_past(tx, cohort_id, session, after, now)
        why = reason_about(
            tx,
            reason,
            cohort=cohort_id,
            also=[name for name in (before.speaker, after.speaker) if name],
        )
        if session.id in known:
            schedule.change_session(tx, cohort_id, after)
        else:
            schedule.add_sessions(tx, cohort_id, [after])
        said = {"held_on": after.held_on.isoformat()} if "held_on" in changed else {}
        audit.note(
            tx,
            actor,
            "session changed",
            cohort_id,
            now,
            session=session.id,
            changed=", ".join(changed),
            reason=why,
            **said,
        )
    return after


def _refuse_future_of_the_past(
    tx: Connection, cohort_id: str, session: Session, after: HeldSession, now: datetime
) -> None:
    marked = any(
        session.id in sessions for sessions in attendance.presence_of_cohort(tx, cohort_id).values()
    )
    if marked and after.held_on > today(now):
        raise Refused(
            f"Sesi {session.title} sudah punya tanda hadir, jadi harinya tidak dapat dipindah ke"
            f" {day(after.held_on)}."
        )


def _right(name: str, value: Any) -> Any:
    """Check a new value of a session's field and return it as the register keeps it.

    Refused if `start` is no time of day, or a text cannot be printed.
    """
    if name == "start" and value and not is_clock(value):
        raise Refused(f'Jam "{value[:20]}" belum dimengerti. Tulis seperti 08.30.')
    if name == "start":
        return value.strip().replace(":", ".")
    if name not in _PRINTED:
        return value
    return _printable(value, _PRINTED[name])


def _printable(written: str, called: str) -> str:
    """Check a text that will be printed, and tidy it; it may be empty.

    Refused if our font does not have one of its characters, or the text is too long. `called` is
    the Indonesian name of the field, such as `tempat`; the refusal has this name.
    """
    text = as_written(written)
    trouble = trouble_with(f"{called} {text}") if text else None
    if trouble:
        raise Refused(f"Isian {called}: {trouble}.")
    return text


def set_place(store: Store, cohort_id: str, place: str, actor: str, now: datetime) -> None:
    """Set the place where a cohort meets; an empty text removes it.

    Raises:
        Refused: there is no such cohort, it is archived, or the text cannot be printed.
    """
    text = _printable(place, "tempat")
    with store.transaction() as tx:
        refuse_archived(cohorts.get_cohort(tx, cohort_id))
        schedule.set_place(tx, cohort_id, text)
        audit.note(tx, actor, "place set", cohort_id, now)


# ---- in words ------------------------------------------------------------------------------------


def held_in_words(held: HeldSession, minutes: int, with_day: bool = True) -> str:
    """Write a session in one line: day, time, room and speaker; unknown facts are left out.

    For example `24 November 2026, 08.30–10.45, Aula Lantai 2, pemateri dr. Contoh (Dinas
    Kesehatan)`.

    Args:
        held: the session as the cohort holds it.
        minutes: the length of the session; used if the cohort set no other length.
        with_day: False leaves out the day.
    """
    parts = [
        day(held.held_on) if with_day else "",
        _hours(held, minutes),
        held.room,
        _speaker(held),
    ]
    return ", ".join(part for part in parts if part)


def _hours(held: HeldSession, minutes: int) -> str:
    if not held.start:
        return ""
    begins = datetime.strptime(held.start, "%H.%M")
    return f"{begins:%H.%M}–{begins + timedelta(minutes=held.minutes or minutes):%H.%M}"


def _speaker(held: HeldSession) -> str:
    if held.speaker and held.institution:
        return f"pemateri {held.speaker} ({held.institution})"
    known = held.speaker or (f"dari {held.institution}" if held.institution else "")
    return f"pemateri {known}" if known else ""
