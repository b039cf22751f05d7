"""Merge two numbers of one cohort that belong to one person.

Also links a person's numbers of different cohorts.
"""

from datetime import datetime
from typing import cast

from psm_course.domain.register import OUTCOMES, AttendanceMark, Enrolment, Presence
from psm_course.errors import Refused
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.people.one_person import expected_person, named_person
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.store import audit
from psm_course.store.attendance import attendance
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, history, people, persons
from psm_course.store.people.history import MarkWritten

_MERGED, _MARKED_AGAIN = "persons merged", "dua nomor digabung"
_BEST: tuple[Presence, ...] = ("present", "late", "excused", "absent")


def merge_persons(
    store: Store, kept: str, other: str, reason: str, actor: str, now: datetime
) -> None:
    """Merge two numbers of one cohort: marks and attempts of both count for the number `kept`.

    Marks and attempts that are already in the register do not change. The person is no longer
    expected under the number `other`, but the card of `other` still works. If both numbers have an
    attendance mark for a session, the better mark counts: present before late, excused, absent. If
    the better mark is not the latest one, it is written again, because the latest mark counts.

    Raises:
        Refused: the numbers are equal or of two cohorts, one of the two people left, both hold a
            valid certificate, or the reason is invalid.
    """
    with store.transaction() as tx:
        keeps, goes = expected_person(tx, kept), expected_person(tx, other)
        _refuse_unlike(tx, keeps, goes)
        why = reason_about(tx, reason, [keeps.number, goes.number])
        before = attendance.presence_of_cohort(tx, keeps.cohort)
        mine, theirs = before.get(keeps.number, {}), before.get(goes.number, {})
        people.set_left(tx, goes.number, "merged", keeps.number)
        # The number may be linked to others of earlier cohorts; these move with it.
        along = persons.numbers_of(tx, persons.person_of(tx, goes.number))
        persons.assign_person(tx, along, persons.person_of(tx, keeps.number))
        _let_the_better_count(tx, keeps, mine, theirs, actor, now)
        others = (
            {"along": " ".join(number for number in along if number != goes.number)}
            if len(along) > 1
            else {}
        )
        audit.note(tx, actor, _MERGED, goes.number, now, to=keeps.number, reason=why, **others)
        audit.note(tx, actor, _MERGED, keeps.number, now, **{"from": goes.number})


def _refuse_unlike(tx: Connection, keeps: Enrolment, goes: Enrolment) -> None:
    if keeps.number == goes.number:
        raise Refused("Kedua nomor itu sama. Tulis dua nomor yang berbeda.")
    if keeps.cohort != goes.cohort:
        raise Refused(
            f"{keeps.number} dan {goes.number} di angkatan yang berbeda: tidak digabung, tetapi"
            f" dihubungkan. Pakai: psm person link {keeps.number} {goes.number}"
        )
    held = persons.standing_records(tx, [keeps.number, goes.number])
    if len(held) == 2:
        raise Refused(
            "Keduanya punya sertifikat yang berlaku"
            f" ({', '.join(n for each in held.values() for n in each)}). Cabut satu dulu."
        )


def _let_the_better_count(
    tx: Connection,
    keeps: Enrolment,
    mine: dict[str, Presence],
    theirs: dict[str, Presence],
    actor: str,
    now: datetime,
) -> None:
    """Write the better mark again for each session in which the latest mark is not the better one.

    This is needed because after merging the latest mark of both numbers counts. `keeps` is the
    person with the kept number. `mine` and `theirs` are the marks of the kept number and of the
    other number, by session.
    """
    latest = attendance.presence_of_cohort(tx, keeps.cohort, keeps.number).get(keeps.number, {})
    better = {
        session: min({mine.get(session, "absent"), theirs.get(session, "absent")}, key=_BEST.index)
        for session in latest
    }
    reason = make_reason(_MARKED_AGAIN, (), ())
    marks = [
        AttendanceMark(keeps.number, name, mark, "desk", reason)
        for name, mark in better.items()
        if mark != latest[name]
    ]
    attendance.add_marks(tx, marks, actor, now)


