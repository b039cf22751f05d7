"""The item type `match`: the learner joins each left side to its right side."""

from psm_course.items.base import ItemType
from psm_course.items.match.fields import MatchItem
from psm_course.items.match.marker import guesses, mark, respond

TYPE = ItemType(MatchItem, mark, guesses, respond, place=4)
