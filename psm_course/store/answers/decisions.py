"""The SQL condition for the latest decision on a submission, which several queries share."""

from sqlalchemy import ColumnElement, func, select

from psm_course.store.rows import same_office, second
from psm_course.store.schema import decision, submission

_word = second(decision)


def latest_decision() -> ColumnElement[bool]:
    """Return the SQL condition by which a query about submissions joins the table `decision`.

    The condition is true only for the latest decision on the submission.
    """
    same = same_office(_word, submission) & (_word.c.submission == submission.c.id)
    last = select(func.max(_word.c.id)).where(same).correlate(submission).scalar_subquery()
    return same_office(decision, submission) & (decision.c.id == last)
