"""Two enrolments that are one, and enrolments of several cohorts that are one person: put together, and taken apart again."""

from datetime import datetime

from psm_course.domain.register import AttendanceMark, Enrolment, Presence
from psm_course.errors import Refused
from psm_course.registrar.people.one_person import expected_person, named_person
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people, persons

_BEST: tuple[Presence, ...] = ("present", "late", "excused", "absent")


def merge_persons(store: Store, kept: str, other: str, reason: str, actor: str, now: datetime) -> None:
    """Two numbers of one cohort that are one person: from now on marks and attempts of both count for the number that is kept.

    Nothing written is changed. The other number says into which it went, and its card goes on working for the kept one. Where both have
    a mark for a session, the better one counts, in a mark of its own.

    Raises:
        Refused: they are of two cohorts, one has left, or both hold a certificate that stands.
    """
    with store.transaction() as tx:
        keeps, goes = expected_person(tx, kept), expected_person(tx, other)
        _refuse_unlike(tx, keeps, goes)
        why = reason_about(tx, reason, [keeps.number, goes.number])
        before = attendance.presence_of_cohort(tx, keeps.cohort)
        mine, theirs = before.get(keeps.number, {}), before.get(goes.number, {})
        people.set_left(tx, goes.number, "merged", keeps.number)
        persons.give_to(tx, persons.numbers_of(tx, persons.person_of(tx, goes.number)), persons.person_of(tx, keeps.number))
        _let_the_better_count(tx, keeps, mine, theirs, actor, now)
        audit.note(tx, actor, "persons merged", goes.number, now, to=keeps.number, reason=why)
        audit.note(tx, actor, "persons merged", keeps.number, now, **{"from": goes.number})


def _refuse_unlike(tx: Connection, keeps: Enrolment, goes: Enrolment) -> None:
    if keeps.number == goes.number:
        raise Refused("Kedua nomor itu sama. Tulis dua nomor yang berbeda.")
    if keeps.cohort != goes.cohort:
        raise Refused(
            f"{keeps.number} dan {goes.number} di angkatan yang berbeda: tidak digabung, tetapi dihubungkan. "
            f"Pakai: psm person link {keeps.number} {goes.number}"
        )
    held = persons.standing_records(tx, [keeps.number, goes.number])
    if len(held) == 2:
        raise Refused(f"Keduanya punya sertifikat yang berlaku ({', '.join(n for each in held.values() for n in each)}). Cabut satu dulu.")


def _let_the_better_count(
    tx: Connection, keeps: Enrolment, mine: dict[str, Presence], theirs: dict[str, Presence], actor: str, now: datetime
) -> None:
    """The latest mark of either number counts from here on; where that is not the better one, it is written again."""
    latest = attendance.presence_of_cohort(tx, keeps.cohort, keeps.number).get(keeps.number, {})
    better = {session: min({mine.get(session, "absent"), theirs.get(session, "absent")}, key=_BEST.index) for session in latest}
    reason = make_reason("dua nomor digabung", (), ())
    marks = [AttendanceMark(keeps.number, name, mark, "desk", reason) for name, mark in better.items() if mark != latest[name]]
    attendance.add_marks(tx, marks, actor, now)


# ---- over cohorts ------------------------------------------------------------------------------------------------------------


def link_persons(store: Store, one: str, other: str, reason: str, actor: str, now: datetime) -> tuple[str, ...]:
    """Say that two numbers, of different cohorts, are one person; returns all numbers of that person, oldest cohort first."""
    with store.transaction() as tx:
        first, second = named_person(tx, one), named_person(tx, other)
        whose, theirs = persons.person_of(tx, first.number), persons.person_of(tx, second.number)
        if whose == theirs:
            raise Refused(f"{first.number} dan {second.number} sudah tercatat sebagai orang yang sama. Tidak ada yang berubah.")
        _refuse_twice_in_a_cohort(tx, first.number, second.number)
        why = reason_about(tx, reason, [first.number, second.number])
        persons.give_to(tx, persons.numbers_of(tx, theirs), whose)
        audit.note(tx, actor, "persons linked", first.number, now, to=second.number, reason=why)
        audit.note(tx, actor, "persons linked", second.number, now, to=first.number)
        return persons.numbers_of(tx, whose)


def _refuse_twice_in_a_cohort(tx: Connection, one: str, other: str) -> None:
    here, there = ({each.enrolment.cohort: each.enrolment.number for each in _expected(tx, number)} for number in (one, other))
    for cohort in sorted(here.keys() & there.keys()):
        raise Refused(
            f"{here[cohort]} dan {there[cohort]} ada di satu angkatan. Bila memang satu orang, gabungkan: "
            f"psm person merge {here[cohort]} {there[cohort]}"
        )


def _expected(tx: Connection, number: str) -> list[persons.Membership]:
    return [each for each in persons.memberships(tx, number) if each.enrolment.is_expected]


def unlink_person(store: Store, number: str, reason: str, actor: str, now: datetime) -> None:
    """Say that a number is somebody else than the person it was linked to. What was merged into it goes along."""
    with store.transaction() as tx:
        person = named_person(tx, number)
        if person.left_as == "merged":
            raise Refused(f"{person.number} sudah digabung dengan {person.left_to}. Lepaskan nomor itu.")
        along = {each.number for each in people.list_counted_for(tx, person.cohort, person.number)}
        others = set(persons.numbers_of(tx, persons.person_of(tx, person.number))) - along
        if not others:
            raise Refused(f"{person.number} tidak dihubungkan dengan nomor lain. Tidak ada yang berubah.")
        why = reason_about(tx, reason, [person.number])
        persons.give_to(tx, along, None)
        audit.note(tx, actor, "person unlinked", person.number, now, **{"from": " ".join(sorted(others))}, reason=why)
