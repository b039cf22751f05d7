"""Record an officer's decision that held hand-ins count or do not count: one or many at once.

The answers in the hand-in are kept for ever, whatever the officer decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import orjson

from psm_course.content.course import Course
from psm_course.content.quiz import Quiz
from psm_course.domain.register import KeptSubmission
from psm_course.errors import Refused
from psm_course.grading.grade import Grader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import Submission, check_submission
from psm_course.registrar.answers.asked import AskedQuizzes, Graders
from psm_course.registrar.answers.hand_in import Receipt, receipt_of
from psm_course.registrar.answers.holding import codes_of, sentence_of
from psm_course.registrar.answers.submitting import in_parts
from psm_course.registrar.answers.turns import keep_let_in, let_in, used
from psm_course.registrar.archive import archived_sentence
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.answers import attempts, submissions
from psm_course.store.answers.attempts import NewAttempt, Taken
from psm_course.store.completion.versions import QuizVersion
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people

Decision = Literal["accepted", "refused"]
_SAID = {"accepted": "diterima", "refused": "ditolak"}


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Shows an officer how much of a hand-in fits the present version of the quiz.

    The hand-in was made with another version. Each of the first three values is a number of
    answered items:

    - `drawn`: items that this person would be given today.
    - `elsewhere`: items that are in the quiz today, but would not be given to this person.
    - `gone`: items that are no longer in the quiz.

    `size` is the number of items that this person would be given today; None if everybody gets all
    items.
    """

    drawn: int
    elsewhere: int
    gone: int
    size: int | None

    @property
    def answered(self) -> int:
        """The number of items that the hand-in answers."""
        return self.drawn + self.elsewhere + self.gone


def other_version(store: Store, course: Course, quiz_id: str, document: str) -> OtherVersion | None:
    """Compare a hand-in (`document`, its JSON text) with the present version of the quiz.

    Returns None if there is nothing to compare: the office adopted the version of the hand-in, the
    document names no version, or the quiz does not exist.
    """
    submission = check_submission(orjson.loads(document))
    number = submission.participant
    with store.reading() as tx:
        asked = AskedQuizzes(tx, people.learners(tx, {number}), course.quizzes)
        own, made_on = asked.of(number, quiz_id), asked.made_on(submission)
    if own is None or made_on is not None:
        return None
    grader = Grader(own.quiz)
    drawn = grader.present_draw(submission)
    answered = set(submission.responses)
    known = answered & set(grader.item_ids)
    mine = known if drawn is None else known & set(drawn)
    return OtherVersion(
        len(mine), len(known - mine), len(answered - known), None if drawn is None else len(drawn)
    )


def list_held(store: Store, among: Collection[str] | None = None) -> tuple[KeptSubmission, ...]:
    """List all hand-ins that wait for a decision; the one that has waited longest comes first.

    `among` has the ids of cohorts: only hand-ins of their members are listed. A hand-in whose
    participant number is unknown is listed only if `among` is None.
    """
    with store.reading() as tx:
        return submissions.list_waiting(tx, among)


def list_decided(store: Store) -> tuple[KeptSubmission, ...]:
    """List all held hand-ins on which an officer has decided, newest first."""
    with store.reading() as tx:
        return submissions.list_decided(tx)


def decide(
    store: Store,
    course: Course,
    submission_id: str,
    decision: Decision,
    reason: str,
    actor: str,
    now: datetime,
    participant: str | None = None,
    again: bool = False,
) -> Receipt:
    """Decide on one held hand-in: count it (`accepted`) or do not count it (`refused`).

    Args:
        store, actor, now: the register, the account that acts and the moment.
        course: used if the learner's cohort adopted no course version.
        submission_id: the id of the hand-in.
        decision: "accepted" or "refused".
        reason: why, in the officer's words.
        participant: the right participant number, if the number in the hand-in is wrong. None: the
            person for whom the hand-in counted before, or else the number in the hand-in.
        again: True: an earlier decision may be replaced. "refused" makes the attempt of the hand-in
            void. "accepted" makes this attempt count again; a hand-in without an attempt gets one.

    Returns:
        The receipt, with the outcome if the hand-in counts.

    Raises:
        Refused: the hand-in does not wait for a decision, or has this decision already; the reason
            is missing; the participant number or the quiz does not exist; the hand-in counted for
            another person before; or the person's cohort is archived.
    """
    with store.transaction() as tx:
        waiting = _get_waiting(tx, submission_id, decision, again)
        desk = _Decided(tx, course.quizzes, [waiting], {participant} if participant else set(), now)
        why = reason_about(tx, reason, desk.numbers)
        receipt = (
            desk.accept(waiting, participant) if decision == "accepted" else desk.refuse(waiting)
        )
        desk.keep()
        submissions.add_decisions(tx, [submission_id], decision, why, actor, now)
        audit.note(
            tx,
            actor,
            f"submission {decision}",
            submission_id,
            now,
            quiz=waiting.quiz,
            participant=receipt.participant,
        )
        desk.let_others_in()
    return receipt


