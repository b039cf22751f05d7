"""Judge hand-ins: each is recorded, held for an officer, or quarantined (decision 0060).

`HandIn` and `Receipt` are in `hand_in`; writing to the register is in `keeping`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TypeVar, cast

import orjson

from psm_course.content.quiz import Quiz
from psm_course.credentials.log.receipt import Standing as PromisedStanding
from psm_course.credentials.log.receipt import digest_of
from psm_course.credentials.signing.keys import SigningKey
from psm_course.domain.register import KeptSubmission
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, Submission, canonical, without_mac
from psm_course.registrar.answers.asked import AskedQuizzes, Graders
from psm_course.registrar.answers.hand_in import HandIn, Receipt, Refusal, read_hand_in
from psm_course.registrar.answers.holding import codes_of, notes_on, reasons_to_hold, sentence_of
from psm_course.registrar.answers.keeping import Judged, as_quarantined, keep
from psm_course.registrar.answers.promising import promise, standing_of
from psm_course.registrar.answers.quarantining import put_in_quarantine
from psm_course.registrar.answers.turns import SIGNED, LetIn, let_in, number_attempt, used
from psm_course.registrar.people.cards import Binding, Cards
from psm_course.store.answers import attempts, submissions
from psm_course.store.answers.attempts import Taken
from psm_course.store.answers.submissions import NOT_THEIR_CARD, OUT_OF_TURN
from psm_course.store.engine import Connection, Store
from psm_course.store.log.places import places_of_hand_ins
from psm_course.store.people import people
from psm_course.store.people.people import Learner
from psm_course.store.tree import Leaf

# So many documents share one transaction; a database takes a limited number of values in one
# question.
TOGETHER = 500
# Letters of a document from the network that no card vouches for, beyond which it does not come
# into the register: anybody can send it, and what is held is kept for ever. A test of 40 items
# takes a tenth.
LARGEST_WITHOUT_CARD = 64 * 1024
# So many of one number may wait without a card; whoever makes up more fills only the quarantine,
# which has a budget.
MOST_WITHOUT_CARD = 20
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _RegisterFacts:
    """Facts from the register that are needed to judge hand-ins.

    Each judged hand-in is added to these facts. So if the same hand-in comes twice in one call, it
    counts once.
    """

    kept: dict[str, KeptSubmission]
    learners: Mapping[str, Learner]
    asked: AskedQuizzes
    taken: dict[tuple[str, str], Taken]
    out_of_turn: dict[tuple[str, str], list[KeptSubmission]]
    # Waiting, by number; asked for only where something came by the network.
    without_card: dict[str, int]

    def taken_by(self, hand_in: HandIn) -> Taken:
        return self.taken.get(hand_in.key, Taken())


class Desk:
    """Records hand-ins; holds the open store, the graders and the office's cards.

    `quizzes` (by id) are used for learners whose cohort adopted no version. `key` signs the
    receipts; if it is None, the receipts are not signed.
    """

    def __init__(
        self, store: Store, quizzes: Mapping[str, Quiz], cards: Cards, key: SigningKey | None = None
    ) -> None:
        self.store = store
        self.quizzes = quizzes
        self.cards = cards
        self.key = key
        self.graders = Graders()

    def record(self, hand_ins: Sequence[HandIn]) -> list[Receipt]:
        """Record up to 500 hand-ins in one transaction; they are on disk when this returns.

        Returns one receipt for each hand-in, in the same order. The number of SQL statements does
        not grow with the number of hand-ins. The same document twice counts once.
        """
        # Writes go together: otherwise phones wait for a PostgreSQL server after each one.
        with self.store.transaction(together=True) as tx:
            self.graders.follow(tx)
            facts = _look_up(tx, hand_ins, self.quizzes)
            judged = [self._judge(facts, hand_in) for hand_in in hand_ins]
            let_in = [each.let_in for each in judged if each.let_in]
            let_in += self._whose_turn_came(facts, judged)
            places = keep(tx, [each for each in judged if each.is_new], let_in, hand_ins)
            unfit = [each for each in judged if each.receipt.standing == "quarantined"]
            put_in_quarantine(tx, [as_quarantined(each) for each in unfit])
            before = {each.kept.id for each in judged if each.kept} - places.keys()
            places |= places_of_hand_ins(tx, before) if self.key and before else {}
        outcomes = {one.kept.id: one.outcome for one in let_in}
        # Signed only now: a receipt promises that the hand-in is on disk.
        return [self._promised(_answer(facts, each, outcomes), each, places) for each in judged]

    def _judge(self, facts: _RegisterFacts, hand_in: HandIn) -> Judged:
        """Judge one hand-in.

        A document that the register has already is never quarantined. For any other document, the
        number and the card decide first if it goes into the register or into quarantine.
        """
        binding = self._binding(facts, hand_in)
        kept_as, known = _find(facts, hand_in)
        if known and canonical(orjson.loads(known.document)) == hand_in.canonical:
            return Judged(hand_in, binding, _known(hand_in, known), known)
        if hand_in.submission.participant not in facts.learners:
            return _quarantined(hand_in, binding, "unknown_participant")
        if binding == "wrong":
            return _quarantined(hand_in, binding, "wrong_mac")
        if _is_too_much(facts, hand_in, binding):
            return _quarantined(hand_in, binding, "no_card")
        if known:
            return self._signed_anew(facts, hand_in, binding, known)
        judged = self._held_or_recorded(facts, hand_in, binding, kept_as)
        facts.kept[kept_as] = cast("KeptSubmission", judged.kept)
        if binding == "none" and judged.receipt.standing == "held":
            # Counted at once, so one large batch cannot leave more than the limit.
            number = hand_in.submission.participant
            facts.without_card[number] = facts.without_card.get(number, 0) + 1
        return judged

    def _promised(self, receipt: Receipt, judged: Judged, places: Mapping[str, Leaf]) -> Receipt:
        """Add the office's signature to a receipt. Call this only after the hand-in is on disk.

        `places` has the leaf in the log for each hand-in, by the id of its row. The receipt stays
        unsigned if the hand-in is quarantined or has no leaf, or if the desk has no key.
        """
        place = places.get(judged.kept.id) if judged.kept else None
        if judged.kept is None or place is None or self.key is None:
            return receipt
        standing = (
            standing_of(judged.kept)
            if receipt.standing == "known"
            else cast("PromisedStanding", receipt.standing)
        )
        document, digest = judged.hand_in.submission.document, digest_of(judged.hand_in.canonical)
        signed = promise(
            document, digest, standing, judged.kept.received_at, place, self.store.office, self.key
        )
        return replace(receipt, signed=signed)

    def _binding(self, facts: _RegisterFacts, hand_in: HandIn) -> Binding:
        number = hand_in.submission.participant
        learner = facts.learners.get(number)
        if learner is None:
            return "wrong"
        return self.cards.binding(hand_in.submission.document, number, learner.card_serial)

    def _signed_anew(
        self, facts: _RegisterFacts, hand_in: HandIn, binding: Binding, known: KeptSubmission
    ) -> Judged:
        """Judge a hand-in whose answers the register has already, with another signature or none.

        `known` is the earlier hand-in with the same answers. The earlier hand-in counts now if it
        is held only because of its card, the person's own card signed the new hand-in, and there
        is no other reason to hold the answers.
        """
        waits_for_card = (
            known.held is not None
            and known.decision is None
            and set(codes_of(known.held)) <= set(NOT_THEIR_CARD)
        )
        judged = Judged(hand_in, binding, _known(hand_in, known), known)
        if binding != "card" or not waits_for_card:
            return judged
        taken, learner = facts.taken_by(hand_in), facts.learners[hand_in.submission.participant]
        quiz, made_on = facts.asked.of(*hand_in.key), facts.asked.made_on(hand_in.submission)
        # By the time of the earlier hand-in: only the card came later, the answers did not.
        still_held = reasons_to_hold(
            hand_in.submission, quiz, made_on, learner, binding, taken, known.received_at
        )
        if any(still_held):
            return judged
        outcome = self._grade(facts, hand_in.submission)
        if outcome is None:
            return judged
        facts.taken[hand_in.key] = used(taken, known.received_at)
        facts.kept[known.id] = replace(known, decision="accepted")
        return replace(judged, let_in=LetIn(known, taken.next, outcome, SIGNED))

    def _held_or_recorded(
        self, facts: _RegisterFacts, hand_in: HandIn, binding: Binding, kept_as: str
    ) -> Judged:
        submission, taken = hand_in.submission, facts.taken_by(hand_in)
        quiz, made_on = facts.asked.of(*hand_in.key), facts.asked.made_on(submission)
        learner = facts.learners[submission.participant]
        codes = ["id_reused"] if kept_as != submission.id else []
        codes += reasons_to_hold(
            submission, quiz, made_on, learner, binding, taken, hand_in.received_at
        )
        outcome = None if codes else self._grade(facts, submission)
        held = " ".join(codes or ["not_gradable"]) if outcome is None else None
        shown = made_on or quiz
        pace = self.graders.pace(shown) if shown else None
        notes = notes_on(submission, quiz, pace, binding, hand_in.received_at)
        kept = KeptSubmission(
            kept_as,
            hand_in.received_at,
            *hand_in.key,
            hand_in.document,
            held,
            notes=" ".join(notes) or None,
        )
        receipt = Receipt(hand_in.code, *hand_in.key, "recorded", outcome=outcome, notes=notes)
        if held:
            if held == OUT_OF_TURN:
                facts.out_of_turn.setdefault(hand_in.key, []).append(kept)
            receipt = replace(
                receipt, standing="held", reason=sentence_of(held), codes=codes_of(held)
            )
            return Judged(hand_in, binding, receipt, kept)
        sequence, facts.taken[hand_in.key] = number_attempt(
            taken, binding == "card", hand_in.received_at
        )
        return Judged(hand_in, binding, receipt, kept, sequence)

    def _whose_turn_came(self, facts: _RegisterFacts, judged: Sequence[Judged]) -> list[LetIn]:
        """Find the held hand-ins that count now, because the attempts before them are recorded."""
        found: list[LetIn] = []
        for key in {each.hand_in.key: None for each in judged if each.sequence or each.let_in}:
            asked = facts.asked.of(*key)
            if asked:
                waiting, grade = facts.out_of_turn.get(key, ()), partial(self._grade, facts)
                came, facts.taken[key] = let_in(waiting, facts.taken[key], asked.quiz, grade)
                found += came
        return found

    def _grade(self, facts: _RegisterFacts, submission: Submission) -> Outcome | None:
        """Grade a submission; None if the quiz version is unknown or grading fails with an error.

        The caller then holds the answers for an officer; the other hand-ins are recorded as usual.
        """
        made_on = facts.asked.made_on(submission)
        if made_on is None:
            return None
        try:
            grader = self.graders.of(facts.asked.course_of(submission.participant), made_on)
            return grader.grade(submission)
        except Exception:
            # Whatever it is, it is ours to mend and not the learner's to hand in again.
            return None


def receive_submissions(
    desk: Desk, documents: Iterable[bytes], actor: str, now: datetime
) -> list[Receipt | Refusal]:
    """Record any number of documents; return a receipt or a refusal for each, in the same order.

    A receipt means that the document is on disk.
    """
    return [
        answer for some in in_parts(documents) for answer in _receive_part(desk, some, actor, now)
    ]


def in_parts(things: Iterable[_T]) -> Iterator[list[_T]]:
    """Split a sequence into lists of at most `TOGETHER` (500)."""
    rest = iter(things)
    while part := list(islice(rest, TOGETHER)):
        yield part


def _receive_part(
    desk: Desk, documents: list[bytes], actor: str, now: datetime
) -> list[Receipt | Refusal]:
    read: list[HandIn | Refusal] = []
    for document in documents:
        try:
            read.append(read_hand_in(document, actor, now))
        except NotASubmission as error:
            read.append(Refusal(str(error)))
    receipts = iter(desk.record([each for each in read if isinstance(each, HandIn)]))
    return [each if isinstance(each, Refusal) else next(receipts) for each in read]


def _other_id(hand_in: HandIn) -> str:
    """The id under which a hand-in is kept if its own id already belongs to other answers."""
    return f"{hand_in.submission.id}#{hand_in.code}"


def _look_up(
    tx: Connection, hand_ins: Sequence[HandIn], without: Mapping[str, Quiz]
) -> _RegisterFacts:
    numbers = {hand_in.submission.participant for hand_in in hand_ins}
    ids = {name for hand_in in hand_ins for name in (hand_in.submission.id, _other_id(hand_in))}
    # One statement that every query below shares; see `store/answers/attempts.py`.
    attempts.ask_numbers(tx)
    learners = people.learners(tx, numbers)
    strangers = {
        hand_in.submission.participant
        for hand_in in hand_ins
        if hand_in.address and "mac" not in hand_in.submission.document
    }
    return _RegisterFacts(
        submissions.find_submissions(tx, ids),
        learners,
        AskedQuizzes(tx, learners, without),
        attempts.taken_by(tx, numbers),
        submissions.waiting_for_their_turn(tx, numbers),
        submissions.count_without_card(tx, strangers) if strangers else {},
    )


def _is_too_much(facts: _RegisterFacts, hand_in: HandIn, binding: Binding) -> bool:
    """True if a hand-in without a card, sent over the network, must go into quarantine.

    This is so if the hand-in is longer than 65,536 characters, or if 20 hand-ins without a card
    and with the same participant number wait for a decision already.
    """
    return (
        binding == "none"
        and bool(hand_in.address)
        and (
            len(hand_in.document) > LARGEST_WITHOUT_CARD
            or facts.without_card.get(hand_in.submission.participant, 0) >= MOST_WITHOUT_CARD
        )
    )


def _find(facts: _RegisterFacts, hand_in: HandIn) -> tuple[str, KeptSubmission | None]:
    """Return the id under which to keep a hand-in, and an earlier hand-in with the same answers.

    The earlier hand-in is None if the register does not have these answers. Signatures are not
    compared: the earlier hand-in may be signed with another card than `hand_in`, or with no card.
    """
    kept_as = hand_in.submission.id
    known = facts.kept.get(kept_as)
    document = hand_in.submission.document
    if known and without_mac(orjson.loads(known.document)) != without_mac(document):
        kept_as = _other_id(hand_in)
        known = facts.kept.get(kept_as)
    return kept_as, known


def _known(hand_in: HandIn, kept: KeptSubmission) -> Receipt:
    receipt = Receipt(hand_in.code, *hand_in.key, "known")
    if standing_of(kept) == "recorded":
        return receipt
    if kept.decision == "refused":
        return replace(receipt, reason="petugas memutuskan jawaban ini tidak dihitung")
    return replace(receipt, reason=sentence_of(kept.held), codes=codes_of(kept.held))


def _quarantined(hand_in: HandIn, binding: Binding, why: str) -> Judged:
    # No code: somebody could take it for a receipt, and the register does not have the answers.
    receipt = Receipt("", *hand_in.key, "quarantined", sentence_of(why), codes=(why,))
    return Judged(hand_in, binding, receipt)


def _answer(facts: _RegisterFacts, judged: Judged, let_in: Mapping[str, Outcome]) -> Receipt:
    """The receipt of a hand-in. Call this after all hand-ins of the same batch were judged.

    `let_in` has the outcomes, by id, of held hand-ins that count now; the receipt of such a hand-in
    says that it counts. If the person's own card signed the hand-in, the receipt has the number of
    the person's next attempt.
    """
    receipt, hand_in = judged.receipt, judged.hand_in
    if judged.kept and judged.kept.id in let_in and (judged.is_new or judged.let_in):
        receipt = replace(
            receipt, standing="recorded", reason="", codes=(), outcome=let_in[judged.kept.id]
        )
    if judged.binding != "card":
        return receipt
    return replace(receipt, next_attempt=facts.taken_by(hand_in).next)
