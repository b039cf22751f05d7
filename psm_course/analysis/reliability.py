"""Reliability of a test: Cronbach's alpha, which is KR-20 if every item is right or wrong."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from psm_course.analysis.intervals import Interval, feldt
from psm_course.analysis.scores import Scores

FEWEST = 20  # fewer people say too little about a question
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Reliability:
    """Reliability of a test: Cronbach's `alpha`, computed from the answers of `people` (a count).

    `interval` is the 95 % confidence interval of `alpha`. If alpha could not be computed, `alpha`
    and `interval` are None, and `reason` says why.
    """

    alpha: float | None
    interval: Interval | None
    people: int
    reason: str = ""


def reliability(scores: Scores) -> Reliability:
    """Compute Cronbach's alpha over the people who were given the same items.

    Alpha is None, with a reason, in four cases: fewer than 20 people were given the same items;
    they are fewer than 90 percent of all people; the items are fewer than two; all these people
    have the same total.
    """
    shared, rows = _same_items(scores)
    people, items = int(rows.sum()), int(shared.sum())
    # Alpha compares the same items over people; a set that few people share would describe a draw,
    # not the test.
    if people < max(FEWEST, _NEARLY_ALL * len(rows)):
        return Reliability(
            None,
            None,
            people,
            "peserta mendapat butir yang berbeda-beda, jadi keajegan seluruh tes tidak dapat"
            " dihitung",
        )
    if items < 2:
        return Reliability(None, None, people, "keajegan memerlukan sedikitnya dua butir")
    table = (scores.earned * scores.points)[rows][:, shared]
    total = table.sum(axis=1).var(ddof=1)
    if total < 1e-12:
        return Reliability(
            None,
            None,
            people,
            "semua orang mendapat nilai yang sama, jadi keajegan tidak dapat dihitung",
        )
    alpha = float(items / (items - 1) * (1 - table.var(axis=0, ddof=1).sum() / total))
    return Reliability(alpha, feldt(alpha, people, items), people)


def _same_items(scores: Scores) -> tuple[np.ndarray, np.ndarray]:
    """Find the most frequent set of items, and the people who were given exactly that set.

    Returns two boolean arrays. The first has shape (items,) and is True for the items of the set.
    The second has shape (people,) and is True for these people.
    """
    given = scores.given
    (usual, _), *_ = Counter(row.tobytes() for row in given).most_common(1) or [(b"", 0)]
    has_usual = np.array([row.tobytes() == usual for row in given], dtype=np.bool_)
    return np.frombuffer(usual, dtype=np.bool_), has_usual
