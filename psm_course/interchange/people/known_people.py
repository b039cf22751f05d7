"""Asks if a new person of a cohort is the same as a person of another cohort.

The program never decides this by itself. `same_people` compares people within one cohort.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from psm_course.authoring.problems import shorten
from psm_course.content.region import Region
from psm_course.domain.register import KnownPerson
from psm_course.interchange.people.names import keys_near, may_be_one, name_key, share_a_word
from psm_course.interchange.people.roster_rows import RosterRow
from psm_course.interchange.people.same_people import MOST_CHOICES, OFFICE_PHONE, OTHER
from psm_course.interchange.sheets.reading import Choice, Question, Remarks

# People of other cohorts whom to compare: by kelurahan
# and name (as `names.name_key`), and by telephone.
LookUp = Callable[[Collection[tuple[str, str]], Collection[str]], Sequence[KnownPerson]]
_ASKED = ".orang"  # a cell may hold the other question too: who of this cohort it is


def ask_who_is_known(
    region: Region, rows: Sequence[RosterRow], known: LookUp | None, remarks: Remarks
) -> list[RosterRow]:
    """Ask the sender about each new person who may be the same as a person of another cohort.

    Args:
        region: the region, whose kelurahan are named in the questions.
        rows: the people on the sheet; people with a participant number are not new.
        known: finds people of other cohorts; None: no question is asked.
        remarks: receives the questions.

    Returns:
        The rows in the same order, with `same_as` filled in as the sender answered.
    """
    new = [row for row in rows if not row.number]
    if known is None or not new:
        return list(rows)
    among = Likely(
        known(
            {(row.kelurahan, name_key(row.name)) for row in new},
            {row.phone for row in new if row.phone},
        )
    )
    return [
        (
            row
            if row.number
            else _asked(region, row, among.people(row.name, row.kelurahan, row.phone), remarks)
        )
        for row in rows
    ]


class Likely:
    """People of other cohorts, indexed by kelurahan and phone so that comparing names is fast."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._by_home: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_phone: dict[str, list[KnownPerson]] = defaultdict(list)
        for each in people:
            self._by_home[each.kelurahan].append(each)
            if each.phone:
                self._by_phone[each.phone].append(each)
        self._keys = {
            home: [each.name_key for each in block] for home, block in self._by_home.items()
        }

    def people(self, name: str, kelurahan: str, phone: str) -> list[KnownPerson]:
        """Return people of other cohorts who may be the same person as the given one.

        Each person occurs once, with the person's newest cohort. At most `MOST_CHOICES` people are
        returned, newest cohort first.

        A person is found in one of two ways: by the same kelurahan and a similar name; or by the
        same phone and a name that is similar or has one word in common (`share_a_word`). A phone of
        `OFFICE_PHONE` people or more belongs to an office and is ignored.
        """
        key = name_key(name)
        found = [
            self._by_home[kelurahan][index]
            for index in keys_near(key, self._keys.get(kelurahan, []))
        ]
        sharing = self._by_phone.get(phone, [])
        if len({each.person for each in sharing}) < OFFICE_PHONE:
            found += [
                each
                for each in sharing
                if may_be_one(key, each.name_key) or share_a_word(name, each.name)
            ]
        oldest_first = sorted(found, key=lambda each: (each.starts_on, each.number))
        # Of equal keys the last value stays: the person's newest cohort.
        newest = {each.person: each for each in oldest_first}.values()
        return sorted(newest, key=lambda each: (-each.starts_on.toordinal(), each.number))[
            :MOST_CHOICES
        ]


def question_about(
    region: Region, id_: str, name: str, known: Sequence[KnownPerson], here: str = ""
) -> Question:
    """Return the question: is this new person one of these known people?

    The answer is the participant number of one of the known people, or `lain` for none of them.

    Args:
        region: the region, whose kelurahan are named in the question.
        id_: id of the question.
        name: name of the new person.
        known: people who may be the same person.
        here: the present cohort, to which some of the known people may already belong; empty if
            there is no such cohort.
    """
    described = {each.number: _described(region, each, here) for each in known}
    twice = Counter(described.values())
    told = {
        number: said if twice[said] == 1 else f"{said} ({number})"
        for number, said in described.items()
    }
    choices = [Choice(number, f"orang yang sama dengan {number}") for number in told]
    return Question(
        id_, f"{shorten(name)}: {'; '.join(told.values())}. Orang yang sama?", (*choices, OTHER)
    )


def _described(region: Region, known: KnownPerson, here: str) -> str:
    seen = f"sudah terdaftar di {here}" if known.cohort == here else f"pernah ikut {known.cohort}"
    return f"{shorten(known.name)}, {region.home(known.kelurahan).name}, {seen}"


def _asked(
    region: Region, row: RosterRow, known: Sequence[KnownPerson], remarks: Remarks
) -> RosterRow:
    if not known:
        return row
    answer = remarks.ask(question_about(region, row.cell + _ASKED, row.name, known))
    return replace(row, same_as=answer) if answer and answer != OTHER.value else row
