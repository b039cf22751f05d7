"""Item analysis of a cohort's test, and comparison of its opening and closing test.

The analysis uses only first attempts (`registrar.answers.first_attempts`). Nothing is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from psm_course.analysis.analysing import Analysis, analyse
from psm_course.analysis.gain import paired
from psm_course.analysis.items import item_figures
from psm_course.analysis.scores import score_table
from psm_course.analysis.sentences import gain_sentences, number, sentences_of
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.register import Cohort
from psm_course.registrar.answers.first_attempts import (
    Sat,
    first_attempts_of,
    first_attempts_of_cohorts,
    watched_test,
)
from psm_course.registrar.completion.judging import course_within
from psm_course.registrar.people.today import named_cohort
from psm_course.store.completion.versions import adoptions
from psm_course.store.engine import Connection, Store
from psm_course.store.people.cohorts import get_cohort, list_cohorts

MOST_POOLED = 10  # cohorts, the newest: a thousand people say enough, and are read within a second


@dataclass(frozen=True, slots=True)
class QuizAnalysis:
    """The analysis of a test in a cohort.

    `pooled` are the ids of other cohorts: their answers to the same item versions were counted too
    in the statistics of the items.
    """

    sat: Sat
    analysis: Analysis
    pooled: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `psm analyse --json` prints."""
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
                name: self.sat.objectives.get(name, name)
                for name in dict.fromkeys(item["objective"] for item in found["items"])
                if name
            },
            "reasons": reasons,
        }


def analyse_quiz(
    store: Store, course: Course, cohort_id: str, quiz_id: str, pooled: bool = False
) -> QuizAnalysis:
    """Analyse a test of a cohort, in one transaction.

    The number of queries is the same for any number of people.

    Args:
        store: the register.
        course: used if the cohort adopted no course version.
        cohort_id, quiz_id: small and capital letters are the same.
        pooled: True: also count the answers of the ten newest other cohorts of the course, for
            items of the same version.

    Raises:
        Refused: there is no such cohort, or its course has no such quiz.
    """
    with store.reading() as tx:
        return analysis_within(tx, course, named_cohort(tx, cohort_id), quiz_id, pooled)


def analyse_cohort(
    store: Store, course: Course, cohort_id: str, quiz_id: str = "", pooled: bool = False
) -> QuizAnalysis:
    """Analyse a test of the cohort with exactly this id.

    If `quiz_id` is empty, takes the quiz of the cohort's latest attempt that counts; if there is no
    such attempt, the opening test. `course` is used if the cohort adopted no course version. If
    `pooled` is True, the answers of the ten newest other cohorts of the course are counted too, for
    items of the same version.

    Raises:
        Refused: there is no such cohort, or its course has no such quiz or no test.
    """
    with store.reading() as tx:
        cohort = get_cohort(tx, cohort_id)
        return analysis_within(
            tx, course, cohort, quiz_id or watched_test(tx, course, cohort).id, pooled
        )


def analysis_within(
    tx: Connection, course: Course, cohort: Cohort, quiz_id: str, pooled: bool = False
) -> QuizAnalysis:
    """Analyse a test of a cohort, inside a transaction.

    `course` is used if the cohort adopted no course version. If `pooled` is True, the answers of
    the ten newest other cohorts of the course are counted too, for items of the same version.

    Raises:
        Refused: the cohort's course has no such quiz.
    """
    sat = first_attempts_of(tx, course, cohort, quiz_id)
    earlier = earlier_test(sat.course, sat.quiz)
    before = first_attempts_of(tx, course, cohort, earlier.id) if earlier else None
    pair = paired((before.items, before.sittings), (sat.items, sat.sittings)) if before else None
    found = analyse(sat.items, sat.sittings, pair)
    if not pooled:
        return QuizAnalysis(sat, found)
    others = _others(tx, course, sat)
    return QuizAnalysis(
        sat,
        _with_pooled_items(found, sat, others),
        tuple(each.cohort.id for each in others if each.sittings),
    )


def _with_pooled_items(found: Analysis, sat: Sat, others: Sequence[Sat]) -> Analysis:
    """Compute the statistics of each item from the answers of this cohort (`sat`) and of `others`.

    For an item, only people who were asked the same version of the item are counted.
    """
    items = {item.version: item for each in (*others, sat) for item in each.items}
    sittings = [sitting for each in (sat, *others) for sitting in each.sittings]
    figures = {
        each.item.version: each
        for each in item_figures(
            list(items.values()), sittings, score_table(list(items.values()), sittings)
        )
    }
    return replace(found, items=tuple(figures[item.version] for item in sat.items))


