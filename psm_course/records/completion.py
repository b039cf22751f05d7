"""Has this learner completed the course, by what evidence, and what is the cheapest next step? One small rule per kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from psm_course.content.course import CourseFile, Requirement
from psm_course.content.numbers import write_number
from psm_course.grading.marks import print_points
from psm_course.records.register import ATTENDED, Attempt, Presence


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one learner: the latest presence per session, and every attempt in order."""

    presence: Mapping[str, Presence]
    attempts: Sequence[Attempt]

    def of(self, quiz: str) -> list[Attempt]:
        return [attempt for attempt in self.attempts if attempt.quiz == quiz]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One requirement judged. Sentences are Indonesian; `next_step` is None once it is met."""

    id: str
    title: str
    met: bool
    evidence: str
    needed: str
    next_step: str | None


@dataclass(frozen=True, slots=True)
class Completion:
    """All requirements judged, in the order of `course.yml`."""

    requirements: tuple[Judgement, ...]

    @property
    def met(self) -> bool:
        return all(judgement.met for judgement in self.requirements)


@dataclass(frozen=True, slots=True)
class Rules:
    """What judging needs to know of the course: its file, and the titles of its quizzes."""

    course: CourseFile
    quiz_titles: Mapping[str, str]

    def title(self, quiz: str) -> str:
        return self.quiz_titles.get(quiz, quiz)


def judge(rules: Rules, facts: Facts) -> Completion:
    """Judge one learner against `course.yml`."""
    return Completion(tuple([_RULES[requirement.kind](rules, requirement, facts) for requirement in rules.course.completion]))


def _judge_attendance(rules: Rules, requirement: Requirement, facts: Facts) -> Judgement:
    total = rules.course.hours
    share = requirement.share or Decimal(0)
    needed = math.ceil(total * share / 100)
    attended = sum(session.hours for session in rules.course.sessions if facts.presence.get(session.id) in ATTENDED)
    missed = [session for session in rules.course.sessions if facts.presence.get(session.id) not in ATTENDED]
    met = attended >= needed
    lacking = _fewest_sessions([session.hours for session in missed], needed - attended)
    titles = "; ".join(missed[index].title for index in lacking)
    return Judgement(
        requirement.id,
        requirement.title,
        met,
        f"hadir {attended} dari {total} JP",
        f"sedikitnya {needed} JP ({write_number(share)} %)",
        None if met else f"Ikuti sesi pengganti: {titles}.",
    )


def _fewest_sessions(hours: list[int], lacking: int) -> list[int]:
    """The cheapest sessions to make up `lacking` hours: as few hours beyond it as possible, then as few sessions."""
    best: dict[int, list[int]] = {0: []}
    for index, length in enumerate(hours):
        for reached, chosen in list(best.items()):
            candidate = [*chosen, index]
            if len(candidate) < len(best.get(reached + length, range(len(hours) + 1))):
                best[reached + length] = candidate
    enough = [reached for reached in best if reached >= lacking]
    return best[min(enough)] if lacking > 0 and enough else []


def _judge_taken(rules: Rules, requirement: Requirement, facts: Facts) -> Judgement:
    missing = [quiz for quiz in requirement.quizzes if not facts.of(quiz)]
    titles = ", ".join(rules.title(quiz) for quiz in missing)
    return Judgement(
        requirement.id,
        requirement.title,
        not missing,
        _how_many_taken(len(requirement.quizzes) - len(missing), len(requirement.quizzes)),
        "dikerjakan dan diserahkan",
        f"Kerjakan dan serahkan {titles}." if missing else None,
    )


def _how_many_taken(done: int, asked: int) -> str:
    if asked == 1:
        return "sudah dikerjakan" if done else "belum dikerjakan"
    return f"{done} dari {asked} dikerjakan"


def _judge_passed(rules: Rules, requirement: Requirement, facts: Facts) -> Judgement:
    attempts = [attempt for quiz in requirement.quizzes for attempt in facts.of(quiz)]
    met = any(attempt.passed for attempt in attempts)
    best = max(attempts, key=lambda attempt: (bool(attempt.passed), attempt.percent), default=None)
    return Judgement(
        requirement.id,
        requirement.title,
        met,
        _best_so_far(best),
        "nilai mencapai batas lulus, tanpa kesalahan berbahaya",
        None if met else _step_to_pass(rules, requirement, best),
    )


def _best_so_far(best: Attempt | None) -> str:
    if best is None:
        return "belum mengerjakan"
    critical = f", {len(best.critical)} kesalahan berbahaya" if best.critical else ""
    return f"nilai terbaik {print_points(best.percent).replace('.', ',')} %{critical}"


def _step_to_pass(rules: Rules, requirement: Requirement, best: Attempt | None) -> str:
    title = rules.title(requirement.quizzes[0])
    if best is None:
        return f"Kerjakan dan serahkan {title}."
    if best.critical:
        return f"Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi {title}."
    return f"Baca lagi bagian yang belum tepat, lalu kerjakan lagi {title}."


_RULES: dict[str, Callable[[Rules, Requirement, Facts], Judgement]] = {
    "attendance": _judge_attendance,
    "taken": _judge_taken,
    "passed": _judge_passed,
}
