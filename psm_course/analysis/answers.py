"""What an analysis is made of: items as they were asked, and what each person answered to those they were given."""

import hashlib
from typing import Any, NamedTuple

import orjson

from psm_course.items.base import BaseItem


class Choice(NamedTuple):
    """Something that can be picked, under the name that a response gives it."""

    id: str
    text: str
    is_right: bool
    is_critical: bool


class AskedItem(NamedTuple):
    """An item of one wording with one key. `version` names both: answers to another version are not added to these.

    `points` is what it can earn. A ruled item is one that an officer decided about, so that its points say nothing.
    """

    id: str
    version: str
    objective: str
    prompt: str
    points: float
    choices: tuple[Choice, ...]
    is_ruled: bool = False


class Answer(NamedTuple):
    """An answer to one item, by its version.

    `earned` is the share of its points, 0 to 1; None where it could not be graded. `picked` are names of choices. `is_right` a case is
    from its stated share on.
    """

    version: str
    earned: float | None
    picked: frozenset[str] = frozenset()
    is_blank: bool = False
    is_right: bool = False


class Sitting(NamedTuple):
    """One person's first attempt that counts: an answer to every item they were given, blank ones too."""

    person: str
    answers: tuple[Answer, ...]


def asked_item(item: BaseItem, is_ruled: bool = False) -> AskedItem:
    """An item of a quiz as it was asked and marked."""
    choices = tuple(Choice(pick.name, pick.text, pick.is_right, pick.is_critical) for pick in item.picks())
    return AskedItem(item.id, version_of(item), item.objective or "", item.prompt, float(item.maximum), choices, is_ruled)


def version_of(item: BaseItem) -> str:
    """Twelve hexadecimal digits that name the wording and the key of an item."""
    told = {"asked": item.public(with_answer=False), "scoring": item.scoring_data()}
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def picked_in(response: Any) -> frozenset[str]:
    """The names that a response may give to choices: itself, or those in its list."""
    if isinstance(response, str):
        return frozenset({response})
    return frozenset(each for each in response if isinstance(each, str)) if isinstance(response, list) else frozenset()
