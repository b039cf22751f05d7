"""Finds rows that may be one person, and asks the sender.

The program never decides this by itself. Rows are compared with each other and with the people
already enrolled.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from psm_course.authoring.problems import shorten
from psm_course.domain.register import Enrolment
from psm_course.interchange.people.names import (
    digits_of,
    keys_near,
    may_be_one,
    name_key,
    plain_key,
    share_a_word,
)
from psm_course.interchange.people.roster_rows import Candidate, RosterRow
from psm_course.interchange.sheets.reading import Choice, Question, Remarks

OTHER = Choice("lain", "orang lain")
RENAME = Choice("ganti", "orang yang sama; ganti namanya di register")
NEW = Choice("baru", "orang baru; nomornya salah ditulis")
MOST_CHOICES = 5
OFFICE_PHONE = 6


def tell_apart(
    people: list[Candidate], enrolled: Sequence[Enrolment] | None, remarks: Remarks
) -> list[RosterRow]:
    """Return one row per person; people already enrolled get their participant number.

    The sender is asked about rows that may be the same person.

    Args:
        people: the rows as they were read.
        enrolled: the people of the cohort; None if unknown.
        remarks: receives the questions and problems.
    """
    # Numbers first: a row that names its person leaves one less to compare by name.
    if enrolled is not None:
        holders = {each.number: each for each in enrolled}
        people = [
            (
                _check_number(person, holders.get(person.row.number), remarks)
                if person.row.number
                else person
            )
            for person in people
        ]
    people = _exactly_known(people, enrolled or ())
    rows = _ask(
        people, _alike_in_register(people, enrolled or ()), _alike_on_sheet(people), remarks
    )
    _say_numbers_used_twice(rows, remarks)
    return [row for row in rows if row.kelurahan]


def _numbered(person: Candidate, number: str) -> Candidate:
    return replace(person, row=replace(person.row, number=number))


# ---- asking --------------------------------------------------------------------------------------


def _ask(
    people: list[Candidate],
    register: dict[int, list[Enrolment]],
    sheet: dict[int, list[int]],
    remarks: Remarks,
) -> list[RosterRow]:
    """Ask once about each row that may be an enrolled person or the person of an earlier row.

    Rows that are one person according to the answers are merged.

    Args:
        people: the rows as they were read.
        register: for the index of a row, the enrolled people who may be the same person.
        sheet: for the index of a row, the indices of earlier rows that may be the same person.
        remarks: receives the questions.
    """
    rows = {person.row.cell: person.row for person in people}
    merged: dict[str, str] = {}
    for index in sorted({*register, *sheet}):
        cell = people[index].row.cell
        known, earlier = register.get(index, []), [people[other] for other in sheet.get(index, [])]
        answer = remarks.ask(_question(people[index], known, earlier))
        if answer in {each.number for each in known}:
            rows[cell] = replace(rows[cell], number=answer)
        elif answer and answer != OTHER.value:
            # The answer may name a row that was merged before; then its remaining row is meant.
            root = merged[cell] = merged.get(answer, answer)
            rows[root] = _merge(rows[root], rows.pop(cell))
            remarks.note(cell, f"digabung dengan {root}: orang yang sama")
    return list(rows.values())


def _question(person: Candidate, known: list[Enrolment], earlier: list[Candidate]) -> Question:
    choices = [
        Choice(each.number, f"sama dengan {shorten(each.name)} ({each.number})") for each in known
    ]
    choices += [
        Choice(each.row.cell, f"sama dengan {shorten(each.row.name)} di {each.row.cell}")
        for each in earlier
    ]
    others = [
        f"{shorten(each.name)} ({each.number}) di register{_phones(person.row.phone, each.phone)}"
        for each in known
    ]
    others += [
        f"{shorten(each.row.name)} di {each.row.cell}{_why(person, each)}" for each in earlier
    ]
    return Question(
        person.row.cell,
        f"{shorten(person.row.name)}, {person.home_name}, mirip dengan {' dan '.join(others)}."
        " Orang yang sama?",
        (*choices, OTHER),
    )


def _why(person: Candidate, other: Candidate) -> str:
    elsewhere = "" if set(person.homes) & set(other.homes) else f", {other.home_name}"
    return elsewhere + _phones(person.row.phone, other.row.phone)


def _phones(phone: str, other: str | None) -> str:
    """Return half a sentence that tells if two people have the same phone.

    Empty if one of them has no phone.
    """
    if not phone or not other:
        return ""
    return ", nomor HP-nya sama" if phone == other else ", nomor HP-nya berbeda"


def _merge(kept: RosterRow, dropped: RosterRow) -> RosterRow:
    """Return the earlier row (`kept`), with its empty values filled in from the later row."""
    return replace(
        kept,
        number=kept.number or dropped.number,
        phone=kept.phone or dropped.phone,
        kelurahan=kept.kelurahan or dropped.kelurahan,
    )


# ---- against the register ------------------------------------------------------------------------


def _check_number(person: Candidate, holder: Enrolment | None, remarks: Remarks) -> Candidate:
    """Compare a row that has a participant number with the enrolled person who has this number.

    If nobody has the number, a problem is reported. If the two names differ, the sender is asked:
    is it the same person?

    Args:
        person: the row.
        holder: the enrolled person with this number; None if nobody has the number.
        remarks: receives the question or the problem.

    Returns:
        The row; without the number if the sender answered that it is another person.
    """
    row = person.row
    if holder is None:
        remarks.problem(
            person.number_cell, f'nomor peserta "{row.number}" tidak ada di angkatan ini'
        )
    elif not any(
        may_be_one(name_key(row.name), name_key(name)) or share_a_word(row.name, name)
        for name in (holder.name, holder.roster_name or holder.name)
    ):
        question = Question(
            person.number_cell,
            f"nomor {row.number}: di register {shorten(holder.name)}, di lembar ini"
            f" {shorten(row.name)}. Orang yang sama?",
            (RENAME, NEW),
        )
        if remarks.ask(question) == NEW.value:
            return _numbered(person, "")
    return person


def _exactly_known(people: list[Candidate], enrolled: Sequence[Enrolment]) -> list[Candidate]:
    """Fill in the participant number of rows with the name and kelurahan of an enrolled person.

    This is done only if name and kelurahan occur as often on the sheet as among the enrolled
    people.
    """
    free = _free(people, enrolled)
    registered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in free:
        for identity in _identities(each):
            registered[identity].append(each.number)
    written: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if not person.row.number:
            written[plain_key(person.row.name), person.row.kelurahan].append(index)
    known = list(people)
    for identity, indices in written.items():
        numbers = sorted(registered.get(identity, ()))
        # As many rows as people: if one of two namesakes is missing, nobody knows which one came.
        if len(numbers) == len(indices):
            for index, number in zip(indices, numbers, strict=True):
                known[index] = _numbered(people[index], number)
    return known


def _identities(person: Enrolment) -> set[tuple[str, str]]:
    """Return the pairs (name, kelurahan) that a sheet may have for an enrolled person.

    The person may have two names and two kelurahan: the present ones, and those of the roster,
    which were corrected later. Every name is paired with every kelurahan.
    """
    names = {person.name, person.roster_name or person.name}
    homes = {person.kelurahan, person.roster_kelurahan or person.kelurahan}
    return {(plain_key(name), home) for name in names for home in homes}


def _free(people: list[Candidate], enrolled: Sequence[Enrolment]) -> list[Enrolment]:
    """Return the enrolled people whose participant number does not stand in a row of the sheet."""
    taken = {person.row.number for person in people}
    return [each for each in enrolled if each.number not in taken]


def _alike_in_register(
    people: list[Candidate], enrolled: Sequence[Enrolment]
) -> dict[int, list[Enrolment]]:
    blocks: dict[str, list[Enrolment]] = defaultdict(list)
    for each in _free(people, enrolled):
        blocks[each.kelurahan].append(each)
    keys = {home: [name_key(each.name) for each in block] for home, block in blocks.items()}
    found: dict[int, list[Enrolment]] = {}
    for index, person in enumerate(people):
        if not person.row.number:
            near = [
                blocks[home][at]
                for home in person.homes
                if home in keys
                for at in keys_near(name_key(person.row.name), keys[home])
            ]
            # Once the kelurahan is answered, the very same name needs no question.
            if not person.row.kelurahan:
                near = [each for each in near if plain_key(each.name) != plain_key(person.row.name)]
            if near:
                found[index] = near[:MOST_CHOICES]
    return found


# ---- within the sheet ----------------------------------------------------------------------------


def _alike_on_sheet(people: list[Candidate]) -> dict[int, list[int]]:
    """Return, for each row, the earlier rows that may be the same person.

    Keys and values are indices in `people`. Two rows may be the same person if they have similar
    names in the same kelurahan, or the same phone and a word of the name in common.
    """
    keys = [name_key(person.row.name) for person in people]
    found: dict[int, set[int]] = defaultdict(set)
    for block in _blocks(people, keys):
        block_keys = [keys[index] for index in block]
        for position, index in enumerate(block):
            found[index] |= {block[at] for at in keys_near(keys[index], block_keys[:position])}
    for first, second in _same_phone(people):
        if may_be_one(keys[first], keys[second]) or share_a_word(
            people[first].row.name, people[second].row.name
        ):
            found[second].add(first)
    # Two numbers are two people, however alike their names.
    alike = {
        index: [
            other
            for other in sorted(others)
            if not (people[index].row.number and people[other].row.number)
        ]
        for index, others in found.items()
    }
    return {index: others[:MOST_CHOICES] for index, others in alike.items() if others}


def _blocks(people: list[Candidate], keys: list[str]) -> Iterable[list[int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        for home in person.homes:
            blocks[home, digits_of(keys[index])].append(index)
    return blocks.values()


def _same_phone(people: list[Candidate]) -> Iterable[tuple[int, int]]:
    """Return pairs of rows with the same phone, as indices.

    A phone that many people have belongs to an office, and is ignored.
    """
    by_phone: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if person.row.phone:
            by_phone[person.row.phone].append(index)
    for shared in by_phone.values():
        if len(shared) < OFFICE_PHONE:
            yield from combinations(shared, 2)


def _say_numbers_used_twice(rows: list[RosterRow], remarks: Remarks) -> None:
    first: dict[str, str] = {}
    for row in rows:
        if row.number in first:
            remarks.problem(row.cell, number_taken(row.number, first[row.number]))
        elif row.number:
            first[row.number] = row.cell


def number_taken(number: str, cell: str) -> str:
    """Return the message about a participant number that another row, at `cell`, already has."""
    return f'nomor peserta "{number}" sudah dipakai di {cell}; satu nomor untuk satu orang'
