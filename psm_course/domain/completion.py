"""Has this learner attended, and completed, the course: by which rules, by what evidence, and what is the cheapest next step?"""

from dataclasses import dataclass
from datetime import datetime

from psm_course.domain.register import OUTCOMES, Override, RecordKind
from psm_course.domain.requirement import Facts, Found, Told
from psm_course.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Judgement:
    """One requirement judged. Sentences are Indonesian; `next_step` is None once it is met.

    `towards` is the outcome it is asked for: whoever passes has also attended. `told` and `told_step` are what the learner is told in the
    place of the evidence and the step, where these tell something of a test's key; None: the same.
    """

    id: str
    title: str
    met: bool
    evidence: str
    needed: str
    next_step: str | None
    towards: RecordKind = "passed"
    told: str | None = None
    told_step: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """All requirements judged, in the order of the adopted rules, with the version of those and the moment."""

    requirements: tuple[Judgement, ...]
    rules_version: str
    judged_at: datetime

    @property
    def met(self) -> bool:
        """*Telah lulus*."""
        return all(judgement.met for judgement in self.requirements)

    @property
    def attended(self) -> bool:
        """*Telah mengikuti*. A course that asks nothing towards it gives it to nobody before the pass."""
        asked = [judgement.met for judgement in self.requirements if judgement.towards == "attended"]
        return all(asked) if asked else self.met

    @property
    def outcome(self) -> RecordKind | None:
        """The highest that was reached; None: neither yet."""
        return "passed" if self.met else "attended" if self.attended else None

    @property
    def said(self) -> str:
        """The outcome in the office's words."""
        return OUTCOMES[self.outcome] if self.outcome else "belum mengikuti"

    def has(self, kind: RecordKind) -> bool:
        return self.met if kind == "passed" else self.attended


def judge(rules: Rules, facts: Facts, now: datetime) -> Completion:
    """Judge one learner by the rules of the cohort; an officer's word counts instead of a rule's.

    Args:
        rules: the course as the cohort adopted it; its version becomes part of the result.
        facts: presence per session, attempts in the order they were recorded, observed levels, officers' words.
        now: an aware datetime, kept as the moment of judging.

    Returns:
        One judgement per requirement, in the order of the rules, each with its evidence and the cheapest next step.
    """
    judged = []
    for requirement in rules.course.completion:
        found = requirement.judge(rules.programme, facts)
        told = requirement.told(rules.programme, facts, found)
        override = facts.overrides.get(requirement.id)
        if override:
            told = told and _told_of(override, told)
            found = _overridden(found, override)
        judged.append(Judgement(requirement.id, requirement.title, *found, requirement.towards, *(told or ())))
    return Completion(tuple(judged), rules.version, now)


def _overridden(found: Found, override: Override) -> Found:
    step = None if override.met else found.next_step or _ASK
    return Found(override.met, f"{found.evidence}; ditetapkan petugas: {override.reason}", found.needed, step)


def _told_of(override: Override, told: Told) -> Told:
    return Told(f"ditetapkan petugas: {override.reason}", None if override.met else told.next_step or _ASK)


_ASK = "Tanyakan kepada petugas apa yang masih perlu."


def why_not(completion: Completion) -> list[str]:
    """*Kenapa belum lulus?* One sentence or two for each requirement that is not met; nothing for who has passed."""
    return [f"{j.title}: {j.evidence}, perlu {j.needed}. {j.next_step}" for j in completion.requirements if not j.met]
