"""The six kinds of requirement in `course.yml`: one small rule each, from what is known of a learner to a finding with reasons."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from psm_course.authoring.numbers import write_number
from psm_course.content.course import Criterion, Requirement, Session
from psm_course.domain.register import ATTENDED, Attempt, Override, Presence
from psm_course.domain.rules import Rules
from psm_course.items.marks import print_points


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one learner: the latest presence per session, attempts in the order they were recorded, the latest
    observed level per criterion of the rubric, and what an officer decided per requirement.

    Only next steps look at `ahead`, the sessions of today and later, and at `waiting`, the quizzes whose answers wait for an officer.
    """

    presence: Mapping[str, Presence]
    attempts: Sequence[Attempt]
    levels: Mapping[str, int] = field(default_factory=dict)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    waiting: Set[str] = frozenset()
    ahead: Set[str] = frozenset()

    def of(self, quiz: str) -> list[Attempt]:
        return [attempt for attempt in self.attempts if attempt.quiz == quiz]


class Found(NamedTuple):
    """Whether a rule is met, by what evidence, what it needs, and the cheapest next step (None once it is met)."""

    met: bool
    evidence: str
    needed: str
    next_step: str | None


# ---- who came ----------------------------------------------------------------------------------------------------------------


def attendance(rules: Rules, requirement: Requirement, facts: Facts) -> Found:
    """Late counts as present; excused only where the rule says so."""
    total = rules.course.hours
    share = requirement.share or Decimal(0)
    needed = math.ceil(total * share / 100)
    missed = [session for session in rules.course.sessions if facts.presence.get(session.id) not in ATTENDED]
    excused = 0
    if requirement.excused == "counts":
        excused = sum([session.hours for session in missed if facts.presence.get(session.id) == "excused"])
        missed = [session for session in missed if facts.presence.get(session.id) != "excused"]
    attended = total - sum([session.hours for session in missed])
    met = attended >= needed
    return Found(
        met,
        f"hadir {attended - excused}{f' dan izin {excused}' if excused else ''} dari {total} JP",
        f"sedikitnya {needed} JP ({write_number(share)} %)",
        None if met else _sessions_to_attend(missed, needed - attended, facts),
    )


def _sessions_to_attend(missed: list[Session], lacking: int, facts: Facts) -> str:
    """What is still to come costs nobody an extra day; only what that leaves is made up."""
    ahead = [session for session in missed if session.id in facts.ahead and session.id not in facts.presence]
    left = lacking - sum([session.hours for session in ahead])
    if left <= 0:
        return f"Ikuti sesi yang akan datang; masih perlu {lacking} JP."
    over = [session for session in missed if session not in ahead]
    titles = "; ".join([over[index].title for index in _fewest_sessions([session.hours for session in over], left)])
    return f"Ikuti semua sesi yang akan datang, lalu sesi pengganti: {titles}." if ahead else f"Ikuti sesi pengganti: {titles}."


def _fewest_sessions(hours: list[int], lacking: int) -> list[int]:
    """The cheapest sessions to make up `lacking` hours: as few hours beyond it as possible, then as few sessions."""
    if lacking <= 0:
        return []
    best: dict[int, list[int]] = {0: []}
    for index, length in enumerate(hours):
        for reached, chosen in list(best.items()):
            candidate = [*chosen, index]
            if len(candidate) < len(best.get(reached + length, range(len(hours) + 1))):
                best[reached + length] = candidate
    enough = [reached for reached in best if reached >= lacking]
    return best[min(enough)] if enough else []


# ---- what they handed in -----------------------------------------------------------------------------------------------------


def practised(rules: Rules, requirement: Requirement, facts: Facts) -> Found:
    """A share of the practice quizzes handed in; which ones is the learner's choice."""
    asked = len(requirement.quizzes)
    share = Decimal(100) if requirement.share is None else requirement.share
    needed = math.ceil(asked * share / 100)
    missing = _not_taken(requirement, facts)
    done = asked - len(missing)
    missing.sort(key=lambda quiz: quiz not in facts.waiting)
    return Found(
        done >= needed,
        f"{done} dari {asked} latihan diserahkan",
        f"sedikitnya {needed} latihan",
        _to_hand_in(rules, facts, missing[: max(needed - done, 0)]),
    )


def taken(rules: Rules, requirement: Requirement, facts: Facts) -> Found:
    missing = _not_taken(requirement, facts)
    return Found(
        not missing,
        _how_many_taken(len(requirement.quizzes) - len(missing), len(requirement.quizzes)),
        "dikerjakan dan diserahkan",
        _to_hand_in(rules, facts, missing),
    )


def _to_hand_in(rules: Rules, facts: Facts, missing: Sequence[str]) -> str | None:
    """Nobody is sent to sit again what already lies at the desk."""
    waiting = [quiz for quiz in missing if quiz in facts.waiting]
    todo = ", ".join([rules.title(quiz) for quiz in missing if quiz not in facts.waiting])
    steps = [_waits(rules, waiting)] * bool(waiting) + [f"Kerjakan dan serahkan {todo}."] * bool(todo)
    return " ".join(steps) or None


