"""The item type `choices`: the learner ticks all options that apply."""

from psm_course.items.base import ItemType
from psm_course.items.choices.fields import ChoicesItem
from psm_course.items.choices.marker import guesses, mark, respond

TYPE = ItemType(ChoicesItem, mark, guesses, respond, place=2)
