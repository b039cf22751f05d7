"""The input of an analysis: items as they were asked, and each person's answers."""

import hashlib
from typing import Any, NamedTuple

import orjson

from psm_course.items.base import BaseItem


class Choice(NamedTuple):
    """An option of an item. A response names the option by its `id`."""

    id: str
    text: str
    is_right: bool
    is_critical: bool


class AskedItem(NamedTuple):
    """One version of an item: the item as people were asked it.

    `version` is a digest of the wording and the right answer. If one of them changes, the item gets
    another version, and answers to different versions are counted separately.

    `points` is the maximum of the item. `is_ruled` is True if an officer decided how this faulty
    item counts. The item's points then tell nothing about people.
    """

    id: str
    version: str
    objective: str
    prompt: str
    points: float
    choices: tuple[Choice, ...]
    is_ruled: bool = False


class Answer(NamedTuple):
    """An answer to one version of an item.

    `earned` is the share of the item's points that the answer got, 0 to 1; None if the answer could
    not be graded. `picked` are the ids of the chosen options. `is_right` is True for full points.
    For a case (an item told step by step) `is_right` is also True if the share is at least the
    item's `right_from` and no dangerous choice was made.
    """

    version: str
    earned: float | None
    picked: frozenset[str] = frozenset()
    is_blank: bool = False
    is_right: bool = False


class Sitting(NamedTuple):
    """One person's earliest attempt at a test, among the attempts that count.

    Only attempts signed by the person's own card are used. `answers` has one answer for each item
    that the person was given, also for items left blank.
    """

    person: str
    answers: tuple[Answer, ...]


def asked_item(item: BaseItem, is_ruled: bool = False) -> AskedItem:
    """Return an item of a quiz in the form the analysis needs.

    `is_ruled` is True if an officer decided how this faulty item counts.
    """
    choices = tuple(
        Choice(pick.name, pick.text, pick.is_right, pick.is_critical) for pick in item.picks()
    )
    return AskedItem(
        item.id,
        version_of(item),
        item.objective or "",
        item.prompt,
        float(item.maximum),
        choices,
        is_ruled,
    )


def version_of(item: BaseItem) -> str:
    """Return 12 hex digits that change with the wording or the right answer of an item."""
    told = {"asked": item.public(with_answer=False), "scoring": item.scoring_data()}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def picked_in(response: Any) -> frozenset[str]:
    """Return the ids of the options that a person picked, as the response names them.

    A response that is a text is one id; a response that is a list has one id per text in the list.
    Any other response gives an empty set.
    """
    if isinstance(response, str):
        return frozenset({response})
    return (
        frozenset(each for each in response if isinstance(each, str))
        if isinstance(response, list)
        else frozenset()
    )