def earlier_test(course: Course, quiz: Quiz) -> Quiz | None:
    """Find the opening test with which the results of a closing test are compared.

    `quiz` is the closing test. The opening test must be about the same module as `quiz`, or about
    the whole course if `quiz` is. None if `quiz` is no closing test, or if the course has no such
    opening test or several.
    """
    if quiz.header.use != "posttest":
        return None
    found = [
        each
        for each in course.quizzes.values()
        if each.header.use == "pretest" and each.header.module == quiz.header.module
    ]
    return found[0] if len(found) == 1 else None


def closing_test(course: Course) -> Quiz | None:
    """Find the closing test (`posttest`) of a course; None if it is not clear which test it is.

    A requirement to pass a test has a list of tests: a learner must pass the first one, or any of
    the others instead of it. Only the first test of each list is looked at. The result is the first
    of these tests that is a closing test. If there is none, it is the closing test of the course,
    provided that the course has only one.
    """
    asked = [
        name for each in course.file.completion if each.by_passing_one for name in each.quizzes[:1]
    ]
    found = [quiz for quiz in course.quizzes.values() if quiz.header.use == "posttest"]
    return next(
        (quiz for name in asked for quiz in found if quiz.id == name),
        found[0] if len(found) == 1 else None,
    )


def other_forms(course: Course, quiz: Quiz) -> tuple[Quiz, ...]:
    """The tests that a learner may pass instead of the test `quiz`.

    Each test is analysed separately, because many people sat several of them (decision 0108).
    """
    instead = [
        each.quizzes
        for each in course.file.completion
        if each.by_passing_one and quiz.id in each.quizzes
    ]
    return tuple(
        course.quizzes[name]
        for name in dict.fromkeys(chain(*instead))
        if name != quiz.id and name in course.quizzes
    )


def why_unpaired(quiz: Quiz) -> str:
    """The reason, in words, why there is no earlier test to compare this test with."""
    if quiz.header.use == "posttest":
        return "tidak ada tes awal yang sama cakupannya, jadi tidak ada yang dibandingkan"
    return "perbandingan sebelum dan sesudah ada pada tes akhir"


def _others(tx: Connection, course: Course, sat: Sat) -> list[Sat]:
    """Read first attempts at the same quiz in the ten newest other cohorts of the course.

    Each cohort has its own version of the quiz; cohorts without this quiz are left out.
    """
    cohorts = [
        each
        for each in list_cohorts(tx)
        if each.course == sat.cohort.course and each.id != sat.cohort.id
    ][-MOST_POOLED:]
    adopted = adoptions(tx, *(each.id for each in cohorts))
    courses = [
        (each, adopted[each.id].course if each.id in adopted else course) for each in cohorts
    ]
    return list(
        first_attempts_of_cohorts(
            tx, [(each, own) for each, own in courses if sat.quiz.id in own.quizzes], sat.quiz.id
        )
    )


# ---- in the report pack --------------------------------------------------------------------------


def report_sentences(tx: Connection, course: Course, cohort: Cohort) -> tuple[str, ...]:
    """Write sentences for the minutes about the closing test: gain, reliability, doubtful items.

    Returns no sentence if it is not clear which test is the closing test. The sentences name items
    by id, never by wording.
    """
    closing = closing_test(course_within(tx, course, cohort.id))
    if closing is None:
        return ()
    analysis = analysis_within(tx, course, cohort, closing.id).analysis
    said = list(gain_sentences(analysis.paired)) if analysis.paired else []
    if not analysis.is_enough:
        return (*said, analysis.reasons["n"])
    alpha = analysis.reliability.alpha
    said.append(
        f"Keajegan tes akhir (KR-20): {number(alpha, 2)}."
        if alpha is not None
        else f"Keajegan tes akhir tidak ada: {analysis.reasons['kr20']}."
    )
    doubtful = [
        f"{each.item.id} ({', '.join(sentences_of(each))})"
        for each in analysis.items
        if {"key", "against"} & set(each.flags)
    ]
    return (*said, f"Butir yang perlu diperiksa: {'; '.join(doubtful) or 'tidak ada'}.")
