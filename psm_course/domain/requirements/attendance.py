"""`kind: attendance`: the learner must attend at least `share` percent of the hours (JP)."""

import math
from decimal import Decimal

from psm_course.authoring.numbers import write_number
from psm_course.domain.register import ATTENDED
from psm_course.domain.requirement import Facts, NeverTraps, Programme, RequirementResult, Session


class Attendance(NeverTraps):  # any session can be made up
    """Hadir sedikitnya `share` persen JP.

    Terlambat dihitung hadir; izin hanya bila ditulis `excused: counts`.
    """

    word = "kehadiran"
    needs, may = ("share",), ("excused",)
    by_passing_one = False
    looks_at_attempts = False

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        share = self.share or Decimal(0)
        needed = math.ceil(programme.hours * share / 100)
        missed = [
            session
            for session in programme.sessions
            if facts.presence.get(session.id) not in ATTENDED
        ]
        excused = 0
        if self.excused == "counts":
            excused = sum(
                [session.hours for session in missed if facts.presence.get(session.id) == "excused"]
            )
            missed = [session for session in missed if facts.presence.get(session.id) != "excused"]
        attended = programme.hours - sum([session.hours for session in missed])
        met = attended >= needed
        return RequirementResult(
            met,
            f"hadir {attended - excused}{f' dan izin {excused}' if excused else ''} dari"
            f" {programme.hours} JP",
            f"sedikitnya {needed} JP ({write_number(share)} %)",
            None if met else _sessions_to_attend(missed, needed - attended, facts),
        )


def _sessions_to_attend(missed: list[Session], lacking: int, facts: Facts) -> str:
    """Return the next step for a learner who lacks hours (JP).

    The step is to attend the future sessions of the cohort, because they cost no extra day. If
    these have too few hours, the step also names missed sessions. For each of the named sessions
    the learner must attend a replacement session.
    """
    ahead = [
        session
        for session in missed
        if session.id in facts.ahead and session.id not in facts.presence
    ]
    left = lacking - sum([session.hours for session in ahead])
    if left <= 0:
        return f"Ikuti sesi yang akan datang; masih perlu {lacking} JP."
    over = [session for session in missed if session not in ahead]
    titles = "; ".join(
        [over[index].title for index in _fewest_sessions([session.hours for session in over], left)]
    )
    return (
        f"Ikuti semua sesi yang akan datang, lalu sesi pengganti: {titles}."
        if ahead
        else f"Ikuti sesi pengganti: {titles}."
    )


def _fewest_sessions(hours: list[int], lacking: int) -> list[int]:
    """Choose sessions that have at least `lacking` hours together, and as few hours as possible.

    `hours` has the hours of each session. If several choices have the same hours, the one with
    fewest sessions is taken. Returns indexes into `hours`; empty if all sessions together are not
    enough.
    """
    best: dict[int, list[int]] = {0: []}
    for index, length in enumerate(hours):
        for reached, chosen in list(best.items()):
            candidate = [*chosen, index]
            if len(candidate) < len(best.get(reached + length, range(len(hours) + 1))):
                best[reached + length] = candidate
    enough = [reached for reached in best if reached >= lacking]
    return best[min(enough)] if enough else []