def _waits(rules: Rules, quizzes: Sequence[str]) -> str:
    titles = ", ".join([rules.title(quiz) for quiz in quizzes])
    return f"Jawaban {titles} sudah diterima dan menunggu keputusan petugas; tidak perlu dikirim lagi."


def _not_taken(requirement: Requirement, facts: Facts) -> list[str]:
    sat = {attempt.quiz for attempt in facts.attempts}
    return [quiz for quiz in requirement.quizzes if quiz not in sat]


def _how_many_taken(done: int, asked: int) -> str:
    if asked == 1:
        return "sudah dikerjakan" if done else "belum dikerjakan"
    return f"{done} dari {asked} dikerjakan"


def passed(rules: Rules, requirement: Requirement, facts: Facts) -> Found:
    """Any attempt at any of the quizzes that passed; a poorer one later takes nothing away."""
    attempts = [attempt for attempt in facts.attempts if attempt.quiz in requirement.quizzes]
    best = max(attempts, key=lambda attempt: (bool(attempt.passed), attempt.percent), default=None)
    met = best is not None and bool(best.passed)
    return Found(
        met,
        _best_so_far(best),
        "nilai mencapai batas lulus, tanpa kesalahan berbahaya",
        None if met else _step_to_pass(rules, requirement, facts, best),
    )


def _best_so_far(best: Attempt | None) -> str:
    if best is None:
        return "belum mengerjakan"
    critical = f", {len(best.critical)} kesalahan berbahaya" if best.critical else ""
    return f"nilai terbaik {print_points(best.percent).replace('.', ',')} %{critical}"


def _step_to_pass(rules: Rules, requirement: Requirement, facts: Facts, best: Attempt | None) -> str:
    waiting = [quiz for quiz in requirement.quizzes if quiz in facts.waiting]
    if waiting:
        return _waits(rules, waiting)
    title = rules.title(requirement.quizzes[0])
    if best is None:
        return f"Kerjakan dan serahkan {title}."
    if best.critical:
        return f"Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi {title}."
    return f"Baca lagi bagian yang belum tepat, lalu kerjakan lagi {title}."


def no_critical(rules: Rules, requirement: Requirement, facts: Facts) -> Found:
    """No dangerous answer stands; see `open_critical` for what closes one."""
    still_open = open_critical([attempt for attempt in facts.attempts if attempt.quiz in requirement.quizzes])
    titles = ", ".join([rules.title(quiz) for quiz in dict.fromkeys(still_open.values())])
    step = f"Bahas jawaban yang berbahaya bersama pelatih, lalu kerjakan lagi {titles} dan jawab butir itu dengan tepat."
    step += " Bila soal itu terlalu berat, petugas dapat menutupnya sesudah dibahas."
    return Found(
        not still_open,
        f"{len(still_open)} kesalahan berbahaya belum diperbaiki" if still_open else "tidak ada kesalahan berbahaya",
        "semuanya diperbaiki",
        step if still_open else None,
    )


def open_critical(attempts: Sequence[Attempt]) -> dict[str, str]:
    """Item -> quiz of every critical error that stands: one is closed by the same item answered right in a later attempt."""
    found: dict[str, str] = {}
    for attempt in attempts:
        for item in attempt.right:
            found.pop(item, None)
        found |= dict.fromkeys(attempt.critical, attempt.quiz)
    return found


# ---- what the trainer saw ----------------------------------------------------------------------------------------------------


def observed(rules: Rules, requirement: Requirement, facts: Facts) -> Found:  # noqa: ARG001 - every rule is asked alike
    """Every criterion of the rubric at its minimum or above, by the latest observation."""
    rubric = rules.course.rubric
    lacking = [criterion for criterion in rubric if facts.levels.get(criterion.id, 0) < criterion.minimum]
    wanted = "; ".join([_level_wanted(criterion, facts.levels.get(criterion.id)) for criterion in lacking])
    return Found(
        not lacking,
        f"{len(rubric) - len(lacking)} dari {len(rubric)} kriteria tercapai",
        "setiap kriteria rubrik mencapai tingkatnya",
        f"Tunjukkan kepada pelatih: {wanted}." if lacking else None,
    )


def _level_wanted(criterion: Criterion, level: int | None) -> str:
    now = "belum diamati" if level is None else f"tingkat {level}"
    return f"{criterion.title} ({now}, perlu {criterion.minimum})"


KINDS: Mapping[str, Callable[[Rules, Requirement, Facts], Found]] = {
    "attendance": attendance,
    "practised": practised,
    "taken": taken,
    "passed": passed,
    "no_critical": no_critical,
    "observed": observed,
}
