"""The fields of one requirement of `course.yml`, and the methods every kind of requirement defines.

The kinds are the files of `requirements/`.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from psm_course.authoring.fields import Clock, Count, Id, Level, Model, Percent, Text
from psm_course.authoring.problems import Finding
from psm_course.domain.register import OUTCOMES, Attempt, Override, Presence
from psm_course.items.base import BaseItem

# ---- what a requirement is asked about -----------------------------------------------------------


class Session(Model):
    """One meeting of the course, counted in JP (jam pelajaran)."""

    id: Id = Field(description="Nama sesi, tunggal di kursus.")
    day: Count = Field(title="hari", description="Hari ke berapa.")
    title: Text = Field(title="judul", description="Judul yang dicetak di daftar hadir.")
    hours: Count = Field(title="JP", description="Banyaknya JP.")
    start: Clock | None = Field(None, title="mulai", description="Jam mulai, misalnya 08.30.")
    minutes: Count | None = Field(
        None, title="menit", description="Lamanya dalam menit, bila lain dari JP-nya."
    )
    module: Id | None = Field(
        None, title="modul", description="Folder modul yang diajarkan, bila ada."
    )


class Criterion(Model):
    """One thing a trainer observes, on four levels."""

    id: Id = Field(description="Nama kriteria, tunggal di rubrik.")
    title: Text = Field(title="judul", description="Apa yang diamati.")
    levels: tuple[Text, ...] = Field(
        min_length=4,
        max_length=4,
        title="arti tingkat",
        description="Yang terlihat pada tingkat 1, 2, 3, dan 4.",
    )
    minimum: Level = Field(title="tingkat yang cukup", description="Tingkat terendah yang cukup.")


# Quiz -> item -> the name under its `variants`.
Variants = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Programme:
    """The facts about a course that judging needs.

    `hours` is the number of JP (45 minutes each) of the course; `quiz_titles` gives titles by quiz
    id. `variants` gives a name by quiz id and item id: the name that the item shares with its
    variants (items that replace each other). Items without variants are not in `variants`.
    """

    hours: int
    sessions: tuple[Session, ...]
    rubric: tuple[Criterion, ...]
    quiz_titles: Mapping[str, str]
    variants: Variants = field(default_factory=dict)

    def titles(self, quizzes: Sequence[str]) -> str:
        """Return the titles of these quizzes, joined by commas; for an unknown quiz its id."""
        return ", ".join([self.quiz_titles.get(quiz, quiz) for quiz in quizzes])


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about one learner.

    `presence` is the latest mark by session, `attempts` are ordered oldest first, `levels` are the
    latest observed levels (1 to 4) by criterion, `overrides` are by requirement. Two fields matter
    for next steps only: `ahead`, the sessions of today and later, and `waiting`, the quizzes whose
    submissions wait for an officer.
    """

    presence: Mapping[str, Presence]
    attempts: Sequence[Attempt]
    levels: Mapping[str, int] = field(default_factory=dict)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    waiting: Set[str] = frozenset()
    ahead: Set[str] = frozenset()


class RequirementResult(NamedTuple):
    """The result of judging one requirement, in Indonesian sentences.

    `evidence` says what the learner has reached, `needed` what the requirement asks. `next_step` is
    the cheapest way to meet the requirement; None if it is met.
    """

    met: bool
    evidence: str
    needed: str
    next_step: str | None


class LearnerResult(NamedTuple):
    """The result of a requirement as the learner reads it.

    `evidence` says in a word or two if the requirement is met. `next_step` is the advice to the
    learner; None if there is nothing to do.
    """

    evidence: str
    next_step: str | None


@dataclass(frozen=True, slots=True)
class AskedQuiz:
    """A quiz that a requirement names, with its items.

    `sure` holds the ids of the items that every sitting gets. Variants (items that replace each
    other) are in `sure` under the name that they share. `attempts` None: no limit.
    """

    id: str
    is_test: bool
    pass_mark: Decimal | None
    attempts: int | None
    items: tuple[BaseItem, ...]
    sure: Set[str]
    without_card: bool = False  # does it count without a card?


# ---- the requirement -----------------------------------------------------------------------------

# What an author writes there.
_ASKED = {"share": "… (persen JP)", "excused": "counts", "quizzes": "[id kuis]"}


