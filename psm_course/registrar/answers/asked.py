"""Find the quiz version by which a hand-in is judged (decision 0053).

Two versions matter. `AskedQuizzes.of` returns the version that the learner's cohort adopted.
`AskedQuizzes.made_on` returns the version that the learner saw while filling in the answers.
"""

from collections.abc import Mapping
from types import MappingProxyType

from psm_course.content.quiz import Quiz
from psm_course.grading.dispositions import Dispositions
from psm_course.grading.grade import Grader
from psm_course.grading.pace import Pace
from psm_course.grading.submission import Submission
from psm_course.store.answers.dispositions import all_dispositions
from psm_course.store.completion.versions import (
    Adoption,
    QuizVersion,
    adoptions,
    find_quiz,
    newest_versions,
)
from psm_course.store.engine import Connection
from psm_course.store.people.people import Learner

_NO_DISPOSITIONS: Dispositions = MappingProxyType({})


class AskedQuizzes:
    """The quizzes of some learners, in the versions that their cohorts adopted.

    All adopted versions are read in one query; each older version takes one more query.

    `learners` are the learners by participant number. `without` has quizzes by quiz id. These
    quizzes are used if the learner's cohort adopted no version, or if nobody has the number.
    """

    def __init__(
        self,
        tx: Connection,
        learners: Mapping[str, Learner],
        without: Mapping[str, Quiz] = MappingProxyType({}),
    ) -> None:
        self._tx, self._learners, self._without = tx, learners, without
        self._adopted = adoptions(tx, *sorted({learner.cohort for learner in learners.values()}))
        # Many hand-ins come from the same old page, so each version is looked up once.
        self._older: dict[tuple[str, str, str], QuizVersion | None] = {}

    def of(self, number: str, quiz: str) -> QuizVersion | None:
        """The quiz in the version that counts for the learner with this number.

        `quiz` is the quiz id. Returns None if there is no such quiz.

        If nobody has the number, returns the quiz in `without` (see the class). If `without` does
        not have the quiz, returns the newest version of the quiz from any course.
        """
        adoption = self._adoption(number)
        if adoption:
            return adoption.quiz(quiz)
        own = self._without.get(quiz)
        if own:
            return QuizVersion("", own)
        # An officer may still correct a number that nobody has, so its quiz must be known.
        return None if number in self._learners else self._of_any_course(quiz)

    def made_on(self, submission: Submission, number: str = "") -> QuizVersion | None:
        """The quiz version of the page on which the learner filled in this hand-in.

        Returns None if the office never adopted that version. If the hand-in has no digest of a
        version, returns the version that counts for the learner.

        Args:
            submission: the hand-in.
            number: the right participant number, if the number in the hand-in is wrong; empty:
                the number in the hand-in is right.
        """
        number = number or submission.participant
        own = self.of(number, submission.quiz)
        digest = submission.document.get("digest")
        # Answers that were typed in or converted name no version, so they are of no other one.
        if own is None or digest in {None, own.quiz.digest}:
            return own
        adoption = self._adoption(number)
        if adoption is None:
            return None
        key = adoption.rules.id, submission.quiz, str(digest)
        if key not in self._older:
            self._older[key] = find_quiz(self._tx, *key)
        return self._older[key]

    def tests_of(self, number: str) -> tuple[str, ...]:
        """The ids of the tests in the course of the learner with this number."""
        adoption = self._adoption(number)
        quizzes = adoption.course.quizzes if adoption else self._without
        return tuple(name for name, quiz in quizzes.items() if quiz.is_test)

    def course_of(self, number: str) -> str:
        """The course id of the learner with this number; empty if nobody has the number."""
        learner = self._learners.get(number)
        return learner.course if learner else ""

    def _adoption(self, number: str) -> Adoption | None:
        learner = self._learners.get(number)
        return self._adopted.get(learner.cohort) if learner else None

    def _of_any_course(self, quiz: str) -> QuizVersion | None:
        found = (
            (version.digest, version.course.quizzes.get(quiz))
            for version in newest_versions(self._tx)
        )
        return next((QuizVersion(digest, each) for digest, each in found if each), None)


class Graders:
    """Makes a grader for each quiz version, and keeps it for later hand-ins of the same version.

    A new grader is made if the dispositions (decisions on faulty items) of the quiz change.
    """

    def __init__(self) -> None:
        self._dispositions: Mapping[tuple[str, str], Dispositions] = {}
        self._made: dict[tuple[str, str, str], tuple[Dispositions, Grader]] = {}
        self._paces: dict[tuple[str, str], Pace] = {}

    def follow(self, tx: Connection) -> None:
        """Read the dispositions in force now. Call this in each transaction, before grading."""
        self._dispositions = all_dispositions(tx)

    def of(self, course: str, asked: QuizVersion) -> Grader:
        """The grader for a quiz version (`asked`) of the course with the id `course`."""
        dispositions = self._dispositions.get((course, asked.quiz.id), _NO_DISPOSITIONS)
        key = course, asked.version, asked.quiz.id
        known = self._made.get(key)
        # An officer may have changed the dispositions since this grader was made.
        if known is None or known[0] != dispositions:
            known = self._made[key] = dispositions, Grader(asked.quiz, dispositions)
        return known[1]

    def pace(self, asked: QuizVersion) -> Pace:
        """Return the number of words in each item of a quiz version, as a `Pace`.

        The `Pace` tells if a sitting was too fast to read the items.
        """
        key = asked.version, asked.quiz.id
        if key not in self._paces:
            self._paces[key] = Pace(asked.quiz)
        return self._paces[key]
