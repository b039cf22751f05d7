"""One person of a cohort at a time: add at the door, correct, withdraw, move, replace.

Each gives its reason in the log. Certificates stay as they were issued. Two numbers that are one
person are `merging`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from psm_course.content.region import Kelurahan, Region
from psm_course.domain.register import Cohort, Enrolment, KnownPerson
from psm_course.errors import Refused
from psm_course.interchange.nik import REASON, holds_nik
from psm_course.interchange.people.kelurahan import match_kelurahan
from psm_course.interchange.people.known_people import Likely, question_about
from psm_course.interchange.people.names import name_key
from psm_course.interchange.people.phones import read_phone
from psm_course.interchange.people.same_people import OTHER
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.interchange.sheets.reading import Question
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.people.certified import certificate_remarks
from psm_course.registrar.people.enrolling import number_in
from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people, persons

AT_THE_DOOR = "datang langsung saat kegiatan"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person as typed; `kelurahan` as in `Beji`, `Curug, Cimanggis`, or a code."""

    name: str
    kelurahan: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A person with a number.

    `is_new`: it was given just now; `certified`: remark on an earlier certificate.
    """

    enrolment: Enrolment
    is_new: bool = True
    certified: str = ""


# ---- added at the door ---------------------------------------------------------------------------


def who_it_may_be(
    store: Store,
    region: Region,
    cohort_id: str,
    who: Newcomer,
    among: Collection[str] | None = None,
) -> Question | None:
    """The question to answer before adding a person: are they one of these?

    None where nobody is like them.

    `among` are the cohorts whose people the reader may see; None: all.

    Raises:
        Refused: what was typed is invalid, or there is no such cohort.
    """
    with store.reading() as tx:
        cohorts.get_cohort(tx, cohort_id)
        return _question(tx, region, cohort_id, _read(region, cohort_id, who), among)


def add_person(
    store: Store,
    region: Region,
    cohort_id: str,
    who: Newcomer,
    answer: str,
    reason: str,
    actor: str,
    now: datetime,
    among: Collection[str] | None = None,
) -> Added:
    """Enrol a person at once and give them a number.

    Args:
        store, actor, now: as everywhere.
        region: whose kelurahan may be written.
        cohort_id: the cohort that they join.
        who: as typed.
        answer: to `who_it_may_be`: a number it named, or `lain`; empty where nothing was asked. A
            person of this cohort is not added again.
        reason: why now; empty: they came to the door.
        among: cohorts whose people the officer may see; None: all.

    Raises:
        Refused: what was typed is invalid, the question is not answered, or the cohort is archived.
    """
    with store.transaction() as tx:
        refuse_archived(cohorts.get_cohort(tx, cohort_id))
        added = _enrol(tx, region, cohort_id, who, answer, among)
        why = reason_about(tx, reason or AT_THE_DOOR, [added.enrolment.number])
        if added.is_new:
            audit.note(tx, actor, "person added", added.enrolment.number, now, reason=why)
    return added


def _enrol(
    tx: Connection,
    region: Region,
    cohort_id: str,
    who: Newcomer,
    answer: str,
    among: Collection[str] | None = None,
) -> Added:
    new = _read(region, cohort_id, who)
    question = _question(tx, region, cohort_id, new, among)
    chosen = _answered(question, answer) if question else OTHER.value
    same = people.find_enrolment(tx, chosen) if chosen != OTHER.value else None
    if same is not None and same.cohort == cohort_id:
        return Added(same, is_new=False)
    # Counts everybody ever enrolled, so that no number is given twice.
    numbered = replace(
        new, number=number_in(cohort_id, len(people.list_enrolments(tx, cohort_id)) + 1)
    )
    people.add_enrolments(
        tx, [numbered], {numbered.number: persons.person_of(tx, same.number)} if same else {}
    )
    course = cohorts.get_cohort(tx, cohort_id).course
    return Added(
        numbered,
        certified=certificate_remarks(tx, [numbered.number], course).get(numbered.number, ""),
    )


def _answered(question: Question, answer: str) -> str:
    for choice in question.choices:
        if choice.value.casefold() == answer.strip().casefold():
            return choice.value
    listed = "; ".join(f"--answer {choice.value}: {choice.label}" for choice in question.choices)
    raise Refused(f"Belum ditambahkan. {question.sentence} Jawab: {listed}.")


def _question(
    tx: Connection, region: Region, cohort_id: str, new: Enrolment, among: Collection[str] | None
) -> Question | None:
    phone = new.phone or ""
    here = [
        KnownPerson(
            0,
            each.number,
            cohort_id,
            each.name,
            name_key(each.name),
            each.kelurahan,
            each.phone,
            date.min,
        )
        for each in people.list_expected(tx, cohort_id)
        if each.name
    ]
    # Each enrolment of this cohort is somebody of their own here, whoever they are elsewhere.
    near = Likely(each._replace(person=-index) for index, each in enumerate(here, 1)).people(
        new.name, new.kelurahan, phone
    )
    others = persons.likely_known(
        tx, cohort_id, [(new.kelurahan, name_key(new.name))], [phone] if phone else []
    )
    elsewhere = Likely(each for each in others if among is None or each.cohort in among)
    known = [*near, *elsewhere.people(new.name, new.kelurahan, phone)]
    return question_about(region, "orang", new.name, known, here=cohort_id) if known else None


def _read(region: Region, cohort_id: str, who: Newcomer) -> Enrolment:
    """As typed, without a number yet."""
    return Enrolment(
        "", cohort_id, _name(who.name), _home(region, who.kelurahan).code, _phone(who.phone)
    )


def _name(written: str) -> str:
    name = as_written(written)
    trouble = trouble_with(name)
    _refuse_nik(name)
    if trouble:
        raise Refused(f"Belum disimpan: {trouble}.")
    return name


def _home(region: Region, written: str) -> Kelurahan:
    by_code = {home.code: home for home in region.homes}
    if written in by_code:
        return by_code[written]
    name, _, kecamatan = (part.strip() for part in written.partition(","))
    found = match_kelurahan(region, name, kecamatan).found
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            f"Belum disimpan: ada {len(found)} kelurahan bernama {found[0].name}. Tulis:"
            f" {' atau '.join(map(str, found))}."
        )
    raise Refused(
        f'Belum disimpan: kelurahan "{written[:60]}" tidak ada di {region.place}. Periksa ejaannya.'
    )


def _phone(written: str) -> str | None:
    phone = read_phone(written)
    _refuse_nik(written)
    if phone is None:
        raise Refused(
            f'Belum disimpan: nomor HP "{written[:40]}" tidak dimengerti. Perbaiki, atau kosongkan.'
        )
    return phone.number or None


def _refuse_nik(written: str) -> None:
    if holds_nik(written):
        raise Refused(f"Belum disimpan: ada 16 angka seperti NIK. {REASON}. Hapus angka itu.")


# ---- corrected -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrected facts; None keeps what the register says. A telephone of `-` removes it."""

    name: str | None = None
    kelurahan: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A person after a correction.

    `records` are their valid certificates, which may need superseding.
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
    """Correct a name, a kelurahan or a telephone. Importing the old roster again does not undo it.

    Raises:
        Refused: nobody has the number, they were erased, nothing would change, or what was typed or
            the reason is invalid.
    """
    with store.transaction() as tx:
        old = named_person(tx, number)
        number = old.number
        right = old.corrected(
            old.name if correction.name is None else _name(correction.name),
            (
                old.kelurahan
                if correction.kelurahan is None
                else _home(region, correction.kelurahan).code
            ),
            old.phone if correction.phone is None else _phone(correction.phone),
        )
        changed = [
            what
            for what in ("name", "kelurahan", "phone")
            if getattr(right, what) != getattr(old, what)
        ]
        if not changed:
            raise Refused(f"Data {number} sudah seperti itu. Tidak ada yang berubah.")
        why = reason_about(tx, reason, [number], also=[right.name])
        people.change_enrolments(tx, [right])
        audit.note(tx, actor, "person corrected", number, now, what=" ".join(changed), reason=why)
        return Corrected(right, persons.standing_records(tx, [number]).get(number, ()))


