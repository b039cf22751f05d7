"""Checks that the wording of a test does not give its answers away (decision 0109).

It must not be possible to recognise the right option by its tone, or by words that it repeats from
the question.

Sets of eight questions or more are checked. A set has the questions of one bank (both forms, a and
b), the questions from which one test draws, or all safety items (items with variants) of the
course. For a smaller set the result is only in the table of `psm check`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import locate
from psm_course.checking.report import ByTone
from psm_course.checking.test_wise.echo import echo, echoed, only_in_key
from psm_course.checking.test_wise.learners import Guesses, Learner
from psm_course.checking.test_wise.questions import Asked, Question, asked_in, split
from psm_course.checking.test_wise.sittings import passing_share
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import QuizRead

MOST_GUESSED = 0.45
MOST_PASSED = 0.01
FEWEST = 8
LARGE = 40
_ONE_SIDED = 1.6448536269514722  # 95 per cent of a normal distribution lie below
_HALF = 0.5


@dataclass(frozen=True)
class QuestionSet:
    """Questions that are judged together.

    Attributes:
        questions: the questions.
        learner: the learner (a program, not a person) that guesses most of these questions right.
        share: the share (0 to 1) of the questions that this program guesses right.
        echo: the share (0 to 1) answered right by somebody who picks the option that repeats most
            words of the question.
    """

    questions: Sequence[Question]
    learner: Learner
    share: float
    echo: float

    @property
    def fails(self) -> bool:
        """True if the program `learner` guesses too many right answers from the options alone."""
        return _too_many(self.share, len(self.questions))

    @property
    def echoes(self) -> bool:
        """True if too many right options are those that repeat most words of their question."""
        return _too_many(self.echo, len(self.questions))

    @property
    def sentence(self) -> str:
        """The Indonesian sentence with the share of questions guessed right, and its limit.

        A question is guessed if its right answer is found from its options alone.
        """
        return (
            f"{100 * self.share:.0f} % dari {len(self.questions)} butir pilihan ganda tertebak"
            f" tanpa membaca soalnya, dari {self.learner.reader} pilihannya saja; batasnya"
            f" {100 * MOST_GUESSED:.0f} %"
        )


def _too_many(share: float, count: int) -> bool:
    # In a small set a high share may be chance: it fails only where chance is unlikely
    # (decision 0109).
    return (
        count >= FEWEST and (share if count >= LARGE else lower_bound(share, count)) > MOST_GUESSED
    )


def lower_bound(share: float, count: int) -> float:
    """Return a 95 % lower bound for the true share (0 to 1) of right guesses.

    The method is Wilson's score method; `share` is the share that was observed in `count`
    questions.
    """
    middle = share + _ONE_SIDED**2 / (2 * count)
    reach = _ONE_SIDED * sqrt(share * (1 - share) / count + _ONE_SIDED**2 / (4 * count**2))
    return (middle - reach) / (1 + _ONE_SIDED**2 / count)


class Gate:
    """Judges if the wording of the quiz files `reads` gives answers away.

    The gate guesses answers with learners, the small programs in `learners.py`. The programs learn
    from the files in `reads` and from the questions `beside` of further quiz files. `sets` maps the
    id of each test and bank to its questions with one right option; a quiz without such questions
    is left out. `safety` has the questions that have variants; None if there are none.
    """

    def __init__(self, reads: Sequence[QuizRead], beside: Sequence[Asked] = ()) -> None:
        self._reads = [read for read in reads if read.quiz and read.quiz.is_test]
        self.practised, self.asked = split([*map(asked_in, reads), *beside])
        self._guesses = Guesses(self.practised, self.asked)
        self.sets = {
            read.quiz.id: found
            for read in self._reads
            if read.quiz and (found := self._set(self._asked_by(read.quiz)))
        }
        self.safety = self._set([question for question in self.asked if question.item.variants])

    def _asked_by(self, quiz: Quiz) -> list[Question]:
        by_id = {(question.quiz, question.item.id): question for question in self.asked}
        files = quiz.header.pool or (quiz.id,)
        return [
            by_id[file, item.id]
            for item in quiz.items
            for file in files
            if (file, item.id) in by_id
        ]

    def _set(self, questions: Sequence[Question]) -> QuestionSet | None:
        return (
            QuestionSet(questions, *self._guesses.best(questions), echoed(questions))
            if questions
            else None
        )

    def measured(self) -> dict[str, ByTone]:
        """Return how much the wording of each test and bank gives away, by quiz id.

        Practice quizzes are not measured: their answers are open to everybody.
        """
        return {read.quiz.id: self._measure(read.quiz) for read in self._reads if read.quiz}

    def _measure(self, quiz: Quiz) -> ByTone:
        found = self.sets.get(quiz.id)
        if found is None:
            # A test without questions of this kind gives nothing away by them.
            return ByTone(None, None if quiz.header.pass_mark is None else 0.0, None)
        if quiz.header.pass_mark is None:
            return ByTone(found.share, None, found.echo)
        guessed = {
            each.item.id: (each.names, self._guesses.of(found.learner, each))
            for each in found.questions
        }
        return ByTone(found.share, passing_share(quiz, guessed), found.echo)

    def findings(self, measured: dict[str, ByTone]) -> Iterator[tuple[QuizRead, Iterator[Finding]]]:
        """Yield each test or bank with its findings, which have no line numbers yet.

        If the wording of a file gives nothing away, its findings are empty.

        Args:
            measured: the results that the method `measured` returned.
        """
        failing = [found for found in (*self.sets.values(), self.safety) if found and found.fails]
        for read in self._reads:
            yield read, self._findings(read, measured, failing)

    def _findings(
        self, read: QuizRead, measured: dict[str, ByTone], failing: Sequence[QuestionSet]
    ) -> Iterator[Finding]:
        if read.quiz is None:
            return
        found, passed = self.sets.get(read.quiz.id), measured[read.quiz.id].test_wise_pass
        if found in failing and found:
            yield Finding(("pool",) if read.pooled else ("items",), found.sentence, _HINT)
        if found and found.echoes:
            yield from _echo_findings(read, found)
        # Reported once, in the file of its first question, though its questions lie in several.
        if self.safety in failing and self.safety and self.safety.questions[0].quiz == read.quiz.id:
            yield Finding(("items",), f"butir keselamatan: {self.safety.sentence}", _HINT)
        if passed is not None and passed > MOST_PASSED and len(read.quiz.items) >= FEWEST:
            yield Finding(
                ("pass_mark",),
                (
                    f"{100 * passed:.1f} % orang yang hanya membaca pilihannya lulus; batasnya"
                    f" {100 * MOST_PASSED:.0f} %"
                ).replace(".", ","),
                _HINT,
            )
        if not read.pooled:
            yield from self._item_findings(read.quiz, failing)

    def _item_findings(self, quiz: Quiz, failing: Iterable[QuestionSet]) -> Iterator[Finding]:
        said: set[int] = set()
        for found in failing:
            for question in found.questions:
                if (
                    question.quiz == quiz.id
                    and question.place not in said
                    and self._guesses.of(found.learner, question).share > _HALF
                ):
                    said.add(question.place)
                    told = ", ".join(
                        f'"{sign}"' for sign in self._guesses.telling(found.learner, question)
                    )
                    message = (
                        "kuncinya tertebak dari pilihannya saja:"
                        f" {told or 'pengecohnya menyingkirkan diri sendiri'}"
                    )
                    yield Finding(
                        ("items", question.place),
                        message,
                        "buat pengecohnya bernada sama dengan kuncinya",
                        "warning",
                    )


def _echo_findings(read: QuizRead, found: QuestionSet) -> Iterator[Finding]:
    """Report a test or bank in which too many right answers repeat words of their question.

    An item written in this file is reported too if its right option repeats more words of the
    question than every other option.
    """
    count = len(found.questions)
    message = (
        f"{100 * found.echo:.0f} % dari {count} butir pilihan ganda tertebak dari pilihan yang"
        " paling mengulang kata soalnya"
    )
    yield Finding(
        ("pool",) if read.pooled else ("items",),
        f"{message}; batasnya {100 * MOST_GUESSED:.0f} %",
        _ECHO_HINT,
    )
    for each in found.questions:
        if not read.pooled and echo(each).best == (each.key,):
            told = ", ".join(f'"{word}"' for word in only_in_key(each))
            yield Finding(
                ("items", each.place),
                f"kuncinya mengulang kata soalnya: {told}",
                _ECHO_HINT,
                "warning",
            )


_ECHO_HINT = "ganti katanya di soal, atau biarkan pengecoh mengulangnya juga"
_HINT = (
    "pasang pilihan yang sama di bawah dua soal yang kuncinya berbeda; biarkan pengecoh juga"
    " menelepon, menolak, atau bertanya"
)


def tone_problems(
    reads: Sequence[QuizRead], beside: Sequence[Asked] = ()
) -> tuple[list[Problem], dict[str, ByTone]]:
    """Return the problems of the wording of quiz files, and how much the wording gives away.

    The second result has shares for each test and bank, by quiz id. If too many answers of a test,
    of a bank or of the safety items are guessed, each item that is guessed has a problem too. That
    problem names the words or other signs by which the answer is guessed.

    Args:
        reads: the quiz files.
        beside: questions of further quiz files, only to train the programs that guess.
    """
    gate = Gate(reads, beside)
    measured = gate.measured()
    found = gate.findings(measured)
    return [problem for read, those in found for problem in locate(read.source, those)], measured


def tone_findings(
    read: QuizRead, beside: Sequence[Asked]
) -> tuple[tuple[Finding, ...], dict[str, ByTone]]:
    """Return the findings about the wording of one quiz file, and how much the wording gives away.

    The second result has shares by quiz id. The findings have no line numbers yet.

    Args:
        read: the quiz file.
        beside: questions of further quiz files, only to train the programs that guess.
    """
    gate = Gate([read], beside)
    measured = gate.measured()
    return tuple(each for _, found in gate.findings(measured) for each in found), measured
