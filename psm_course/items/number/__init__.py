"""The item type `number`: the learner writes a number."""

from psm_course.items.base import ItemType
from psm_course.items.number.fields import NumberItem
from psm_course.items.number.marker import guesses, mark, respond

TYPE = ItemType(NumberItem, mark, guesses, respond, place=5)
