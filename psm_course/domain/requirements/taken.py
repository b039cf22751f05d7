"""`kind: taken`: the learner must hand in every quiz at least once, with any result."""

from psm_course.domain.requirement import (
    Facts,
    NeverTraps,
    Programme,
    RequirementResult,
    hand_in_step,
    not_taken,
)


class Taken(NeverTraps):  # one attempt suffices
    """Setiap kuis dikerjakan dan diserahkan."""

    word = "kuis dikerjakan"
    needs, may = ("quizzes",), ()
    by_passing_one = False

    def judge(self, programme: Programme, facts: Facts) -> RequirementResult:
        missing = not_taken(self.quizzes, facts)
        return RequirementResult(
            not missing,
            _how_many_taken(len(self.quizzes) - len(missing), len(self.quizzes)),
            "dikerjakan dan diserahkan",
            hand_in_step(programme, facts, missing),
        )


def _how_many_taken(done: int, asked: int) -> str:
    if asked == 1:
        return "sudah dikerjakan" if done else "belum dikerjakan"
    return f"{done} dari {asked} dikerjakan"