class Requirement(Model):
    """One thing that everybody must fulfil to complete the course.

    Each kind of requirement is a subclass. Fields that several kinds use are declared here, and a
    field of one kind in its subclass. Sentences are Indonesian.
    """

    id: Id = Field(description="Nama syarat, tunggal di kursus.")
    kind: str = Field(
        title="jenis",
        description="Jenis syarat: nama salah satu berkas di psm_course/domain/requirements.",
    )
    title: Text = Field(title="judul", description="Syarat ini dalam satu kalimat untuk peserta.")
    towards: Literal["attended", "passed"] = Field(
        "passed",
        title="untuk",
        description=(
            "attended: diminta dari yang telah mengikuti, dan dari yang lulus · passed: hanya dari"
            " yang lulus."
        ),
        json_schema_extra={
            "words": {"attended": OUTCOMES["attended"], "passed": OUTCOMES["passed"]}
        },
    )
    share: Percent | None = Field(None, title="persen", description="Persen dari yang diminta.")
    excused: Literal["counts", "absent"] | None = Field(
        None,
        title="izin",
        description="Izin dihitung hadir (counts) atau tidak (absent). Tidak ditulis: tidak.",
        json_schema_extra={"words": {"counts": "dihitung hadir", "absent": "tidak dihitung hadir"}},
    )
    quizzes: tuple[Id, ...] = Field((), title="kuis", description="Id kuis yang dimaksud.")

    # What the kind is called where two versions of the rules are compared.
    word: ClassVar[str]
    # Which of `share`, `excused` and `quizzes` the kind cannot do without, and which it also looks
    # at where they are written.
    needs: ClassVar[tuple[str, ...]]
    may: ClassVar[tuple[str, ...]]
    # Does it look at attempts, those at its `quizzes` and nothing else? Otherwise it looks at
    # everything but attempts.
    looks_at_attempts: ClassVar[bool] = True
    # Is it met by passing one of `quizzes`? Certificates print the best score in them; those after
    # the first are substitutes.
    by_passing_one: ClassVar[bool]

    @abstractmethod
    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        """Judge one learner by this requirement alone."""

    # Only kinds about tests look at what they are given here.
    def for_learner(
        self,
        programme: Programme,  # noqa: ARG002
        facts: Facts,  # noqa: ARG002
        found: RequirementResult,  # noqa: ARG002
    ) -> LearnerResult | None:
        """Return another result for the learner's page, if `found` could reveal right answers.

        `found` is the result of `judge`. Decision 0062 gives the reasons.

        Returns:
            None if the learner may read `found` itself.
        """
        return None

    @abstractmethod
    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterable[Finding]:
        """Find mistakes of the course because of which a learner may never meet this requirement.

        Everybody must be able to complete the course (promise 6). The path of each finding starts
        at the requirement, not at the top of the file.

        Args:
            quizzes: the quizzes that the requirement names.
        """

    # Only some kinds need a rubric.
    def mistakes(self, has_rubric: bool) -> Iterator[Finding]:  # noqa: ARG002
        """Find fields that this kind needs and the author left out, and fields that it cannot use.

        The fields are `share`, `excused` and `quizzes`. A field that this kind cannot use would be
        ignored silently. The path of each finding starts at the requirement, not at the top of the
        file.

        `has_rubric` is True if the course has a rubric, which some kinds need.
        """
        for key in ("share", "excused", "quizzes"):
            is_written = getattr(self, key) not in (None, ())
            if is_written and key not in (*self.needs, *self.may):
                yield Finding((key,), f"{key} tidak berlaku untuk {self.kind}", f"hapus {key}")
            if key in self.needs and not is_written:
                yield Finding((), f'belum ada "{key}"', f"tambahkan baris {key}: {_ASKED[key]}")


class NeverTraps(Requirement):
    """Base of the kinds of requirement that a learner can still meet at any later time."""

    # Takes what every kind is given.
    def traps(self, quizzes: Sequence[AskedQuiz]) -> Iterable[Finding]:  # noqa: ARG002
        """Return no findings: a learner can still meet this requirement at any later time."""
        return ()


# ---- steps that several kinds advise -------------------------------------------------------------


def not_taken(quizzes: Sequence[str], facts: Facts) -> list[str]:
    """Return the ids of the quizzes that this learner never handed in."""
    sat = {attempt.quiz for attempt in facts.attempts}
    return [quiz for quiz in quizzes if quiz not in sat]


def hand_in_step(programme: Programme, facts: Facts, missing: Sequence[str]) -> str | None:
    """Return the next step towards handing in the missing quizzes; None if none is missing.

    If the submission of a quiz waits for an officer, the step says that, and does not ask the
    learner to sit the quiz again.
    """
    waiting = [quiz for quiz in missing if quiz in facts.waiting]
    todo = [quiz for quiz in missing if quiz not in facts.waiting]
    steps = [waiting_sentence(programme, waiting)] if waiting else []
    if todo:
        steps.append(f"Kerjakan dan serahkan {programme.titles(todo)}.")
    return " ".join(steps) or None


def retake_step(programme: Programme, quizzes: Sequence[str]) -> str:
    """Return the next step after a failed test.

    The sentence does not depend on the answers, so it reveals nothing about the key.
    """
    return (
        "Baca lagi tujuan yang tertulis di bawah, bahas yang belum jelas dengan pelatih, lalu"
        f" kerjakan lagi {programme.titles(quizzes)}."
    )


def waiting_sentence(programme: Programme, quizzes: Sequence[str]) -> str:
    """Return the sentence about submissions on which an officer still has to decide."""
    return (
        f"Jawaban {programme.titles(quizzes)} sudah diterima dan menunggu keputusan petugas; tidak"
        " perlu dikirim lagi."
    )
