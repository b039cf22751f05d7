"""The latest decision on a submission: a condition that several queries share."""

from sqlalchemy import ColumnElement, func, select

from psm_course.store.rows import same_office, second
from psm_course.store.schema import decision, submission

_word = second(decision)


def latest_decision() -> ColumnElement[bool]:
    """Return a condition for a join: the decision is the latest one on the query's submission."""
    same = same_office(_word, submission) & (_word.c.submission == submission.c.id)
    last = select(func.max(_word.c.id)).where(same).correlate(submission).scalar_subquery()
    return same_office(decision, submission) & (decision.c.id == last)
