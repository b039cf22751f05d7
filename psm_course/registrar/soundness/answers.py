"""Check outcomes: grade each attempt again by the answer key that its outcome names."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

import orjson

from psm_course.content.quiz import Quiz
from psm_course.grading.dispositions import Disposition
from psm_course.grading.grade import Grader
from psm_course.grading.outcome import Outcome
from psm_course.grading.submission import NotASubmission, read_submission
from psm_course.store.answers import regraded
from psm_course.store.answers.outcomes import marks_of
from psm_course.store.answers.regraded import GradedRow
from psm_course.store.completion.versions import newest_titles, versions_of
from psm_course.store.engine import Connection
from psm_course.store.soundness.problem import Problem

# So many attempts are graded again where not all of them are asked for; the same ones every time,
# so that two checks agree.
SAMPLE = 2000
_SEED = 20261128
_COMPARE = "Bandingkan dengan cadangan."


def answer_problems(tx: Connection, everything: bool) -> Iterator[Problem]:
    """Yield problems with attempts, such as an outcome that does not follow from the answers.

    If `everything` is True, all attempts are graded again. If False, at most `SAMPLE` (2000)
    attempts are graded again, the same ones in each check. All other checks cover all attempts.
    """
    yield from _unfit(tx)
    keys = _Keys(tx)
    for row in _to_grade(tx, everything):
        said = keys.trouble_with(row)
        if said:
            yield Problem("outcome", row.number, f"Nilai {row.number} di kuis {row.quiz} {said}.")


def _to_grade(tx: Connection, everything: bool) -> Iterator[GradedRow]:
    last = regraded.count_attempts(tx)
    if everything or last <= SAMPLE:
        return regraded.stream_graded_rows(tx)
    # The same sample every time.
    chosen = Random(_SEED).sample(range(1, last + 1), SAMPLE)  # noqa: S311
    parts = (sorted(chosen)[place : place + 500] for place in range(0, SAMPLE, 500))
    return (row for part in parts for row in regraded.stream_graded_rows(tx, part))


# A query of rows that do not fit together; the table of the row; what is wrong with it.
_UNFIT = (
    (
        regraded.without_attempt,
        "attempt",
        "Jawaban {} dari {number} dihitung, tetapi percobaannya tidak ada.",
    ),
    (
        regraded.without_decision,
        "attempt",
        "Percobaan {number} bukan dari jawaban {}: kuis, nomor, atau keputusannya tidak cocok.",
    ),
    (
        regraded.void_without_refusal,
        "outcome",
        "Nilai {number} untuk jawaban {} tidak cocok dengan keputusan petugas tentangnya.",
    ),
    (
        regraded.out_of_sequence,
        "attempt",
        "Percobaan {number} di kuis {} tidak berurutan dari 1.",
    ),
)


def _unfit(tx: Connection) -> Iterator[Problem]:
    return (
        Problem(table, number, f"{said.format(of, number=number)} {_COMPARE}")
        for query, table, said in _UNFIT
        for of, number in query(tx)
    )


class _Keys:
    """All answer keys by which the office ever graded, by the digest that outcomes name.

    An answer key is a quiz version together with dispositions (decisions on faulty items).
    """

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._quizzes: dict[tuple[str, str], list[Quiz]] = {}
        for course in newest_titles(tx):
            for version in versions_of(tx, course):
                for name, quiz in version.course.quizzes.items():
                    known = self._quizzes.setdefault((course, name), [])
                    if quiz not in known:
                        known.append(quiz)
        self._dispositions = _states_of(regraded.dispositions_in_order(tx))
        self._graders: dict[tuple[str, str], dict[str, list[Grader]]] = {}

    def trouble_with(self, row: GradedRow) -> str:
        """The problem with an outcome, as the end of a sentence; empty if there is no problem."""
        if row.void:
            left = (row.points, row.maximum, row.passed, row.critical, row.items, row.scoring)
            is_nothing = left == ("0", "0", None, "[]", "{}", "")
            return "" if is_nothing else "tidak dihitung lagi, tetapi masih memuat angka"
        graders = self._of_quiz(row.course, row.quiz)
        if not graders:  # its cohort adopted nothing, so nobody knows by what it was graded
            return ""
        if row.scoring not in graders:
            return "dinilai dengan kunci yang tidak pernah diadopsi kantor"
        if any(_earns(grader, row) for grader in graders[row.scoring]):
            return ""
        return (
            "tidak sama dengan yang diperoleh jawabannya bila dinilai lagi dengan kunci yang sama"
        )

    def _of_quiz(self, course: str, quiz: str) -> Mapping[str, list[Grader]]:
        key = course, quiz
        if key not in self._graders:
            made: dict[str, list[Grader]] = {}
            for version in self._quizzes.get(key, ()):
                for dispositions in self._dispositions.get(key, [{}]):
                    grader = Grader(version, dispositions)
                    made.setdefault(grader.scoring, []).append(grader)
            self._graders[key] = made
        return self._graders[key]


def _states_of(
    dispositions: tuple[tuple[str, str, str, str], ...],
) -> dict[tuple[str, str], list[dict[str, Disposition]]]:
    """Compute which dispositions were valid at each time, for every course and quiz.

    `dispositions` are rows in the order of time: course, quiz, item and disposition. Returns, by
    course and quiz, a list of states; a state is a dict from item id to disposition. The first
    state is empty, and each row adds one more state.
    """
    states: dict[tuple[str, str], list[dict[str, Disposition]]] = {}
    for course, quiz, item, disposition in dispositions:
        so_far = states.setdefault((course, quiz), [{}])
        now = {name: each for name, each in so_far[-1].items() if name != item}
        if disposition in ("disregard", "full"):
            now[item] = disposition  # type: ignore[assignment]
        so_far.append(now)
    return states


def _earns(grader: Grader, row: GradedRow) -> bool:
    """True if grading the attempt with this grader gives the outcome that is in the register.

    The attempt is graded in three ways, and one of them must give the outcome of the register: as a
    new hand-in; as an attempt that is graded again, with the items that the learner had; and as a
    hand-in from another quiz version.
    """
    try:
        submission, first = read_submission(row.document.encode()), orjson.loads(row.first_items)
        return (
            _is(grader.grade(submission), row)
            or _is(grader.grade_again(submission, first), row)
            or _is(grader.grade_other_version(submission), row)
        )
    except (NotASubmission, ValueError, KeyError, TypeError, ArithmeticError):
        return False


def _is(outcome: Outcome, row: GradedRow) -> bool:
    """True if an outcome is the same as the one in the register, except for its messages.

    A newer version of the program may have other words for the messages.
    """
    before = (Decimal(row.points), Decimal(row.maximum), row.passed, orjson.loads(row.critical))
    if before != (outcome.points, outcome.maximum, outcome.passed, list(outcome.critical)):
        return False
    return marks_of(orjson.loads(row.items)) == marks_of(outcome.as_json()["items"])
