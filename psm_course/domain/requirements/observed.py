"""`kind: observed`: the learner reached the minimum level in every criterion of the rubric.

The latest observation of a criterion decides.
"""

from collections.abc import Iterator

from psm_course.authoring.problems import Finding
from psm_course.domain.requirement import Criterion, Facts, NeverTraps, Programme, RequirementResult


class Observed(NeverTraps):  # anything can be observed again
    """Setiap kriteria rubrik mencapai tingkatnya."""

    word = "pengamatan"
    needs, may = (), ()
    by_passing_one = False
    looks_at_attempts = False

    def mistakes(self, has_rubric: bool) -> Iterator[Finding]:
        yield from super().mistakes(has_rubric)
        if not has_rubric:
            yield Finding(
                (),
                "belum ada rubrik untuk diamati",
                "tambahkan rubric: dengan kriteria dan tingkatnya",
            )

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        rubric = programme.rubric
        lacking = [
            criterion
            for criterion in rubric
            if facts.levels.get(criterion.id, 0) < criterion.minimum
        ]
        wanted = "; ".join(
            [_level_wanted(criterion, facts.levels.get(criterion.id)) for criterion in lacking]
        )
        return RequirementResult(
            not lacking,
            f"{len(rubric) - len(lacking)} dari {len(rubric)} kriteria tercapai",
            "setiap kriteria rubrik mencapai tingkatnya",
            f"Tunjukkan kepada pelatih: {wanted}." if lacking else None,
        )


def _level_wanted(criterion: Criterion, level: int | None) -> str:
    now = "belum diamati" if level is None else f"tingkat {level}"
    return f"{criterion.title} ({now}, perlu {criterion.minimum})"
