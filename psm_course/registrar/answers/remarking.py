"""Grade every attempt at a quiz again, in one pass. Call it through `regrading`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from psm_course.content.adopted import quiz_changes
from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.completion import judge
from psm_course.domain.register import Attempt, RecordKind
from psm_course.domain.requirement import Facts
from psm_course.domain.rules import Rules
from psm_course.errors import Refused
from psm_course.grading.grade import Grader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, read_submission
from psm_course.registrar.completion.cohort_rules import Move, moves_between
from psm_course.registrar.completion.judging import counted, counting, facts_beside, rules_of
from psm_course.store import audit
from psm_course.store.answers import attempts
from psm_course.store.answers.dispositions import NewDispositions, dispositions_of
from psm_course.store.answers.outcomes import Kept, stream_kept
from psm_course.store.certificates import records
from psm_course.store.completion import overrides
from psm_course.store.completion.versions import adoptions
from psm_course.store.engine import Connection
from psm_course.store.people import people
from psm_course.store.people.cohorts import list_cohorts

# Cohorts that are read in the same questions: asking
# costs as much as marking dozens of attempts again.
_TOGETHER = 20
_KEPT = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One attempt that gets a new outcome.

    `moves` are the completions (attended, passed) that this person gains or loses; `records` are
    the numbers of the person's valid certificates, by kind.
    """

    cohort: str
    before: Attempt
    after: Attempt
    moves: tuple[Move, ...]
    records: Mapping[RecordKind, str]

    @property
    def crosses(self) -> int:
        """1 if the attempt newly passes, -1 if it no longer passes, 0 if neither."""
        return bool(self.after.passed) - bool(self.before.passed)


@dataclass(frozen=True, slots=True)
class OtherQuiz:
    """Cohorts that have another version of the quiz than the newest, and move to the newest.

    `changes` are the differences between the two versions, in sentences.
    """

    cohorts: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(slots=True)
