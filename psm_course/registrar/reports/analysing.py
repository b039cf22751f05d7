"""What a cohort's answers say about a test's questions, and how the same people did in the test before. Reads only.

First attempts of who is expected, each person's own by the card: the earliest that counts. What they were shown and how it was marked
comes with each, so that an item of another wording or another key is another item (decision 0092).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean
from typing import Any

import orjson

from psm_course.analysis.analysing import Analysis, analyse
from psm_course.analysis.answers import Answer, AskedItem, Sitting, asked_item, picked_in
from psm_course.analysis.gain import paired
from psm_course.analysis.items import item_figures
from psm_course.analysis.scores import score_table
from psm_course.authoring.problems import did_you_mean
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.store.answers.dispositions import dispositions_of
from psm_course.store.answers.outcomes import Kept, stream_kept
from psm_course.store.completion.versions import adoptions, find_quiz
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people

MOST_POOLED = 10  # cohorts, the newest: a thousand people say enough, and are read within a second


@dataclass(frozen=True, slots=True)
class Sat:
    """Who sat a test, and what they were asked: `items` are all versions, in the order of the quiz.

    `expected` are the people in the cohort; `without_card` those of whom only answers without a card are there, which are not counted:
    they may be anybody's.
    """

    cohort: Cohort
    course: Course
    quiz: Quiz
    expected: int
    items: tuple[AskedItem, ...]
    sittings: tuple[Sitting, ...]
    without_card: int


@dataclass(frozen=True, slots=True)
class QuizAnalysis:
    """The analysis of a test in a cohort. `pooled` are other cohorts whose answers to the very same items are in the items' figures."""

    sat: Sat
    analysis: Analysis
    pooled: tuple[str, ...] = ()

    @property
    def objectives(self) -> dict[str, str]:
        """What each objective of the course says, by its id."""
        return {each.id: each.text for module in self.sat.course.modules for each in module.file.objectives}

    def as_json(self) -> dict[str, Any]:
        """The shape that `psm analyse --json` prints."""
        found = self.analysis.as_json()
        reasons = found.pop("reasons")
        if found["paired"] is None:
            reasons["paired"] = why_unpaired(self.sat.quiz)
        return {
            **found,
            "cohort": self.sat.cohort.id,
            "quiz": self.sat.quiz.id,
            "enrolled": self.sat.expected,
            "without_card": self.sat.without_card,
            "pooled": list(self.pooled),
            "objectives": {
                name: self.objectives.get(name, name) for name in dict.fromkeys(item["objective"] for item in found["items"]) if name
            },
            "reasons": reasons,
        }


def analyse_quiz(store: Store, course: Course, cohort_id: str, quiz_id: str, pooled: bool = False) -> QuizAnalysis:
    """Analyse a test of a cohort, in one transaction and as many questions for a thousand people as for one.

    Args:
        store: the register.
        course: for a cohort that adopted none.
        cohort_id, quiz_id: as people write them: capitals make no difference.
        pooled: with what other cohorts of the course, the newest ten, answered to the same version of each item.

    Raises:
        Refused: no such cohort, or its course has no such quiz.
    """
    with store.reading() as tx:
        return analysis_within(tx, course, named_cohort(tx, cohort_id), quiz_id, pooled)


def analysis_within(tx: Connection, course: Course, cohort: Cohort, quiz_id: str, pooled: bool = False) -> QuizAnalysis:
    """The same inside a transaction."""
    sat = sat_within(tx, course, cohort, quiz_id)
    earlier = earlier_test(sat.course, sat.quiz)
    before = sat_within(tx, course, cohort, earlier.id) if earlier else None
    pair = paired((before.items, before.sittings), (sat.items, sat.sittings)) if before else None
    found = analyse(sat.items, sat.sittings, pair)
    if not pooled:
        return QuizAnalysis(sat, found)
    others = _others(tx, course, sat)
    return QuizAnalysis(sat, _with_pooled_items(found, sat, others), tuple(each.cohort.id for each in others if each.sittings))


