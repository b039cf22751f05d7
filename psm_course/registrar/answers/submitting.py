"""Taking in what phones hand in. Nothing that is a submission is ever turned away: what cannot count is held for an officer."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Literal, TypeVar

import orjson

from psm_course.content.quiz import Quiz
from psm_course.domain.register import KeptSubmission
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, Submission, canonical, read_submission
from psm_course.registrar.answers.asked import AskedQuizzes, Graders
from psm_course.registrar.answers.holding import NOTES, codes_of, notes_on, reasons_to_hold, sentence_of
from psm_course.store import audit
from psm_course.store.answers import attempts
from psm_course.store.answers.attempts import NewAttempt
from psm_course.store.audit import Deed
from psm_course.store.completion.versions import QuizVersion
from psm_course.store.engine import Connection, Store
from psm_course.store.people import people
from psm_course.store.people.people import Learner

Standing = Literal["recorded", "known", "held"]
# So many documents share one transaction; a database takes a limited number of values in one question.
TOGETHER = 500
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a hand-in. `code` is short enough to write down; the same document always gets the same one.

    `reason` says in a sentence why it waits (or that it was refused), `codes` the same for programs; `notes` are codes of `holding.NOTES`.
    """

    code: str
    participant: str
    quiz: str
    standing: Standing
    reason: str = ""
    outcome: Outcome | None = None
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def said_of_it(self) -> str:
        """The reason and the notes in one line."""
        return "; ".join([self.reason] * bool(self.reason) + [NOTES[code] for code in self.notes])


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was handed in is no submission at all, and nothing was kept; the sentence says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """A submission on its way into the register: as read, exactly as it came, and its receipt code."""

    submission: Submission
    document: str
    canonical: bytes
    code: str
    actor: str
    received_at: datetime


def read_hand_in(document: bytes, actor: str, now: datetime) -> HandIn:
    """Raises NotASubmission."""
    submission = read_submission(document)
    form = canonical(submission.document)
    return HandIn(submission, document.decode(), form, receipt_code(form), actor, now)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the register holds about some hand-ins; grows while they are judged, so that twice in one go counts once."""

    kept: dict[str, KeptSubmission]
    learners: Mapping[str, Learner]
    taken: Counter[tuple[str, str]]
    asked: AskedQuizzes


@dataclass(frozen=True, slots=True)
class _Judged:
    """A hand-in with its row in the register and its receipt."""

    hand_in: HandIn
    kept: KeptSubmission
    receipt: Receipt
    sequence: int = 0


class Desk:
    """Where submissions are handed in: an open store and graders; `quizzes` are for learners whose cohort adopted none."""

    def __init__(self, store: Store, quizzes: Mapping[str, Quiz] = MappingProxyType({})) -> None:
        self.store = store
        self.quizzes = quizzes
        self.graders = Graders()

    def record(self, hand_ins: Sequence[HandIn]) -> list[Receipt]:
        """Keep at most TOGETHER hand-ins in one transaction, in nine statements however many; when this returns, they are on disk.

        The same document twice counts once.
        """
        with self.store.transaction() as tx:
            self.graders.follow(tx)
            seen = _look_up(tx, hand_ins, self.quizzes)
            judged = [self._judge(seen, hand_in) for hand_in in hand_ins]
            _keep(tx, [each for each in judged if each.receipt.standing != "known"])
        return [each.receipt for each in judged]

    def _judge(self, seen: _Seen, hand_in: HandIn) -> _Judged:
        kept_as, known = _find(seen, hand_in)
        if known:
            return _Judged(hand_in, known, _known(hand_in, known))
        judged = self._held_or_recorded(seen, hand_in, kept_as)
        seen.kept[kept_as] = judged.kept
        return judged

    def _held_or_recorded(self, seen: _Seen, hand_in: HandIn, kept_as: str) -> _Judged:
        submission = hand_in.submission
        key = submission.participant, submission.quiz
        asked, made_on, learner = seen.asked.of(*key), seen.asked.made_on(submission), seen.learners.get(submission.participant)
        codes = ["id_reused"] if kept_as != submission.id else []
        codes += reasons_to_hold(submission, asked, made_on, learner, seen.taken[key], hand_in.received_at)
        outcome = None if codes or made_on is None else self._grade(seen.asked.course_of(key[0]), made_on, submission)
        receipt = Receipt(hand_in.code, *key, "recorded", outcome=outcome, notes=notes_on(submission, hand_in.received_at))
        held = " ".join(codes or ["not_gradable"]) if outcome is None else None
        kept = KeptSubmission(kept_as, hand_in.received_at, *key, hand_in.document, held)
        if held:
            receipt = replace(receipt, standing="held", reason=sentence_of(held), codes=codes_of(held))
            return _Judged(hand_in, kept, receipt)
        seen.taken[key] += 1
        return _Judged(hand_in, kept, receipt, seen.taken[key])

    def _grade(self, course: str, made_on: QuizVersion, submission: Submission) -> Outcome | None:
        """None where the program stumbles: answers are kept and held, and spoil nobody else's."""
        try:
            return self.graders.of(course, made_on).grade(submission)
        except Exception:  # whatever it is, it is ours to mend and not the learner's to hand in again
            return None


