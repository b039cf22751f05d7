"""Change one person of a cohort: correct, withdraw, readmit, move, replace.

The reason of each change is written into the log. Issued certificates do not change. Functions to
add a person who is not on the roster are in `adding`, functions for two numbers of one person in
`merging`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from psm_course.content.region import Region
from psm_course.domain.register import Cohort, Enrolment
from psm_course.errors import Refused
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.people.adding import (
    Added,
    Newcomer,
    enrol,
    typed_home,
    typed_name,
    typed_phone,
)
from psm_course.registrar.people.enrolling import number_in
from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people, persons

# ---- corrected -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected facts of a person; None: the fact does not change.

    Phone `-` deletes the telephone number.
    """

    name: str | None = None
    kelurahan: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A person after a correction.

    `records` are the numbers of the person's valid certificates. They may still have the wrong
    facts; then an officer must supersede them.
    """

    enrolment: Enrolment
    records: tuple[str, ...]


def correct_person(
    store: Store,
    region: Region,
    number: str,
    correction: Correction,
    reason: str,
    actor: str,
    now: datetime,
) -> Corrected:
    """Correct a name, a kelurahan or a telephone. Importing the old roster does not undo this.

    Raises:
        Refused: nobody has the number, the person was erased, nothing would change, or a corrected
            fact or the reason is invalid.
    """
    with store.transaction() as tx:
        old = named_person(tx, number)
        number = old.number
        name, home, phone = correction.name, correction.kelurahan, correction.phone
        right = old.corrected(
            old.name if name is None else typed_name(name),
            old.kelurahan if home is None else typed_home(region, home).code,
            old.phone if phone is None else typed_phone(phone),
        )
        facts = ("name", "kelurahan", "phone")
        changed = [what for what in facts if getattr(right, what) != getattr(old, what)]
        if not changed:
            raise Refused(f"Data {number} sudah seperti itu. Tidak ada yang berubah.")
        why = reason_about(tx, reason, [number], also=[right.name])
        people.change_enrolments(tx, [right])
        audit.note(tx, actor, "person corrected", number, now, what=" ".join(changed), reason=why)
        return Corrected(right, persons.standing_records(tx, [number]).get(number, ()))


# ---- leaving a cohort ----------------------------------------------------------------------------


def withdraw_person(store: Store, number: str, reason: str, actor: str, now: datetime) -> None:
    """Mark a person as withdrawn: the person is no longer expected or counted in the cohort.

    Marks and attempts of the person stay in the register.

    Raises:
        Refused: nobody has the number, the person was erased or left already, or the reason is
            invalid.
    """
    with store.transaction() as tx:
        number = expected_person(tx, number).number
        why = reason_about(tx, reason, [number])
        people.set_left(tx, number, "withdrawn", None)
        audit.note(tx, actor, "person withdrawn", number, now, reason=why)


def readmit_person(store: Store, number: str, reason: str, actor: str, now: datetime) -> None:
    """Let a person who withdrew take part again, under the same number.

    Raises:
        Refused: the person did not withdraw, the cohort is archived, or the reason is invalid.
    """
    with store.transaction() as tx:
        person = named_person(tx, number)
        if person.left_as != "withdrawn":
            raise Refused(
                f"{person.number} tidak sedang mengundurkan diri. Tidak ada yang berubah."
            )
        refuse_archived(cohorts.get_cohort(tx, person.cohort))
        why = reason_about(tx, reason, [person.number])
        people.set_left(tx, person.number, None, None)
        audit.note(tx, actor, "person readmitted", person.number, now, reason=why)


def move_person(
    store: Store, number: str, to_cohort: str, reason: str, actor: str, now: datetime
) -> Enrolment:
    """Move a person to another cohort, with a new number there; return the new enrolment.

    The old enrolment stays, with the new number as `left_to`. Marks and attempts stay under the old
    number.

    Raises:
        Refused: the person left or is in the other cohort already, the other cohort does not exist
            or is archived, or the reason is invalid.
    """
    with store.transaction() as tx:
        person = expected_person(tx, number)
        cohort = _other_cohort(tx, person, to_cohort)
        # Counts those who left too, so that no number is given twice.
        number_there = number_in(cohort.id, len(people.list_enrolments(tx, cohort.id)) + 1)
        new = replace(person, number=number_there, cohort=cohort.id)
        why = reason_about(tx, reason, [person.number])
        people.add_enrolments(tx, [new], {new.number: persons.person_of(tx, person.number)})
        people.set_left(tx, person.number, "moved", new.number)
        audit.note(tx, actor, "person moved", person.number, now, to=new.number, reason=why)
        audit.note(tx, actor, "person moved here", new.number, now, **{"from": person.number})
    return new


def _other_cohort(tx: Connection, person: Enrolment, to_cohort: str) -> Cohort:
    cohort = cohorts.get_cohort(tx, to_cohort)
    refuse_archived(cohort)
    if cohort.id == person.cohort:
        raise Refused(f"{person.number} sudah di angkatan {cohort.id}. Pilih angkatan lain.")
    for each in persons.memberships(tx, person.number):
        if each.enrolment.cohort == cohort.id and each.enrolment.is_expected:
            raise Refused(
                f"Orang ini sudah di angkatan {cohort.id} dengan nomor {each.enrolment.number}."
                " Tidak ada yang berubah."
            )
    return cohort


def replace_person(
    store: Store,
    region: Region,
    number: str,
    who: Newcomer,
    answer: str,
    reason: str,
    actor: str,
    now: datetime,
) -> Added:
    """Let another person take the place of a participant; the other person gets a new number.

    Args:
        store, actor, now: the register, the account that acts and the moment.
        region: the city; only a kelurahan of this city is valid.
        number: the number of the participant who leaves.
        who: the other person, as typed.
        answer: the answer to the question of `who_it_may_be`: one of the numbers in its choices, or
            `lain` (somebody else); empty if there was no question.
        reason: why the participant leaves.

    Raises:
        Refused: the participant left already, the other person is in the cohort, the cohort is
            archived, the question of `who_it_may_be` is not answered, or a typed fact or the reason
            is invalid.
    """
    with store.transaction() as tx:
        person = expected_person(tx, number)
        refuse_archived(cohorts.get_cohort(tx, person.cohort))
        added = enrol(tx, region, person.cohort, who, answer)
        if not added.is_new:
            raise Refused(
                f"Orang itu sudah peserta angkatan ini, {added.enrolment.number}. Tidak ada yang"
                " berubah."
            )
        why = reason_about(tx, reason, [person.number, added.enrolment.number])
        people.set_left(tx, person.number, "replaced", added.enrolment.number)
        audit.note(
            tx, actor, "person replaced", person.number, now, to=added.enrolment.number, reason=why
        )
        audit.note(tx, actor, "person added", added.enrolment.number, now, instead_of=person.number)
    return added


# ---- who it is -----------------------------------------------------------------------------------


def known_person(tx: Connection, number: str) -> Enrolment:
    """Find a person by number; small and capital letters are the same.

    Raises:
        Refused: nobody has the number.
    """
    person = people.find_enrolment(tx, number) or people.find_enrolment(tx, number.upper())
    if person is None:
        raise Refused(f'Nomor peserta "{number[:40]}" tidak ada di register. Periksa nomornya.')
    return person


def named_person(tx: Connection, number: str) -> Enrolment:
    """Find a person by number; the person must not be erased.

    Raises:
        Refused: nobody has the number, or the person was erased.
    """
    person = known_person(tx, number)
    if not person.name:
        raise Refused(f"Data {person.number} sudah dihapus. Tidak ada yang dapat diubah.")
    return person


def expected_person(tx: Connection, number: str) -> Enrolment:
    """Find a person by number; the person must still be in the cohort.

    Raises:
        Refused: nobody has the number, or the person was erased or left the cohort.
    """
    person = named_person(tx, number)
    if not person.is_expected:
        raise Refused(f"{person.number} sudah {left_sentence(person)}. Tidak ada yang berubah.")
    return person
