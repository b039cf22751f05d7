"""The item type `choice`: the learner picks one option."""

from psm_course.items.base import ItemType
from psm_course.items.choice.fields import ChoiceItem
from psm_course.items.choice.marker import guesses, mark, respond

TYPE = ItemType(ChoiceItem, mark, guesses, respond, place=1)
