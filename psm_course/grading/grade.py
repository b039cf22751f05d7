"""Grading: makes an outcome from a quiz's scoring data and a submission."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import orjson

from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import shorten
from psm_course.content.quiz import Quiz
from psm_course.grading.dispositions import Disposition, Dispositions, apply_disposition
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.outcome import Outcome, Total
from psm_course.grading.submission import Submission
from psm_course.items import TYPES
from psm_course.items.base import Scoring
from psm_course.items.marks import BLANK, NOTHING, Mark, is_right_by_share, on_grid

_MEMORY = 2048
_LONGEST_REMEMBERED = 256


def compile_scoring(quiz: Quiz) -> dict[str, Scoring]:
    """Return the scoring data of each item by item id: plain data with all that marking needs."""
    return {item.id: item.scoring_data() for item in quiz.items}


def scoring_digest(quiz: Quiz, dispositions: Dispositions) -> str:
    """Return 12 hex digits that change with anything that decides an outcome.

    An outcome is decided by the answer key, the pass mark, and the dispositions (decisions on
    faulty items).
    """
    pass_mark = None if quiz.header.pass_mark is None else str(quiz.header.pass_mark)
    deciding = {
        "items": compile_scoring(quiz),
        "pass_mark": pass_mark,
        "dispositions": dict(dispositions),
    }
    return hashlib.sha256(orjson.dumps(deciding, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


class ItemGrader:
    """Marks responses to one item: called with a response, returns its mark.

    Marks are remembered in `known`, because learners give the same few responses again and again.
    The key of a mark in `known` is the response: a text as it is, any other response as JSON.
    """

    def __init__(self, scoring: Scoring, disposition: Disposition | None = None) -> None:
        self.known: dict[str | bytes, Mark] = {}
        self._scoring, self._disposition = scoring, disposition
        self._maximum, self._mark = Decimal(scoring["points"]), TYPES[scoring["type"]].mark

    def __call__(self, response: Any) -> Mark:
        key = response if type(response) is str else _as_key(response)
        if key is None or len(key) > _LONGEST_REMEMBERED:
            return self._marked(response)
        mark = self.known.get(key)
        if mark is None:
            if len(self.known) >= _MEMORY:
                self.known.clear()
            mark = self.known[key] = self._marked(response)
        return mark

    def _marked(self, response: Any) -> Mark:
        verdict = BLANK if _is_blank(response) else self._mark(self._scoring, response)
        points = self._maximum * verdict.earned / verdict.out_of
        by_share = is_right_by_share(self._scoring, verdict)
        mark = Mark(
            points, self._maximum, verdict.status, verdict.message, verdict.critical, by_share
        )
        return _shared(apply_disposition(mark, self._disposition))


@lru_cache(maxsize=_MEMORY)
def _shared(mark: Mark) -> Mark:
    """Return the mark, as the same object every time for equal marks.

    In this way only a few dozen mark objects are in use, which fit into the processor's cache.
    """
    return mark


def _as_key(response: Any) -> bytes | None:
    try:
        return orjson.dumps(response)
    except TypeError:  # nested deeper than any answer; the marker will say what it is not
        return None


def _is_blank(response: Any) -> bool:
    if isinstance(response, str):
        return not response.strip()
    return response is None or response in ([], {})


class Grader:
    """A quiz with its dispositions (decisions on faulty items), ready to grade submissions.

    A grader remembers marks and totals only to save time; this never changes a result.
    """

    def __init__(self, quiz: Quiz, dispositions: Dispositions = MappingProxyType({})) -> None:
        header = quiz.header
        self.quiz = quiz.id
        self.item_ids = [item.id for item in quiz.items]
        self.draw = Draw(quiz) if quiz.is_drawn else None
        self.pass_mark = header.pass_mark
        self.scoring = scoring_digest(quiz, dispositions)
        self.graders: Mapping[str, ItemGrader] = {
            name: ItemGrader(scoring, dispositions.get(name))
            for name, scoring in compile_scoring(quiz).items()
        }
        self._known = {name: grader.known for name, grader in self.graders.items()}
        self._unanswered = {name: grader(None) for name, grader in self.graders.items()}
        self._totals: dict[int, Total] = {}

    def grade(self, submission: Submission, attempt: int | None = None) -> Outcome:
        """Return the outcome of a submission.

        Args:
            submission: the answers of the sitting.
            attempt: the number of the attempt, from 1; None: the number that the phone wrote.
        """
        return self._outcome(submission, self._given(submission, attempt))

    def grade_all(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Return the outcome of each submission, in the order of `submissions`.

        For a few hundred submissions to a drawn quiz this takes little more than half the time of
        calling `grade` for each.
        """
        if self.draw is None:
            return [self._outcome(submission, self.item_ids) for submission in submissions]
        given = self.draw.items_of(
            [Sitting(each.participant, self.quiz, each.attempt) for each in submissions]
        )
        return list(map(self._outcome, submissions, given))

    def grade_again(
        self, submission: Submission, items: Mapping[str, Mapping[str, str]]
    ) -> Outcome:
        """Grade a sitting again, with the items that the learner had.

        Only items that were on the learner's screen count, even if the quiz has new items now, or
        if its draw would now choose other items. An item that was removed from the quiz no longer
        counts.

        Args:
            submission: the answers of the sitting.
            items: the marks that the sitting got when it was graded, by item id. Each mark is in
                the form of `Mark.as_json`: `points`, `maximum`, `status` and so on, all strings.
        """
        known, had = self.graders, items.items()
        given = [
            name
            for name, mark in had
            if name in known and (mark["status"] != "ungradable" or mark["maximum"] != "0")
        ]
        return self._outcome(submission, given)

    def grade_other_version(self, submission: Submission) -> Outcome:
        """Grade a sitting of another version of the quiz, whose draw cannot be repeated.

        The answered items count, because they were on the screen. An answered item that is no
        longer in the quiz does not count (decision 0031). Nobody knows which items were left blank,
        only how many. So the same number of other items from the present draw count as blank.
        Without a draw everybody has all items.
        """
        given = self._given(submission, None)
        if self.draw is None:
            return self._outcome(submission, given)
        answered = [name for name in submission.responses if name in self.graders]
        blank = [name for name in given if name not in submission.responses]
        return self._outcome(
            submission, answered + blank[: max(len(given) - len(submission.responses), 0)]
        )

    def present_draw(self, submission: Submission) -> Sequence[str] | None:
        """Return the item ids that this sitting would get now; None if everybody gets all items."""
        return None if self.draw is None else self._given(submission, None)

    def _outcome(self, submission: Submission, given: Sequence[str]) -> Outcome:
        marks = self._marks(given, submission.responses)
        tally = sum([mark.tally for mark in marks.values()])
        total = self._totals.get(tally) or self._total(tally, list(marks.values()))
        critical = (
            tuple([name for name, mark in marks.items() if mark.critical])
            if total.has_critical
            else ()
        )
        return Outcome(
            self.quiz, submission.participant, submission.id, total, critical, marks, self.scoring
        )

    def _total(self, tally: int, marks: Sequence[Mark]) -> Total:
        """Compute the total of `marks`, and remember it under the number `tally`.

        A mark's `tally` is a whole number that encodes its points, maximum and flags. The argument
        `tally` is the sum of these numbers for all marks. Sittings with the same sum have the same
        total, so the next sitting with this sum gets the remembered total.
        """
        points = on_grid(sum([mark.points for mark in marks], NOTHING))
        maximum = Decimal(plain(sum([mark.maximum for mark in marks], NOTHING)))
        has_critical = any(mark.critical for mark in marks)
        passed = self._passed(points, maximum, has_critical)
        if len(self._totals) >= _MEMORY:
            self._totals.clear()
        total = Total(
            points,
            maximum,
            passed,
            has_critical,
            any(mark.status == "ungradable" for mark in marks),
        )
        return self._totals.setdefault(tally, total)

    def _given(self, submission: Submission, attempt: int | None) -> list[str]:
        """Return the ids of the items that a sitting gets.

        `attempt` is the number of the attempt; None: the number in the submission. If the quiz is
        not drawn, all items are returned in the order of the file, because the order changes no
        mark.
        """
        if self.draw is None:
            return self.item_ids
        sitting = Sitting(submission.participant, self.quiz, attempt or submission.attempt)
        return self.draw.items(sitting)

    def _marks(self, given: Sequence[str], responses: Mapping[str, Any]) -> dict[str, Mark]:
        marks: dict[str, Mark] = {}
        for name in given:
            response = responses.get(name)
            known = self._known[name].get(response) if type(response) is str else None
            marks[name] = known or (
                self._unanswered[name] if response is None else self.graders[name](response)
            )
        if not responses.keys() <= marks.keys():
            marks |= {name: self._stray(name) for name in responses if name not in marks}
        return marks

    def _stray(self, name: str) -> Mark:
        """Return the mark of a response to an item that this sitting did not ask.

        The mark is ungradable, with 0 of 0 points.
        """
        reason = (
            "tidak termasuk undian peserta ini" if name in self.graders else "tidak ada di kuis ini"
        )
        return Mark(NOTHING, NOTHING, "ungradable", f'butir "{shorten(name)}" {reason}')

    def _passed(self, points: Decimal, maximum: Decimal, critical: bool) -> bool | None:
        if critical:
            return False
        if self.pass_mark is None:
            return None
        return maximum > 0 and points * 100 >= self.pass_mark * maximum