def _with_pooled_items(found: Analysis, sat: Sat, others: Sequence[Sat]) -> Analysis:
    """The figures of the items that this cohort was asked, over everybody who was asked them in these very words."""
    items = {item.version: item for each in (*others, sat) for item in each.items}
    sittings = [sitting for each in (sat, *others) for sitting in each.sittings]
    figures = {
        each.item.version: each for each in item_figures(list(items.values()), sittings, score_table(list(items.values()), sittings))
    }
    return replace(found, items=tuple(figures[item.version] for item in sat.items))


def earlier_test(course: Course, quiz: Quiz) -> Quiz | None:
    """The test before, to which a closing test is compared: the only opening test about the same module, or about the whole course."""
    if quiz.header.use != "posttest":
        return None
    found = [each for each in course.quizzes.values() if each.header.use == "pretest" and each.header.module == quiz.header.module]
    return found[0] if len(found) == 1 else None


def closing_test(course: Course) -> Quiz | None:
    """The test at the end of the course: the first that completing it asks to pass (the others are substitutes), or the only one."""
    asked = [name for each in course.file.completion if each.by_passing_one for name in each.quizzes[:1]]
    found = [quiz for quiz in course.quizzes.values() if quiz.header.use == "posttest"]
    return next((quiz for name in asked for quiz in found if quiz.id == name), found[0] if len(found) == 1 else None)


def why_unpaired(quiz: Quiz) -> str:
    """Why there is no test before it to compare with."""
    if quiz.header.use == "posttest":
        return "tidak ada tes awal yang sama cakupannya, jadi tidak ada yang dibandingkan"
    return "perbandingan sebelum dan sesudah ada pada tes akhir"


# ---- who sat it --------------------------------------------------------------------------------------------------------------


def sat_within(tx: Connection, course: Course, cohort: Cohort, quiz_id: str) -> Sat:
    """Who of a cohort sat a test. Refused where its course has no such quiz."""
    adoption = adoptions(tx, cohort.id).get(cohort.id)
    own = adoption.course if adoption else course
    return _sat(tx, own, cohort, named_quiz(own, quiz_id).id)


def _sat(tx: Connection, course: Course, cohort: Cohort, quiz_id: str) -> Sat:
    quiz, expected = course.quizzes[quiz_id], people.expected_numbers(tx, cohort.id)
    first, others = _first_attempts(stream_kept(tx, cohort.id, quiz_id), expected)
    asked = _AskedItems(tx, quiz, cohort.course)
    sittings = tuple(Sitting(each.counts_for, tuple(asked.answers(each))) for each in first)
    return Sat(cohort, course, quiz, len(expected), asked.in_order(), sittings, others)


def _first_attempts(kept: Iterable[Kept], expected: frozenset[str]) -> tuple[list[Kept], int]:
    """The earliest own attempt of everybody, by number; and how many people have only others. Two merged numbers are one person."""
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
    """The items of a quiz as they were shown to those who sat it: mostly as the cohort has them, some on a page made before."""

    def __init__(self, tx: Connection, quiz: Quiz, course: str) -> None:
        self._tx, self._quiz, self._course = tx, quiz, course
        self._ruled = dispositions_of(tx, course, quiz.id)
        self._places = {item.id: place for place, item in enumerate(quiz.items)}
        self._shown: dict[str, dict[str, AskedItem]] = {}
        self._asked: dict[str, AskedItem] = {}

    def answers(self, kept: Kept) -> Iterable[Answer]:
        """What one attempt says of each item that was given."""
        document = orjson.loads(kept.document)
        shown = self._page(document.get("digest"))
        for name, mark in kept.marks().items():
            if mark["status"] == "ungradable" and mark["maximum"] == "0":
                continue  # an answer to what was not asked
            item = shown.get(name) or AskedItem(name, f"{name}/?", "", name, float(mark["maximum"]), ())  # it has left the quiz
            self._asked[item.version] = item
            yield _answer(item, mark, document["responses"].get(name))

    def in_order(self) -> tuple[AskedItem, ...]:
        """Every version that somebody was given, as the quiz has them; one that has left it comes last."""
        return tuple(sorted(self._asked.values(), key=lambda item: (self._places.get(item.id, len(self._places)), item.id, item.version)))

    def _page(self, digest: str | None) -> Mapping[str, AskedItem]:
        """The items of the page with this digest, by id; of the cohort's own where it names none, or one that nobody adopted."""
        key = digest or self._quiz.digest
        if key not in self._shown:
            other = find_quiz(self._tx, self._course, self._quiz.id, key) if key != self._quiz.digest else None
            quiz = other.quiz if other else self._quiz
            self._shown[key] = {item.id: asked_item(item, item.id in self._ruled) for item in quiz.items}
        return self._shown[key]