def unmerge_persons(store: Store, number: str, reason: str, actor: str, now: datetime) -> Enrolment:
    """Separate two numbers that were merged by mistake; return the person of the kept number.

    `number` is the number that was merged into the kept number. Its person is expected in the
    cohort again, with the marks and answers of this number. If a third number was merged into
    `number` before, it counts for `number` again. If merging wrote a better mark for the kept
    number, the kept number's earlier mark counts again. Scans and overrides that the kept number
    got after the merging stay with the kept number.

    Raises:
        Refused: the number is not merged, its cohort is archived, the kept number holds a valid
            certificate that was issued after the merging, or the reason is invalid.
    """
    with store.transaction() as tx:
        person = named_person(tx, number)
        if person.left_as != "merged" or person.left_to is None:
            raise Refused(
                f"{person.number} tidak sedang digabung dengan nomor lain. Tidak ada yang berubah."
            )
        refuse_archived(cohorts.get_cohort(tx, person.cohort))
        merged = _merging_of(tx, person.number)
        _refuse_issued_since(tx, person.left_to, merged)
        why = reason_about(tx, reason, [person.number, person.left_to])
        keeps = named_person(tx, person.left_to)
        # Numbers merged into this one before it was merged itself go back with it.
        mine = [
            each.number
            for each in people.list_enrolments(tx, keeps.cohort, keeps.number)
            if _was_merged_into(tx, each, person)
        ]
        people.set_left(tx, person.number, None, None)
        for each in mine:
            people.set_left(tx, each, "merged", person.number)
        persons.assign_person(
            tx, {person.number, *mine, *str(merged.detail.get("along", "")).split()}, None
        )
        _take_back_the_better(tx, keeps, merged, actor, now)
        audit.note(
            tx, actor, "persons unmerged", person.number, now, **{"from": keeps.number}, reason=why
        )
        audit.note(tx, actor, "persons unmerged", keeps.number, now, **{"from": person.number})
    return keeps


def _merging_of(tx: Connection, number: str) -> audit.Event:
    """Find the newest event in the log by which a number was merged into another.

    The event has the time of the merging. If the person already had further numbers, the `detail`
    of the event has these numbers as `along`: they moved to the person of the kept number too.
    """
    return next(
        event
        # A page of the log (100 events) could end before the merging. The kept number has an event
        # with this verb too, but with `from` instead of `to`.
        for event in audit.list_events(tx, number, most=10_000)
        if event.verb == _MERGED and "to" in event.detail
    )


def _was_merged_into(tx: Connection, each: Enrolment, person: Enrolment) -> bool:
    """True if the newest merge of the number of `each` was a merge into the number of `person`.

    Only the log shows this. If `person` was merged into a third number later, the register changed
    `each` too: now both enrolments have the third number as `left_to`.
    """
    return (
        each.left_as == "merged"
        and each.number != person.number
        and _merging_of(tx, each.number).detail["to"] == person.number
    )


def _refuse_issued_since(tx: Connection, kept: str, merged: audit.Event) -> None:
    """Refuse if the kept number holds a valid certificate that was issued after the merging.

    `merged` is the event of the merging. Such a certificate may depend on marks and attempts of
    both numbers, so it must be revoked before the numbers are separated.
    """
    standing = persons.standing_records(tx, [kept]).get(kept, ())
    since = [
        deed.about
        for deed in history.record_deeds_of(tx, kept)
        if deed.verdict in OUTCOMES and deed.about in standing and deed.at >= merged.at
    ]
    if since:
        raise Refused(
            f"Sertifikat {since[0]} terbit sesudah kedua nomor digabung, jadi belum dapat dipisah."
            f" Cabut dulu: psm revoke {since[0]}"
        )


