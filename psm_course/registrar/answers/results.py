"""A cohort's results in one quiz, for the trainer in front of the hall: figures, no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from psm_course.content.quiz import Quiz
from psm_course.domain.register import Attempt
from psm_course.store.answers import attempts
from psm_course.store.engine import Store
from psm_course.store.people import people


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How an item went: the mean share of its points, 0 to 1, over `count` learners who were given it."""

    id: str
    prompt: str
    share: float
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """First attempts only: what people knew when they sat the quiz."""

    enrolled: int
    percents: tuple[float, ...]
    items: tuple[ItemResult, ...]


def results_of(store: Store, cohort_id: str, quiz: Quiz) -> Results:
    with store.reading() as tx:
        people.get_cohort(tx, cohort_id)
        enrolled = len(people.list_expected(tx, cohort_id))
        attempted = attempts.attempts_of_cohort(tx, cohort_id)
        shares = attempts.item_shares(tx, cohort_id, quiz.id)
    first = [
        a for mine in attempted.values() for a in mine if a.quiz == quiz.id and a.sequence == 1 and (a.bound or not _own(mine, quiz.id))
    ]
    prompts = {item.id: item.prompt for item in quiz.items}
    items = tuple(ItemResult(name, prompts.get(name, name), mean(earned), len(earned)) for name, earned in sorted(shares.items()))
    return Results(enrolled, tuple(float(attempt.percent) for attempt in first), items)


def _own(attempted: Sequence[Attempt], quiz: str) -> bool:
    """Is one of a person's attempts at the quiz their own, so that those without a card stand back?"""
    return any(attempt.bound and attempt.quiz == quiz for attempt in attempted)