# ---- leaving a cohort ----------------------------------------------------------------------------


def withdraw_person(store: Store, number: str, reason: str, actor: str, now: datetime) -> None:
    """Mark a person as withdrawn: no longer expected or counted. What they did stays.

    Raises:
        Refused: nobody has the number, they were erased or left already, or the reason is not
            possible.
    """
    with store.transaction() as tx:
        number = expected_person(tx, number).number
        why = reason_about(tx, reason, [number])
        people.set_left(tx, number, "withdrawn", None)
        audit.note(tx, actor, "person withdrawn", number, now, reason=why)


def readmit_person(store: Store, number: str, reason: str, actor: str, now: datetime) -> None:
    """Take a person back who withdrew, under the same number.

    Raises:
        Refused: they did not withdraw, the cohort is archived, or the reason is invalid.
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
    """Move a person to another cohort, with a new number there; returns the new enrolment.

    The old number points to the new one and keeps what was done under it.

    Raises:
        Refused: they left or are in that cohort already, it does not exist or is archived, or the
            reason is invalid.
    """
    with store.transaction() as tx:
        person = expected_person(tx, number)
        cohort = _other_cohort(tx, person, to_cohort)
        new = replace(
            person,
            number=number_in(cohort.id, len(people.list_enrolments(tx, cohort.id)) + 1),
            cohort=cohort.id,
        )
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
    """Let another person take the place, with a number of their own.

    `answer` is as for `add_person`.

    Raises:
        Refused: the first person left already, the second is in the cohort, the cohort is archived,
            or as `add_person`.
    """
    with store.transaction() as tx:
        person = expected_person(tx, number)
        refuse_archived(cohorts.get_cohort(tx, person.cohort))
        added = _enrol(tx, region, person.cohort, who, answer)
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
    """Find a person by number, in small or capital letters.

    Raises:
        Refused: nobody has the number.
    """
    person = people.find_enrolment(tx, number) or people.find_enrolment(tx, number.upper())
    if person is None:
        raise Refused(f'Nomor peserta "{number[:40]}" tidak ada di register. Periksa nomornya.')
    return person


def named_person(tx: Connection, number: str) -> Enrolment:
    """Find a person by number who was not erased.

    Raises:
        Refused: as `known_person`, or they were erased.
    """
    person = known_person(tx, number)
    if not person.name:
        raise Refused(f"Data {person.number} sudah dihapus. Tidak ada yang dapat diubah.")
    return person


def expected_person(tx: Connection, number: str) -> Enrolment:
    """Find a person by number who is still in the cohort.

    Raises:
        Refused: as `named_person`, or they left the cohort.
    """
    person = named_person(tx, number)
    if not person.is_expected:
        raise Refused(f"{person.number} sudah {left_sentence(person)}. Tidak ada yang berubah.")
    return person
