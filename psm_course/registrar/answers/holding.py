"""Why a hand-in is held for an officer, and what is only noted about it. Values in, codes out; decision 0022."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hmac import compare_digest

from psm_course.content.quiz import Quiz
from psm_course.domain.card import mac_key
from psm_course.grading.submission import Submission, card_mac
from psm_course.local_time import WIB
from psm_course.store.people.people import Learner

# Every reason to hold, in the order in which it is looked for and said. The codes stand in the register and never change.
REASONS = {
    "id_reused": "id jawaban ini sudah dipakai jawaban lain",
    "unknown_quiz": "kuis ini tidak ada di kursus",
    "unknown_participant": "nomor peserta ini tidak ada di register",
    "wrong_mac": "tanda kartu di jawaban ini tidak cocok dengan kartu peserta",
    "other_version": "jawaban ini dibuat pada versi kuis yang lain",
    "too_many_attempts": "kesempatan mengerjakan kuis ini sudah habis",
    "after_closing": "diserahkan sesudah angkatan ditutup",
    "not_gradable": "jawaban ini tidak dapat dinilai oleh program",
}
# What is said about a hand-in that counts all the same.
NOTES = {
    "no_card": "tanpa kartu peserta",
    "odd_clock": "jam ponsel tampaknya salah (yang berlaku waktu diterima)",
}
# Days late is usual, and a day covers every time zone; a phone that is further off has a wrong clock.
_FUTURE, _PAST = timedelta(days=1), timedelta(days=180)


def reasons_to_hold(submission: Submission, quiz: Quiz | None, learner: Learner | None, taken: int, received_at: datetime) -> Iterator[str]:
    """The codes of all that speaks against recording it at once; `taken` counts the attempts that this learner already has."""
    if quiz is None:
        yield "unknown_quiz"
    if learner is None:
        yield "unknown_participant"
    if learner and not _mac_fits(submission, learner):
        yield "wrong_mac"
    if quiz and submission.document.get("digest") not in {None, quiz.digest}:
        yield "other_version"
    if quiz and quiz.header.attempts is not None and taken >= quiz.header.attempts:
        yield "too_many_attempts"
    if learner and learner.closes_at and received_at > learner.closes_at:
        yield "after_closing"


def notes_on(submission: Submission, received_at: datetime) -> tuple[str, ...]:
    """The codes of what is noted."""
    is_odd = {"no_card": submission.document.get("mac") is None, "odd_clock": _is_odd(submission, received_at)}
    return tuple(code for code in NOTES if is_odd[code])


def codes_of(held: str | None) -> tuple[str, ...]:
    """The codes in the register's column `held`; none for what was not held."""
    return tuple(code for code in (held or "").split(" ") if code in REASONS)


def sentence_of(held: str | None) -> str:
    """The reasons in the register's column `held` as one sentence; the first register kept sentences, which stay as they are."""
    return "; ".join(REASONS[code] for code in codes_of(held)) or held or ""


def _mac_fits(submission: Submission, learner: Learner) -> bool:
    """A sitting without a card has no MAC, and nothing to be wrong."""
    written = submission.document.get("mac")
    return written is None or compare_digest(card_mac(mac_key(learner.token or ""), submission.document).encode(), written.lower().encode())


def _is_odd(submission: Submission, received_at: datetime) -> bool:
    written = [submission.document.get(name) for name in ("started_at", "finished_at")]
    moments = [_moment(text) for text in written if text is not None]
    if None in moments:
        return True
    known = [moment for moment in moments if moment is not None]
    return known != sorted(known) or any(not received_at - _PAST <= moment <= received_at + _FUTURE for moment in known)


def _moment(written: str) -> datetime | None:
    """None for what is no moment; one without a zone is the office's."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=moment.tzinfo or WIB).astimezone(WIB)
    except (ValueError, OverflowError):
        return None