def _take_back_the_better(
    tx: Connection, keeps: Enrolment, merged: audit.Event, actor: str, now: datetime
) -> None:
    """Undo the attendance marks that merging wrote for the kept number.

    For each session with such a mark, the number's earlier mark is written again, so that the
    earlier mark counts. If the session got a newer mark after the merging, nothing changes. `keeps`
    is the person with the kept number, `merged` the event of the merging.
    """
    own: dict[str, list[MarkWritten]] = {}
    for mark in history.marks_of(tx, keeps.number):
        own.setdefault(mark.session, []).append(mark)
    written = {
        name: marks
        for name, marks in own.items()
        if marks[-1].reason == _MARKED_AGAIN and marks[-1].at == merged.at
    }
    reason = make_reason("dua nomor dipisah lagi", (), ())
    before = [
        # There is one before it: merging writes only over a mark that the kept number has.
        AttendanceMark(keeps.number, name, cast("Presence", marks[-2].presence), "desk", reason)
        for name, marks in written.items()
    ]
    attendance.add_marks(tx, before, actor, now)


# ---- over cohorts --------------------------------------------------------------------------------


def link_persons(
    store: Store, one: str, other: str, reason: str, actor: str, now: datetime
) -> tuple[str, ...]:
    """Link two numbers of different cohorts as one person.

    Returns all numbers of this person, oldest cohort first.

    Raises:
        Refused: the two numbers are linked already, both are expected in one cohort (then merge
            them), or the reason is invalid.
    """
    with store.transaction() as tx:
        first, second = named_person(tx, one), named_person(tx, other)
        whose, theirs = persons.person_of(tx, first.number), persons.person_of(tx, second.number)
        if whose == theirs:
            raise Refused(
                f"{first.number} dan {second.number} sudah tercatat sebagai orang yang sama. Tidak"
                " ada yang berubah."
            )
        _refuse_twice_in_a_cohort(tx, first.number, second.number)
        why = reason_about(tx, reason, [first.number, second.number])
        persons.assign_person(tx, persons.numbers_of(tx, theirs), whose)
        audit.note(tx, actor, "persons linked", first.number, now, to=second.number, reason=why)
        audit.note(tx, actor, "persons linked", second.number, now, to=first.number)
        return persons.numbers_of(tx, whose)


def _refuse_twice_in_a_cohort(tx: Connection, one: str, other: str) -> None:
    here, there = (
        {
            each.enrolment.cohort: each.enrolment.number
            for each in persons.memberships(tx, number)
            if each.enrolment.is_expected
        }
        for number in (one, other)
    )
    for cohort in sorted(here.keys() & there.keys()):
        raise Refused(
            f"{here[cohort]} dan {there[cohort]} ada di satu angkatan. Bila memang satu orang,"
            f" gabungkan: psm person merge {here[cohort]} {there[cohort]}"
        )


def unlink_person(store: Store, number: str, reason: str, actor: str, now: datetime) -> None:
    """Separate a number from the other numbers of the person.

    If other numbers were merged into `number`, they still belong to the same person as `number`.

    Raises:
        Refused: the number is merged or not linked, or the reason is invalid.
    """
    with store.transaction() as tx:
        person = named_person(tx, number)
        if person.left_as == "merged":
            raise Refused(
                f"{person.number} sudah digabung dengan {person.left_to}. Lepaskan nomor itu."
            )
        along = {each.number for each in people.list_enrolments(tx, person.cohort, person.number)}
        others = set(persons.numbers_of(tx, persons.person_of(tx, person.number))) - along
        if not others:
            raise Refused(
                f"{person.number} tidak dihubungkan dengan nomor lain. Tidak ada yang berubah."
            )
        why = reason_about(tx, reason, [person.number])
        persons.assign_person(tx, along, None)
        audit.note(
            tx,
            actor,
            "person unlinked",
            person.number,
            now,
            **{"from": " ".join(sorted(others))},
            reason=why,
        )
