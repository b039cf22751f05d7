"""Marking a quiz again from what was handed in: first a list of what would change, then all of it at once, or nothing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.content.adopted import quiz_changes
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.completion import judge
from psm_course.domain.register import Attempt, Reason, RecordKind
from psm_course.errors import Refused
from psm_course.grading.dispositions import Ruling
from psm_course.grading.grade import Grader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, read_submission
from psm_course.registrar.completion.judging import facts_of_cohort, rules_within
from psm_course.registrar.completion.ruling import Move, moves_between
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.answers import attempts
from psm_course.store.answers.dispositions import Ruled, add_dispositions, dispositions_of
from psm_course.store.answers.outcomes import Graded, Items, stream_graded
from psm_course.store.certificates import records
from psm_course.store.completion.versions import add_adoption, adoptions, newest_version
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One attempt with another outcome; the outcomes of the course that this person gets or loses; the records they hold."""

    cohort: str
    before: Attempt
    after: Attempt
    moves: tuple[Move, ...]
    records: Mapping[RecordKind, str]

    @property
    def crosses(self) -> int:
        """1: passes now; -1: no longer passes; 0: stays on its side of the line."""
        return bool(self.after.passed) - bool(self.before.passed)


@dataclass(frozen=True, slots=True)
class OtherQuiz:
    """What the quiz says otherwise now than these cohorts had it, in sentences; the cohorts move to it."""

    cohorts: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(slots=True)
class Regrade:
    """What marking a quiz again changed, or would change. Lists hold the first hundred; every change went to `each`.

    `others` are the cohorts that have the quiz otherwise; `archived` those that were put away: nothing of theirs is marked again.
    """

    quiz: str
    others: tuple[OtherQuiz, ...] = ()
    archived: tuple[str, ...] = ()
    attempts: int = 0
    changed: int = 0
    unreadable: int = 0
    up: int = 0
    down: int = 0
    people: int = 0
    cohorts: Counter[str] = field(default_factory=Counter)
    moved: Counter[tuple[RecordKind, bool]] = field(default_factory=Counter)
    moves: list[Move] = field(default_factory=list)
    records: int = 0
    touched: int = 0
    touched_records: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.attempts - self.changed - self.unreadable


Each = Callable[[str, Sequence[Change]], None]


def try_regrade(store: Store, course: Course, quiz: str, rulings: Mapping[str, Ruled], now: datetime, each: Each) -> Regrade:
    """What would change if a quiz were marked again by the newest version of its course, under these rulings on its items, beside those
    in force. Changes nothing.

    `each` is told the changes of every cohort, by number. Refused for a quiz or item that is not there, and where nothing would count.
    """
    with store.reading() as tx:
        course, known = _known(tx, course, quiz, rulings)
        return _Pass(tx, course, known, rulings, now, each).run(keep=False)


def apply_regrade(
    store: Store, course: Course, quiz: str, rulings: Mapping[str, Ruled], reason: str, actor: str, now: datetime, each: Each
) -> Regrade:
    """Keep the rulings, append an outcome to every attempt that has another one, and move this one quiz of every cohort that is worked
    with to the newest version of the course. All or nothing; nobody's record is touched.

    Whoever hands in meanwhile waits. Refused also without a reason.
    """
    with store.transaction() as tx:
        course, known = _known(tx, course, quiz, rulings)
        why = reason_about(tx, reason)
        done = _Pass(tx, course, known, rulings, now, each).run(keep=True)
        _move_cohorts(tx, done, course.file.id, why, actor, now)
        add_dispositions(tx, course.file.id, quiz, rulings, why, actor, now)
        ruled: dict[str, str | int | None] = {f"{ruling}_items": _items(rulings, ruling) for ruling in sorted(set(rulings.values()))}
        audit.note(tx, actor, "quiz regraded", quiz, now, attempts=done.attempts, changed=done.changed, **ruled)
    return done


def rulings_in_force(store: Store, course: Course, quiz: str) -> dict[str, Ruling]:
    """What was ruled on the items of a quiz and not taken back."""
    with store.reading() as tx:
        return dispositions_of(tx, course.file.id, quiz)


def _items(rulings: Mapping[str, Ruled], ruling: Ruled) -> str:
    return ", ".join(sorted(item for item, ruled in rulings.items() if ruled == ruling))


def _move_cohorts(tx: Connection, done: Regrade, course: str, why: Reason, actor: str, now: datetime) -> None:
    """What is handed in from now on is graded by the same key as what was marked again; nobody is judged by other rules."""
    newest = newest_version(tx, course)
    if newest is None:
        return
    for cohort in (cohort for other in done.others for cohort in other.cohorts):
        add_adoption(tx, cohort, newest, why, actor, now, quiz=done.quiz)


def _others(tx: Connection, quiz: Quiz, cohorts: Sequence[str]) -> tuple[OtherQuiz, ...]:
    """The cohorts that adopted the quiz otherwise, by what is different."""
    found: dict[tuple[str, ...], list[str]] = {}
    for cohort, adoption in adoptions(tx, *cohorts).items():
        own = adoption.quiz(quiz.id)
        if own and own.quiz != quiz:
            found.setdefault(quiz_changes(own.quiz, quiz), []).append(cohort)
    return tuple(OtherQuiz(tuple(sorted(those)), changes) for changes, those in found.items())