def _answer(item: AskedItem, mark: Mapping[str, str], response: Any) -> Answer:
    maximum = float(mark["maximum"])
    is_told = maximum > 0 and mark["status"] != "ungradable"
    return Answer(item.version, float(mark["points"]) / maximum if is_told else None, picked_in(response), mark["status"] == "blank")


def _others(tx: Connection, course: Course, sat: Sat) -> list[Sat]:
    """Who sat the same quiz in other cohorts of the course, the newest; each as its cohort has it."""
    cohorts = [each for each in people.list_cohorts(tx) if each.course == sat.cohort.course and each.id != sat.cohort.id][-MOST_POOLED:]
    adopted = adoptions(tx, *(each.id for each in cohorts))
    courses = [(each, adopted[each.id].course if each.id in adopted else course) for each in cohorts]
    return [_sat(tx, own, each, sat.quiz.id) for each, own in courses if sat.quiz.id in own.quizzes]


# ---- named by people ---------------------------------------------------------------------------------------------------------


def named_cohort(tx: Connection, name: str) -> Cohort:
    """A cohort by its code, in capitals or not. Refused with the nearest one."""
    found = people.find_cohort(tx, name)
    if found:
        return found
    known = {each.id.casefold(): each.id for each in people.list_cohorts(tx)}
    if name.strip().casefold() in known:
        return people.get_cohort(tx, known[name.strip().casefold()])
    near = did_you_mean(name.casefold(), known)
    if near:
        raise Refused(f'Angkatan "{name}" tidak ada. Maksud Anda "{known[near]}"?')
    return people.get_cohort(tx, name)


def named_quiz(course: Course, name: str) -> Quiz:
    """A quiz of a course by its id, in capitals or not. Refused with the nearest one."""
    plain = name.strip().casefold()
    if plain in course.quizzes:
        return course.quizzes[plain]
    near = did_you_mean(plain, course.quizzes)
    tests = ", ".join(name for name, quiz in course.quizzes.items() if quiz.is_test and quiz.header.use != "bank")
    hint = f'Maksud Anda "{near}"?' if near else f"Tesnya: {tests or 'belum ada'}."
    raise Refused(f'Kuis "{name}" tidak ada di kursus angkatan ini. {hint}')


# ---- results for the hall ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How an item went: the mean share of its points, 0 to 1, over `count` people who were given it."""

    item: AskedItem
    share: float
    count: int


def results(sat: Sat) -> tuple[ItemResult, ...]:
    """What can be said of any number of people: shares, and of how many. Items that count; the hardest first."""
    earned: dict[str, list[float]] = {item.version: [] for item in sat.items if item.points and not item.is_ruled}
    for sitting in sat.sittings:
        for answer in sitting.answers:
            if answer.version in earned and answer.earned is not None:
                earned[answer.version].append(answer.earned)
    found = [ItemResult(item, mean(shares), len(shares)) for item in sat.items if (shares := earned.get(item.version))]
    return tuple(sorted(found, key=lambda each: (each.share, each.item.id)))