class Regrade:
    """Result of grading a quiz again, or of only trying.

    Attributes:
        others: cohorts with an older version of the quiz.
        archived: ids of archived cohorts, which are left out.
        unreadable: number of attempts whose hand-in cannot be read; they keep their outcome.
        up, down: numbers of attempts that now pass, and that no longer pass.
        people, records: number of people with a changed attempt, and of their valid certificates.
        cohorts: number of changed attempts by cohort id.
        moved: number of people; key `("passed", True)`: they gain *passed*; False: they lose it.
        moves: completions that people gain or lose, at most the first hundred.
        touched: number of valid certificates for a completion that their owner loses.
        touched_records: the numbers of these certificates, at most the first hundred.
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
        """The number of attempts that were graded again and keep their outcome."""
        return self.attempts - self.changed - self.unreadable


Each = Callable[[str, Sequence[Change]], None]
_ById = Mapping[str, Mapping[int, Attempt]]


@dataclass(frozen=True, slots=True)
class _ChangedAttempt:
    """An attempt whose outcome changes; `outcome` is the new one."""

    kept: Kept
    outcome: Outcome

    @property
    def number(self) -> str:
        return self.kept.counts_for

    @property
    def needs_all_right(self) -> bool:
        """True if the attempt had no critical error, but has one with the new outcome.

        Then the right answers of later attempts must be read, because they may clear the error.
        """
        return bool(self.outcome.critical) and self.kept.critical == "[]"


class Remarking:
    """Grades all attempts of a quiz again; reads 20 cohorts at a time to need little memory.

    `dispositions` are added to those in force. `each` gets the id and changes of every cohort.

    Raises:
        Refused: by the constructor, if no item would count any more for somebody.
    """

    def __init__(
        self,
        tx: Connection,
        course: Course,
        quiz: Quiz,
        dispositions: NewDispositions,
        now: datetime,
        each: Each,
    ) -> None:
        in_force = dispositions_of(tx, course.file.id, quiz.id)
        combined = {
            item: disposition
            for item, disposition in {**in_force, **dispositions}.items()
            if disposition != "none"
        }
        if sum(disposition == "disregard" for disposition in combined.values()) >= quiz.drawn:
            raise Refused(
                "Bila semua butir itu tidak dihitung, ada peserta yang tidak punya butir lagi."
                " Pakai --full untuk sebagian."
            )
        self.tx, self.course, self.quiz, self.now, self.each = tx, course, quiz, now, each
        self.grader = Grader(quiz, combined)
        self.done = Regrade(quiz.id)
        self._rules: dict[int, tuple[Rules, Rules]] = {}

    def run(self, actor: str | None = None) -> Regrade:
        """Grade every attempt again.

        Args:
            actor: the account that ordered this; new outcomes are written, with one entry in the
                log for each cohort. None: only compute the result; nothing is written.
        """
        ours = [cohort for cohort in list_cohorts(self.tx) if cohort.course == self.course.file.id]
        cohorts = [cohort.id for cohort in ours if cohort.archived_at is None]
        self.done.archived = tuple(cohort.id for cohort in ours if cohort.archived_at is not None)
        self.done.others = _others(self.tx, self.quiz, cohorts)
        for start in range(0, len(cohorts), _TOGETHER):
            self._run(tuple(cohorts[start : start + _TOGETHER]), actor)
        return self.done

    def _run(self, cohorts: tuple[str, ...], actor: str | None) -> None:
        found: dict[str, list[_ChangedAttempt]] = {cohort: [] for cohort in cohorts}
        for each in self._marked_again(cohorts):
            found[each.kept.cohort].append(each)
        changes = self._changes(cohorts, found)
        for cohort in cohorts:
            if actor and found[cohort]:
                self._keep(cohort, found[cohort], actor)
            self._count(cohort, changes.get(cohort, []))
            self.each(cohort, changes.get(cohort, []))

    def _marked_again(self, cohorts: tuple[str, ...]) -> Iterator[_ChangedAttempt]:
        for kept in stream_kept(self.tx, cohorts, self.quiz.id):
            self.done.attempts += 1
            try:
                submission = read_submission(kept.document.encode())
            except NotASubmission:
                # Whatever spoilt it, the figures stay as they are, and the rest goes on.
                self.done.unreadable += 1
                continue
            items = kept.marks()
            # The first outcome tells what was on the screen; a later one may lack removed items.
            outcome = self.grader.grade_again(
                submission, items if kept.first_items is None else kept.first_marks()
            )
            if kept.differs_from(outcome, items):
                yield _ChangedAttempt(kept, outcome)

    def _keep(self, cohort: str, found: Sequence[_ChangedAttempt], actor: str) -> None:
        """Write the new outcomes (`found`) of one cohort, with one entry in the log for the cohort.

        One entry for all cohorts would keep the rows of all cohorts in memory until the end.
        """
        attempts.add_outcomes(
            self.tx, [(each.kept.attempt, each.outcome, self.now) for each in found]
        )
        audit.note(
            self.tx,
            actor,
            "outcomes regraded",
            cohort,
            self.now,
            quiz=self.quiz.id,
            changed=len(found),
        )

    # ---- what it means for the people ------------------------------------------------------------

    def _changes(
        self, cohorts: tuple[str, ...], found: Mapping[str, Sequence[_ChangedAttempt]]
    ) -> dict[str, list[Change]]:
        """The changes by cohort, each with the completions that the person gains or loses."""
        everything = [each for those in found.values() for each in those]
        if not everything:
            return {}
        outcomes = {each.kept.attempt: each.outcome for each in everything}
        people_of = {each.number: each.kept.cohort for each in everything}
        attempted = self._attempts(cohorts, everything)
        again = {
            number: {
                name: _again(attempt, outcomes.get(name))
                for name, attempt in attempted[number].items()
            }
            for number in people_of
        }
        rules = self._rules_of(cohorts)
        moves = self._moves(
            cohorts,
            {number: rules[cohort] for number, cohort in people_of.items()},
            attempted,
            again,
        )
        issued = records.valid_numbers(self.tx, cohorts, tuple(people_of))
        changes: dict[str, list[Change]] = {}
        for number, cohort in people_of.items():
            before, after = list(attempted[number].items()), list(again[number].values())
            for place in counted(after):
                name, old = before[place]
                if name in outcomes:
                    pair = counting([old])[0], counting([after[place]])[0]
                    changes.setdefault(cohort, []).append(
                        Change(cohort, *pair, moves.get(number, ()), issued.get(number, {}))
                    )
        return changes

    def _attempts(
        self, cohorts: tuple[str, ...], found: Sequence[_ChangedAttempt]
    ) -> dict[str, dict[int, Attempt]]:
        """All attempts of the people whose outcomes change, by participant number and attempt id.

        `found` are the attempts whose outcome changes. For people with merged numbers or a new
        critical error, reads the items answered right in all attempts; this is slower.
        """
        merged = people.merged_into(self.tx, cohorts)
        closely = dict.fromkeys(
            each.number for each in found if each.needs_all_right or each.number in merged
        )
        others = dict.fromkeys(each.number for each in found if each.number not in closely)
        known: dict[str, dict[int, Attempt]] = {}
        for whose, all_right in ((others, False), (closely, True)):
            if whose:
                known |= attempts.attempts_by_id(self.tx, cohorts, tuple(whose), all_right)
        return known

    def _moves(
        self,
        cohorts: tuple[str, ...],
        rules: Mapping[str, tuple[Rules, Rules]],
        attempted: _ById,
        again: _ById,
    ) -> dict[str, tuple[Move, ...]]:
        """The completions (attended, passed) that people gain or lose, by participant number.

        `attempted` has all attempts with the old outcomes, `again` with the new ones. Attendance
        and observations are read only for people for whom a requirement about this quiz becomes met
        or unmet by the new outcomes.
        """
        decided = overrides.overrides_of_cohort(self.tx, cohorts, tuple(rules))

        def crosses(number: str) -> bool:
            of_quiz, mine = rules[number][1], decided.get(number, {})
            pair = (
                Facts({}, counting(list(one[number].values())), overrides=mine)
                for one in (attempted, again)
            )
            before, after = (judge(of_quiz, facts, self.now).requirements for facts in pair)
            return any(one.met != other.met for one, other in zip(before, after, strict=True))

        crossing = tuple(number for number in rules if crosses(number))
        if not crossing:
            return {}
        facts = facts_beside(
            self.tx,
            cohorts,
            {number: list(attempted[number].values()) for number in crossing},
            crossing,
        )
        issued = records.valid_numbers(self.tx, cohorts, crossing)
        moves = {}
        for number in crossing:
            before = facts[number]
            after = replace(facts[number], attempts=counting(list(again[number].values())))
            was, will = (judge(rules[number][0], each, self.now) for each in (before, after))
            moves[number] = tuple(moves_between(number, was, will, issued.get(number, {})))
        return moves

    def _rules_of(self, cohorts: tuple[str, ...]) -> dict[str, tuple[Rules, Rules]]:
        """Two sets of rules for each cohort: all requirements, and only those about this quiz."""
        adopted = adoptions(self.tx, *cohorts)
        courses = {
            cohort: adopted[cohort].course if cohort in adopted else self.course
            for cohort in cohorts
        }
        return {cohort: self._rules_within(course) for cohort, course in courses.items()}

    def _rules_within(self, course: Course) -> tuple[Rules, Rules]:
        """The rules of a course twice: with all requirements, and with only those about this quiz.

        Cohorts with the same course file share both results, because computing the version of the
        rules is slow: it takes as long as judging a cohort.
        """
        # No other file can get this id: the rules that are kept hold the file.
        if id(course.file) not in self._rules:
            whole = rules_of(course)
            asked = tuple(
                each
                for each in whole.course.completion
                if each.looks_at_attempts and self.quiz.id in each.quizzes
            )
            of_quiz = replace(whole, course=whole.course.model_copy(update={"completion": asked}))
            self._rules[id(course.file)] = (whole, of_quiz)
        return self._rules[id(course.file)]

    # ---- counting --------------------------------------------------------------------------------

    def _count(self, cohort_id: str, changes: Sequence[Change]) -> None:
        done = self.done
        if changes:
            done.cohorts[cohort_id] = len(changes)
        done.changed += len(changes)
        done.up += sum(change.crosses > 0 for change in changes)
        done.down += sum(change.crosses < 0 for change in changes)
        # One of each person: all changes of a person have the same moves and records.
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


def _others(tx: Connection, quiz: Quiz, cohorts: Sequence[str]) -> tuple[OtherQuiz, ...]:
    """The cohorts that adopted another version of the quiz, grouped by the differences."""
    found: dict[tuple[str, ...], list[str]] = {}
    for cohort, adoption in adoptions(tx, *cohorts).items():
        own = adoption.quiz(quiz.id)
        if own and own.quiz != quiz:
            found.setdefault(quiz_changes(own.quiz, quiz), []).append(cohort)
    return tuple(OtherQuiz(tuple(sorted(those)), changes) for changes, those in found.items())


def _again(attempt: Attempt, outcome: Outcome | None) -> Attempt:
    """The attempt with its new outcome; the same attempt if `outcome` is None."""
    if outcome is None:
        return attempt
    right = attempts.right_items({item: mark.as_json for item, mark in outcome.marks.items()})
    return attempt._replace(
        points=outcome.points,
        maximum=outcome.maximum,
        passed=outcome.passed,
        critical=outcome.critical,
        right=right,
    )
