"""First attempts of a cohort at a test: who sat the test, the items of each person, the answers.

This module only reads. All analysis uses these attempts. For each expected person it takes the
earliest attempt that counts and is surely the person's own: signed by the person's card, or
accepted by an officer.

Each answer comes with the item as the person saw it, and with its key. If the wording or the key
of an item changed, the old item and the new item are counted as two items (decision 0092).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

import orjson

from psm_course.analysis.answers import Answer, AskedItem, Sitting, asked_item, picked_in
from psm_course.authoring.problems import did_you_mean
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.headcounts import FEWEST
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.grading.outcome import printed_as_right
from psm_course.registrar.completion.judging import course_within
from psm_course.store.answers.attempts import newest_quiz
from psm_course.store.answers.dispositions import dispositions_of
from psm_course.store.answers.outcomes import Kept, stream_kept
from psm_course.store.completion.versions import find_quiz
from psm_course.store.engine import Connection
from psm_course.store.people import people


@dataclass(frozen=True, slots=True)
class Sat:
    """The people of a cohort who sat a test, and their answers.

    Attributes:
        expected: the number of people who should sit the test.
        items: all item versions that somebody was given, in the order of the quiz.
        sittings: the answers of each person who sat the test.
        without_card: the number of people who have only attempts without a card, none of them
            accepted by an officer. These attempts are left out, because anybody may have made them.
    """

    cohort: Cohort
    course: Course
    quiz: Quiz
    expected: int
    items: tuple[AskedItem, ...]
    sittings: tuple[Sitting, ...]
    without_card: int

    @property
    def may_be_shown(self) -> bool:
        """True if at least 5 people sat the test: results then reveal nothing about one person."""
        return len(self.sittings) >= FEWEST

    @property
    def is_over(self) -> bool:
        """True if everybody who is expected has handed in the test."""
        return len(self.sittings) >= self.expected > 0

    @property
    def objectives(self) -> dict[str, str]:
        """The wording of each objective of the course, by its id."""
        return {
            each.id: each.text for module in self.course.modules for each in module.file.objectives
        }


def first_attempts_of(tx: Connection, course: Course, cohort: Cohort, quiz_id: str) -> Sat:
    """Read the first attempts of one cohort at a test.

    `course` is used if the cohort adopted no course version.

    Raises:
        Refused: the cohort's course has no such quiz.
    """
    own = course_within(tx, course, cohort.id)
    return first_attempts_of_cohorts(tx, [(cohort, own)], named_quiz(own, quiz_id).id)[0]


def first_attempts_of_cohorts(
    tx: Connection, cohorts: Sequence[tuple[Cohort, Course]], quiz_id: str
) -> tuple[Sat, ...]:
    """Read the first attempts of several cohorts at one quiz; one `Sat` per cohort, in their order.

    Each cohort comes with the course by which it is judged; every course must have the quiz. The
    attempts of all cohorts are read in one query.
    """
    names = tuple(cohort.id for cohort, _ in cohorts)
    expected, kept = people.expected_numbers(tx, names), {name: list[Kept]() for name in names}
    for each in stream_kept(tx, names, quiz_id):
        kept[each.cohort].append(each)
    ruled: dict[str, frozenset[str]] = {
        course: frozenset(dispositions_of(tx, course, quiz_id))
        for course in {each.course for each, _ in cohorts}
    }
    found = []
    for cohort, course in cohorts:
        first, cardless = _first_attempts(kept[cohort.id], expected[cohort.id])
        asked = _AskedItems(tx, course.quizzes[quiz_id], cohort.course, ruled[cohort.course])
        sittings = tuple(Sitting(each.counts_for, tuple(asked.answers(each))) for each in first)
        found.append(
            Sat(
                cohort,
                course,
                course.quizzes[quiz_id],
                len(expected[cohort.id]),
                asked.in_order(),
                sittings,
                cardless,
            )
        )
    return tuple(found)


def _first_attempts(kept: Iterable[Kept], expected: frozenset[str]) -> tuple[list[Kept], int]:
    """Find each person's earliest attempt that is surely the person's own.

    Such an attempt was signed by the person's card, or accepted by an officer (`bound`). Returns
    these attempts in the order of participant numbers, and the number of people who have attempts,
    but none of this kind. `expected` are participant numbers: only attempts of these people are
    looked at. Two merged numbers are one person.
    """
    first: dict[str, Kept] = {}
    cardless = set()
    for each in kept:
        if each.counts_for not in expected:
            continue
        if not each.bound:
            cardless.add(each.counts_for)
        elif each.counts_for not in first or each.attempt < first[each.counts_for].attempt:
            first[each.counts_for] = each
    return [first[number] for number in sorted(first)], len(cardless - first.keys())


class _AskedItems:
    """The items of a quiz as people saw them: in the cohort's version, or in an older version."""

    def __init__(self, tx: Connection, quiz: Quiz, course: str, ruled: frozenset[str]) -> None:
        self._tx, self._quiz, self._course, self._ruled = tx, quiz, course, ruled
        self._places = {item.id: place for place, item in enumerate(quiz.items)}
        self._shown: dict[str, dict[str, AskedItem]] = {}
        self._asked: dict[str, AskedItem] = {}

    def answers(self, kept: Kept) -> Iterable[Answer]:
        """The answer in one attempt to each item that the person was given."""
        document = orjson.loads(kept.document)
        shown = self._page(document.get("digest"))
        for name, mark in kept.marks().items():
            if mark["status"] == "ungradable" and mark["maximum"] == "0":
                continue  # an answer to what was not asked
            # An item that is not shown has left the quiz.
            item = shown.get(name) or AskedItem(
                name, f"{name}/?", "", name, float(mark["maximum"]), ()
            )
            self._asked[item.version] = item
            yield _answer(item, mark, document["responses"].get(name))

    def in_order(self) -> tuple[AskedItem, ...]:
        """Every item version that somebody was given, in the order of the quiz.

        Items that are no longer in the quiz come last.
        """
        return tuple(
            sorted(
                self._asked.values(),
                key=lambda item: (
                    self._places.get(item.id, len(self._places)),
                    item.id,
                    item.version,
                ),
            )
        )

    def _page(self, digest: str | None) -> Mapping[str, AskedItem]:
        """The items, by id, of the quiz version with this digest.

        If the digest is None, or nobody adopted that version, returns the items of the cohort's
        version.
        """
        key = digest or self._quiz.digest
        if key not in self._shown:
            other = (
                find_quiz(self._tx, self._course, self._quiz.id, key)
                if key != self._quiz.digest
                else None
            )
            quiz = other.quiz if other else self._quiz
            self._shown[key] = {
                item.id: asked_item(item, item.id in self._ruled) for item in quiz.items
            }
        return self._shown[key]


