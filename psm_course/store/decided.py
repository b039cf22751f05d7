"""The last word on a submission: decisions are appended, and a later one supersedes."""

from sqlalchemy import ColumnElement, func, select

from psm_course.store.rows import same_office
from psm_course.store.schema import decision, submission

_word = decision.alias()


def latest_decision() -> ColumnElement[bool]:
    """Joins to a submission the last decision on it."""
    same = same_office(_word, submission) & (_word.c.submission == submission.c.id)
    last = select(func.max(_word.c.id)).where(same).correlate(submission).scalar_subquery()
    return same_office(decision, submission) & (decision.c.id == last)
