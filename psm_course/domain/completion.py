"""Judges if a learner has attended and completed the course.

Each requirement gets a judgement with its evidence and the cheapest next step.
"""

from dataclasses import dataclass
from datetime import datetime

from psm_course.domain.register import OUTCOMES, Override, RecordKind
from psm_course.domain.requirement import Facts, LearnerResult, RequirementResult
from psm_course.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Judgement:
    """One requirement judged. Sentences are Indonesian; `next_step` is None if `met` is True.

    `towards` is "attended" if the requirement is needed for both outcomes, *attended* and *passed*;
    it is "passed" if the requirement is needed only to pass.

    `told` and `told_step` are other texts for the learner's own page. They replace `evidence` and
    `next_step` if these could reveal right answers of a test. If `told` is None, the page shows
    `evidence` and `next_step`.
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
    """All requirements of one learner judged, in the order of the adopted rules.

    `rules_version` is the version of those rules; `judged_at` is the time of judging.
    """

    requirements: tuple[Judgement, ...]
    rules_version: str
    judged_at: datetime

    @property
    def met(self) -> bool:
        """True for *telah lulus*: every requirement is met."""
        return all(judgement.met for judgement in self.requirements)

    @property
    def attended(self) -> bool:
        """True for *telah mengikuti*: every requirement for attending is met.

        If the course has no requirement for attending, then this is the same as `met`.
        """
        asked = [
            judgement.met for judgement in self.requirements if judgement.towards == "attended"
        ]
        return all(asked) if asked else self.met

    @property
    def outcome(self) -> RecordKind | None:
        """The highest outcome reached: `passed`, else `attended`; None if not even attended."""
        return "passed" if self.met else "attended" if self.attended else None

    @property
    def in_words(self) -> str:
        """The outcome in the words of the office, for lists and pages."""
        return OUTCOMES[self.outcome] if self.outcome else "belum mengikuti"

    def has(self, kind: RecordKind) -> bool:
        """True if the person reached this outcome: `attended` or `passed`."""
        return self.met if kind == "passed" else self.attended


def judge(rules: Rules, facts: Facts, now: datetime) -> Completion:
    """Judge one learner by the rules of the cohort.

    An officer's override replaces the verdict of a rule.

    Args:
        rules: the course as the cohort adopted it; its version becomes part of the result.
        facts: presence per session, attempts oldest first, observed levels, overrides.
        now: an aware datetime, kept as the time of judging.

    Returns:
        One judgement per requirement, in the order of the rules.
    """
    judged = []
    for requirement in rules.course.completion:
        found = requirement.judge(rules.programme, facts)
        told = requirement.for_learner(rules.programme, facts, found)
        override = facts.overrides.get(requirement.id)
        if override:
            told = told and _told_of(override, told)
            found = _overridden(found, override)
        judged.append(
            Judgement(requirement.id, requirement.title, *found, requirement.towards, *(told or ()))
        )
    return Completion(tuple(judged), rules.version, now)


def _overridden(found: RequirementResult, override: Override) -> RequirementResult:
    return RequirementResult(
        override.met,
        f"{found.evidence}; ditetapkan petugas: {override.reason}",
        found.needed,
        None if override.met else found.next_step or _ASK,
    )


def _told_of(override: Override, told: LearnerResult) -> LearnerResult:
    return LearnerResult(
        f"ditetapkan petugas: {override.reason}", None if override.met else told.next_step or _ASK
    )


_ASK = "Tanyakan kepada petugas apa yang masih perlu."


def why_not(completion: Completion) -> list[str]:
    """Answer *Kenapa belum lulus?*: one Indonesian text for each requirement that is not met.

    A text has the title, the evidence, the required result and the next step. The list is empty if
    all requirements are met.
    """
    return [
        f"{j.title}: {j.evidence}, perlu {j.needed}. {j.next_step}"
        for j in completion.requirements
        if not j.met
    ]