def take_in(desk: Desk, documents: Iterable[bytes], actor: str, now: datetime) -> list[Receipt | Refusal]:
    """Keep any number of documents; one answer for each, in their order. What is answered by a receipt is on disk."""
    return [answer for some in in_parts(documents) for answer in _take_in(desk, some, actor, now)]


def in_parts(things: Iterable[_T]) -> Iterator[list[_T]]:
    """Lists of at most TOGETHER."""
    rest = iter(things)
    while part := list(islice(rest, TOGETHER)):
        yield part


def _take_in(desk: Desk, documents: list[bytes], actor: str, now: datetime) -> list[Receipt | Refusal]:
    read: list[HandIn | Refusal] = []
    for document in documents:
        try:
            read.append(read_hand_in(document, actor, now))
        except NotASubmission as error:
            read.append(Refusal(str(error)))
    receipts = iter(desk.record([each for each in read if isinstance(each, HandIn)]))
    return [each if isinstance(each, Refusal) else next(receipts) for each in read]


def _other_id(hand_in: HandIn) -> str:
    """Where other answers under an id that is taken are kept."""
    return f"{hand_in.submission.id}#{hand_in.code}"


def _look_up(tx: Connection, hand_ins: Sequence[HandIn], without: Mapping[str, Quiz]) -> _Seen:
    numbers = {hand_in.submission.participant for hand_in in hand_ins}
    ids = {name for hand_in in hand_ins for name in (hand_in.submission.id, _other_id(hand_in))}
    learners = people.learners(tx, numbers)
    asked = AskedQuizzes(tx, learners, without)
    return _Seen(attempts.find_submissions(tx, ids), learners, attempts.count_attempts(tx, numbers), asked)


def _find(seen: _Seen, hand_in: HandIn) -> tuple[str, KeptSubmission | None]:
    """The id to keep it under, and what the register has there already."""
    kept_as = hand_in.submission.id
    known = seen.kept.get(kept_as)
    if known and canonical(orjson.loads(known.document)) != hand_in.canonical:
        kept_as = _other_id(hand_in)
        known = seen.kept.get(kept_as)
    return kept_as, known


def _known(hand_in: HandIn, kept: KeptSubmission) -> Receipt:
    receipt = Receipt(hand_in.code, hand_in.submission.participant, hand_in.submission.quiz, "known")
    if kept.held is None or kept.ruling == "accepted":
        return receipt
    if kept.ruling == "refused":
        return replace(receipt, reason="petugas memutuskan jawaban ini tidak dihitung")
    return replace(receipt, reason=sentence_of(kept.held), codes=codes_of(kept.held))


def _keep(tx: Connection, new: list[_Judged]) -> None:
    attempts.add_submissions(tx, [each.kept for each in new])
    recorded = [(each, each.receipt.outcome) for each in new]
    attempts.add_attempts(
        tx,
        [
            NewAttempt(each.kept.id, each.receipt.participant, each.receipt.quiz, each.sequence, outcome, each.hand_in.received_at)
            for each, outcome in recorded
            if outcome is not None
        ],
    )
    audit.note_all(tx, [_deed(each) for each in new])


def _deed(judged: _Judged) -> Deed:
    hand_in, receipt = judged.hand_in, judged.receipt
    detail: dict[str, str | int | None] = {"quiz": receipt.quiz}
    if judged.kept.held:
        detail["held"] = judged.kept.held
    if receipt.notes:
        detail["notes"] = " ".join(receipt.notes)
    return Deed(hand_in.received_at, hand_in.actor, f"submission {receipt.standing}", judged.kept.id, detail)


def receipt_of(kept: KeptSubmission) -> str:
    """The code that the phone was given, and computes too."""
    return receipt_code(canonical(orjson.loads(kept.document)))


def receipt_code(document: bytes) -> str:
    """Eight letters and digits from a document in canonical form, without those that look alike."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    number = int.from_bytes(hashlib.sha256(document).digest()[:8])
    code = ""
    for _ in range(8):
        number, rest = divmod(number, len(alphabet))
        code += alphabet[rest]
    return f"{code[:4]}-{code[4:]}"