def _answer(item: AskedItem, mark: Mapping[str, str], response: Any) -> Answer:
    maximum = float(mark["maximum"])
    is_told = maximum > 0 and mark["status"] != "ungradable"
    earned = float(mark["points"]) / maximum if is_told else None
    return Answer(
        item.version, earned, picked_in(response), mark["status"] == "blank", printed_as_right(mark)
    )


# ---- which test ----------------------------------------------------------------------------------


def named_quiz(course: Course, name: str) -> Quiz:
    """Find a quiz of a course by its id; small and capital letters are the same.

    Raises:
        Refused: the course has no such quiz; the message suggests the nearest id.
    """
    plain = name.strip().casefold()
    if plain in course.quizzes:
        return course.quizzes[plain]
    near = did_you_mean(plain, course.quizzes)
    tests = ", ".join(
        name for name, quiz in course.quizzes.items() if quiz.is_test and quiz.header.use != "bank"
    )
    hint = f"Maksud Anda {near}?" if near else f"Tesnya: {tests or 'belum ada'}."
    raise Refused(f'Kuis "{name}" tidak ada di kursus angkatan ini. {hint}')


def watched_test(tx: Connection, course: Course, cohort: Cohort) -> Quiz:
    """Find the test that the people in the room are working on now.

    This is the quiz of the cohort's latest attempt that counts. If there is no such attempt, or the
    course does not have its quiz, returns the opening test: the quiz with `use: pretest`.

    Raises:
        Refused: neither of these tests is in the course.
    """
    own = course_within(tx, course, cohort.id)
    newest = newest_quiz(tx, cohort.id)
    opening = next((quiz for quiz in own.quizzes.values() if quiz.header.use == "pretest"), None)
    found = own.quizzes.get(newest or "") or opening
    if found is None:
        raise Refused("Kursus ini tidak punya tes, jadi tidak ada hasil.")
    return found


# ---- results for the hall ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Result of one item of a test, without names.

    `count` is the number of people who were given the item. `share` is the fraction (0 to 1) of the
    item's points that they earned on average.
    """

    item: AskedItem
    share: float
    count: int


def results(sat: Sat) -> tuple[ItemResult, ...]:
    """Compute the average share of points for each item that counts, hardest item first.

    An item without points or with a disposition does not count. The result has no names and no
    answers of single people.
    """
    earned: dict[str, list[float]] = {
        item.version: [] for item in sat.items if item.points and not item.is_ruled
    }
    for sitting in sat.sittings:
        for answer in sitting.answers:
            if answer.version in earned and answer.earned is not None:
                earned[answer.version].append(answer.earned)
    found = [
        ItemResult(item, mean(shares), len(shares))
        for item in sat.items
        if (shares := earned.get(item.version))
    ]
    return tuple(sorted(found, key=lambda each: (each.share, each.item.id)))
