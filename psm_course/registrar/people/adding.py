"""Add a person who comes without being on the roster.

If the register knows similar people, an officer must first say if the person is one of them. This
module also checks a name, a kelurahan and a telephone number that somebody typed. Functions that
change a person later are in `one_person`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from psm_course.content.region import Kelurahan, Region
from psm_course.domain.register import Enrolment, KnownPerson
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
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people, persons

AT_THE_DOOR = "datang langsung saat kegiatan"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to be added, as typed.

    `kelurahan` is a name (`Beji`), a name with its kecamatan (`Curug, Cimanggis`), or a code.
    """

    name: str
    kelurahan: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """Result of adding a person: the enrolment, with the person's number.

    `is_new` is False if the person had a number in the cohort already; then nobody was added.
    `certified` is a remark about a certificate that the person holds already; empty if the person
    holds none.
    """

    enrolment: Enrolment
    is_new: bool = True
    certified: str = ""


def who_it_may_be(
    store: Store,
    region: Region,
    cohort_id: str,
    who: Newcomer,
    among: Collection[str] | None = None,
) -> Question | None:
    """Make the question that an officer must answer before adding a person.

    The question asks if the new person is somebody whom the register knows already; its choices are
    the known people who are similar. Returns None if nobody is similar.

    `among` are the cohorts whose people the officer may see; None: all cohorts.

    Raises:
        Refused: the name, kelurahan or telephone is invalid, or there is no such cohort.
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
        store, actor, now: the register, the account that acts and the moment.
        region: the city; only a kelurahan of this city is valid.
        cohort_id: the cohort that the person joins.
        who: the person, as typed.
        answer: the answer to the question of `who_it_may_be`: one of the numbers in its choices, or
            `lain` (somebody else); empty if there was no question. If the number is of the same
            cohort, nobody is added.
        reason: why the person is added now; empty: the person came on the day without being on the
            roster.
        among: cohorts whose people the officer may see; None: all.

    Raises:
        Refused: the name, kelurahan or telephone is invalid, the question of `who_it_may_be` is not
            answered, or the cohort is archived.
    """
    with store.transaction() as tx:
        refuse_archived(cohorts.get_cohort(tx, cohort_id))
        added = enrol(tx, region, cohort_id, who, answer, among)
        why = reason_about(tx, reason or AT_THE_DOOR, [added.enrolment.number])
        if added.is_new:
            audit.note(tx, actor, "person added", added.enrolment.number, now, reason=why)
    return added


def enrol(
    tx: Connection,
    region: Region,
    cohort_id: str,
    who: Newcomer,
    answer: str,
    among: Collection[str] | None = None,
) -> Added:
    """Enrol a person inside a transaction; the caller must write the enrolment into the log.

    Args:
        tx: a transaction.
        region: the city; only a kelurahan of this city is valid.
        cohort_id: the cohort that the person joins.
        who: the person, as typed.
        answer: the answer to the question of `who_it_may_be`: one of the numbers in its choices, or
            `lain` (somebody else); empty if there was no question. If the number is of the same
            cohort, nobody is added.
        among: cohorts whose people the officer may see; None: all.

    Raises:
        Refused: a typed fact is invalid, or the question of `who_it_may_be` is not answered.
    """
    new = _read(region, cohort_id, who)
    question = _question(tx, region, cohort_id, new, among)
    chosen = _answered(question, answer) if question else OTHER.value
    same = people.find_enrolment(tx, chosen) if chosen != OTHER.value else None
    if same is not None and same.cohort == cohort_id:
        return Added(same, is_new=False)
    # Counts everybody ever enrolled, so that no number is given twice.
    number = number_in(cohort_id, len(people.list_enrolments(tx, cohort_id)) + 1)
    numbered = replace(new, number=number)
    known = {number: persons.person_of(tx, same.number)} if same else {}
    people.add_enrolments(tx, [numbered], known)
    course = cohorts.get_cohort(tx, cohort_id).course
    return Added(numbered, certified=certificate_remarks(tx, [number], course).get(number, ""))


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
    expected = [each for each in people.list_expected(tx, cohort_id) if each.name]
    # Each enrolment of this cohort is somebody of their own here, whoever they are elsewhere: a
    # negative id is no person's in the register.
    here = Likely(
        KnownPerson(
            -index,
            each.number,
            each.cohort,
            each.name,
            name_key(each.name),
            each.kelurahan,
            each.phone,
            date.min,
        )
        for index, each in enumerate(expected, 1)
    )
    near = [(new.kelurahan, name_key(new.name))]
    others = persons.likely_known(tx, cohort_id, near, [phone] if phone else [])
    elsewhere = Likely(each for each in others if among is None or each.cohort in among)
    known = [
        *here.people(new.name, new.kelurahan, phone),
        *elsewhere.people(new.name, new.kelurahan, phone),
    ]
    return question_about(region, "orang", new.name, known, here=cohort_id) if known else None


def _read(region: Region, cohort_id: str, who: Newcomer) -> Enrolment:
    """Make an enrolment without a number from what was typed. Refused if a fact is invalid."""
    return Enrolment(
        "",
        cohort_id,
        typed_name(who.name),
        typed_home(region, who.kelurahan).code,
        typed_phone(who.phone),
    )


def typed_name(written: str) -> str:
    """Check and tidy a name that somebody typed.

    Raises:
        Refused: the name is empty, cannot be printed, or contains a NIK.
    """
    name = as_written(written)
    trouble = trouble_with(name)
    _refuse_nik(name)
    if trouble:
        raise Refused(f"Belum disimpan: {trouble}.")
    return name


def typed_home(region: Region, written: str) -> Kelurahan:
    """Find a kelurahan by its code or its name.

    If two kelurahan have the same name, the kecamatan must follow after a comma: `Curug,
    Cimanggis`.

    Raises:
        Refused: the region has no kelurahan of that name, or several.
    """
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


def typed_phone(written: str) -> str | None:
    """Read a telephone number that somebody typed; None if the person has no phone (`-`, empty).

    Raises:
        Refused: the text is no telephone number, or contains a NIK.
    """
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