def _known(tx: Connection, course: Course, quiz_id: str, rulings: Mapping[str, Ruled]) -> tuple[Course, Quiz]:
    """The course as it was adopted last (as given, where it never was), with its quiz."""
    newest = newest_version(tx, course.file.id)
    course = newest.course if newest else course
    quiz = course.quizzes.get(quiz_id)
    if quiz is None:
        guess = did_you_mean(quiz_id, course.quizzes)
        raise Refused(f'Kuis "{quiz_id}" tidak ada di kursus.' + (f' Maksud Anda "{guess}"?' if guess else ""))
    names = [item.id for item in quiz.items]
    for item in rulings:
        if item not in names:
            guess = did_you_mean(item, names)
            raise Refused(f'Butir "{item}" tidak ada di kuis {quiz_id}.' + (f' Maksud Anda "{guess}"?' if guess else ""))
    return course, quiz


class _Pass:
    """One pass over every attempt at a quiz, cohort by cohort: no more than one cohort's changes are ever held."""

    def __init__(self, tx: Connection, course: Course, quiz: Quiz, rulings: Mapping[str, Ruled], now: datetime, each: Each) -> None:
        in_force = dispositions_of(tx, course.file.id, quiz.id)
        ruled = {item: ruling for item, ruling in {**in_force, **rulings}.items() if ruling != "none"}
        if sum(ruling == "disregard" for ruling in ruled.values()) >= quiz.drawn:
            raise Refused("Bila semua butir itu tidak dihitung, ada peserta yang tidak punya butir lagi. Pakai --full untuk sebagian.")
        self.tx, self.course, self.quiz, self.now, self.each = tx, course, quiz, now, each
        self.grader = Grader(quiz, ruled)
        self.done = Regrade(quiz.id)

    def run(self, keep: bool) -> Regrade:
        ours = [cohort for cohort in people.list_cohorts(self.tx) if cohort.course == self.course.file.id]
        open_cohorts = [cohort for cohort in ours if cohort.archived_at is None]
        self.done.archived = tuple(cohort.id for cohort in ours if cohort.archived_at is not None)
        self.done.others = _others(self.tx, self.quiz, [cohort.id for cohort in open_cohorts])
        for cohort in open_cohorts:
            marked = self._marked_again(cohort.id)
            changes = self._changes(cohort.id, marked) if marked else []
            if keep:
                attempts.add_outcomes(self.tx, [(graded.attempt, outcome, self.now) for graded, outcome in marked])
            self._count(cohort.id, changes)
            self.each(cohort.id, changes)
        return self.done

    def _marked_again(self, cohort_id: str) -> list[tuple[Graded, Outcome]]:
        """The attempts of a cohort whose outcome is another one now."""
        found = []
        for graded in stream_graded(self.tx, cohort_id, self.quiz.id):
            self.done.attempts += 1
            try:
                outcome = self.grader.grade_again(read_submission(graded.document), graded.first_items)
            except NotASubmission:  # whatever spoilt it, the figures stay as they are, and the rest goes on
                self.done.unreadable += 1
                continue
            if _differs(graded, outcome):
                found.append((graded, outcome))
        return found

    def _changes(self, cohort_id: str, marked: Sequence[tuple[Graded, Outcome]]) -> list[Change]:
        """Each change with what it means for the person, judged before and after."""
        rules = rules_within(self.tx, self.course, cohort_id)
        facts = facts_of_cohort(self.tx, cohort_id, all_right=True)
        issued = records.valid_numbers(self.tx, cohort_id)
        by_number: dict[str, dict[tuple[bool, int], Outcome]] = {}
        for graded, outcome in marked:
            by_number.setdefault(graded.number, {})[graded.bound, graded.sequence] = outcome
        changes = []
        for number, outcomes in by_number.items():
            before = facts[number]
            after = replace(before, attempts=tuple(self._after(attempt, outcomes) for attempt in before.attempts))
            mine = issued.get(number, {})
            moves = tuple(moves_between(number, judge(rules, before, self.now), judge(rules, after, self.now), mine))
            pairs = zip(before.attempts, after.attempts, strict=True)
            changes += [Change(cohort_id, old, new, moves, mine) for old, new in pairs if old is not new]
        return changes

    def _after(self, attempt: Attempt, outcomes: Mapping[tuple[bool, int], Outcome]) -> Attempt:
        outcome = outcomes.get((attempt.bound, attempt.sequence)) if attempt.quiz == self.quiz.id else None
        if outcome is None:
            return attempt
        right = attempts.right_items(outcome.as_json()["items"])
        return attempt._replace(
            points=outcome.points, maximum=outcome.maximum, passed=outcome.passed, critical=outcome.critical, right=right
        )

    def _count(self, cohort_id: str, changes: Sequence[Change]) -> None:
        done = self.done
        if changes:
            done.cohorts[cohort_id] = len(changes)
        done.changed += len(changes)
        done.up += sum(change.crosses > 0 for change in changes)
        done.down += sum(change.crosses < 0 for change in changes)
        for change in {change.before.number: change for change in changes}.values():
            done.people += 1
            done.records += len(change.records)
            for move in change.moves:
                self._count_move(move)

    def _count_move(self, move: Move) -> None:
        done = self.done
        done.moved[move.kind, move.gains] += 1
        done.moves += [move][: _KEPT - len(done.moves)]
        if move.touches:
            done.touched += 1
            done.touched_records += [str(move.record)][: _KEPT - len(done.touched_records)]


def _differs(graded: Graded, outcome: Outcome) -> bool:
    """Also where only single items do, for what is analysed by item; but not for the wording of a message alone."""
    before = (graded.points, graded.maximum, graded.passed, graded.critical)
    after = (outcome.points, outcome.maximum, outcome.passed, outcome.critical)
    return before != after or marks_of(graded.items) != marks_of(outcome.as_json()["items"])


def marks_of(items: Items) -> dict[str, tuple[str, str, str]]:
    """Points, maximum and status of each item, as they are printed; without what was said of it."""
    return {name: (mark["points"], mark["maximum"], mark["status"]) for name, mark in items.items()}