@dataclass(slots=True)
class Decided:
    """Result of deciding on many hand-ins at once.

    `count` is the number of hand-ins that were decided. `left` has the hand-ins that could not be
    decided: the keys are receipt codes, the values are sentences that give the reason.
    """

    count: int = 0
    left: dict[str, str] = field(default_factory=dict)


def decide_all(
    store: Store,
    course: Course,
    ids: Sequence[str],
    decision: Decision,
    reason: str,
    actor: str,
    now: datetime,
) -> Decided:
    """Make the same decision on many hand-ins (`ids`), 500 in one transaction.

    Hand-ins that no longer wait for a decision are skipped. If the program cannot count a hand-in,
    the hand-in still waits afterwards, and `left` of the result gives the reason.

    Raises:
        Refused: none of the hand-ins waits for a decision, or the reason is missing.
    """
    done = Decided()
    for some in in_parts(ids):
        _decide_some(store, course, some, decision, reason, actor, now, done)
    if not done.count and not done.left:
        raise Refused(
            "Tidak ada yang menunggu keputusan di antara yang dipilih. Muat ulang daftarnya."
        )
    return done


def _decide_some(
    store: Store,
    course: Course,
    ids: Sequence[str],
    decision: Decision,
    reason: str,
    actor: str,
    now: datetime,
    done: Decided,
) -> None:
    with store.transaction() as tx:
        found = submissions.find_submissions(tx, ids)
        # Another officer may have decided on some of them since the page was drawn.
        waiting = [
            found[each]
            for each in dict.fromkeys(ids)
            if each in found and found[each].held and not found[each].decision
        ]
        why = reason_about(tx, reason, {each.participant for each in waiting})
        desk = _Decided(tx, course.quizzes, waiting, set(), now)
        decided = []
        for each in waiting:
            try:
                receipt = desk.accept(each, None) if decision == "accepted" else desk.refuse(each)
            # One that cannot be counted must not stop the others.
            except Refused as refused:
                done.left[receipt_of(each)] = str(refused)
            else:
                decided.append((each, receipt))
        desk.keep()
        submissions.add_decisions(tx, [each.id for each, _ in decided], decision, why, actor, now)
        deeds = [
            audit.Deed(
                now,
                actor,
                f"submission {decision}",
                each.id,
                {"quiz": each.quiz, "participant": receipt.participant},
            )
            for each, receipt in decided
        ]
        audit.note_all(tx, deeds)
        desk.let_others_in()
        done.count += len(decided)


def _get_waiting(
    tx: Connection, submission_id: str, decision: Decision, again: bool
) -> KeptSubmission:
    kept = submissions.find_submission(tx, submission_id)
    if kept is None:
        raise Refused(
            "Tidak ada jawaban yang menunggu dengan kode atau id ini. Lihat daftarnya: psm submit"
            " held."
        )
    if kept.held is None:
        raise Refused("Jawaban ini sudah masuk register; tidak ada yang perlu diputuskan.")
    if kept.decision == decision:
        raise Refused(f"Jawaban ini sudah diputuskan: {_SAID[decision]}. Tidak ada yang berubah.")
    if kept.decision is not None and not again:
        raise Refused(
            f"Jawaban ini sudah diputuskan: {_SAID[kept.decision]}. Untuk mengubahnya, tulis"
            " --again dengan alasannya."
        )
    return kept


class _Decided:
    """Decisions on several hand-ins: reads all facts at once and writes all results at once.

    Call `accept` or `refuse` for each hand-in, then `keep`, then `let_others_in`.
    """

    def __init__(
        self,
        tx: Connection,
        quizzes: Mapping[str, Quiz],
        waiting: Sequence[KeptSubmission],
        others: set[str],
        now: datetime,
    ) -> None:
        self.before = attempts.attempts_by_submission(tx, [each.id for each in waiting])
        made_for = {made.number for made in self.before.values()}
        self.numbers = {each.participant for each in waiting} | others | made_for
        self.tx, self.now = tx, now
        self.learners = people.learners(tx, self.numbers)
        self.asked = AskedQuizzes(tx, self.learners, quizzes)
        self.taken = attempts.taken_by(tx, self.numbers)
        self.graders = Graders()
        self.graders.follow(tx)
        self.new: list[NewAttempt] = []
        self.again: list[tuple[int, Outcome, datetime]] = []
        self.void: list[int] = []

    def accept(self, waiting: KeptSubmission, participant: str | None) -> Receipt:
        made = self.before.get(waiting.id)
        number = participant or (made.number if made else waiting.participant)
        # One hand-in makes one attempt, and the attempt keeps its person.
        if made and number != made.number:
            raise Refused(
                f"Jawaban ini pernah dihitung untuk {made.number}, jadi tidak dapat dihitung untuk"
                f" {number}. Orang yang sama? Kosongkan nomornya. Orang lain? Minta {number}"
                " mengerjakannya lagi, di ponsel atau di laptop kantor."
            )
        own = self.asked.of(number, waiting.quiz)
        if own is None:
            raise Refused(
                f'Kuis "{waiting.quiz}" tidak ada di kursus ini, jadi jawabannya tidak dapat'
                " dinilai."
            )
        learner = self.learners.get(number)
        if learner is None:
            raise Refused(
                f'Nomor "{number}" tidak ada di register. Sebutkan nomor peserta yang benar.'
            )
        _refuse_archived(learner)
        outcome = self._graded(waiting, number, own)
        if made:
            # It counted once and was taken back: the attempt
            # gets another outcome, not a second row.
            self.again.append((made.id, outcome, self.now))
        else:
            taken = self.taken.get((number, waiting.quiz), Taken())
            self.new.append(
                NewAttempt(waiting.id, number, waiting.quiz, taken.next, outcome, self.now)
            )
            # The next hand-in of the same person in this batch needs the following attempt number.
            self.taken[number, waiting.quiz] = used(taken, waiting.received_at)
        return Receipt(receipt_of(waiting), number, waiting.quiz, "recorded", outcome=outcome)

    def refuse(self, waiting: KeptSubmission) -> Receipt:
        made = self.before.get(waiting.id)
        if made:
            # An erased person is no learner any more.
            _refuse_archived(self.learners.get(made.number))
            self.void.append(made.id)
        return Receipt(
            receipt_of(waiting),
            made.number if made else waiting.participant,
            waiting.quiz,
            "held",
            sentence_of(waiting.held),
            codes=codes_of(waiting.held),
        )

    def keep(self) -> None:
        attempts.add_attempts(self.tx, self.new)
        attempts.add_outcomes(self.tx, self.again)
        attempts.void_attempts(self.tx, self.void, self.now)

    def let_others_in(self) -> None:
        """Record hand-ins of the same people that were held because an earlier attempt was missing.

        A hand-in is recorded only if all attempts before it are recorded now.
        """
        # An attempt that counts again had its number before, so nobody else's turn comes by it.
        keys = {(each.number, each.quiz) for each in self.new}
        waiting = (
            submissions.waiting_for_their_turn(self.tx, {number for number, _ in keys})
            if keys
            else {}
        )
        came = []
        for key in sorted(keys & waiting.keys()):
            asked = self.asked.of(*key)
            if asked:
                found, self.taken[key] = let_in(
                    waiting[key], self.taken[key], asked.quiz, self._grade
                )
                came += found
        if came:
            keep_let_in(self.tx, came, self.now)

    def _grade(self, submission: Submission) -> Outcome | None:
        made_on = self.asked.made_on(submission)
        return (
            self.graders.of(self.asked.course_of(submission.participant), made_on).grade(submission)
            if made_on
            else None
        )

    def _graded(self, waiting: KeptSubmission, number: str, own: QuizVersion) -> Outcome:
        """Grade a held hand-in that will count for the person with participant number `number`.

        Grades by the quiz version that the learner saw. If the office never adopted that version,
        grades by `own`, the version that counts for this person. Then answers to items that `own`
        does not have are ignored (decision 0031). The participant number in the hand-in may be
        wrong. The draw is computed with that number, because the learner's phone used it too.
        """
        submission = check_submission(orjson.loads(waiting.document))
        course = self.asked.course_of(number)
        made_on = self.asked.made_on(submission, number)
        if made_on:
            return self.graders.of(course, made_on).grade(submission)
        return self.graders.of(course, own).grade_other_version(submission)


def _refuse_archived(learner: people.Learner | None) -> None:
    if learner and learner.is_archived:
        raise Refused(archived_sentence(learner.cohort))
